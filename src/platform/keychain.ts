/** The operating system's store of secrets. Every call resolves; a store that is missing or stuck says so in its status. */
export interface Keychain {
  status(): Promise<{ available: boolean; reason?: string }>
  get(account: string): Promise<string | undefined>
  /** False where the store refused. */
  set(account: string, value: string): Promise<boolean>
  remove(account: string): Promise<void>
}

/** The part of keytar that is used. */
export interface KeytarLike {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

const SERVICE = 'Lockstep'
/** Long enough for a person to type the keychain's password; a prompt that nobody can see must not hold everything. */
const PATIENCE_MS = 60_000

async function loadKeytar(): Promise<KeytarLike> {
  const loaded = await import('keytar')
  return loaded.default
}

/** The keychain through keytar. Its library may be missing (no libsecret) or find no session bus: then it is unavailable. */
export function createKeychain({ load = loadKeytar, service = SERVICE, patienceMs = PATIENCE_MS } = {}): Keychain {
  let keytar: KeytarLike | undefined
  let trouble: string | undefined
  let probe: Promise<void> | undefined

  async function attempt<T>(work: (store: KeytarLike) => Promise<T>): Promise<T | undefined> {
    if (trouble !== undefined) return undefined
    try {
      keytar ??= await load()
      return await within(work(keytar), patienceMs)
    } catch (error) {
      trouble = wordsFor(error)
      return undefined
    }
  }

  return {
    async status() {
      probe ??= attempt((store) => store.getPassword(service, 'availability')).then(() => {})
      await probe
      return trouble === undefined ? { available: true } : { available: false, reason: trouble }
    },
    get: async (account) => (await attempt((store) => store.getPassword(service, account))) ?? undefined,
    set: async (account, value) => (await attempt(async (store) => (await store.setPassword(service, account, value), true))) ?? false,
    remove: async (account) => void (await attempt((store) => store.deletePassword(service, account))),
  }
}

/** For machines and tests where the keychain must not be touched. */
export const noKeychain: Keychain = {
  status: async () => ({ available: false, reason: 'The keychain is switched off (LOCKSTEP_KEYCHAIN=off).' }),
  get: async () => undefined,
  set: async () => false,
  remove: async () => {},
}

function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('did not answer')), milliseconds)
  return Promise.race([work, promise]).finally(() => clearTimeout(timer))
}

function wordsFor(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  if (/did not answer/.test(message)) return 'The keychain of this machine did not answer.'
  if (/native addon|libsecret|\.so\.|ERR_DLOPEN|Cannot find module/.test(message)) return 'This machine has no keychain library (libsecret).'
  if (/D-Bus|dbus|autolaunch|DISPLAY|secrets was not provided|ServiceUnknown/i.test(message)) return 'No keychain is running in this session.'
  return 'The keychain of this machine refused.'
}
