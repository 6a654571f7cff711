import type { PlanFilter, ReviewScope } from '../../../contract/shapes.ts'
import { labelText } from '../../audience/label-text.ts'
import type { StateDatabase } from '../../storage/database.ts'
import { type DuckDb, fileAsPattern, quoteName, quoteText, type SqlValue } from '../../storage/duckdb.ts'
import { addSearch, bound, narrowingSql, searchedInFields } from './field-narrowing.ts'
import { leftOutColumns, planFiles } from './plan-files.ts'

export interface ReviewTotals {
  /** Fields. */
  openConflicts: number
  /** Records that nobody selected, of those that have something to send. */
  unselected: number
  /** Records. */
  willSend: number
  /** Records among those to send that would be removed. */
  removing: number
  willSkip: number
  /** Records held by an open conflict. */
  held: number
}

/** What is not acted on and still true; no answer changes it. */
export interface Findings {
  /** Fields with a standing answer. */
  kept: number
  /** Values that are not taken. */
  leftOut: number
}

/** Records of which an answer keeps a value: by a person or an authority, or because a read-back found it replaced. */
export interface KeptRecords {
  unchanged: { kept: number; overridden: number }
  /** Ordinals of records that are updated in other fields. */
  updates: number[]
}

/** An answer or selection together with what it was given for. */
export interface OpenField {
  record: string
  field: string
  remoteId: string | null
  d: string | null
  a: string | null
}

/** So many records' answers are brought up to date one by one; beyond, all are read again. */
const recordsRefreshedSingly = 50
const answersSql = 'SELECT record, field, kind, value, reason, by, policy, CAST(expires_at AS TEXT) FROM answers'
const selectionsSql = 'SELECT record, selected FROM selections'

/** Condition of the records that a run would take on. */
export const plannedSql = `operation IN ('create', 'update', 'remove')`

/** Which rows of `review_fields` each count of the header stands for. */
export const fieldFilters: Record<PlanFilter, string> = {
  create: `operation = 'create'`,
  update: `operation = 'update' AND (write OR class = 'conflict')`,
  clear: `class = 'clear'`,
  conflicts: `class = 'conflict'`,
  'open conflicts': `class = 'conflict' AND answer IS NULL`,
  drift: 'drift',
  // What is kept or skipped stays as it is, selected or not.
  'not preselected': `NOT preselected AND (write OR (class = 'conflict' AND coalesce(answer NOT IN ('destination', 'skip'), true))) AND ${plannedSql}`,
  remove: `operation = 'remove'`,
  gone: `operation = 'gone'`,
  unchanged: `operation = 'unchanged'`,
  blocked: `operation = 'blocked'`,
  kept: `class = 'kept'`,
  'left out': 'false',
}

/** Which rows of `review_records` they stand for. */
export const recordFilters: Record<PlanFilter, string> = {
  create: `operation = 'create'`,
  update: `operation = 'update'`,
  clear: 'clears',
  conflicts: 'conflicts > 0',
  'open conflicts': `ordinal IN (SELECT f.ordinal FROM fields f ANTI JOIN answers a ON a.key = f.key AND a.field = f.field WHERE f.class = 'conflict')`,
  drift: 'drift > 0',
  'not preselected': `NOT preselected AND ${plannedSql}`,
  remove: `operation = 'remove'`,
  gone: `operation = 'gone' OR cause = 'gone'`,
  unchanged: `operation = 'unchanged'`,
  blocked: `operation = 'blocked'`,
  kept: `ordinal IN (SELECT ordinal FROM fields WHERE class = 'kept')`,
  // Every row of a view of its own.
  'left out': 'true',
}

/** Where a plan's files are and what its records are known by. */
export interface PlanPlace {
  planId: string
  folder: string
  database: StateDatabase
  /** The product columns with the name people know a record by. */
  label: readonly string[]
}

/**
 * The review as SQL builds it: `records` and `fields` are the plan's files as they are, `answers` and `selections` what
 * was decided so far, `review_records` and `review_fields` both together. `left_out` has the values that are not taken.
 */
export class ReviewView {
  private readonly duckdb: DuckDb
  private readonly place: PlanPlace
  private readonly onChange: () => void
  private total: Promise<ReviewTotals> | undefined
  private found: Promise<Findings> | undefined

  private constructor(duckdb: DuckDb, place: PlanPlace, onChange: () => void) {
    this.duckdb = duckdb
    this.place = place
    this.onChange = onChange
  }

  /** `onChange`: called whenever answers or selections were read again. */
  static async open(duckdb: DuckDb, place: PlanPlace, onChange: () => void): Promise<ReviewView> {
    const view = new ReviewView(duckdb, place, onChange)
    const file = (name: string): string => quoteText(`${fileAsPattern(place.folder)}/${name}`)
    const label = `coalesce(${labelText(place.label.map((column) => `${quoteName(column)}::VARCHAR`))}, key)`
    await duckdb.run(await recordsView(duckdb, file(planFiles.records)))
    await duckdb.run(`CREATE VIEW fields AS SELECT * FROM read_parquet(${file(planFiles.fields)}, hive_partitioning = false)`)
    await duckdb.run(`CREATE VIEW source AS SELECT *, ${label} AS _label FROM read_parquet(${file(planFiles.source)}, file_row_number = true, hive_partitioning = false)`)
    await duckdb.run(await leftOutView(duckdb, file(planFiles.leftOut)))
    await view.refresh()
    await duckdb.run(`CREATE VIEW review_fields AS
      SELECT f.*, coalesce(s.selected, f.preselected) AS selected, a.kind AS answer, a.value AS answer_value, a.reason AS answer_reason, a.by AS answer_by, a.policy AS answer_policy, a.expires_at AS answer_expires_at
      FROM fields f LEFT JOIN answers a ON a.key = f.key AND a.field = f.field LEFT JOIN selections s ON s.key = f.key`)
    await duckdb.run('CREATE VIEW review_records AS SELECT r.*, coalesce(s.selected, r.preselected) AS selected FROM records r LEFT JOIN selections s ON s.key = r.key')
    return view
  }

  /** Reads answers and selections again after they changed; only those of `records` where these are few. */
  async refresh(records?: readonly string[]): Promise<void> {
    this.onChange()
    this.total = undefined
    if (records !== undefined && records.length <= recordsRefreshedSingly) return this.refreshRecords(records)
    const { database, planId } = this.place
    const answers = await this.duckdb.createTable('answers', { key: 'text', field: 'text', kind: 'text', value: 'text', reason: 'text', by: 'text', policy: 'text', expires_at: 'text' })
    for (const row of database.sqlite.prepare<[string], (string | null)[]>(`${answersSql} WHERE plan = ?`).raw().iterate(planId)) answers.add(row)
    answers.finish()
    const selections = await this.duckdb.createTable('selections', { key: 'text', selected: 'true or false' })
    for (const [record, selected] of database.sqlite.prepare<[string], [string, number]>(`${selectionsSql} WHERE plan = ?`).raw().iterate(planId)) {
      selections.add([record, selected === 1])
    }
    selections.finish()
  }

  private async refreshRecords(records: readonly string[]): Promise<void> {
    const { database, planId } = this.place
    for (const record of records) {
      await this.duckdb.run('DELETE FROM answers WHERE key = $1', [record])
      const answers = database.sqlite.prepare<[string, string], (string | null)[]>(`${answersSql} WHERE plan = ? AND record = ?`).raw().all(planId, record)
      for (const row of answers) await this.duckdb.run('INSERT INTO answers VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', row)
      await this.duckdb.run('DELETE FROM selections WHERE key = $1', [record])
      const selections = database.sqlite.prepare<[string, string], [string, number]>(`${selectionsSql} WHERE plan = ? AND record = ?`).raw().all(planId, record)
      for (const [key, selected] of selections) await this.duckdb.run('INSERT INTO selections VALUES ($1, $2)', [key, selected === 1])
    }
  }

  /** Conflicts in a scope, as stored answers need them. */
  async conflictsIn(scope: ReviewScope): Promise<OpenField[]> {
    const { where, parameters } = scopeSql(scope, `class = 'conflict'`)
    return this.duckdb.rows<OpenField>(`SELECT key AS record, field, remote_id AS "remoteId", d, a FROM review_fields WHERE ${where} ORDER BY ordinal, field`, parameters)
  }

  /** Records in a scope that are not preselected. */
  async selectableIn(scope: ReviewScope): Promise<string[]> {
    const { where, parameters } = scopeSql(scope, `NOT preselected AND ${plannedSql}`)
    const source = narrowsFields(scope) ? 'review_fields' : 'review_records'
    const rows = await this.duckdb.rows<{ key: string }>(`SELECT DISTINCT key FROM ${source} WHERE ${where} ORDER BY key`, parameters)
    return rows.map((row) => row.key)
  }

  /** Over the whole plan. Answers are given to conflicts only, so counts per record and per answer say it all. */
  totals(): Promise<ReviewTotals> {
    this.total ??= this.countTotals()
    return this.total
  }

  private async countTotals(): Promise<ReviewTotals> {
    const row = await this.duckdb.row<{ open: number; unselected: number; send: number; removing: number; held: number; planned: number }>(`
      WITH answered AS (SELECT key, count(*) AS answers, count(*) FILTER (kind IN ('warehouse', 'value')) AS sending FROM answers GROUP BY key),
      reviewed AS (
        SELECT r.operation, coalesce(s.selected, r.preselected) AS selected, r.conflicts - coalesce(a.answers, 0) AS open, r.changes - r.conflicts + coalesce(a.sending, 0) AS sendable
        FROM records r LEFT JOIN answered a ON a.key = r.key LEFT JOIN selections s ON s.key = r.key WHERE ${plannedSql})
      SELECT coalesce(sum(open), 0)::BIGINT AS open,
        count(*) FILTER (NOT selected AND (operation <> 'update' OR open > 0 OR sendable > 0)) AS unselected,
        count(*) FILTER (selected AND open = 0 AND (operation = 'remove' OR sendable > 0)) AS send,
        count(*) FILTER (selected AND operation = 'remove') AS removing,
        count(*) FILTER (open > 0) AS held,
        count(*) AS planned
      FROM reviewed`)
    const total = row ?? { open: 0, unselected: 0, send: 0, removing: 0, held: 0, planned: 0 }
    return { openConflicts: total.open, unselected: total.unselected, willSend: total.send, removing: total.removing, held: total.held, willSkip: total.planned - total.send - total.held }
  }

  findings(): Promise<Findings> {
    this.found ??= this.countFindings()
    return this.found
  }

  private async countFindings(): Promise<Findings> {
    const row = await this.duckdb.row<{ kept: number; out: number }>("SELECT (SELECT count(*) FROM fields WHERE class = 'kept') AS kept, (SELECT count(*) FROM left_out) AS out")
    return { kept: row?.kept ?? 0, leftOut: row?.out ?? 0 }
  }

  /** Records with a kept value, those apart that the destination itself replaced. */
  async keptRecords(place: { connection: string; object: string }): Promise<KeptRecords> {
    const duckdb = await this.duckdb.fork()
    try {
      const replaced = await duckdb.createTable('replaced_values', { remote_id: 'text', field: 'text' })
      const rows = this.place.database.sqlite.prepare<[string, string], [string, string]>("SELECT remote_id, field FROM standing_answers WHERE connection = ? AND object = ? AND kind = 'overridden'").raw()
      for (const row of rows.iterate(place.connection, place.object)) replaced.add(row)
      replaced.finish()
      const kept = `SELECT f.ordinal, any_value(f.operation) AS operation, bool_or(r.field IS NOT NULL) AS replaced
        FROM fields f LEFT JOIN replaced_values r ON r.remote_id = f.remote_id AND r.field = f.field WHERE f.class = 'kept' GROUP BY f.ordinal`
      const counted = await duckdb.row<{ kept: number; overridden: number }>(`SELECT count(*) FILTER (NOT replaced) AS kept, count(*) FILTER (replaced) AS overridden FROM (${kept}) WHERE operation = 'unchanged'`)
      const updates = await duckdb.rows<{ ordinal: number }>(`SELECT ordinal FROM (${kept}) WHERE operation = 'update' ORDER BY ordinal`)
      return { unchanged: { kept: counted?.kept ?? 0, overridden: counted?.overridden ?? 0 }, updates: updates.map(({ ordinal }) => ordinal) }
    } finally {
      duckdb.close()
    }
  }

  /** Whether the plan would write any of these product keys. */
  async plansAny(keys: Iterable<[string]>): Promise<boolean> {
    const table = await this.duckdb.createTable('asked_keys', { key: 'text' })
    for (const row of keys) table.add(row)
    table.finish()
    const hit = await this.duckdb.row<{ hit: boolean }>(`SELECT EXISTS (SELECT 1 FROM records WHERE ${plannedSql} AND key IN (SELECT key FROM asked_keys)) AS hit`)
    return hit?.hit ?? false
  }
}

/** Plans of before do not say apart what a record sends. */
async function recordsView(duckdb: DuckDb, files: string): Promise<string> {
  const columns = await duckdb.rows<{ column_name: string }>(`SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet(${files}, hive_partitioning = false))`)
  const sends = columns.some(({ column_name: name }) => name === 'sends') ? '' : ', NULL::VARCHAR AS sends'
  return `CREATE VIEW records AS SELECT *${sends} FROM read_parquet(${files}, hive_partitioning = false)`
}

/** Rows shaped like records, so that they are listed like them. Plans of the first release have no such file. */
async function leftOutView(duckdb: DuckDb, files: string): Promise<string> {
  const columns = Object.entries(leftOutColumns).map(([name, kind]) => `NULL::${kind === 'text' ? 'VARCHAR' : 'BIGINT'} AS ${name}`)
  const found = await duckdb.row<{ files: number }>(`SELECT count(*) AS files FROM glob(${files})`)
  const rows = (found?.files ?? 0) > 0 ? `SELECT * FROM read_parquet(${files}, hive_partitioning = false)` : `SELECT ${columns.join(', ')} WHERE false`
  return `CREATE VIEW left_out AS SELECT *, false AS preselected, false AS selected, NULL::VARCHAR AS hold, 0 AS changes, 0 AS conflicts FROM (${rows})`
}

function scopeSql(scope: ReviewScope, always: string): { where: string; parameters: SqlValue[] } {
  const parameters: SqlValue[] = []
  const where = [always, ...(scope.list === undefined ? [] : [fieldFilters[scope.list]]), ...narrowingSql(scope, parameters)]
  addSearch(where, parameters, scope.search, searchedInFields)
  if (scope.record !== undefined) where.push(`key = ${bound(parameters, scope.record)}`)
  if (scope.records !== undefined) where.push(`key IN (${scope.records.map((record) => bound(parameters, record)).join(', ') || 'NULL'})`)
  if (scope.openOnly) where.push('answer IS NULL')
  return { where: where.map((one) => `(${one})`).join(' AND '), parameters }
}

/** Whether a scope speaks of fields, so that records are found by theirs. */
function narrowsFields({ all: _, record: __, records: ___, openOnly: ____, list, ...narrowing }: ReviewScope): boolean {
  return (list !== undefined && list !== 'remove') || Object.values(narrowing).some((value) => value !== undefined)
}
