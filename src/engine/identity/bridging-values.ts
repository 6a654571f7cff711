import type { ClusterSummary } from '../../contract/shapes.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import type { Bridge } from './clusters/types.ts'
import { keyTable } from './key-table.ts'
import type { ResolvedKey } from './read-rules.ts'

type Bridging = NonNullable<ClusterSummary['rules'][number]['bridges']>

/** Values that hold together what is too large for one entity: a line for each record that has one. */
export const BRIDGE_TABLE = 'CREATE TABLE IF NOT EXISTS bridge (bridge INTEGER, rule SMALLINT, key SMALLINT, number INTEGER)'

/** As many are named for each rule; the others come to light when these are blocked. */
const MOST_NAMED = 10

/** Adds a line for each record of each bridge to the table `bridge`. */
export async function addBridges(db: DuckDb, bridges: readonly Bridge[], { first, numberAt }: { first: number; numberAt: (position: number) => number }): Promise<void> {
  if (bridges.length === 0) return
  const writer = await db.createTable('new_bridge', { bridge: 'whole number', rule: 'whole number', key: 'whole number', number: 'whole number' })
  bridges.forEach(({ rule, key, records }, at) => {
    for (const position of records) writer.add([first + at, rule, key, numberAt(position)])
  })
  writer.finish()
  await db.run('INSERT INTO bridge SELECT * FROM new_bridge')
  await db.run('DROP TABLE new_bridge')
}

/** For each rule the values that hold too much together, those on most records first: what the records of a bridge share, and fewest others have. */
export async function bridgingValues(db: DuckDb, keys: readonly ResolvedKey[], rules: number): Promise<Bridging[]> {
  const found: { rule: number; bridge: number; key: number; value: string; records: number }[] = []
  const bridged = await db.rows<{ key: number }>('SELECT DISTINCT key FROM bridge ORDER BY key')
  for (const { key } of bridged) {
    const rows = await db.rows<(typeof found)[number]>(
      `WITH sized AS (SELECT bridge, rule, count(*) AS records FROM bridge WHERE key = ${key} GROUP BY ALL),
      shared AS (SELECT bridge, value FROM bridge JOIN ${keyTable(key)} ON record = number WHERE key = ${key} GROUP BY bridge, value HAVING count(*) = (SELECT records FROM sized WHERE sized.bridge = bridge.bridge)),
      everywhere AS (SELECT value, count(*) AS everywhere FROM ${keyTable(key)} SEMI JOIN shared USING (value) GROUP BY value)
      SELECT rule, bridge, ${key}::INTEGER AS key, value, records FROM shared JOIN sized USING (bridge) JOIN everywhere USING (value) QUALIFY row_number() OVER (PARTITION BY bridge ORDER BY everywhere, value) = 1`,
    )
    found.push(...rows)
  }
  return Array.from({ length: rules }, (_, rule) =>
    found
      .filter((one) => one.rule === rule)
      .map(({ key, value, records }) => ({ key: keys[key]?.name ?? '', value, records }))
      .sort((one, other) => other.records - one.records || one.key.localeCompare(other.key, 'en') || (one.value < other.value ? -1 : 1))
      .slice(0, MOST_NAMED),
  )
}
