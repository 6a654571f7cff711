import { createHash, hash } from 'node:crypto'

/** SHA-256 as 64 lower-case hex digits; text is hashed as UTF-8. */
export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex')
}

/** Keyed SHA-256 (HMAC), for references to people that must not be guessed back. */
export function hmacSha256Hex(key: string, data: string): string {
  return keyedSha256(key)(data)
}

/** The same for many texts under one key: both padded halves of the key are made once. */
export function keyedSha256(key: string): (data: string) => string {
  const given = Buffer.from(key)
  const padded = Buffer.alloc(blockBytes)
  ;(given.length > blockBytes ? hash('sha256', given, 'buffer') : given).copy(padded)
  const outer = Buffer.concat([padded.map((byte) => byte ^ 0x5c), Buffer.alloc(hashBytes)])
  let inner = Buffer.concat([padded.map((byte) => byte ^ 0x36), Buffer.alloc(1024)])
  return (data) => {
    const most = blockBytes + data.length * 3
    if (inner.length < most) inner = Buffer.concat([inner.subarray(0, blockBytes), Buffer.alloc(most)])
    const end = blockBytes + inner.write(data, blockBytes)
    outer.write(hash('sha256', inner.subarray(0, end), 'binary'), blockBytes, 'latin1')
    return hash('sha256', outer, 'hex')
  }
}

/** Of SHA-256. */
const blockBytes = 64
const hashBytes = 32

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
export function hashedId(unique: string): string {
  const hex = sha256Hex(unique)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}
