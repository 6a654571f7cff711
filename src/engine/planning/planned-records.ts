import type { AnswerKind } from '../../contract/states.ts'
import type { PlannedRecord } from '../execution/plan-for-apply.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { parseRaw } from '../values/json.ts'
import { plannedSql } from './review-view.ts'
import type { Answer, FieldChange } from './types.ts'

/** Records that apply reads at once. */
const ordinalsPerWindow = 20_000

/** A planned record with what was decided about it. */
export interface ReviewedRecord extends PlannedRecord {
  selected: boolean
  answers: Map<string, Answer & { by: string }>
}

/** Planned records from an ordinal on, in chunks, with their changes: what apply walks through. */
export async function* plannedRecords(duckdb: DuckDb, fromOrdinal: number): AsyncGenerator<ReviewedRecord[]> {
  const connection = await duckdb.fork()
  try {
    const last = await connection.row<{ last: number | null }>('SELECT max(ordinal) AS last FROM records')
    // A window at a time: sorting all of a big plan would hold its changes in memory.
    for (let start = fromOrdinal; start <= (last?.last ?? -1); start += ordinalsPerWindow) yield* recordsBetween(connection, start, start + ordinalsPerWindow)
  } finally {
    connection.close()
  }
}

async function* recordsBetween(connection: DuckDb, start: number, end: number): AsyncGenerator<ReviewedRecord[]> {
  const records = `(SELECT * FROM records WHERE ${plannedSql} AND ordinal >= ${start} AND ordinal < ${end})`
  const query = `SELECT r.ordinal, r.key, r.label, r.remote_id, r.match_key, r.operation, r.preselected, r.fp, r.created_by_us, r.fields, coalesce(s.selected, r.preselected), a.answers
    FROM ${records} r LEFT JOIN selections s ON s.key = r.key
    LEFT JOIN (SELECT key, to_json(list({'field': field, 'kind': kind, 'value': value, 'by': "by"}))::VARCHAR AS answers FROM answers WHERE key IN (SELECT key FROM ${records}) GROUP BY key) a ON a.key = r.key
    ORDER BY r.ordinal`
  for await (const { rows, columns } of connection.columns(query)) {
    const chunk: ReviewedRecord[] = []
    for (let row = 0; row < rows; row++) chunk.push(toPlanned(columns, row))
    yield chunk
  }
}

function toPlanned(columns: unknown[][], row: number): ReviewedRecord {
  const text = (column: number): string | null => (columns[column]?.[row] ?? null) as string | null
  const remoteId = text(3)
  const matchKey = text(4)
  return {
    ordinal: Number(columns[0]?.[row]),
    key: text(1) ?? '',
    label: text(2) ?? '',
    operation: text(5) as PlannedRecord['operation'],
    preselected: columns[6]?.[row] === true,
    fp: text(7),
    createdByUs: columns[8]?.[row] === true,
    fields: JSON.parse(text(9) ?? '[]') as FieldChange[],
    selected: columns[10]?.[row] === true,
    answers: answersOf(text(11)),
    ...(remoteId === null ? {} : { remoteId }),
    ...(matchKey === null ? {} : { matchKey }),
  }
}

function answersOf(json: string | null): ReviewedRecord['answers'] {
  if (json === null) return new Map()
  const list = JSON.parse(json) as { field: string; kind: AnswerKind; value: string | null; by: string }[]
  return new Map(list.map(({ field, kind, value, by }) => [field, { kind, by, ...(value === null ? {} : { value: parseRaw(value) }) }]))
}
