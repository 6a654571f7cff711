import { describe, expect, it } from 'vitest'
import type { ConnectionDefinition } from '../../contract/definitions.ts'
import type { HttpRequest } from '../ports/ports.ts'
import { filesOf, secretsOf, silentLog } from '../testing/connect-to.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { createConnections } from './connect.ts'

const running = { crm: { url: 'http://127.0.0.1:4100', token: 'throw-away', pace: 'fast' } }
const sample: ConnectionDefinition = { name: 'Harbour CRM', destination: 'hubspot', simulator: 'crm' }
const real: ConnectionDefinition = { name: 'Real CRM', destination: 'hubspot', settings: {} }

function open(options: { simulators?: unknown; secrets?: Record<string, string> } = {}) {
  const sent: HttpRequest[] = []
  const clock = createFakeClock()
  const connections = createConnections({
    ports: {
      clock,
      random: { next: () => 0 },
      http: {
        request: async (request) => {
          sent.push(request)
          return { status: 200, headers: {}, body: '{"portalId":1,"results":[]}' }
        },
      },
      secrets: secretsOf(options.secrets),
      files: filesOf(options.simulators === undefined ? {} : { '/workspace/.lockstep/simulators.json': JSON.stringify(options.simulators) }),
      log: silentLog,
    },
    workspaceFolder: '/workspace',
  })
  return { connections, sent, clock }
}

describe('a sample connection', () => {
  it('goes to the simulator of its workspace, with its throw-away token and at its pace', async () => {
    const { connections, sent } = open({ simulators: running })
    const crm = await connections.connect('crm', sample)
    await crm.check()
    expect(sent[0]).toMatchObject({ url: 'http://127.0.0.1:4100/account-info/v3/details', headers: { authorization: 'Bearer throw-away' } })
    expect(crm.profile).toMatchObject({ consistencyDelayMs: 10, retry: { attempts: 8, baseMs: 10, capMs: 600 } })
    expect(crm.profile.limits[0]).toMatchObject({ name: 'burst', requests: 190, perMs: 100 })
  })

  it('says how to start the simulators when they are not running', async () => {
    await expect(open().connections.connect('crm', sample)).rejects.toMatchObject({
      code: 'destination-unreachable',
      message: expect.stringContaining('Harbour CRM') as string,
      place: { command: expect.stringContaining('lockstep simulators start "/workspace"') as string },
    })
  })

  it('never leaves this machine', async () => {
    const { connections } = open({ simulators: { crm: { url: 'http://example.com', token: 'x' } } })
    await expect(connections.connect('crm', sample)).rejects.toMatchObject({ code: 'bad-input', place: { field: 'crm.url' } })
  })

  it('follows simulators that were started anew', async () => {
    const simulators: Record<string, { url: string; token: string }> = { crm: { url: 'http://127.0.0.1:1', token: 'a' } }
    const files = filesOf({})
    files.exists = async () => true
    files.readText = async () => JSON.stringify(simulators)
    const clock = createFakeClock()
    const sent: string[] = []
    const request = async ({ url }: HttpRequest) => (sent.push(url), { status: 200, headers: {}, body: '{"portalId":1}' })
    const ports = { clock, random: { next: () => 0 }, http: { request }, secrets: secretsOf(), files, log: silentLog }
    const connections = createConnections({ ports, workspaceFolder: '/workspace' })
    const first = await connections.connect('crm', sample)
    expect(await connections.connect('crm', sample)).toBe(first)
    simulators.crm = { url: 'http://127.0.0.1:2', token: 'b' }
    await (await connections.connect('crm', sample)).check()
    expect(sent[0]).toMatch(/^http:\/\/127\.0\.0\.1:2\//)
  })
})

describe('a connection to the vendor', () => {
  it('uses the secret that is kept for it', async () => {
    const { connections, sent } = open({ secrets: { 'crm token': 'kept' } })
    await (await connections.connect('crm', real)).check()
    expect(sent[0]).toMatchObject({ url: 'https://api.hubapi.com/account-info/v3/details', headers: { authorization: 'Bearer kept' } })
  })

  it('names itself and the field when a secret is missing', async () => {
    await expect(open().connections.connect('crm', real)).rejects.toMatchObject({
      code: 'secret-missing',
      message: 'Real CRM has no private app token.',
      place: { field: 'token', command: expect.stringContaining('connection set-secret crm token') as string },
    })
  })

  it('keeps the numbers that its definition gives, and refuses unknown ones', async () => {
    const { connections } = open({ secrets: { 'crm token': 'kept' } })
    const crm = await connections.connect('crm', { ...real, limits: { burst: 100, rowsPerWrite: 10, retryBaseMs: 5, searchTotal: 400 } })
    expect(crm.profile).toMatchObject({ rowsPerWrite: 10, retry: { baseMs: 5 }, own: { searchTotal: 400 } })
    expect(crm.profile.limits[0]).toMatchObject({ requests: 100, fixed: true })
    await expect(connections.connect('crm', { ...real, limits: { brust: 1 } })).rejects.toMatchObject({
      code: 'definition-invalid',
      place: { file: 'connections/crm.yaml', field: 'limits.brust', next: expect.stringContaining('burst') as string },
    })
  })

  it('is refused when its destination or its settings are not right', async () => {
    const { connections } = open({ secrets: { 'desk token': 'kept' } })
    await expect(connections.connect('crm', { ...real, destination: 'hubspto' })).rejects.toMatchObject({ code: 'definition-invalid', place: { value: 'hubspto' } })
    await expect(connections.connect('desk', { name: 'Desk', destination: 'zendesk', settings: { subdomain: 'harbour' } })).rejects.toMatchObject({
      code: 'definition-invalid',
      place: { file: 'connections/desk.yaml', field: 'settings.email' },
    })
  })
})

describe('all connections', () => {
  it('tell what is waited for and until when', async () => {
    const { connections, clock } = open({ secrets: { 'crm token': 'kept' } })
    const crm = (await connections.connect('crm', { ...real, limits: { burst: 1 } })).for({ owner: 'tiers' })
    await crm.check()
    let told = 0
    connections.onChange(() => (told += 1))
    const second = crm.check()
    await clock.advance(0)
    expect(connections.waits()).toEqual([{ connection: 'crm', limit: 'burst', label: 'limit of 1 requests per 10 seconds', until: clock.now() + 10_000 }])
    expect(crm.waiting()).toMatchObject({ limit: 'burst' })
    expect(told).toBe(1)
    await clock.runUntil(second)
    expect(connections.waits()).toEqual([])
  })
})
