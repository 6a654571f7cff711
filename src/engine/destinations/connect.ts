import { AppError } from '../../contract/errors.ts'
import type { ConnectionDefinition } from '../../contract/definitions.ts'
import { createLimiter } from '../limits/limiter.ts'
import type { Limiter } from '../limits/limiter.ts'
import type { Secrets } from '../ports/ports.ts'
import { addressOf, placeOf } from './address.ts'
import { bindDestination } from './bind.ts'
import type { Open } from './bind.ts'
import type { Connection, Connections, ConnectionsOptions } from './connection.ts'
import { atPace, withOverrides } from './profile.ts'
import { destinationById, destinations } from './registry.ts'
import type { AnyDestination, OAuthDeclaration } from './destination.ts'
import { createHttpDriver } from '../drivers/http-driver.ts'
import type { ConnectionNames } from '../drivers/connection-errors.ts'
import { growingMask, secretMask } from '../drivers/masking.ts'
import { fixedProof, OAuthProof } from '../drivers/oauth.ts'
import type { OAuthGrant } from '../drivers/oauth.ts'
import { RetryBudget } from '../drivers/retry.ts'
import { mayBeSent, secretFor } from './secret-use.ts'
import type { SecretUse } from './secret-use.ts'
import { simulatorAddress } from './simulators-file.ts'
import type { SimulatorAddress } from './simulators-file.ts'

export type { Connection, Connections, ConnectionsOptions, ConnectionWait } from './connection.ts'

/** All connections of a workspace; each has one limiter, shared by everything that uses it. */
export function createConnections(options: ConnectionsOptions): Connections {
  const open = new Map<string, { print: string; connected: Connection; limiter: Limiter }>()
  const listeners = new Set<() => void>()
  return {
    async connect(id, definition) {
      const { print, open: described } = await describe(options, id, definition)
      const known = open.get(id)
      if (known?.print === print) return known.connected
      const limiter = createLimiter(options.ports.clock, described.profile.limits, options.limitMemory?.(id))
      limiter.onChange(() => listeners.forEach((listener) => listener()))
      const connected = bindDestination({ ...described, limiter, retries: new RetryBudget(options.ports.clock), facts: new Map() }, options)
      open.set(id, { print, connected, limiter })
      return connected
    },
    waits: () => [...open].flatMap(([connection, { limiter }]) => {
      const wait = limiter.waiting()
      return wait ? [{ connection, ...wait }] : []
    }),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Opens one connection by itself. Use {@link createConnections} where limits are shared. */
export function connect(id: string, definition: ConnectionDefinition, options: ConnectionsOptions): Promise<Connection> {
  return createConnections(options).connect(id, definition)
}

/** Everything that makes a connection what it is; `print` changes when any of it does. */
async function describe(options: ConnectionsOptions, id: string, definition: ConnectionDefinition): Promise<{ print: string; open: Omit<Open, 'limiter' | 'retries' | 'facts'> }> {
  const declaration = await destinationById(definition.destination, id, options.destinations ?? destinations).load()
  const simulator = definition.simulator && (await simulatorAddress(options.ports.files, options.workspaceFolder, definition.simulator, definition.name))
  const settings = parseSettings(declaration, id, { ...(simulator ? declaration.simulatorSettings : {}), ...definition.settings })
  const { transport } = declaration
  const address = transport.kind === 'http' ? (simulator?.url ?? addressOf(transport, settings, id)) : transport.place(settings)
  const goesTo = placeOf(definition, [declaration])?.address ?? new URL(address).origin
  const secrets = await findSecrets(options, declaration, { id, name: definition.name, simulator, goesTo })
  const profile = withOverrides(atPace(declaration.profile, simulator?.pace ?? 'vendor'), definition.limits ?? {}, id)
  const connection = { id, name: definition.name, declaration, settings, secrets, profile }
  const open = { ...connection, ...reach(options, { ...connection, goesTo }, address), goesTo, simulated: simulator !== undefined }
  return { print: JSON.stringify([definition, address, lastingSecrets(declaration, secrets), profile.limits]), open }
}

/** A refresh token is replaced as it is used: that makes no other connection. */
function lastingSecrets({ transport }: AnyDestination, secrets: Record<string, string>): Record<string, string> {
  if (transport.kind !== 'http' || typeof transport.authenticate === 'function') return secrets
  const { [transport.authenticate.refreshToken]: _replaced, ...lasting } = secrets
  return lasting
}

/** The way to the system, and what keeps its secrets out of everything that is answered. */
function reach(options: ConnectionsOptions, connection: Pick<Open, 'id' | 'name' | 'declaration' | 'settings' | 'secrets' | 'profile' | 'goesTo'>, address: string): Pick<Open, 'reached' | 'mask'> {
  const { declaration, settings, secrets, profile, goesTo } = connection
  const { ports } = options
  const { transport } = declaration
  if (transport.kind === 'driver') {
    return { reached: { kind: 'driver', driver: transport.driver(connection) }, mask: secretMask(Object.values(secrets)) }
  }
  const { authenticate } = transport
  const names = { id: connection.id, name: connection.name, destination: declaration.name }
  const headers = typeof authenticate === 'function' ? authenticate(settings, secrets) : {}
  const mask = growingMask(Object.values(secrets), headers)
  const driver = createHttpDriver({
    connection: names,
    http: ports.http,
    clock: ports.clock,
    baseUrl: address,
    proof: typeof authenticate === 'function' ? fixedProof(headers) : oauthProof(options, { ...connection, names, goesTo, authenticate }, mask),
    mask,
    timeoutMs: profile.requestTimeoutMs,
    ...(transport.fileHosts ? { fileHosts: transport.fileHosts(settings) } : {}),
    ...(transport.limitsSeen ? { limitsSeen: transport.limitsSeen.bind(transport) } : {}),
  })
  return { reached: { kind: 'http', baseUrl: address, driver }, mask }
}

interface Signing {
  id: string
  name: string
  names: ConnectionNames
  declaration: AnyDestination
  settings: unknown
  secrets: Record<string, string>
  profile: { requestTimeoutMs: number }
  goesTo: string
  authenticate: OAuthDeclaration<unknown>
}

/** One for a connection, so that whoever uses it waits for the same refresh. */
function oauthProof({ ports, lastWentTo }: ConnectionsOptions, signing: Signing, mask: { learn(secret: string): void }): OAuthProof {
  const { id, name, names, declaration, settings, secrets, profile, goesTo, authenticate } = signing
  const { refreshToken: field, clientId, clientSecret, scopes } = authenticate
  const use: SecretUse = { connection: { id, name }, field, label: (declaration.secrets[field] ?? field).toLowerCase(), goesTo, lastWentTo: lastWentTo?.(id) }
  // One from the environment is given again at every start, also when the system has replaced it since.
  let replaced: { given: string; by: string } | undefined
  const grant: OAuthGrant = {
    connection: names,
    field,
    tokenAddress: authenticate.tokenAddress(settings),
    clientId: secrets[clientId] ?? '',
    ...(clientSecret === undefined ? {} : { clientSecret: secrets[clientSecret] ?? '' }),
    scopes,
    async refreshToken() {
      const kept = (await secretFor(ports.secrets, use)) ?? secrets[field] ?? ''
      return kept === replaced?.given ? replaced.by : kept
    },
    async keep(token) {
      const given = (await ports.secrets.get(id, field))?.value
      await ports.secrets.set(id, field, token, goesTo)
      if (given !== undefined && (await ports.secrets.get(id, field))?.value !== token) replaced = { given, by: token }
    },
    seen: (token) => mask.learn(token),
  }
  return new OAuthProof(grant, ports, profile.requestTimeoutMs)
}

function parseSettings(declaration: AnyDestination, id: string, given: Record<string, unknown>): unknown {
  const parsed = declaration.settings.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = ['settings', ...(issue?.path ?? [])].join('.')
  throw new AppError('definition-invalid', `The settings of connection ${id} are not complete or not right: ${issue?.message ?? 'not understood'}.`, {
    file: `connections/${id}.yaml`,
    field,
    next: `Correct ${field} in the connection.`,
  })
}

/** The Secrets port knows the order of places; a simulator's throw-away token comes last. */
async function findSecrets(
  { ports, lastWentTo }: ConnectionsOptions,
  declaration: AnyDestination,
  connection: { id: string; name: string; simulator: SimulatorAddress | undefined; goesTo: string },
): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const [field, label] of Object.entries(declaration.secrets)) {
    const use = { connection, field, label: label.toLowerCase(), goesTo: connection.goesTo, lastWentTo: lastWentTo?.(connection.id) }
    const secret = connection.simulator ? await throwAwayOr(connection.simulator, ports.secrets, use) : await secretFor(ports.secrets, use)
    if (secret === undefined || secret === '') {
      throw new AppError('secret-missing', `${connection.name} has no ${label.toLowerCase()}.`, {
        field,
        next: `Enter the ${label.toLowerCase()} in the connection, under Connections.`,
        command: `lockstep connection set-secret ${connection.id} ${field}`,
      })
    }
    found[field] = secret
  }
  return found
}

/** A secret that was given for the vendor is not one for the simulator, which has its own. */
async function throwAwayOr(simulator: SimulatorAddress, secrets: Secrets, use: SecretUse): Promise<string> {
  const kept = await secrets.get(use.connection.id, use.field)
  return kept !== undefined && mayBeSent(kept, use) !== 'ask' ? ((await secretFor(secrets, use)) ?? simulator.token) : simulator.token
}
