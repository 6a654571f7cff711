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
