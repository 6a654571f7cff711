import type { Files, Ids } from '../ports/ports.ts'
import { hmacSha256Hex, keyedSha256, sha256Hex } from '../values/hash.ts'

const keyFile = 'reference.key'

/**
 * The workspace's key for references to records: with it the owner can show which record an entry means, without it
 * nobody can guess. Made once, readable by this person only.
 */
export async function loadReferenceKey(options: { files: Files; ids: Ids; stateFolder: string }): Promise<string> {
  const path = `${options.stateFolder}/${keyFile}`
  if (await options.files.exists(path)) return (await options.files.readText(path)).trim()
  // Each id carries 62 bits from the system's generator; together they are more than a 256-bit key.
  const key = sha256Hex(Array.from({ length: 6 }, () => options.ids.next()).join(' '))
  await options.files.writeText(path, `${key}\n`, 0o600)
  return key
}

/** A record as the audit names it. */
export function recordReference(key: string, record: string): string {
  return keyedSha256(key)(record)
}

/** The same for many records. */
export function recordReferences(key: string): (record: string) => string {
  return keyedSha256(key)
}

/** Seals the hashes of entries: whoever has the database without the key can neither add an entry nor change one unseen. */
export function auditSeal(key: string): (hash: string) => string {
  return keyedSha256(hmacSha256Hex(key, 'seal of the audit'))
}
