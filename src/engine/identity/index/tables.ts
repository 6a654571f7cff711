import type { DuckDb } from '../../storage/duckdb.ts'
import { BRIDGE_TABLE } from '../bridging-values.ts'
import { createKeyTables } from '../key-table.ts'
import type { ResolvedKey } from '../read-rules.ts'

/**
 * The tables of an identity index. Records keep their number for as long as they are there; `key_0`, `key_1` … hold
 * their comparable values.
 */
export async function createIndexTables(db: DuckDb, keys: readonly ResolvedKey[]): Promise<void> {
  await db.run('CREATE TABLE record (number INTEGER, reference VARCHAR, source VARCHAR, fingerprint UBIGINT)')
  await createKeyTables(db, keys)
  // The entity of each record, the smallest record of it (label), the component within which it may change, and by which
  // rules it was first merged and ceased to be a label.
  await db.run('CREATE TABLE outcome (number INTEGER, label INTEGER, component INTEGER, rule SMALLINT, absorbed SMALLINT, entity INTEGER)')
  // Refused merges, a line for each record; those of blocked and common values are not stored but asked for.
  await db.run('CREATE TABLE refusal (refusal INTEGER, rule SMALLINT, reason VARCHAR, key SMALLINT, number INTEGER)')
  await db.run(BRIDGE_TABLE)
  // Every entity ever issued, in the order of issue, with the record it is named after.
  await db.run('CREATE TABLE entity (entity INTEGER, id VARCHAR, anchor INTEGER)')
  await db.run('CREATE TABLE decided (fact VARCHAR, number BIGINT, still BOOLEAN)')
}

/** What files of an earlier version have not: their records are read anew anyway, unless only a decision is applied. */
export async function addNewTables(db: DuckDb): Promise<void> {
  await db.run('CREATE TABLE IF NOT EXISTS dropped (key SMALLINT, record INTEGER, reason VARCHAR, value VARCHAR)')
  await db.run(BRIDGE_TABLE)
}

/** Names of columns `c0`, `c1` … as the table `incoming` has them. */
export function valueColumns(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `c${at}`)
}

export async function highest(db: DuckDb, column: string, table: string): Promise<number> {
  const row = await db.row<{ most: number | null }>(`SELECT max(${column}) AS most FROM ${table}`)
  return row?.most ?? -1
}
