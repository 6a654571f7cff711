import type { KeptSecret, SecretStore, Secrets } from '../engine/ports/ports.ts'
import type { Keychain } from './keychain.ts'
import type { SecretPlaces } from './secret-places.ts'

export interface SecretsOptions {
  environment: Record<string, string | undefined>
  keychain: Keychain
  /** Where secrets of the environment belong. */
  places: SecretPlaces
  /** Called with every value that passes, so that the log can keep it out. */
  seen?: (value: string) => void
}

/** Secrets from the environment, else the keychain, else this session's memory. Nothing is ever written to a file. */
export function createSecretStore(options: SecretsOptions): SecretStore {
  const session: SessionSecrets = new Map()
  // The folder is part of the account: a workspace of the same name that somebody sends must not find these secrets.
  return { forWorkspace: (folder) => secretsOf(folder, session, options) }
}

type SessionSecrets = Map<string, Omit<KeptSecret, 'origin'>>

function secretsOf(folder: string, session: SessionSecrets, { environment, keychain, places, seen = () => {} }: SecretsOptions): Secrets {
  const account = (connection: string, field: string): string => JSON.stringify([folder, connection, field])

  async function find(connection: string, field: string): Promise<KeptSecret | undefined> {
    const value = environment[secretVariable(connection, field)]
    if (value) {
      const givenFor = await places.get(folder, connection, field)
      return { value, origin: 'environment', ...(givenFor === undefined ? {} : { givenFor }) }
    }
    const fromKeychain = (await keychain.status()).available ? await keychain.get(account(connection, field)) : undefined
    if (fromKeychain) return { ...decode(fromKeychain), origin: 'keychain' }
    const fromSession = session.get(account(connection, field))
    return fromSession && { ...fromSession, origin: 'session' }
  }

  async function store(connection: string, field: string, secret: { value: string; givenFor: string }): Promise<'keychain' | 'session'> {
    const key = account(connection, field)
    if ((await keychain.status()).available && (await keychain.set(key, encode(secret)))) {
      session.delete(key)
      return 'keychain'
    }
    session.set(key, secret)
    return 'session'
  }

  return {
    async get(connection, field) {
      const found = await find(connection, field)
      if (found) seen(found.value)
      return found
    },
    async set(connection, field, value, givenFor) {
      seen(value)
      return store(connection, field, { value, givenFor })
    },
    async bind(connection, field, givenFor) {
      const found = await find(connection, field)
      if (found?.origin === 'environment') await places.set(folder, connection, field, givenFor)
      else if (found) await store(connection, field, { value: found.value, givenFor })
    },
    async remove(connection, field) {
      const key = account(connection, field)
      session.delete(key)
      if ((await keychain.status()).available) await keychain.remove(key)
    },
    keychain: () => keychain.status(),
  }
}

const ENCODED = 'lockstep:1:'

/** A secret and its place are one entry of the keychain: nothing can part them. */
function encode(secret: { value: string; givenFor: string }): string {
  return `${ENCODED}${JSON.stringify(secret)}`
}

/** An entry of before places were kept is the value alone. */
function decode(entry: string): { value: string; givenFor?: string } {
  return entry.startsWith(ENCODED) ? (JSON.parse(entry.slice(ENCODED.length)) as { value: string; givenFor: string }) : { value: entry }
}

/** The variable that holds a secret: everything but letters and digits becomes an underscore. */
export function secretVariable(connection: string, field: string): string {
  return `LOCKSTEP_SECRET_${constantCase(connection)}_${constantCase(field)}`
}

function constantCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^a-z0-9]+/gi, '_').toUpperCase()
}
