import type { SecretOrigin, SecretStore, Secrets } from '../engine/ports.ts'
import type { Keychain } from './keychain.ts'

export interface SecretsOptions {
  environment: Record<string, string | undefined>
  keychain: Keychain
  /** Called with every value that passes, so that the log can keep it out. */
  seen?: (value: string) => void
}

/** Secrets from the environment, else the keychain, else this session's memory. Nothing is ever written to a file. */
export function createSecretStore(options: SecretsOptions): SecretStore {
  const session = new Map<string, string>()
  // The folder is part of the account: a workspace of the same name that somebody sends must not find these secrets.
  return { forWorkspace: (folder) => secretsOf(folder, session, options) }
}

function secretsOf(folder: string, session: Map<string, string>, { environment, keychain, seen = () => {} }: SecretsOptions): Secrets {
  const account = (connection: string, field: string): string => JSON.stringify([folder, connection, field])

  async function find(connection: string, field: string): Promise<{ value: string; origin: SecretOrigin } | undefined> {
    const fromEnvironment = environment[secretVariable(connection, field)]
    if (fromEnvironment) return { value: fromEnvironment, origin: 'environment' }
    const fromKeychain = (await keychain.status()).available ? await keychain.get(account(connection, field)) : undefined
    if (fromKeychain) return { value: fromKeychain, origin: 'keychain' }
    const fromSession = session.get(account(connection, field))
    return fromSession === undefined ? undefined : { value: fromSession, origin: 'session' }
  }

  return {
    async get(connection, field) {
      const found = await find(connection, field)
      if (found) seen(found.value)
      return found
    },
    async set(connection, field, value) {
      seen(value)
      const key = account(connection, field)
      if ((await keychain.status()).available && (await keychain.set(key, value))) {
        session.delete(key)
        return 'keychain'
      }
      session.set(key, value)
      return 'session'
    },
    async remove(connection, field) {
      const key = account(connection, field)
      session.delete(key)
      if ((await keychain.status()).available) await keychain.remove(key)
    },
    keychain: () => keychain.status(),
  }
}

/** The variable that holds a secret: everything but letters and digits becomes an underscore. */
export function secretVariable(connection: string, field: string): string {
  return `LOCKSTEP_SECRET_${constantCase(connection)}_${constantCase(field)}`
}

function constantCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^a-z0-9]+/gi, '_').toUpperCase()
}
