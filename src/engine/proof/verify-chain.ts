import { auditEntries } from '../audit/audit.ts'
import type { SealedEntry } from '../audit/audit.ts'
import { beginning, entryHash } from '../audit/chain.ts'
import type { ChainEntry } from '../audit/chain.ts'
import type { StateDatabase } from '../storage/database.ts'
import { changed, missing } from './problem.ts'
import type { AuditProblem } from './problem.ts'

/** More problems than this say nothing new. */
export const mostProblems = 100

/**
 * Every break of the chain, in order: hashes, places, links. `seal` tells whether an entry was written by who holds the
 * workspace's key; entries of before there were seals stand before the first one that has one.
 */
export function chainProblems(database: StateDatabase, seal: ((hash: string) => string) | undefined): AuditProblem[] {
  const problems: AuditProblem[] = []
  const suspects: ChainEntry[] = []
  const seals = sealWatch(seal)
  let before: ChainEntry | undefined
  let beforeHolds = true
  for (const entry of auditEntries(database)) {
    const expected = (before?.seq ?? 0) + 1
    for (let seq = expected; seq < entry.seq && problems.length < mostProblems; seq++) problems.push(missing(seq, `Entry ${seq} is not there.`))
    const holds = entryHash(entry.previousHash, entry) === entry.hash
    if (!holds) suspects.push(entry)
    // Where the entry before is suspect itself, the broken link says nothing new.
    else if (beforeHolds && entry.seq === expected && entry.previousHash !== (before?.hash ?? beginning)) problems.push(changed(before?.seq ?? entry.seq, `Entry ${before?.seq ?? entry.seq} is not the one that entry ${entry.seq} follows.`))
    else if (!seals(entry)) problems.push(changed(entry.seq, `Entry ${entry.seq} was not written by Lockstep with the key of this workspace.`))
    before = entry
    beforeHolds = holds
    if (problems.length + suspects.length >= mostProblems) break
  }
  if (suspects.length > 0) problems.push(...explain(database, suspects))
  return problems.sort((one, other) => one.seq - other.seq)
}

/** True for entries that are sealed as they must be, in order. */
function sealWatch(seal: ((hash: string) => string) | undefined): (entry: SealedEntry) => boolean {
  let begun = false
  return (entry) => {
    if (seal === undefined) return true
    begun ||= entry.seal !== null || (entry.kind === 'workspace opened' && entry.data['sealed'] === true)
    return !begun || entry.seal === seal(entry.hash)
  }
}

/** An entry that fits at another place of the chain was moved; any other was changed. */
function explain(database: StateDatabase, suspects: ChainEntry[]): AuditProblem[] {
  const places = placesByChain(database)
  return suspects.map((entry) => {
    const place = places.get(entry.hash)
    const moved = place !== undefined && place !== entry.seq && entryHash(entry.previousHash, { ...entry, seq: place }) === entry.hash
    return moved ? { kind: 'reordered', seq: entry.seq, message: `The entry at ${entry.seq} belongs at ${place}.` } : changed(entry.seq, `Entry ${entry.seq} is not what was recorded.`)
  })
}

/** Where each hash stands when the chain is followed from its beginning. */
function placesByChain(database: StateDatabase): Map<string, number> {
  const next = new Map<string, string>()
  for (const { previousHash, hash } of auditEntries(database)) next.set(previousHash, hash)
  const places = new Map<string, number>()
  let place = 0
  for (let hash = next.get(beginning); hash !== undefined && !places.has(hash); hash = next.get(hash)) places.set(hash, ++place)
  return places
}
