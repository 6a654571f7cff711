import { refusal } from '../answers.ts'
import type { ListQuery, ReadQuery, ReadRecord, RowAnswer, WriteAnswer, WriteRequest, WriteRow } from '../destination.ts'
import { parseTextRow, quoteName } from '../local-database.ts'
import type { DuckDb } from '../local-database.ts'
import type { Raw } from '../../../contract/states.ts'
import type { FileRequest } from '../../drivers/duckdb-file-driver.ts'
import { readFile, tableOf } from './table.ts'
import type { LocalFileContext } from './table.ts'

const ROWS_PER_PAGE = 50_000
/** The values of a batch as one JSON parameter; a row each, its columns as text. */
const TEXTS = `SELECT unnest(from_json(?::JSON, '["VARCHAR"]')) AS id`

/** Values travel as text, so that no number is rounded; lists as JSON. */
function textColumns(context: LocalFileContext, fields: string[]): string[] {
  return [context.settings.key, ...fields].map((name) => {
    const column = quoteName(name)
    return `CASE WHEN typeof(${column}) LIKE '%[]' THEN to_json(${column})::VARCHAR ELSE ${column}::VARCHAR END`
  })
}

function toRecord(texts: readonly (string | null)[], fields: string[], byKey: boolean): ReadRecord {
  const values: Record<string, Raw> = {}
  for (let index = 0; index < fields.length; index++) values[fields[index] ?? ''] = texts[index + 1] ?? null
  const id = texts[0] ?? ''
  return byKey ? { id, requestedKey: id, fields: values } : { id, fields: values }
}

/** `byKey`: they were asked for by their key, which is also their id here. */
async function records(context: LocalFileContext, file: DuckDb, { fields, byKey = false }: { fields: string[]; byKey?: boolean }, where: string, parameters?: string[]): Promise<ReadRecord[]> {
  const found: ReadRecord[] = []
  for await (const chunk of file.textRows(textColumns(context, fields), `FROM ${tableOf(context)} ${where}`, parameters)) {
    for (const row of chunk) found.push(toRecord(parseTextRow(row), fields, byKey))
  }
  return found
}

/** Reads a batch by key, which is also a record's id here. */
export function read(context: LocalFileContext, query: ReadQuery): Promise<ReadRecord[]> {
  const where = `WHERE ${quoteName(context.settings.key)}::VARCHAR IN (${TEXTS})`
  return readFile(context, (file) => records(context, file, { fields: query.fields, byKey: query.by.kind === 'key' }, where, [JSON.stringify(query.by.values)]), { properties: query.fields })
}

/** All records in the order of their key. */
export function list(context: LocalFileContext, query: ListQuery): Promise<{ records: ReadRecord[]; next?: string }> {
  const key = `${quoteName(context.settings.key)}::VARCHAR`
  const after = query.cursor === undefined ? '' : `WHERE ${key} > ?`
  return readFile(context, async (file) => {
    const page = await records(context, file, { fields: query.fields }, `${after} ORDER BY ${key} LIMIT ${ROWS_PER_PAGE}`, query.cursor === undefined ? [] : [query.cursor])
    const last = page.length === ROWS_PER_PAGE ? page.at(-1) : undefined
    return { records: page, ...(last ? { next: last.id } : {}) }
  })
}

/** Writes a batch in one transaction: a value that a column does not take refuses all of it. */
export function write(context: LocalFileContext, request: WriteRequest): Promise<WriteAnswer> {
  if (request.operation === 'delete') return destroy(context, request)
  const creates = request.operation === 'create'
  const shown = { method: creates ? 'INSERT' : 'UPDATE', path: context.settings.table, sent: { fields: request.rows.map(({ fields }) => fields) } }
  return inTransaction(context, shown, async (file) => {
    const there = await existing(context, file, request.rows.map(idOf))
    const takes = (row: WriteRow): boolean => there.has(idOf(row)) !== creates
    for (const [names, rows] of byFields(request.rows.filter(takes))) await writeGroup(context, file, { creates, names, rows })
    return request.rows.map((row): RowAnswer => (takes(row) ? { position: row.position, outcome: 'delivered', id: idOf(row) } : refusedRow(row, creates)))
  })
}

function destroy(context: LocalFileContext, { rows }: WriteRequest): Promise<WriteAnswer> {
  return inTransaction(context, { method: 'DELETE', path: context.settings.table }, async (file) => {
    await file.run(`DELETE FROM ${tableOf(context)} WHERE ${quoteName(context.settings.key)}::VARCHAR IN (${TEXTS})`, [JSON.stringify(rows.map(idOf))])
    return rows.map((row) => ({ position: row.position, outcome: 'delivered', id: idOf(row) }))
  })
}

/** All of it or nothing; where the end is not confirmed, the driver says that nobody knows. */
async function inTransaction(context: LocalFileContext, shown: FileRequest['shown'], work: (file: DuckDb) => Promise<RowAnswer[]>): Promise<WriteAnswer> {
  const answer = await context.driver.request({ effect: 'write', shown, work })
  // The driver gives back what the work gave.
  if ('done' in answer) return { kind: 'rows', rows: answer.done as RowAnswer[] }
  return { kind: 'refused', refusal: refusal('value-invalid', 'The table does not take the values.', { vendor: answer.problem }) }
}

async function existing(context: LocalFileContext, file: DuckDb, ids: string[]): Promise<Set<string>> {
  const key = `${quoteName(context.settings.key)}::VARCHAR`
  const rows = await file.rows<{ id: string }>(`SELECT ${key} AS id FROM ${tableOf(context)} WHERE ${key} IN (${TEXTS})`, [JSON.stringify(ids)])
  return new Set(rows.map(({ id }) => id))
}

/** Rows that write the same fields go in one statement. */
function byFields(rows: WriteRow[]): Map<string[], WriteRow[]> {
  const groups = new Map<string, { names: string[]; rows: WriteRow[] }>()
  for (const row of rows) {
    const names = Object.keys(row.fields).sort()
    const group = groups.get(names.join('\u0000')) ?? { names, rows: [] }
    group.rows.push(row)
    groups.set(names.join('\u0000'), group)
  }
  return new Map([...groups.values()].map(({ names, rows: grouped }) => [names, grouped]))
}

async function writeGroup(context: LocalFileContext, file: DuckDb, group: { creates: boolean; names: string[]; rows: WriteRow[] }): Promise<void> {
  const { key } = context.settings
  const names = group.names.filter((name) => !group.creates || name !== key)
  if (names.length === 0 && !group.creates) return
  const values = group.rows.map((row) => [idOf(row), ...names.map((name) => asText(row.fields[name] ?? null))])
  const source = `(SELECT v[1] AS id, ${names.map((_, index) => `v[${index + 2}] AS c${index}`).join(', ') || '1'} FROM (SELECT unnest(from_json(?::JSON, '[["VARCHAR"]]')) AS v))`
  const table = tableOf(context)
  const sql = group.creates
    ? `INSERT INTO ${table} (${[key, ...names].map(quoteName).join(', ')}) SELECT id${names.map((_, index) => `, c${index}`).join('')} FROM ${source}`
    : `UPDATE ${table} SET ${names.map((name, index) => `${quoteName(name)} = u.c${index}`).join(', ')} FROM ${source} u WHERE ${table}.${quoteName(key)}::VARCHAR = u.id`
  await file.run(sql, [JSON.stringify(values)])
}

function idOf(row: WriteRow): string {
  return row.id ?? row.key.value
}

function asText(raw: Raw): string | null {
  return raw === null || typeof raw === 'string' ? raw : typeof raw === 'object' ? JSON.stringify(raw) : String(raw)
}

function refusedRow({ position }: WriteRow, creates: boolean): RowAnswer {
  const why = creates ? refusal('already-there', 'The table has a record with this key already.') : refusal('not-there', 'The record is no longer in the table.')
  return { position, outcome: 'rejected', refusal: why }
}
