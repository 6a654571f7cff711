import { createHash, createHmac, hash } from 'node:crypto'

/** SHA-256 as 64 lower-case hex digits; text is hashed as UTF-8. */
export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex')
}

/** Keyed SHA-256 (HMAC), for references to people that must not be guessed back. */
export function hmacSha256Hex(key: string | Uint8Array, data: string): string {
  return createHmac('sha256', key).update(data).digest('hex')
}

/** A SHA-256 that is fed piece by piece, so that what it covers never has to be in memory at once. */
export interface GrowingHash {
  add(text: string): void
  /** Ends the hash; it takes nothing afterwards. */
  digest(): string
}

export function growingSha256(): GrowingHash {
  const sha = createHash('sha256')
  return {
    add(text) {
      sha.update(text, 'utf8')
    },
    digest: () => sha.digest('hex'),
  }
}

/**
 * An id whose first 8 characters already tell it apart. Time-ordered ids of the same minute begin alike, and people
 * type beginnings of plan and run ids.
 */
export function scatteredId(unique: string): string {
  const hex = sha256Hex(unique)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}
