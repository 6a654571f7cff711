import type { CauseGroup, FieldRow, PlanFilter, RecordRow, ReviewScope } from '../../contract/shapes.ts'
import { type AnswerKind, blockedCauses, type BlockedCause, type FieldClass, type RecordOperation } from '../../contract/states.ts'
import type { PlannedRecord } from '../execution/plan-for-apply.ts'
import type { StateDatabase } from '../storage/database.ts'
import { type DuckDb, openDuckDb, quoteName, quoteText, type SqlValue } from '../storage/duckdb.ts'
import { parseRaw } from '../values/json.ts'
import { planFiles } from './plan-files.ts'
import { type Listing, type Place, PlanPages } from './plan-pages.ts'
import type { Answer, FieldChange } from './types.ts'

/** Where a page starts and how it is ordered. */
export interface PageQuery {
  offset: number
  limit: number
  sort?: { by: string; descending: boolean }
  search?: string
}

export interface ReviewTotals {
  /** Fields. */
  openConflicts: number
  /** Records that nobody selected. */
  unselected: number
  /** Records. */
  willSend: number
  willSkip: number
  /** Records held by an open conflict. */
  held: number
}

/** An answer or selection together with what it was given for. */
export interface OpenField {
  record: string
  field: string
  remoteId: string | null
  d: string | null
  a: string | null
}

interface FieldSqlRow {
  ordinal: number
  key: string
  label: string
  remote_id: string | null
  operation: RecordOperation
  field: string
  class: FieldClass
  drift: boolean
  first_contact: boolean
  write: boolean
  base_known: boolean
  base: string | null
  base_read_at: string | null
  base_assumed: boolean | null
  warehouse: string
  destination: string
  editor_kind: 'person' | 'other system' | 'us' | 'unknown' | null
  editor_name: string | null
  editor_at: string | null
  preselected: boolean
  selected: boolean
  answer: AnswerKind | null
  answer_value: string | null
  answer_reason: string | null
  answer_by: string | null
  answer_policy: string | null
}

interface RecordSqlRow {
  ordinal: number
  key: string
  label: string
  remote_id: string | null
  match_key: string | null
  operation: RecordOperation
  cause: BlockedCause | null
  cause_field: string | null
  cause_message: string | null
  preselected: boolean
  selected: boolean
  hold: string | null
  changes: number
  conflicts: number
}

/** So many records' answers are brought up to date one by one; beyond, all are read again. */
const recordsRefreshedSingly = 50
const answersSql = 'SELECT record, field, kind, value, reason, by, policy FROM answers'
const selectionsSql = 'SELECT record, selected FROM selections'

/** Records that apply reads at once. */
const ordinalsPerWindow = 20_000

const planned = `operation IN ('create', 'update', 'remove')`

/** Which rows of `review_fields` each count of the header stands for. */
const fieldFilters: Record<PlanFilter, string> = {
  create: `operation = 'create'`,
  update: `operation = 'update' AND (write OR class = 'conflict')`,
  clear: `class = 'clear'`,
  conflicts: `class = 'conflict'`,
  'open conflicts': `class = 'conflict' AND answer IS NULL`,
  drift: 'drift',
  'not preselected': `NOT preselected AND (write OR class = 'conflict') AND ${planned}`,
  remove: `operation = 'remove'`,
  gone: `operation = 'gone'`,
  unchanged: `operation = 'unchanged'`,
  blocked: `operation = 'blocked'`,
}

const recordFilters: Record<PlanFilter, string> = {
  create: `operation = 'create'`,
  update: `operation = 'update'`,
  clear: 'clears',
  conflicts: 'conflicts > 0',
  'open conflicts': `ordinal IN (SELECT f.ordinal FROM fields f ANTI JOIN answers a ON a.key = f.key AND a.field = f.field WHERE f.class = 'conflict')`,
  drift: 'drift > 0',
  'not preselected': `NOT preselected AND ${planned}`,
  remove: `operation = 'remove'`,
  gone: `operation = 'gone'`,
  unchanged: `operation = 'unchanged'`,
  blocked: `operation = 'blocked'`,
}

const sortColumns: Record<string, string> = {
  record: 'key',
  label: 'label',
  field: 'field',
  destination: 'destination',
  warehouse: 'warehouse',
  editor: 'editor_name',
  answer: 'answer',
  operation: 'operation',
  cause: 'cause',
  remoteId: 'remote_id',
  class: 'class',
  fields: 'changes',
}

/**
 * One stored plan opened for reading: its Parquet files as they are, with the answers and selections so far beside
 * them. Sorting, filtering and paging happen here, over any number of rows.
 */
export class PlanReader {
  readonly planId: string
  private readonly duckdb: DuckDb
  private readonly database: StateDatabase
  private readonly pages: PlanPages
  private total: Promise<ReviewTotals> | undefined

  private constructor(planId: string, duckdb: DuckDb, database: StateDatabase) {
    this.planId = planId
    this.duckdb = duckdb
    this.database = database
    this.pages = new PlanPages(duckdb)
  }

  /** `labelColumn`: the product column with the name people know a record by. */
  static async open(options: { planId: string; folder: string; tempFolder: string; database: StateDatabase; labelColumn: string | undefined }): Promise<PlanReader> {
    const duckdb = await openDuckDb({ tempFolder: options.tempFolder, memoryLimitMb: 256 })
    const reader = new PlanReader(options.planId, duckdb, options.database)
    // Sorted lists of places are read by position.
    await duckdb.run('SET preserve_insertion_order = true')
    await duckdb.run(`CREATE VIEW records AS SELECT * FROM read_parquet(${quoteText(`${options.folder}/${planFiles.records}`)})`)
    await duckdb.run(`CREATE VIEW fields AS SELECT * FROM read_parquet(${quoteText(`${options.folder}/${planFiles.fields}`)})`)
    await duckdb.run(`CREATE VIEW source AS SELECT *, ${options.labelColumn === undefined ? 'key' : `coalesce(${quoteName(options.labelColumn)}::VARCHAR, key)`} AS _label FROM read_parquet(${quoteText(`${options.folder}/${planFiles.source}`)}, file_row_number = true)`)
    await reader.refresh()
    await duckdb.run(`CREATE VIEW review_fields AS
      SELECT f.*, coalesce(s.selected, f.preselected) AS selected, a.kind AS answer, a.value AS answer_value, a.reason AS answer_reason, a.by AS answer_by, a.policy AS answer_policy
      FROM fields f LEFT JOIN answers a ON a.key = f.key AND a.field = f.field LEFT JOIN selections s ON s.key = f.key`)
    await duckdb.run('CREATE VIEW review_records AS SELECT r.*, coalesce(s.selected, r.preselected) AS selected FROM records r LEFT JOIN selections s ON s.key = r.key')
    return reader
  }

  /** Reads answers and selections again after they changed; only those of `records` where these are few. */
  async refresh(records?: readonly string[]): Promise<void> {
    this.pages.answersChanged()
    this.total = undefined
    if (records !== undefined && records.length <= recordsRefreshedSingly) return this.refreshRecords(records)
    const answers = await this.duckdb.createTable('answers', { key: 'text', field: 'text', kind: 'text', value: 'text', reason: 'text', by: 'text', policy: 'text' })
    for (const row of this.database.sqlite.prepare<[string], (string | null)[]>(`${answersSql} WHERE plan = ?`).raw().iterate(this.planId)) answers.add(row)
    answers.finish()
    const selections = await this.duckdb.createTable('selections', { key: 'text', selected: 'true or false' })
    for (const [record, selected] of this.database.sqlite.prepare<[string], [string, number]>(`${selectionsSql} WHERE plan = ?`).raw().iterate(this.planId)) {
      selections.add([record, selected === 1])
    }
    selections.finish()
  }

  private async refreshRecords(records: readonly string[]): Promise<void> {
    for (const record of records) {
      await this.duckdb.run('DELETE FROM answers WHERE key = $1', [record])
      const answers = this.database.sqlite.prepare<[string, string], (string | null)[]>(`${answersSql} WHERE plan = ? AND record = ?`).raw().all(this.planId, record)
      for (const row of answers) await this.duckdb.run('INSERT INTO answers VALUES ($1, $2, $3, $4, $5, $6, $7)', row)
      await this.duckdb.run('DELETE FROM selections WHERE key = $1', [record])
      const selections = this.database.sqlite.prepare<[string, string], [string, number]>(`${selectionsSql} WHERE plan = ? AND record = ?`).raw().all(this.planId, record)
      for (const [key, selected] of selections) await this.duckdb.run('INSERT INTO selections VALUES ($1, $2)', [key, selected === 1])
    }
  }

  async fieldRows(query: PageQuery & { filter: PlanFilter; field?: string }, labels: Map<string, string>): Promise<{ total: number; rows: FieldRow[] }> {
    const where = [fieldFilters[query.filter]]
    const parameters: SqlValue[] = []
    if (query.field !== undefined) where.push(`field = ${bound(parameters, query.field)}`)
    addSearch(where, parameters, query.search, ['label', 'key', 'field', 'warehouse', 'destination', 'editor_name'])
    const sort = sortOf(query.sort)
    const byAnswer = { where: query.filter === 'open conflicts', sort: sort?.column === 'answer' }
    const { total, places } = await this.pages.page({ rows: 'fields', where, parameters, sort, byAnswer }, query.offset, query.limit)
    const rows = await this.rowsAt<FieldSqlRow>('review_fields', places)
    return { total, rows: rows.map((row) => toFieldRow(row, labels)) }
  }

  async recordRows(query: PageQuery & { filter: PlanFilter; cause?: string }): Promise<{ total: number; rows: RecordRow[] }> {
    if (query.filter === 'unchanged') return this.unchangedRows(query)
    const where = [recordFilters[query.filter]]
    const parameters: SqlValue[] = []
    if (query.cause !== undefined) where.push(`cause = ${bound(parameters, query.cause)}`)
    addSearch(where, parameters, query.search, ['label', 'key', 'match_key', 'cause_message'])
    const listing = { rows: 'records' as const, where, parameters, sort: sortOf(query.sort), byAnswer: { where: query.filter === 'open conflicts', sort: false } }
    const { total, places } = await this.pages.page(listing, query.offset, query.limit)
    return { total, rows: (await this.rowsAt<RecordSqlRow>('review_records', places)).map(toRecordRow) }
  }

  /** The rows at some places, in that order. Few ordinals are named one by one, so that only they are unpacked. */
  private async rowsAt<Row>(view: 'review_records' | 'review_fields', places: Place[]): Promise<Row[]> {
    if (places.length === 0) return []
    const ordinals = [...new Set(places.map(({ ordinal }) => ordinal))]
    const columns = view === 'review_records' ? '* EXCLUDE (fields)' : '*'
    const rows = await this.duckdb.rows<Row & Place>(`SELECT ${columns} FROM ${view} WHERE ordinal BETWEEN ${smallest(ordinals)} AND ${largest(ordinals)} AND ordinal IN (${ordinals.join(', ')})`)
    const found = new Map(rows.map((row) => [view === 'review_records' ? `${row.ordinal} ` : `${row.ordinal} ${row.field}`, row]))
    return places.flatMap(({ ordinal, field }) => found.get(`${ordinal} ${field}`) ?? [])
  }

  /** Most unchanged rows were never stored: they are what is left of the pinned source. */
  private async unchangedRows(query: PageQuery): Promise<{ total: number; rows: RecordRow[] }> {
    const where = [`key NOT IN (SELECT key FROM records WHERE operation <> 'unchanged' AND operation <> 'remove')`]
    const parameters: SqlValue[] = []
    addSearch(where, parameters, query.search, ['label', 'key'])
    const { total, places } = await this.pages.page({ rows: 'unchanged', where, parameters, sort: undefined, byAnswer: { where: false, sort: false } }, query.offset, query.limit)
    const rows = places.length === 0 ? [] : await this.duckdb.rows<{ key: string; label: string }>(`SELECT key, _label AS label FROM source WHERE file_row_number IN (${places.map(({ ordinal }) => ordinal).join(', ')}) ORDER BY key`)
    return {
      total,
      rows: rows.map((row, index) => ({ ordinal: query.offset + index, record: row.key, label: row.label, operation: 'unchanged', fields: 0, conflicts: 0, preselected: false, selected: false })),
    }
  }

  async record(key: string, labels: Map<string, string>): Promise<{ row: RecordRow; fields: FieldRow[]; about: { name: string; value: string | null }[] } | undefined> {
    const row = await this.duckdb.row<RecordSqlRow>('SELECT * EXCLUDE (fields) FROM review_records WHERE key = $1', [key])
    if (!row) return undefined
    const fields = await this.duckdb.rows<FieldSqlRow>(`SELECT * FROM review_fields WHERE ordinal = ${row.ordinal} ORDER BY field`)
    const about = await this.duckdb.row<Record<string, unknown>>('SELECT * EXCLUDE (key, do_not_send, _label, file_row_number) FROM source WHERE key = $1', [key])
    return {
      row: toRecordRow(row),
      fields: fields.map((field) => toFieldRow(field, labels)),
      about: Object.entries(about ?? {}).map(([name, value]) => ({ name, value: value === null ? null : String(value) })),
    }
  }

  /** Blocked records by cause, most frequent first. */
  async causes(): Promise<CauseGroup[]> {
    const groups = await this.duckdb.rows<{ cause: BlockedCause; cause_field: string | null; count: number; example: string | null }>(
      `SELECT cause, cause_field, count(*) AS count, min(cause_message) AS example FROM records WHERE operation = 'blocked' GROUP BY ALL ORDER BY count DESC, cause`,
    )
    return groups.map((group) => ({
      cause: group.cause,
      title: blockedCauses[group.cause].title,
      fix: blockedCauses[group.cause].fix,
      count: group.count,
      ...(group.cause_field === null ? {} : { field: group.cause_field }),
      ...(group.example === null ? {} : { example: group.example }),
    }))
  }

  /** Conflicts in order of record and field, after a cursor "ordinal:field". */
  async conflicts(after: string | undefined, limit: number, labels: Map<string, string>): Promise<{ rows: FieldRow[]; next: string | null }> {
    const [ordinal, field] = after === undefined ? ['-1', ''] : [after.slice(0, after.indexOf(':')), after.slice(after.indexOf(':') + 1)]
    const rows = await this.duckdb.rows<FieldSqlRow>(
      `SELECT * FROM review_fields WHERE class = 'conflict' AND ordinal >= $1::BIGINT AND (ordinal, field) > ($1::BIGINT, $2) ORDER BY ordinal, field LIMIT ${limit + 1}`,
      [ordinal, field ?? ''],
    )
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return { rows: page.map((row) => toFieldRow(row, labels)), next: rows.length > limit && last ? `${last.ordinal}:${last.field}` : null }
  }

  /** Conflicts in a scope, as stored answers need them. */
  async conflictsIn(scope: ReviewScope): Promise<OpenField[]> {
    const { where, parameters } = scopeSql(scope, `class = 'conflict'`)
    return this.duckdb.rows<OpenField>(`SELECT key AS record, field, remote_id AS "remoteId", d, a FROM review_fields WHERE ${where} ORDER BY ordinal, field`, parameters)
  }

  /** Records in a scope that are not preselected. */
  async selectableIn(scope: ReviewScope): Promise<string[]> {
    const { where, parameters } = scopeSql(scope, `NOT preselected AND ${planned}`)
    const source = scope.field === undefined && scope.editor === undefined ? 'review_records' : 'review_fields'
    const rows = await this.duckdb.rows<{ key: string }>(`SELECT DISTINCT key FROM ${source} WHERE ${where} ORDER BY key`, parameters)
    return rows.map((row) => row.key)
  }

  /** Over the whole plan. Answers are given to conflicts only, so counts per record and per answer say it all. */
  totals(): Promise<ReviewTotals> {
    this.total ??= this.countTotals()
    return this.total
  }

  private async countTotals(): Promise<ReviewTotals> {
    const row = await this.duckdb.row<{ open: number; unselected: number; send: number; held: number; planned: number }>(`
      WITH answered AS (SELECT key, count(*) AS answers, count(*) FILTER (kind IN ('warehouse', 'value')) AS sending FROM answers GROUP BY key),
      reviewed AS (
        SELECT r.operation, coalesce(s.selected, r.preselected) AS selected, r.conflicts - coalesce(a.answers, 0) AS open, r.changes - r.conflicts + coalesce(a.sending, 0) AS sendable
        FROM records r LEFT JOIN answered a ON a.key = r.key LEFT JOIN selections s ON s.key = r.key WHERE ${planned})
      SELECT coalesce(sum(open), 0)::BIGINT AS open,
        count(*) FILTER (NOT selected) AS unselected,
        count(*) FILTER (selected AND open = 0 AND (operation = 'remove' OR sendable > 0)) AS send,
        count(*) FILTER (open > 0) AS held,
        count(*) AS planned
      FROM reviewed`)
    const total = row ?? { open: 0, unselected: 0, send: 0, held: 0, planned: 0 }
    return { openConflicts: total.open, unselected: total.unselected, willSend: total.send, held: total.held, willSkip: total.planned - total.send - total.held }
  }

  /** Planned records from an ordinal on, in chunks, with their changes: what apply walks through. */
  async *planned(fromOrdinal: number): AsyncGenerator<ReviewedRecord[]> {
    const connection = await this.duckdb.fork()
    try {
      const last = await connection.row<{ last: number | null }>('SELECT max(ordinal) AS last FROM records')
      // A window at a time: sorting all of a big plan would hold its changes in memory.
      for (let start = fromOrdinal; start <= (last?.last ?? -1); start += ordinalsPerWindow) yield* this.plannedBetween(connection, start, start + ordinalsPerWindow)
    } finally {
      connection.close()
    }
  }

  private async *plannedBetween(connection: DuckDb, start: number, end: number): AsyncGenerator<ReviewedRecord[]> {
    const records = `(SELECT * FROM records WHERE ${planned} AND ordinal >= ${start} AND ordinal < ${end})`
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

  /** Whether the plan would write any of these product keys. */
  async plansAny(keys: Iterable<[string]>): Promise<boolean> {
    const table = await this.duckdb.createTable('asked_keys', { key: 'text' })
    for (const row of keys) table.add(row)
    table.finish()
    const hit = await this.duckdb.row<{ hit: boolean }>(`SELECT EXISTS (SELECT 1 FROM records WHERE ${planned} AND key IN (SELECT key FROM asked_keys)) AS hit`)
    return hit?.hit ?? false
  }

  /** Rows for an export, streamed. */
  async *exportRows(filter: PlanFilter): AsyncGenerator<RecordRow> {
    const step = 5000
    for (let offset = 0; ; offset += step) {
      const page = await this.recordRows({ filter, offset, limit: step })
      yield* page.rows
      if (page.rows.length < step) return
    }
  }

  close(): void {
    this.duckdb.closeInstance()
  }
}

/** A planned record with what was decided about it. */
export interface ReviewedRecord extends PlannedRecord {
  selected: boolean
  answers: Map<string, Answer & { by: string }>
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

function bound(parameters: SqlValue[], value: SqlValue): string {
  parameters.push(value)
  return `$${parameters.length}`
}

function addSearch(where: string[], parameters: SqlValue[], search: string | undefined, columns: string[]): void {
  if (search === undefined || search.trim() === '') return
  const value = bound(parameters, search.trim().toLowerCase())
  where.push(`(${columns.map((column) => `contains(lower(coalesce(${column}, '')), ${value})`).join(' OR ')})`)
}

function sortOf(sort: PageQuery['sort']): Listing['sort'] {
  const column = sort === undefined ? undefined : sortColumns[sort.by]
  return column === undefined ? undefined : { column, descending: sort?.descending ?? false }
}

function smallest(numbers: number[]): number {
  return numbers.reduce((least, number) => Math.min(least, number))
}

function largest(numbers: number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number))
}

function scopeSql(scope: ReviewScope, always: string): { where: string; parameters: SqlValue[] } {
  const parameters: SqlValue[] = []
  const where = [always]
  if (scope.field !== undefined) where.push(`field = ${bound(parameters, scope.field)}`)
  if (scope.record !== undefined) where.push(`key = ${bound(parameters, scope.record)}`)
  if (scope.editor !== undefined) where.push(`coalesce(editor_kind, 'unknown') = ${bound(parameters, scope.editor)}`)
  if (scope.openOnly) where.push('answer IS NULL')
  return { where: where.join(' AND '), parameters }
}

function toFieldRow(row: FieldSqlRow, labels: Map<string, string>): FieldRow {
  const result = resultOf(row)
  return {
    ordinal: row.ordinal,
    record: row.key,
    label: row.label,
    operation: row.operation,
    field: row.field,
    fieldLabel: labels.get(row.field) ?? row.field,
    class: row.class,
    drift: row.drift,
    firstContact: row.first_contact,
    write: row.write,
    base: { known: row.base_known, value: parseRaw(row.base), ...(row.base_read_at ? { at: row.base_read_at } : {}), ...(row.base_assumed ? { assumed: true } : {}) },
    warehouse: parseRaw(row.warehouse),
    destination: parseRaw(row.destination),
    preselected: row.preselected,
    selected: row.selected,
    ...(row.remote_id === null ? {} : { remoteId: row.remote_id }),
    ...(result === undefined ? {} : { result: parseRaw(result) }),
    ...(row.editor_kind === null ? {} : { editor: { kind: row.editor_kind, name: row.editor_name ?? '', ...(row.editor_at ? { at: row.editor_at } : {}) } }),
    ...(row.answer === null
      ? {}
      : {
          answer: {
            take: row.answer,
            by: row.answer_by ?? '',
            ...(row.answer_value === null ? {} : { value: parseRaw(row.answer_value) }),
            ...(row.answer_reason === null ? {} : { reason: row.answer_reason }),
            ...(row.answer_policy === null ? {} : { policy: row.answer_policy }),
          },
        }),
  }
}

/** What the destination will hold; undefined while a conflict is open. */
function resultOf(row: FieldSqlRow): string | undefined {
  if (row.class !== 'conflict') return row.write && row.selected ? row.warehouse : row.destination
  switch (row.answer) {
    case null:
      return undefined
    case 'warehouse':
      return row.warehouse
    case 'value':
      return row.answer_value ?? 'null'
    case 'destination':
    case 'skip':
      return row.destination
  }
}

function toRecordRow(row: RecordSqlRow): RecordRow {
  return {
    ordinal: row.ordinal,
    record: row.key,
    label: row.label,
    operation: row.operation,
    fields: row.changes,
    conflicts: row.conflicts,
    preselected: row.preselected,
    selected: row.selected,
    ...(row.remote_id === null ? {} : { remoteId: row.remote_id }),
    ...(row.match_key === null ? {} : { matchKey: row.match_key }),
    ...(row.cause === null ? {} : { cause: row.cause }),
    ...(row.cause_field === null ? {} : { causeField: row.cause_field }),
    ...(row.cause_message === null ? {} : { causeMessage: row.cause_message }),
    ...(row.hold === null ? {} : { hold: row.hold }),
  }
}
