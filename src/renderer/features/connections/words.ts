import type { z } from 'zod'
import type { ConnectionSummary, secretStatus } from '../../../contract/shapes.ts'

export type SecretStatus = z.infer<typeof secretStatus>

/** Where a secret is kept, in one sentence. */
export function secretPlace(secret: SecretStatus, keychainReason: string | undefined): string {
  if (secret.elsewhere !== undefined) return secret.elsewhere.givenFor === undefined ? 'Kept before Lockstep remembered where it belongs; it is not sent.' : `Given for ${secret.elsewhere.givenFor}; it is not sent.`
  switch (secret.origin) {
    case 'environment':
      return 'Taken from this machine’s environment; it cannot be changed here.'
    case 'keychain':
      return 'Kept in this machine’s keychain.'
    case 'session':
      return `Kept for this session only: this machine has no keychain.${keychainReason === undefined ? '' : ` ${keychainReason}`}`
    case 'simulator':
      return 'The throw-away token of the simulator; there is nothing to enter.'
    case 'missing':
      return 'Not entered yet.'
  }
}

/** Where the destination is, in words. */
export function placeOf(connection: Pick<ConnectionSummary, 'simulator' | 'address'>): string {
  if (connection.simulator !== undefined) return 'Simulator, on this computer'
  return connection.address?.replace(/^https?:\/\//, '') ?? 'Address in its settings'
}

/** Secrets that still have to be entered, or entered again for another address. */
export function missingSecrets(connection: Pick<ConnectionSummary, 'secrets'>): SecretStatus[] {
  return connection.secrets.filter((secret) => secret.origin === 'missing' || secret.elsewhere !== undefined)
}
