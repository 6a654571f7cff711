import type { ExportResult } from '../../contract/shapes.ts'
import { ExportFolder } from '../exports/export-folder.ts'
import { allRows } from '../plans/journal-rows.ts'
import type { Actor, Session } from '../session/session.ts'
import { appendAudit, auditEntries, auditHead } from '../audit/audit.ts'
import type { ChainEntry } from '../audit/chain.ts'
import { auditWords } from '../audit/kinds.ts'
import { namesFrom } from '../audit/names.ts'
import type { Names } from '../audit/names.ts'
import { loadReferenceKey, recordReferences } from '../audit/reference-key.ts'

type ExportSession = Pick<Session, 'ports' | 'folders' | 'database'>

const entryColumns = ['seq', 'at', 'kind', 'actor', 'subject', 'words', 'data', 'previousHash', 'hash'] as const
const rowColumns = ['run', 'ordinal', 'record', 'remote', 'operation', 'state', 'reason', 'batch', 'payloadHash', 'verification', 'attempts', 'sentAt', 'settledAt'] as const

/** Entries of the period and the rows of the runs that they tell of, for a third party: hashes and keyed references, no values. */
export async function exportAudit(session: ExportSession, period: { from?: string; to?: string; version: string }, actor: Actor): Promise<ExportResult> {
  const { database } = session
  // The chain up to here; whatever is appended while the files are written is not in them.
  const head = auditHead(database)
  const last = database.get<{ sequence: number | null }>('SELECT max(sequence) AS sequence FROM audit')?.sequence ?? 0
  const key = await loadReferenceKey({ files: session.ports.files, ids: session.ports.ids, stateFolder: session.folders.state })
  const folder = new ExportFolder(session)
  const seen: Seen = { runs: new Set(), first: undefined, last: undefined }
  const entries = await folder.writeTable('entries', entryColumns, entriesOf(auditEntries(database, 1, last), { ...period, names: namesFrom(database) }, seen))
  const rows = await folder.writeTable('rows', rowColumns, rowsOf(session, seen.runs, key))
  folder.writeText('how-to-verify.txt', howToVerify)
  const result = await folder.finish(
    {
      kind: 'audit',
      head: head.head,
      entries: head.entries,
      period: { from: period.from ?? null, to: period.to ?? null },
      exported: { entries, first: seen.first ?? null, last: seen.last ?? null, runs: seen.runs.size, rows },
      app: { name: 'Lockstep', version: period.version, schema: schemaVersion(session) },
    },
    entries,
  )
  appendAudit(session, {
    kind: 'audit exported',
    actor: actor.name,
    subject: folder.id,
    data: { entries, head: head.head, ...(period.from === undefined ? {} : { from: period.from }), ...(period.to === undefined ? {} : { to: period.to }), manifest: result.files.at(-1)?.sha256 },
  })
  return result
}

interface Seen {
  runs: Set<string>
  first: number | undefined
  last: number | undefined
}

function* entriesOf(entries: Iterable<ChainEntry>, period: { from?: string; to?: string; names: Names }, seen: Seen): Generator<Record<(typeof entryColumns)[number], unknown>> {
  const from = period.from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(period.from)
  const to = period.to === undefined ? Number.POSITIVE_INFINITY : Date.parse(period.to)
  for (const entry of entries) {
    const at = Date.parse(entry.at)
    if (at < from || at > to) continue
    seen.first ??= entry.seq
    seen.last = entry.seq
    if (entry.subject !== undefined && (entry.kind === 'batch' || entry.kind === 'run finished')) seen.runs.add(entry.subject)
    const { seq, at: when, kind, actor, subject, data, previousHash, hash } = entry
    yield { seq, at: when, kind, actor, subject, words: auditWords(entry, period.names), data, previousHash, hash }
  }
}

function* rowsOf({ database }: ExportSession, runs: Set<string>, key: string): Generator<Record<(typeof rowColumns)[number], unknown>> {
  const referenceTo = recordReferences(key)
  for (const run of runs) {
    for (const row of allRows(database, run)) {
      yield {
        run,
        ordinal: row.ordinal,
        record: referenceTo(row.record),
        remote: row.remote_id === null ? null : referenceTo(row.remote_id),
        operation: row.operation,
        state: row.state,
        reason: row.reason,
        batch: row.batch,
        payloadHash: row.payload_hash,
        verification: row.verification,
        attempts: row.attempts,
        sentAt: row.sent_at === null ? null : new Date(row.sent_at).toISOString(),
        settledAt: row.settled_at === null ? null : new Date(row.settled_at).toISOString(),
      }
    }
  }
}

function schemaVersion({ database }: ExportSession): number {
  return database.get<{ version: number }>('SELECT max(number) AS version FROM migrations')?.version ?? 0
}

const howToVerify = `How to verify this export without Lockstep

1. manifest.json lists every file with its SHA-256. Compute each and compare.
2. entries.jsonl holds one entry per line. For each, in order of seq:
     content = { seq, at, kind, actor, subject, data } as canonical JSON (RFC 8785); leave subject out where it is absent
     hash    = SHA-256 of previousHash, one line feed, content (UTF-8)
   The hash must be the entry's hash, previousHash must be the hash of the entry before, and seq must grow by one. The
   first entry of a workspace has a previousHash of 64 zeros. "words" is for reading and is not part of the hash.
3. manifest.json names head and entries: the hash of the last entry of the chain at the time of the export, and how many
   entries it had. Keep it: "lockstep audit verify --against manifest.json" later shows whether anything was changed,
   removed, reordered or cut off since.
4. An entry of kind "batch" carries data.outcomes. Take the lines of rows.jsonl with the run (its subject) and the batch
   (data.batch), in order of ordinal, and write for each
     [ordinal, record, remote, operation, state, reason, payloadHash] as canonical JSON, then one line feed
   The SHA-256 of that text must be data.outcomes.
5. An entry of kind "run finished" carries data.outcomes over all rows of the run in order of ordinal: for each
     ordinal, a space, state, a space, verification or "-", then one line feed.

Every record was compared with the destination just before it was sent, where the destination can be read. A change that
somebody made there in the seconds between the comparison and the write cannot be excluded: none of the connected systems
takes a condition with a write. Where a destination cannot be read, its rows are "unverifiable".

"record" and "remote" are keyed references (HMAC-SHA-256). Whoever holds the workspace's key can show which record one
means; nobody else can find out. No value of any record is part of an audit export.
The .csv files are for spreadsheets and are not exact.
`
