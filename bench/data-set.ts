import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { openDuckDb, quoteText } from '../src/engine/storage/duckdb.ts'
import { step, type StepInput } from './step.ts'

/** The columns that are mapped; with the key they are twelve. */
export const columns = ['email', 'first_name', 'last_name', 'phone', 'country', 'plan', 'seats', 'mrr_cents', 'ltv_cents', 'is_active', 'updated_at'] as const

/** md5 over the mapped columns, safe against null and against values that run into each other. */
export const fingerprint = `md5_number(concat_ws(chr(31), ${columns.map((column) => `coalesce(${column}::VARCHAR, chr(30))`).join(', ')}))`

/** How the plan must come out: rows are a multiple of 1,000. */
export function expected(rows: number): { source: number; update: number; create: number; unchanged: number } {
  return { source: rows, update: rows / 100, create: rows / 1000, unchanged: rows - rows / 100 - rows / 1000 }
}

/**
 * Customers made by arithmetic and md5 alone, so that the same number of rows is the same data everywhere.
 * `now`: 1% of the rows changed (two fields each), 0.1% new, 0.1% gone. Text keys come in scattered order.
 */
function customers({ rows, keys }: StepInput, state: 'before' | 'now'): string {
  const changed = state === 'now' ? 'i % 100 = 37' : 'false'
  const range = state === 'now' ? `range(1, ${rows + 1 + rows / 1000}) t(i) WHERE NOT (i <= ${rows} AND i % 1000 = 500)` : `range(1, ${rows + 1}) t(i)`
  const order = keys === 'text' ? `ORDER BY md5((i + ${state === 'now' ? 5 : 3})::VARCHAR)` : ''
  return `SELECT ${keys === 'text' ? 'md5(i::VARCHAR)' : 'i'} AS customer_id,
    'user' || i || '@' || substr(md5(i::VARCHAR), 1, 8) || '.example.com' AS email,
    'First' || (i * 48271 % 5000) AS first_name, 'Last' || (i * 69621 % 20000) AS last_name,
    '+1555' || lpad((i % 10000000)::VARCHAR, 7, '0') AS phone,
    ['US', 'GB', 'DE', 'FR', 'IN', 'BR', 'JP', 'CA'][1 + i % 8] AS country,
    CASE WHEN ${changed} THEN 'changed' ELSE ['free', 'starter', 'pro', 'enterprise'][1 + (i // 7) % 4] END AS plan,
    (i * 7 % 250)::INTEGER AS seats, (i * 131 % 100000 + CASE WHEN ${changed} THEN 1 ELSE 0 END)::INTEGER AS mrr_cents,
    (i * 7919 % 100000000)::BIGINT AS ltv_cents, i % 9 <> 0 AS is_active,
    TIMESTAMP '2026-01-01' + to_seconds(i % 8640000) AS updated_at
    FROM ${range} ${order}`
}

/** Writes one table to a DuckDB file, unless an earlier measurement left it. */
async function writeTable(folder: string, file: string, table: string, select: string): Promise<void> {
  const path = `${folder}/${file}`
  if (existsSync(path)) return
  const making = `${path}.making`
  for (const old of [making, `${making}.wal`]) rmSync(old, { force: true })
  const db = await openDuckDb({ tempFolder: `${folder}/spill`, memoryLimitMb: 4096 })
  await db.run('SET preserve_insertion_order = true')
  if (existsSync(`${folder}/before.duckdb`)) await db.run(`ATTACH ${quoteText(`${folder}/before.duckdb`)} AS before (READ_ONLY)`)
  await db.run(`ATTACH ${quoteText(making)} AS made`)
  await db.run(`CREATE TABLE made.${table} AS ${select}`)
  await db.run('DETACH made')
  db.closeInstance()
  renameSync(making, path)
}

if (import.meta.main) {
  await step<StepInput>(async (input) => {
    mkdirSync(input.folder, { recursive: true })
    await writeTable(input.folder, 'before.duckdb', 'customers', customers(input, 'before'))
    await writeTable(input.folder, 'warehouse.duckdb', 'customers', customers(input, 'now'))
    await writeTable(input.folder, 'known.duckdb', 'known', `SELECT customer_id AS k, ${fingerprint} AS h FROM before.customers`)
    return {}
  })
}
