import type { AnswerKind } from '../../../contract/states.ts'
import type { PlanForApply, PlannedRecord, Sending } from '../../plans/plan-for-apply.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import { parseRaw } from '../../values/json.ts'
import { resolveRecord, sendingOf } from '../decide/resolve.ts'
import { plannedSql } from './review-view.ts'
import { parseFields, sendingReader, type StoredSending } from './stored-fields.ts'
import type { Answer } from '../../plans/plan-rows.ts'

/** Records that apply reads at once. */
const ordinalsPerWindow = 20_000
/** Records that come as one text. */
const ordinalsPerPage = 500

/** A planned record with what was decided about it. */
export interface ReviewedRecord extends PlannedRecord {
  selected: boolean
  answers: Map<string, Answer & { by: string }>
  /** What is sent where nothing is to be decided; otherwise its changes as stored (stored-fields.ts). */
  content: { sends: Sending } | { changes: string }
}

/** What a record comes to with its answers and selection. */
export function sendingOfRecord({ content, operation, answers, selected }: ReviewedRecord): ReturnType<PlanForApply['sendingOf']> {
  if ('sends' in content) {
    if (!selected) return { skip: 'not selected' }
    return operation === 'update' && !hasAny(content.sends.send) ? { skip: 'nothing left to send' } : content.sends
  }
  const fields = parseFields(content.changes)
  const resolution = resolveRecord({ operation, fields }, answers, selected)
  return 'send' in resolution ? sendingOf(fields, resolution) : resolution
}

function hasAny(send: object): boolean {
  for (const _field in send) return true
  return false
}

/** Planned records from an ordinal on, in chunks: what apply walks through. `whole`: with all their changes. */
export async function* plannedRecords(duckdb: DuckDb, fromOrdinal: number, whole = false): AsyncGenerator<ReviewedRecord[]> {
  const connection = await duckdb.fork()
  const read = { sends: sendingReader(), whole }
  try {
    const last = await connection.row<{ last: number | null }>('SELECT max(ordinal) AS last FROM records')
    // A window at a time: sorting all of a big plan would hold its changes in memory.
    for (let start = fromOrdinal; start <= (last?.last ?? -1); start += ordinalsPerWindow) {
      yield* recordsBetween(connection, { start, end: start + ordinalsPerWindow }, read)
      // What a window needed does not pile up over a big plan.
      await connection.giveBack()
    }
  } finally {
    connection.close()
  }
}

interface Reading {
  sends: (stored: StoredSending) => Sending
  whole: boolean
}

async function* recordsBetween(connection: DuckDb, { start, end }: { start: number; end: number }, { sends, whole }: Reading): AsyncGenerator<ReviewedRecord[]> {
  const records = `(SELECT * FROM records WHERE ${plannedSql} AND ordinal >= ${start} AND ordinal < ${end})`
  // The driver pays for every single text, and so does reading JSON: a page is one text. What is sent stands in it as it is stored.
  const content = whole ? 'to_json(r.fields)' : 'coalesce(r.sends, to_json(r.fields)::VARCHAR)'
  const query = `SELECT '[' || string_agg('[' || to_json([${head.join(', ')}])::VARCHAR || ',' || ${content} || ']', ',' ORDER BY r.ordinal) || ']'
    FROM ${records} r LEFT JOIN selections s ON s.key = r.key
    LEFT JOIN (SELECT key, to_json(list({'field': field, 'kind': kind, 'value': value, 'by': "by"}))::VARCHAR AS answers FROM answers WHERE key IN (SELECT key FROM ${records}) GROUP BY key) a ON a.key = r.key
    GROUP BY r.ordinal // ${ordinalsPerPage} ORDER BY r.ordinal // ${ordinalsPerPage}`
  for await (const { columns } of connection.columns(query)) {
    for (const page of columns[0] as string[]) yield (JSON.parse(page) as StoredRecord[]).map((stored) => toPlanned(stored, sends))
  }
}

/** A record's columns, each as text, and what is sent of it; a text holds its changes. */
type StoredRecord = [head: (string | null)[], content: StoredSending | string]

/** What a record is besides its fields. */
const head = ['r.ordinal', 'r.key', 'r.label', 'r.remote_id', 'r.match_key', 'r.operation', 'r.preselected', 'r.fp', 'r.created_by_us', 'coalesce(s.selected, r.preselected)', 'a.answers'].map((column) => `(${column})::VARCHAR`)

function toPlanned([[ordinal, key, label, remoteId, matchKey, operation, preselected, fp, createdByUs, selected, answers], content]: StoredRecord, sends: Reading['sends']): ReviewedRecord {
  const record: ReviewedRecord = {
    ordinal: Number(ordinal),
    key: key ?? '',
    label: label ?? '',
    operation: operation as PlannedRecord['operation'],
    preselected: preselected === 'true',
    fp: fp ?? null,
    createdByUs: createdByUs === 'true',
    content: typeof content === 'string' ? { changes: content } : { sends: sends(content) },
    selected: selected === 'true',
    answers: answersOf(answers ?? null),
  }
  if (remoteId != null) record.remoteId = remoteId
  if (matchKey != null) record.matchKey = matchKey
  return record
}

/** Most records have none; nobody adds to it. */
const noAnswers: ReviewedRecord['answers'] = new Map()

function answersOf(json: string | null): ReviewedRecord['answers'] {
  if (json === null) return noAnswers
  const list = JSON.parse(json) as { field: string; kind: AnswerKind; value: string | null; by: string }[]
  return new Map(list.map(({ field, kind, value, by }) => [field, { kind, by, ...(value === null ? {} : { value: parseRaw(value) }) }]))
}
