import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { UnknownOutcome } from '../drivers/driver.ts'
import type { HttpRequest, HttpResponse, KeptSecret, Secrets } from '../ports/ports.ts'
import { filesOf, silentLog } from '../testing/connect-to.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { readBody } from './answers.ts'
import { createConnections } from './connect.ts'
import type { Connection } from './connect.ts'
import type { DestinationDeclaration } from './destination.ts'
import { placeOf } from './address.ts'
import { asListed } from './registry.ts'

const hour = 3_600_000

const signed: DestinationDeclaration<{ login: string }> = {
  id: 'signed', name: 'Acme', category: 'Other', summary: 'Signs in.',
  settings: z.object({ login: z.string() }),
  secrets: { clientId: 'Client id', clientSecret: 'Client secret', refreshToken: 'Sign-in' },
  transport: {
    kind: 'http',
    baseUrl: () => 'https://api.acme.example',
    authenticate: { tokenAddress: ({ login }) => `${login}/token`, clientId: 'clientId', clientSecret: 'clientSecret', refreshToken: 'refreshToken', scopes: ['people'] },
  },
  profile: {
    rowsPerRead: 1, rowsPerReadWithHistory: 1, rowsPerWrite: 1, bytesPerWrite: 1000, limits: [], requestTimeoutMs: 1000, consistencyDelayMs: 0, changeFeedDelayMs: 0,
    readBack: 'by id or key', attribution: 'none', settle: 'strong read', jobPollMs: 1, retry: { attempts: 2, baseMs: 1, capMs: 1 },
  },
  lists: false,
  changeFeed: false,
  check: async (context) => ({ account: readBody(context, z.object({ name: z.string() }), await context.http.request({ method: 'GET', path: '/me', effect: 'read' }), 'asking who it is').name }),
  discover: async () => [],
  read: async () => [],
  async write(context) {
    await context.http.request({ method: 'POST', path: '/people', json: {}, effect: 'write' })
    return { kind: 'rows', rows: [] }
  },
  encode: (_field, canonical) => ({ ok: true, raw: canonical }),
  decode: () => null,
}

/** A sign-in that rotates refresh tokens: the one before is taken until what came with the new one is used. */
class Authority {
  readonly clock = createFakeClock()
  readonly forms: Record<string, string>[] = []
  readonly calls: string[] = []
  /** Refresh tokens that are taken, the newest last. */
  living = ['refresh-0']
  revoked = new Set<string>()
  answer: (request: HttpRequest) => HttpResponse | undefined = () => undefined
  private issued = 0

  async request(request: HttpRequest): Promise<HttpResponse> {
    await Promise.resolve()
    const instead = this.answer(request)
    if (instead) return instead
    if (request.url === 'https://login.acme.example/token') return this.grant(Object.fromEntries(new URLSearchParams(String(request.body))))
    const access = request.headers?.['authorization']?.replace('Bearer ', '') ?? ''
    this.calls.push(`${request.method} ${access}`)
    if (this.revoked.has(access) || access === '') return json(401, { message: `The token ${access} has ended` })
    // Using what is new ends what was before.
    this.living = this.living.slice(-1)
    return json(200, { name: 'Ada', token: access })
  }

  private grant(form: Record<string, string>): HttpResponse {
    this.forms.push(form)
    if (!this.living.includes(form['refresh_token'] ?? '')) return json(400, { error: 'invalid_grant', error_description: 'expired' })
    this.issued += 1
    this.living.push(`refresh-${this.issued}`)
    return json(200, { access_token: `access-token-${this.issued}`, refresh_token: `refresh-${this.issued}`, expires_in: 3600 })
  }
}

function json(status: number, body: object): HttpResponse {
  return { status, headers: {}, body: JSON.stringify(body) }
}

/** A keychain that outlives the process. */
class Keychain implements Secrets {
  readonly kept = new Map<string, KeptSecret>([
    ['clientId', { value: 'client-4711', origin: 'keychain', givenFor }],
    ['clientSecret', { value: 'client-secret-4711', origin: 'keychain', givenFor }],
    ['refreshToken', { value: 'refresh-0', origin: 'keychain', givenFor }],
  ])
  fails = false
  async get(_connection: string, field: string): Promise<KeptSecret | undefined> {
    return this.kept.get(field)
  }
  async set(_connection: string, field: string, value: string, place: string): Promise<'keychain'> {
    if (this.fails) throw new Error('the process ends here')
    this.kept.set(field, { value, origin: 'keychain', givenFor: place })
    return 'keychain'
  }
  bind = async (): Promise<void> => undefined
  remove = async (): Promise<void> => undefined
  keychain = async (): Promise<{ available: boolean }> => ({ available: true })
}

const givenFor = 'https://api.acme.example, which signs in at https://login.acme.example'
const definition = { name: 'Acme CRM', destination: 'signed', settings: { login: 'https://login.acme.example' } }

/** One start of the app over what is kept. */
async function start(authority: Authority, keychain: Keychain): Promise<Connection> {
  const ports = { clock: authority.clock, random: { next: () => 0 }, http: authority, secrets: keychain, files: filesOf({}), log: silentLog }
  return createConnections({ ports, workspaceFolder: '/workspace', destinations: [asListed(signed)] }).connect('acme', definition)
}

describe('a sign-in that is refreshed', () => {
  it('asks once for all that wait, and for no other while the token lives', async () => {
    const authority = new Authority()
    const acme = await start(authority, new Keychain())
    await Promise.all([acme.check(), acme.for({ owner: 'run' }).check(), acme.check()])
    expect(authority.forms).toEqual([{ grant_type: 'refresh_token', refresh_token: 'refresh-0', client_id: 'client-4711', client_secret: 'client-secret-4711', scope: 'people' }])
    expect(new Set(authority.calls)).toEqual(new Set(['GET access-token-1']))
    await authority.clock.advance(hour / 2)
    await acme.check()
    expect(authority.forms).toHaveLength(1)
    await authority.clock.advance(hour / 2)
    await acme.check()
    expect(authority.forms.map(({ refresh_token: token }) => token)).toEqual(['refresh-0', 'refresh-1'])
  })

  it('keeps a new refresh token before anything that came with it is used: a crash in between loses nothing', async () => {
    const authority = new Authority()
    const keychain = new Keychain()
    keychain.fails = true
    await expect((await start(authority, keychain)).check()).rejects.toThrow('the process ends here')
    expect(authority.calls).toEqual([])
    keychain.fails = false
    expect(await (await start(authority, keychain)).check()).toEqual({ account: 'Ada' })
    expect(keychain.kept.get('refreshToken')).toMatchObject({ value: 'refresh-2', givenFor })
    expect(await (await start(authority, keychain)).check()).toEqual({ account: 'Ada' })
  })

  it('stays one connection when its refresh token is replaced', async () => {
    const authority = new Authority()
    const keychain = new Keychain()
    const ports = { clock: authority.clock, random: { next: () => 0 }, http: authority, secrets: keychain, files: filesOf({}), log: silentLog }
    const connections = createConnections({ ports, workspaceFolder: '/workspace', destinations: [asListed(signed)] })
    const first = await connections.connect('acme', definition)
    await first.check()
    expect(await connections.connect('acme', definition)).toBe(first)
  })

  it('is refreshed once and asked once more where a token is refused early, whatever the clocks say', async () => {
    const authority = new Authority()
    const acme = await start(authority, new Keychain())
    await acme.check()
    authority.revoked.add('access-token-1')
    await Promise.all([acme.check(), acme.write({ object: 'people', operation: 'create', rows: [] })])
    expect(authority.forms).toHaveLength(2)
    expect(authority.calls.slice(-2).sort()).toEqual(['GET access-token-2', 'POST access-token-2'])
    for (const token of ['access-token-2', 'access-token-3']) authority.revoked.add(token)
    await expect(acme.check()).rejects.toMatchObject({ code: 'unauthorised' })
    expect(authority.forms).toHaveLength(3)
  })

  it.each([['back', -26 * hour], ['on', 26 * hour]])('asks for no token too late where the clock is turned %s', async (_way, turned) => {
    const authority = new Authority()
    const { now } = authority.clock
    let skew = 0
    authority.clock.now = () => now() + skew
    const acme = await start(authority, new Keychain())
    await acme.check()
    skew = turned
    await authority.clock.advance(hour)
    await acme.check()
    expect(authority.calls.at(-1)).toBe('GET access-token-2')
  })

  it('does not repeat a write that may have been carried out', async () => {
    const authority = new Authority()
    const acme = await start(authority, new Keychain())
    authority.answer = ({ url }) => (url.endsWith('/people') ? json(500, {}) : undefined)
    await expect(acme.write({ object: 'people', operation: 'create', rows: [] })).rejects.toBeInstanceOf(UnknownOutcome)
    expect(authority.forms).toHaveLength(1)
  })

  it('says what to do when it was taken back, and takes up another at once', async () => {
    const authority = new Authority()
    const keychain = new Keychain()
    authority.living = []
    const acme = await start(authority, keychain)
    const refusal = await acme.check().catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'unauthorised', message: 'Acme does not accept the sign-in of Acme CRM any more.', place: { next: expect.stringContaining('Sign in again') as string, command: 'lockstep connection set-secret acme refreshToken' } })
    authority.living = ['refresh-new']
    await keychain.set('acme', 'refreshToken', 'refresh-new', givenFor)
    expect(await acme.check()).toEqual({ account: 'Ada' })
  })

  it('gives no token away, neither in an answer nor in an error', async () => {
    const authority = new Authority()
    const acme = await start(authority, new Keychain())
    const seen: unknown[] = []
    const mine = acme.for({ onRequest: (...request) => seen.push(request) })
    await mine.check()
    for (const token of ['access-token-1', 'access-token-2']) authority.revoked.add(token)
    seen.push(await mine.check().catch((error: { toBody(): unknown }) => error.toBody()))
    expect(JSON.stringify(seen)).not.toMatch(/access-token|refresh-\d|client-secret/)
  })

  it('goes nowhere else with its secrets: where it signs in is a part of its place', async () => {
    expect(placeOf(definition, [signed as never])).toMatchObject({ address: givenFor, local: false })
    const authority = new Authority()
    const ports = { clock: authority.clock, random: { next: () => 0 }, http: authority, secrets: new Keychain(), files: filesOf({}), log: silentLog }
    const connections = createConnections({ ports, workspaceFolder: '/workspace', destinations: [asListed(signed)] })
    await expect(connections.connect('acme', { ...definition, settings: { login: 'https://evil.example' } })).rejects.toMatchObject({ code: 'secret-for-another-address' })
    expect([authority.forms, authority.calls]).toEqual([[], []])
  })
})
