import type { CauseGroup, FieldNarrowing, FieldRow, NarrowedBy, NarrowingChoice, PlanFilter, RecordRow } from '../../../contract/shapes.ts'
import { blockedCauses, type BlockedCause, type Raw } from '../../../contract/states.ts'
import { readTable } from '../../storage/raw-values.ts'
import type { DuckDb, SqlValue } from '../../storage/duckdb.ts'
import { type Listing, type Place, PlanPages } from './plan-pages.ts'
import { type FieldSqlRow, type RecordSqlRow, toFieldRow, toRecordRow, valuesSent } from './review-rows.ts'
import { addSearch, bound, narrowedColumns, narrowingSql, searchedInFields } from './field-narrowing.ts'
import { fieldFilters, recordFilters } from './review-view.ts'

/** Where a page starts and how it is ordered. */
export interface PageQuery {
  offset: number
  limit: number
  sort?: { by: string; descending: boolean }
  search?: string
}

export type FieldQuery = PageQuery & FieldNarrowing & { filter: PlanFilter }
/** What narrows a list of fields, and the text that is looked for in it. */
export type Narrowing = FieldNarrowing & { search?: string }
export type NarrowingQuery = FieldNarrowing & { filter: PlanFilter; by: NarrowedBy; search?: string; limit: number }

function fieldConditions(query: Narrowing & { filter: PlanFilter }, parameters: SqlValue[]): string[] {
  const where = [`(${fieldFilters[query.filter]})`, ...narrowingSql(query, parameters)]
  addSearch(where, parameters, query.search, searchedInFields)
  return where
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

/** A record as a file gives it. */
export interface ExportedRecord extends RecordRow {
  /** Destination field → what is sent if the record is. */
  values?: Record<string, Raw>
}

/** What the grids and lists of a plan show: sorted, filtered and paged here, over any number of rows. */
export class PlanLists {
  private readonly duckdb: DuckDb
  private readonly pages: PlanPages

  constructor(duckdb: DuckDb) {
    this.duckdb = duckdb
    this.pages = new PlanPages(duckdb)
  }

  /** Answers were given or taken back. */
  answersChanged(): void {
    this.pages.answersChanged()
  }

  async fieldRows(query: FieldQuery, labels: Map<string, string>): Promise<{ total: number; rows: FieldRow[] }> {
    const parameters: SqlValue[] = []
    const where = fieldConditions(query, parameters)
    const sort = sortOf(query.sort)
    const byAnswer = { where: query.filter === 'open conflicts' || query.filter === 'not preselected' || query.state !== undefined, sort: sort?.column === 'answer' }
    const { total, places } = await this.pages.page({ rows: 'fields', where, parameters, sort, byAnswer }, query.offset, query.limit)
    const rows = await this.rowsAt<FieldSqlRow>('review_fields', places)
    return { total, rows: rows.map((row) => toFieldRow(row, labels)) }
  }

  /** What a list can be narrowed to by one of its sides: counted under everything else that narrows it. */
  async narrowings({ by, limit, ...query }: NarrowingQuery): Promise<NarrowingChoice[]> {
    const parameters: SqlValue[] = []
    const where = fieldConditions({ ...query, [by]: undefined }, parameters)
    const { column, valueOf } = narrowedColumns[by]
    const rows = await this.duckdb.rows<{ value: string | null; count: number }>(
      `SELECT ${column} AS value, count(*) AS count FROM review_fields WHERE ${where.join(' AND ')} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${limit}`,
      parameters,
    )
    return rows.map(({ value, count }) => ({ value: valueOf(value), count }))
  }

  /** `ofFields`: only records of which such fields are listed. */
  async recordRows(query: PageQuery & { filter: PlanFilter; cause?: string; causeField?: string; ofFields?: Narrowing }): Promise<{ total: number; rows: RecordRow[] }> {
    if (query.filter === 'unchanged') return this.unchangedRows(query)
    const where = [`(${recordFilters[query.filter]})`]
    const parameters: SqlValue[] = []
    if (query.cause !== undefined) where.push(`cause = ${bound(parameters, query.cause)}`)
    if (query.causeField !== undefined) where.push(`cause_field = ${bound(parameters, query.causeField)}`)
    addSearch(where, parameters, query.search, ['label', 'key', 'match_key', 'cause_message'])
    if (query.ofFields !== undefined) where.push(`ordinal IN (SELECT ordinal FROM review_fields WHERE ${fieldConditions({ ...query.ofFields, filter: query.filter }, parameters).join(' AND ')})`)
    const leftOut = query.filter === 'left out'
    const listing: Listing = { rows: leftOut ? 'left_out' : 'records', where, parameters, sort: sortOf(query.sort), byAnswer: { where: query.filter === 'open conflicts' || query.ofFields !== undefined, sort: false } }
    const { total, places } = await this.pages.page(listing, query.offset, query.limit)
    return { total, rows: (await this.rowsAt<RecordSqlRow>(leftOut ? 'left_out' : 'review_records', places)).map(toRecordRow) }
  }

  /** The rows at some places, in that order. Few ordinals are named one by one, so that only they are unpacked. */
  private async rowsAt<Row>(view: 'review_records' | 'review_fields' | 'left_out', places: Place[]): Promise<Row[]> {
    if (places.length === 0) return []
    const ordinals = [...new Set(places.map(({ ordinal }) => ordinal))]
    const columns = view === 'review_records' ? '* EXCLUDE (fields)' : '*'
    const rows = await this.duckdb.rows<Row & Place>(`SELECT ${columns} FROM ${view} WHERE ordinal BETWEEN ${smallest(ordinals)} AND ${largest(ordinals)} AND ordinal IN (${ordinals.join(', ')})`)
    const found = new Map(rows.map((row) => [view === 'review_fields' ? `${row.ordinal} ${row.field}` : `${row.ordinal} `, row]))
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

  private async withValues(rows: RecordRow[]): Promise<ExportedRecord[]> {
    if (rows.length === 0) return []
    const ordinals = rows.map(({ ordinal }) => ordinal)
    const fields = await this.duckdb.rows<FieldSqlRow>(
      `SELECT * FROM review_fields WHERE ordinal BETWEEN ${smallest(ordinals)} AND ${largest(ordinals)} AND (write OR class = 'conflict') ORDER BY ordinal, field`,
    )
    const byRecord = Map.groupBy(fields, ({ ordinal }) => ordinal)
    return rows.map((row) => ({ ...row, values: valuesSent(byRecord.get(row.ordinal) ?? []) }))
  }

  async record(key: string, labels: Map<string, string>): Promise<{ row: RecordRow; fields: FieldRow[]; about: { name: string; value: Raw }[] } | undefined> {
    const row = await this.duckdb.row<RecordSqlRow>('SELECT * EXCLUDE (fields) FROM review_records WHERE key = $1', [key])
    if (!row) return undefined
    const fields = await this.duckdb.rows<FieldSqlRow>(`SELECT * FROM review_fields WHERE ordinal = ${row.ordinal} ORDER BY field`)
    const about = await readTable(this.duckdb, 'SELECT * EXCLUDE (key, do_not_send, _label, file_row_number) FROM source WHERE key = $1 LIMIT 1', [key])
    return {
      row: toRecordRow(row),
      fields: fields.map((field) => toFieldRow(field, labels)),
      about: about.columns.flatMap(({ name }, at) => (about.rows[0] === undefined ? [] : [{ name, value: about.rows[0][at] ?? null }])),
    }
  }

  /** Blocked records, or values left out, by cause and field; most frequent first. */
  async causes(of: 'blocked' | 'left out'): Promise<CauseGroup[]> {
    const rows = of === 'blocked' ? `records WHERE operation = 'blocked'` : 'left_out'
    const groups = await this.duckdb.rows<{ cause: BlockedCause; cause_field: string | null; count: number; example: string | null }>(
      `SELECT cause, cause_field, count(*) AS count, min(cause_message) AS example FROM ${rows} GROUP BY ALL ORDER BY count DESC, cause`,
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

  /** Rows for an export, streamed; with the values that would be sent, where the filter stands for what is sent. */
  async *exportRows(filter: PlanFilter, narrowing: Narrowing = {}): AsyncGenerator<ExportedRecord> {
    const step = 5000
    const ofFields = Object.values(narrowing).some((value) => value !== undefined) ? { ofFields: narrowing } : {}
    for (let offset = 0; ; offset += step) {
      const page = await this.recordRows({ filter, offset, limit: step, ...ofFields })
      yield* sendsValues.has(filter) ? await this.withValues(page.rows) : page.rows
      if (page.rows.length < step) return
    }
  }
}

/** Of these people want to see what is sent, not only for whom. */
const sendsValues: ReadonlySet<PlanFilter> = new Set<PlanFilter>(['create', 'update', 'clear', 'not preselected'])

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
