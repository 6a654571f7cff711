import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createKeychain, noKeychain } from './keychain.ts'
import type { KeytarLike } from './keychain.ts'
import { secretPlacesIn } from './secret-places.ts'
import { createSecretStore, secretVariable } from './secrets.ts'

function memoryKeytar(): KeytarLike & { stored: Map<string, string> } {
  const stored = new Map<string, string>()
  return {
    stored,
    getPassword: async (_service, account) => stored.get(account) ?? null,
    setPassword: async (_service, account, password) => void stored.set(account, password),
    deletePassword: async (_service, account) => stored.delete(account),
  }
}

const folder = '/home/me/harbour'
const vendor = 'https://api.hubapi.com'
const places = secretPlacesIn(mkdtempSync(join(tmpdir(), 'lockstep-places-')))

describe('a secret', () => {
  it('is taken from the environment first, then from the keychain', async () => {
    const keychain = createKeychain({ load: async () => memoryKeytar() })
    const environment: Record<string, string> = {}
    const secrets = createSecretStore({ environment, keychain, places }).forWorkspace(folder)
    expect(await secrets.get('crm', 'token')).toBeUndefined()
    expect(await secrets.set('crm', 'token', 'stored-value', vendor)).toBe('keychain')
    expect(await secrets.get('crm', 'token')).toEqual({ value: 'stored-value', origin: 'keychain', givenFor: vendor })
    environment['LOCKSTEP_SECRET_CRM_TOKEN'] = 'set-value'
    expect(await secrets.get('crm', 'token')).toEqual({ value: 'set-value', origin: 'environment' })
  })

  it('is kept for the session only where there is no keychain', async () => {
    const keychain = createKeychain({
      load: async () => ({ ...memoryKeytar(), getPassword: () => Promise.reject(new Error('Cannot autolaunch D-Bus without X11 $DISPLAY')) }),
    })
    const secrets = createSecretStore({ environment: {}, keychain, places }).forWorkspace(folder)
    expect(await secrets.keychain()).toEqual({ available: false, reason: 'No keychain is running in this session.' })
    expect(await secrets.set('crm', 'token', 'v', vendor)).toBe('session')
    expect(await secrets.get('crm', 'token')).toEqual({ value: 'v', origin: 'session', givenFor: vendor })
    expect(await createSecretStore({ environment: {}, keychain, places }).forWorkspace(folder).get('crm', 'token')).toBeUndefined()
  })

  it('stays in the session when the keychain refuses to store it', async () => {
    const keychain = createKeychain({ load: async () => ({ ...memoryKeytar(), setPassword: () => Promise.reject(new Error('denied')) }) })
    const secrets = createSecretStore({ environment: {}, keychain, places }).forWorkspace(folder)
    expect(await secrets.set('crm', 'token', 'v', vendor)).toBe('session')
    expect((await secrets.keychain()).available).toBe(false)
  })

  it('belongs to one workspace folder, and can be removed', async () => {
    const keytar = memoryKeytar()
    const keychain = createKeychain({ load: async () => keytar })
    const mine = createSecretStore({ environment: {}, keychain, places }).forWorkspace(folder)
    await mine.set('crm', 'token', 'v', vendor)
    expect(await createSecretStore({ environment: {}, keychain, places }).forWorkspace('/tmp/sent-by-somebody').get('crm', 'token')).toBeUndefined()
    await mine.remove('crm', 'token')
    expect(keytar.stored.size).toBe(0)
  })

  it('is told to the log, which keeps it out', async () => {
    const seen: string[] = []
    const secrets = createSecretStore({ environment: { LOCKSTEP_SECRET_CRM_TOKEN: 'abc' }, keychain: noKeychain, places, seen: (value) => seen.push(value) }).forWorkspace(folder)
    await secrets.get('crm', 'token')
    await secrets.set('desk', 'token', 'def', vendor)
    expect(seen).toEqual(['abc', 'def'])
  })
})

describe('the place a secret was given for', () => {
  it('is one with it in the keychain, and absent in an entry of before', async () => {
    const keytar = memoryKeytar()
    const secrets = createSecretStore({ environment: {}, keychain: createKeychain({ load: async () => keytar }), places }).forWorkspace(folder)
    keytar.stored.set(JSON.stringify([folder, 'crm', 'token']), 'kept-before')
    expect(await secrets.get('crm', 'token')).toEqual({ value: 'kept-before', origin: 'keychain' })
    await secrets.bind('crm', 'token', vendor)
    expect(await secrets.get('crm', 'token')).toEqual({ value: 'kept-before', origin: 'keychain', givenFor: vendor })
    expect(keytar.stored.size).toBe(1)
  })

  it('of one from the environment outlives the process, belongs to one folder, and holds no secret', async () => {
    const data = mkdtempSync(join(tmpdir(), 'lockstep-places-'))
    const store = () => createSecretStore({ environment: { LOCKSTEP_SECRET_CRM_TOKEN: 'abcdef' }, keychain: noKeychain, places: secretPlacesIn(data) })
    await store().forWorkspace(folder).bind('crm', 'token', vendor)
    expect(await store().forWorkspace(folder).get('crm', 'token')).toEqual({ value: 'abcdef', origin: 'environment', givenFor: vendor })
    expect(await store().forWorkspace('/home/me/other').get('crm', 'token')).toEqual({ value: 'abcdef', origin: 'environment' })
    const file = join(data, 'secret-places.json')
    expect(readFileSync(file, 'utf8')).not.toContain('abcdef')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})

it('does not wait for ever for a keychain that does not answer', async () => {
  const keychain = createKeychain({ load: async () => ({ ...memoryKeytar(), getPassword: () => new Promise(() => {}) }), patienceMs: 20 })
  expect(await keychain.status()).toEqual({ available: false, reason: 'The keychain of this machine did not answer.' })
})

it('names the variable of a secret', () => {
  expect(secretVariable('crm-eu', 'apiToken')).toBe('LOCKSTEP_SECRET_CRM_EU_API_TOKEN')
})
