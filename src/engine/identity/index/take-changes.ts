import type { DuckDb } from '../../storage/duckdb.ts'
import { fillKeyTables, keyTable } from '../key-table.ts'
import type { ResolvedKey } from '../read-rules.ts'
import { highest, valueColumns } from './tables.ts'

export interface TakenChanges {
  /** Records that are new or hold something else than before. */
  changed: number
  gone: number
}

/**
 * Compares `incoming` with what is indexed by one fingerprint a record, and takes over only what differs: into `changed`
 * and `gone`, and into `touched` every value that such a record had (side -1) and has now (side 1).
 */
export async function takeChanges(db: DuckDb, keys: readonly ResolvedKey[], columns: readonly string[], complete: boolean): Promise<TakenChanges> {
  await findChanged(db, columns.length)
  await db.run(
    complete
      ? 'CREATE OR REPLACE TABLE gone AS SELECT number FROM record WHERE reference NOT IN (SELECT reference FROM incoming)'
      : 'CREATE OR REPLACE TABLE gone AS SELECT number FROM record WHERE reference IN (SELECT reference FROM departed)',
  )
  await db.run('CREATE OR REPLACE TABLE moved AS SELECT number FROM changed UNION ALL SELECT number FROM gone')
  await db.run('CREATE OR REPLACE TABLE touched (key SMALLINT, record INTEGER, value VARCHAR, side TINYINT)')
  await db.run('DELETE FROM record WHERE number IN (SELECT number FROM moved)')
  await db.run('INSERT INTO record SELECT number, reference, source, fingerprint FROM changed')
  for (const key of keys.keys()) {
    await touch(db, key, -1)
    await db.run(`DELETE FROM ${keyTable(key)} WHERE record IN (SELECT number FROM moved)`)
  }
  for (const table of ['unusable', 'dropped']) await db.run(`DELETE FROM ${table} WHERE record IN (SELECT number FROM moved)`)
  await fillKeyTables(db, keys, { table: 'changed', columns })
  for (const key of keys.keys()) await touch(db, key, 1)
  const counted = await db.row<TakenChanges>('SELECT (SELECT count(*) FROM changed) AS changed, (SELECT count(*) FROM gone) AS gone')
  return counted ?? { changed: 0, gone: 0 }
}

async function touch(db: DuckDb, key: number, side: -1 | 1): Promise<void> {
  await db.run(`INSERT INTO touched SELECT ${key}, record, value, ${side} FROM ${keyTable(key)} WHERE record IN (SELECT number FROM moved)`)
}

/** New records get the next numbers, in the order of their references. */
async function findChanged(db: DuckDb, columns: number): Promise<void> {
  const next = (await highest(db, 'number', 'record')) + 1
  const parts = ['source', ...valueColumns(columns)].map((column) => `coalesce(${column}, chr(30))`)
  await db.run(`CREATE OR REPLACE TABLE changed AS
    WITH marked AS (SELECT *, md5_number_lower(concat_ws(chr(31), ${parts.join(', ')})) AS fingerprint FROM incoming),
      differing AS (SELECT marked.*, record.number AS known FROM marked LEFT JOIN record USING (reference) WHERE record.fingerprint IS DISTINCT FROM marked.fingerprint)
    SELECT coalesce(known, ${next} + row_number() OVER (PARTITION BY known IS NULL ORDER BY reference) - 1)::INTEGER AS number, * EXCLUDE (known) FROM differing`)
}
