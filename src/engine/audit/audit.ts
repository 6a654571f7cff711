import { definitionKind } from '../../contract/definitions.ts'
import type { AuditEntry } from '../../contract/shapes.ts'
import type { Clock } from '../ports/ports.ts'
import type { StateDatabase } from '../storage/database.ts'
import { canonicalJson } from '../values/json.ts'
import { beginning, entryHash } from './chain.ts'
import type { ChainEntry } from './chain.ts'
import { auditWords } from './kinds.ts'
import type { AuditKind } from './kinds.ts'
import type { Names } from './names.ts'

/** Where entries go; a session is one. */
export interface AuditTrail {
  database: StateDatabase
  ports: { clock: Clock }
}

/**
 * An act that is recorded for good. `data` holds counts, ids, hashes and keyed references, never values of records
 * (semantics §7).
 */
export interface AuditEvent {
  kind: AuditKind
  /** Who: a person's name, "policy x", or "Lockstep". */
  actor: string
  /** What it was about: the id of a plan, run, connection or definition. */
  subject?: string
  data: Record<string, unknown>
}

/** Acts that nobody asked for in person. */
export const lockstep = 'Lockstep'

/** An entry as the database holds it. */
export interface AuditRow {
  sequence: number
  at: string
  kind: string
  actor: string
  subject: string | null
  data: string
  previous_hash: string
  hash: string
  seal: string | null
}

/** Appends to the chain. Call it in the transaction of the act itself, so that neither exists without the other. */
export function appendAudit(trail: AuditTrail, event: AuditEvent): ChainEntry {
  const { database, ports } = trail
  return database.transaction(() => {
    const last = database.get<{ sequence: number; hash: string }>('SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1')
    const content = { seq: (last?.sequence ?? 0) + 1, at: new Date(ports.clock.now()).toISOString(), ...event }
    const previousHash = last?.hash ?? beginning
    const hash = entryHash(previousHash, content)
    database.run(
      'INSERT INTO audit (sequence, at, kind, actor, subject, data, previous_hash, hash, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      content.seq,
      content.at,
      content.kind,
      content.actor,
      content.subject ?? null,
      canonicalJson(content.data),
      previousHash,
      hash,
      database.sealAudit?.(hash) ?? null,
    )
    return { ...content, previousHash, hash }
  })
}

/** An entry as it lies in the database, with the seal of who wrote it. */
export interface SealedEntry extends ChainEntry {
  seal: string | null
}

/** Entries in order, read page by page, so that the database is never held open between them. */
export function* auditEntries(database: StateDatabase, first = 1, last = Number.MAX_SAFE_INTEGER): Generator<SealedEntry> {
  const page = 1000
  for (let from = first; ; ) {
    const rows = database.all<AuditRow>('SELECT * FROM audit WHERE sequence BETWEEN ? AND ? ORDER BY sequence LIMIT ?', from, last, page)
    for (const row of rows) yield { ...toEntry(row), seal: row.seal }
    const end = rows.at(-1)
    if (!end || rows.length < page) return
    from = end.sequence + 1
  }
}

/** How long the chain is and where it ends. */
export function auditHead(database: StateDatabase): { entries: number; head: string } {
  const last = database.get<{ sequence: number; hash: string }>('SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1')
  const count = database.get<{ entries: number }>('SELECT count(*) AS entries FROM audit')
  return { entries: count?.entries ?? 0, head: last?.hash ?? beginning }
}

/** An entry with its sentence and the name of what it is about. */
export function describe(entry: ChainEntry, names: Names): AuditEntry {
  const { previousHash: _previous, ...shown } = entry
  const about = aboutOf(entry, names)
  return { ...shown, words: auditWords(entry, names), ...(about === undefined ? {} : { about }) }
}

/** The name of what an entry is about: the activation of a plan or run, else the definition. */
function aboutOf({ kind, subject, data }: ChainEntry, names: Names): string | undefined {
  if (subject === undefined) return undefined
  const definition = kind === 'secret set' ? 'connection' : kind === 'policy saved' ? 'policy' : definitionKind.safeParse(data['kind']).data
  return names.work(subject)?.activation ?? (definition === undefined ? undefined : names.definition(definition, subject))
}

/** As stored; data that somebody broke from outside comes as `unreadable`. */
export function toEntry(row: AuditRow): ChainEntry {
  return {
    seq: row.sequence,
    at: row.at,
    kind: row.kind,
    actor: row.actor,
    ...(row.subject === null ? {} : { subject: row.subject }),
    data: parseData(row.data),
    previousHash: row.previous_hash,
    hash: row.hash,
  }
}

/** Data that somebody broke from outside must not stop the reading that finds it. */
function parseData(text: string): Record<string, unknown> {
  try {
    const data: unknown = JSON.parse(text)
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Record<string, unknown>
  } catch {
    // Falls through: what cannot be read cannot match its hash either.
  }
  return { unreadable: true }
}
