import { z } from 'zod'
import { AppError } from '../../contract/errors.ts'
import type { AuditVerdict } from '../../contract/shapes.ts'
import type { Session } from '../session.ts'
import type { StateDatabase } from '../storage/database.ts'
import { auditEntries, auditHead } from './audit.ts'
import { beginning, entryHash } from './chain.ts'
import type { ChainEntry } from './chain.ts'
import { keyOf, verifyRows } from './verify-rows.ts'

type VerifySession = Pick<Session, 'ports' | 'folders' | 'database'>
type AuditProblem = AuditVerdict['problems'][number]

/** More problems than this say nothing new. */
const mostProblems = 100

const manifestShape = z.object({ head: z.string().regex(/^[0-9a-f]{64}$/), entries: z.number().int().min(0) })

/** Recomputes the whole chain and the rows it speaks of; `manifest` is the text of an earlier export's manifest. */
export async function verifyAudit(session: VerifySession, manifest?: string): Promise<AuditVerdict> {
  const anchor = manifest === undefined ? undefined : parseManifest(manifest)
  const { database } = session
  const { entries, head } = auditHead(database)
  const problems = [...chainProblems(database), ...(anchor ? anchorProblems(database, anchor) : [])]
  const key = await keyOf(session)
  if (key !== undefined) problems.push(...(await verifyRows(session, key)))
  const shown = dropRepeated(problems).slice(0, mostProblems)
  return { ok: shown.length === 0, entries, head, problems: shown, words: wordsOf({ entries, shown, anchored: anchor?.entries, rowsChecked: key !== undefined }) }
}

function parseManifest(text: string): z.infer<typeof manifestShape> {
  try {
    return manifestShape.parse(JSON.parse(text))
  } catch (error) {
    throw new AppError('file-malformed', 'The manifest cannot be read: it must be the manifest.json of an audit export.', {
      next: 'Give the manifest.json that an audit export wrote.',
      cause: error,
    })
  }
}

/** Every break of the chain, in order. */
function chainProblems(database: StateDatabase): AuditProblem[] {
  const problems: AuditProblem[] = []
  const suspects: ChainEntry[] = []
  let before: ChainEntry | undefined
  let beforeHolds = true
  for (const entry of auditEntries(database)) {
    const expected = (before?.seq ?? 0) + 1
    for (let seq = expected; seq < entry.seq && problems.length < mostProblems; seq++) problems.push({ kind: 'missing', seq, message: `Entry ${seq} is not there.` })
    const holds = entryHash(entry.previousHash, entry) === entry.hash
    if (!holds) suspects.push(entry)
    // Where the entry before is suspect itself, the broken link says nothing new.
    else if (beforeHolds && entry.seq === expected && entry.previousHash !== (before?.hash ?? beginning)) problems.push({ kind: 'changed', seq: before?.seq ?? entry.seq, message: `Entry ${before?.seq ?? entry.seq} is not the one that entry ${entry.seq} follows.` })
    before = entry
    beforeHolds = holds
    if (problems.length + suspects.length >= mostProblems) break
  }
  if (suspects.length > 0) problems.push(...explain(database, suspects))
  return problems.sort((one, other) => one.seq - other.seq)
}

/** An entry that fits at another place of the chain was moved; any other was changed. */
function explain(database: StateDatabase, suspects: ChainEntry[]): AuditProblem[] {
  const places = placesByChain(database)
  return suspects.map((entry) => {
    const place = places.get(entry.hash)
    const moved = place !== undefined && place !== entry.seq && entryHash(entry.previousHash, { ...entry, seq: place }) === entry.hash
    return moved
      ? { kind: 'reordered', seq: entry.seq, message: `The entry at ${entry.seq} belongs at ${place}.` }
      : { kind: 'changed', seq: entry.seq, message: `Entry ${entry.seq} is not what was recorded.` }
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

function anchorProblems(database: StateDatabase, anchor: z.infer<typeof manifestShape>): AuditProblem[] {
  if (anchor.entries === 0) return []
  const last = database.get<{ sequence: number | null }>('SELECT max(sequence) AS sequence FROM audit')?.sequence ?? 0
  if (last < anchor.entries) return [{ kind: 'truncated', seq: last + 1, message: `The export had ${anchor.entries} entries; the chain ends at ${last}.` }]
  const entry = database.get<{ hash: string }>('SELECT hash FROM audit WHERE sequence = ?', anchor.entries)
  if (entry === undefined || entry.hash === anchor.head) return []
  return [{ kind: 'changed', seq: anchor.entries, message: `Up to entry ${anchor.entries} this is not the history that was exported.` }]
}

function dropRepeated(problems: AuditProblem[]): AuditProblem[] {
  const seen = new Set<string>()
  return problems.filter(({ kind, seq }) => !seen.has(`${kind} ${seq}`) && seen.add(`${kind} ${seq}`))
}

function wordsOf(found: { entries: number; shown: AuditProblem[]; anchored: number | undefined; rowsChecked: boolean }): string {
  const { entries, shown, anchored, rowsChecked } = found
  const rows = rowsChecked ? '' : ' The rows of the runs were not checked: the workspace’s reference key is missing.'
  if (shown.length > 0) return `The audit does not hold: ${shown.length === mostProblems ? `${mostProblems} or more` : shown.length} ${shown.length === 1 ? 'problem' : 'problems'}, the first at entry ${shown[0]?.seq}.${rows}`
  if (anchored === undefined) return `Unbroken to entry ${entries}; a cut after ${entries} cannot be excluded.${rows}`
  return `Unbroken to entry ${entries}, and the same as the export up to entry ${anchored}; a cut after ${entries} cannot be excluded.${rows}`
}
