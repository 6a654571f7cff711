import { describe, expect, it } from 'vitest'
import type { ConnectionDefinition } from '../../contract/definitions.ts'
import type { HttpRequest, KeptSecret, Secrets } from '../ports/ports.ts'
import { filesOf, silentLog } from '../testing/connect-to.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { createConnections } from './connect.ts'
import { mayBeSent } from './secret-use.ts'

const vendor = 'https://api.hubapi.com'
const stranger = 'https://evil.example'

describe('whether a secret may be sent', () => {
  const value = 'v'
  it.each<[string, KeptSecret, string, string | undefined, ReturnType<typeof mayBeSent>]>([
    ['given for the place', { value, origin: 'keychain', givenFor: vendor }, vendor, undefined, 'use'],
    ['given for another', { value, origin: 'keychain', givenFor: vendor }, stranger, stranger, 'ask'],
    ['of the environment, first use', { value, origin: 'environment' }, vendor, undefined, 'bind'],
    ['of the environment, elsewhere', { value, origin: 'environment', givenFor: vendor }, stranger, stranger, 'ask'],
    ['of this session, elsewhere', { value, origin: 'session', givenFor: vendor }, stranger, undefined, 'ask'],
    ['kept before, where the last plan went', { value, origin: 'keychain' }, vendor, vendor, 'bind'],
    ['kept before, elsewhere', { value, origin: 'keychain' }, stranger, vendor, 'ask'],
    ['kept before, and nothing was planned yet', { value, origin: 'keychain' }, vendor, undefined, 'ask'],
    ['the same host on another port', { value, origin: 'keychain', givenFor: 'https://gateway.example' }, 'https://gateway.example:8443', undefined, 'ask'],
    ['the same host without encryption', { value, origin: 'keychain', givenFor: 'https://localhost' }, 'http://localhost', undefined, 'ask'],
  ])('%s', (_what, secret, goesTo, lastWentTo, decision) => expect(mayBeSent(secret, { goesTo, lastWentTo })).toBe(decision))
})

describe('a connection whose address changed', () => {
  function open(secret: KeptSecret, lastWentTo?: string) {
    const sent: HttpRequest[] = []
    const bound: string[] = []
    const secrets: Secrets = {
      get: async () => ({ ...secret, ...(bound[0] === undefined ? {} : { givenFor: bound[0] }) }),
      bind: async (_connection, _field, place) => void bound.push(place),
      set: async () => 'session',
      remove: async () => undefined,
      keychain: async () => ({ available: false }),
    }
    const simulators = { crm: { url: 'http://127.0.0.1:4100', token: 'throw-away', pace: 'fast' } }
    const request = async (asked: HttpRequest) => (sent.push(asked), { status: 200, headers: {}, body: '{"portalId":1}' })
    const connections = createConnections({ ports: { clock: createFakeClock(), random: { next: () => 0 }, http: { request }, secrets, files: filesOf({ '/w/.lockstep/simulators.json': JSON.stringify(simulators) }), log: silentLog }, workspaceFolder: '/w', ...(lastWentTo === undefined ? {} : { lastWentTo: () => lastWentTo }) })
    const connect = async (definition: Partial<ConnectionDefinition>) => (await connections.connect('crm', { name: 'CRM', destination: 'hubspot', ...definition })).check()
    return { sent, bound, connect }
  }

  it('gets no secret and no request, and the words say which addresses and what to do', async () => {
    const { sent, connect } = open({ value: 'secret', origin: 'keychain', givenFor: vendor })
    await connect({ settings: {} })
    await expect(connect({ settings: { baseUrl: stranger } })).rejects.toMatchObject({
      code: 'secret-for-another-address',
      message: `CRM goes to ${stranger} now, and its private app token was given for ${vendor}. It was not sent.`,
      place: { file: 'connections/crm.yaml', command: expect.stringContaining('lockstep connection set-secret crm token') as string },
    })
    expect(sent.map(({ url }) => new URL(url).origin)).toEqual([vendor])
  })

  it('of the environment is pinned where it is used first', async () => {
    const { sent, bound, connect } = open({ value: 'secret', origin: 'environment' })
    await connect({ settings: {} })
    expect(bound).toEqual([vendor])
    await expect(connect({ settings: { baseUrl: stranger } })).rejects.toMatchObject({ place: { command: expect.stringContaining('lockstep connection confirm crm') as string } })
    expect(sent).toHaveLength(1)
  })

  it('sends the simulator its own token, not the one that was given for the vendor', async () => {
    const { sent, connect } = open({ value: 'secret', origin: 'keychain', givenFor: vendor })
    await connect({ simulator: 'crm' })
    expect(sent[0]?.headers?.['authorization']).toBe('Bearer throw-away')
  })

  it.each(['https://x.example/hub#', 'https://x.example/hub?a', 'https://a:b@x.example', 'http://x.example'])('is refused with %s before a secret is looked for', async (baseUrl) => {
    const { sent, bound, connect } = open({ value: 'secret', origin: 'environment' })
    await expect(connect({ settings: { baseUrl } })).rejects.toMatchObject({ code: 'definition-invalid', place: { file: 'connections/crm.yaml', field: 'settings.baseUrl' } })
    expect([...sent, ...bound]).toEqual([])
  })
})
