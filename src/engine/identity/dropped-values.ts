import type { ClusterSummary } from '../../contract/shapes.ts'
import type { DuckDb } from '../storage/duckdb.ts'

type Dropped = NonNullable<ClusterSummary['keys'][number]['dropped']>

const MOST_EXAMPLES = 5

/** For each key what it dropped, by reason: how many records, and the texts that most of them have. Nothing is dropped in silence. */
export async function droppedValues(db: DuckDb, keys: number): Promise<Dropped[]> {
  const counted = await db.rows<{ key: number; reason: Dropped[number]['reason']; records: number }>('SELECT key, reason, count(DISTINCT record) AS records FROM dropped GROUP BY key, reason ORDER BY key, records DESC, reason')
  const shown = await db.rows<{ key: number; reason: string; value: string; records: number }>(
    `SELECT key, reason, value, count(DISTINCT record) AS records FROM dropped WHERE value IS NOT NULL GROUP BY key, reason, value
      QUALIFY row_number() OVER (PARTITION BY key, reason ORDER BY records DESC, value) <= ${MOST_EXAMPLES} ORDER BY key, reason, records DESC, value`,
  )
  return Array.from({ length: keys }, (_, key) =>
    counted
      .filter((one) => one.key === key)
      .map(({ reason, records }) => ({ reason, records, examples: shown.filter((one) => one.key === key && one.reason === reason).map(({ value, records: having }) => ({ value, records: having })) })),
  )
}
