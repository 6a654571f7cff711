import type { DuckDb } from '../storage/duckdb.ts'
import type { KeyColumn } from './clusters/types.ts'
import { blockedValues } from './blocked-values.ts'
import { keyTable } from './key-table.ts'
import type { ResolvedKey } from './read-rules.ts'

/** Which records are looked at: all, by their numbers, or those of a table that gives each number a position. */
export type Scope = { records: number; positions?: string }

/** Values as whole numbers; which number a value has says nothing. */
export async function numberKeys(db: DuckDb, keys: readonly ResolvedKey[], scope: Scope): Promise<KeyColumn[]> {
  const columns: KeyColumn[] = []
  for (const [key, resolved] of keys.entries()) {
    await db.run(`CREATE OR REPLACE TABLE value_number AS SELECT value, (row_number() OVER () - 1)::INTEGER AS number FROM ${scoped(key, scope)} GROUP BY value`)
    const held = { blocked: await heldNumbers(db, blockedSql(resolved)), common: await heldNumbers(db, commonSql(keyTable(key), resolved)) }
    columns.push({ ...(await numberKey(db, key, scope)), ...held })
  }
  await db.run('DROP TABLE IF EXISTS value_number')
  return columns
}

/** `at_record` is where a record stands, `value` its text. */
function scoped(key: number, { positions }: Scope): string {
  return positions === undefined ? `(SELECT record AS at_record, value FROM ${keyTable(key)})` : `(SELECT position AS at_record, value FROM ${keyTable(key)} JOIN ${positions} ON number = record)`
}

async function numberKey(db: DuckDb, key: number, scope: Scope): Promise<Pick<KeyColumn, 'start' | 'values'>> {
  const from = scoped(key, scope)
  const counted = await db.row<{ total: number }>(`SELECT count(*) AS total FROM ${from}`)
  const total = counted?.total ?? 0
  const [owners, numbers] = [new Int32Array(total), new Int32Array(total)]
  let at = 0
  for await (const { rows, columns } of db.columns(`SELECT at_record, value_number.number FROM ${from} JOIN value_number USING (value)`)) {
    for (let row = 0; row < rows; row += 1, at += 1) {
      owners[at] = columns[0]?.[row] as number
      numbers[at] = columns[1]?.[row] as number
    }
  }
  return byRecord(owners, numbers, scope.records)
}

/** A counting sort: the values of each record side by side. */
function byRecord(owners: Int32Array, numbers: Int32Array, records: number): Pick<KeyColumn, 'start' | 'values'> {
  const start = new Int32Array(records + 1)
  for (const owner of owners) start[owner + 1] = (start[owner + 1] ?? 0) + 1
  for (let record = 0; record < records; record += 1) start[record + 1] = (start[record + 1] ?? 0) + (start[record] ?? 0)
  const fill = start.slice(0, records)
  const values = new Int32Array(numbers.length)
  owners.forEach((owner, at) => {
    const place = fill[owner] ?? 0
    values[place] = numbers[at] ?? 0
    fill[owner] = place + 1
  })
  return { start, values }
}

/** Text of a query that lists values, with its parameters; undefined where there are none. */
export interface HeldSql {
  sql: string
  parameters: string[]
}

/** Blocked values as a query. */
export function blockedSql(key: ResolvedKey): HeldSql | undefined {
  const values = blockedValues(key)
  return values.length === 0 ? undefined : { sql: `VALUES ${values.map(() => '(?)').join(', ')}`, parameters: values }
}

/** Values on more records of a key's table, in scope or not, than the key allows. */
export function commonSql(table: string, { mostRecords }: ResolvedKey): HeldSql | undefined {
  return Number.isFinite(mostRecords) ? { sql: `SELECT value FROM ${table} GROUP BY value HAVING count(*) > ${mostRecords}`, parameters: [] } : undefined
}

async function heldNumbers(db: DuckDb, held: HeldSql | undefined): Promise<Set<number>> {
  if (held === undefined) return new Set()
  const found = await db.rows<{ number: number }>(`SELECT number FROM value_number WHERE value IN (${held.sql})`, held.parameters)
  return new Set(found.map(({ number }) => number))
}
