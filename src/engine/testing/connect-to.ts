import type { ConnectionDefinition } from '../../contract/definitions.ts'
import { createConnections } from '../destinations/connect.ts'
import type { Connection, ConnectionsOptions } from '../destinations/connect.ts'
import type { ListedDestination } from '../destinations/destination.ts'
import type { Clock, Files, Http, Log, Secrets } from '../ports/ports.ts'

export const silentLog: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

/** Secrets of a test: those given, and nothing else. */
export function secretsOf(known: Record<string, string> = {}): Secrets {
  return {
    get: async (connection, field) => {
      const value = known[`${connection} ${field}`]
      return value === undefined ? undefined : { value, origin: 'session' }
    },
    set: async () => 'session',
    bind: async () => undefined,
    remove: async () => undefined,
    keychain: async () => ({ available: false }),
  }
}

/** Files of a test by path; only reading. */
export function filesOf(known: Record<string, string>): Files {
  const readOnly = async (): Promise<never> => {
    throw new Error('These files cannot be changed')
  }
  return {
    readText: async (path) => known[path] ?? readOnly(),
    exists: async (path) => path in known,
    list: async () => [],
    disk: async () => undefined,
    stat: async () => undefined,
    watch: () => () => undefined,
    writeText: readOnly,
    makeFolder: readOnly,
    remove: readOnly,
    copy: readOnly,
  }
}

export interface TestConnection {
  /** Of those that come with the product. */
  simulator?: 'crm' | 'support' | 'marketing'
  /** A destination of tests, whose settings are its address. */
  declaration?: ListedDestination
  destination: string
  url: string
  token: string
  pace?: 'vendor' | 'fast'
  http: Http
  clock: Clock
  limits?: ConnectionDefinition['limits']
  onRequest?: ConnectionsOptions['onRequest']
}

/** Connects to a simulator that a test started: through the file that names it, or by its address. */
export function connectTo(test: TestConnection): Promise<Connection> {
  const { simulator } = test
  const entry = simulator === undefined ? {} : { [simulator]: { url: test.url, token: test.token }, pace: test.pace ?? 'fast' }
  const id = simulator ?? test.destination
  const connections = createConnections({
    ports: {
      clock: test.clock,
      random: { next: () => 0.5 },
      http: test.http,
      secrets: secretsOf({ [`${test.destination} token`]: test.token }),
      files: filesOf({ '/workspace/.lockstep/simulators.json': JSON.stringify(entry) }),
      log: silentLog,
    },
    workspaceFolder: '/workspace',
    ...(test.onRequest ? { onRequest: test.onRequest } : {}),
    ...(test.declaration ? { destinations: [test.declaration] } : {}),
  })
  return connections.connect(id, {
    name: `Sample ${id}`,
    destination: test.destination,
    ...(simulator === undefined ? { settings: { url: test.url } } : { simulator }),
    ...(test.limits ? { limits: test.limits } : {}),
  })
}
