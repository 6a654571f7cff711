import { canonicalJson } from '../values/json.ts'
import { sha256Hex } from '../values/hash.ts'

/** What comes before the first entry. */
export const beginning = '0'.repeat(64)

/** The part of an entry that its hash covers. */
export interface EntryContent {
  seq: number
  at: string
  kind: string
  actor: string
  subject?: string
  data: Record<string, unknown>
}

/** One entry as stored and as exported: each holds the hash of the one before. */
export interface ChainEntry extends EntryContent {
  previousHash: string
  hash: string
}

/** SHA-256 over the previous hash, a line feed, and the entry as canonical JSON (RFC 8785). */
export function entryHash(previousHash: string, entry: EntryContent): string {
  const { seq, at, kind, actor, subject, data } = entry
  return sha256Hex(`${previousHash}\n${canonicalJson({ seq, at, kind, actor, subject, data })}`)
}
