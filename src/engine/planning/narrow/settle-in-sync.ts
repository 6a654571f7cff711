import { type DuckDb, quoteName, quoteText } from '../../storage/duckdb.ts'
import { fieldColumn } from '../../storage/data-file-log.ts'
import type { ProvenEvidence } from '../../storage/sync-evidence.ts'
import type { PlanSetup } from '../build/prepare.ts'
import { canBeRead } from './read-destination.ts'
import { provablyEqual } from './provably-equal.ts'

/** Where few rows are left to decide, they are those that changed, and looking through all others for them takes longer than deciding. */
const shareWorthProving = 0.05

/** Whether so many rows, of which so many are settled already, leave enough that may be in sync. */
export function isWorthProving(rows: number, settled: number): boolean {
  return rows - settled > rows * shareWorthProving
}

/** Which rows are looked at, and what is written down of them. */
export interface SettlingInSync {
  duckdb: DuckDb
  setup: PlanSetup
  /** Source expression per mapping, as {@link CandidateShape.sources}. */
  sources: (string | undefined)[]
  /** ISO instant of the reading. */
  readAt: string
  /** Query for what was last agreed of the records of a table (remote_id and a struct per field). */
  baseOf(table: string): Promise<string>
}

/**
 * Settles in DuckDB the candidates that are provably in sync: linked to, or found as, exactly one record, with nothing that a
 * person decided about them, and every field provably equal. They leave `candidates`; what was proved of them is evidence
 * for the data files, exactly as the classifier would have given it. The rest is decided row by row.
 */
export async function settleInSync(settling: SettlingInSync): Promise<ProvenEvidence | undefined> {
  const { duckdb, setup, readAt, baseOf } = settling
  const conditions = provable(settling)
  if (conditions === undefined) return undefined
  await duckdb.run(`CREATE TABLE proven AS SELECT c.key, c.fp, c.remote_id, c.created
    FROM candidates c JOIN (${sourceValues(settling)}) s USING (key) JOIN one_actual a ON a.requested_id = c.remote_id
    WHERE ${conditions.join(' AND ')}`)
  const rows = (await duckdb.row<{ rows: number }>('SELECT count(*) AS rows FROM proven'))?.rows ?? 0
  if (rows === 0) return undefined
  await duckdb.run('CREATE OR REPLACE TABLE candidates AS SELECT * FROM candidates ANTI JOIN proven USING (key)')
  await duckdb.giveBack()
  return { rows, links: 'SELECT key, remote_id, fp::UBIGINT AS fp, created FROM proven', base: agreed(setup, readAt, await baseOf('proven')) }
}

/** What has to hold of a row; undefined where no row of the activation can be settled so. */
function provable({ setup, sources }: SettlingInSync): string[] | undefined {
  const { activation, connected, keyStays, mappings } = setup
  if (activation.mode === 'members' || activation.mode === 'insert only' || !canBeRead(connected)) return undefined
  const equal: string[] = []
  for (const [index, compiled] of mappings.entries()) {
    if (compiled.mapping.onlyOnCreate === true) continue
    const proof = provablyEqual(compiled, sources[index] && `s.${quoteName(`v${index}`)}`, `a.${fieldColumn(compiled.field.name)}`)
    if (proof === undefined) return undefined
    equal.push(proof)
  }
  return [
    "c.match = 'matched' AND a.remote_id = c.remote_id AND NOT coalesce(a.deleted, false) AND NOT coalesce(s.do_not_send, false)",
    // The key of a linked record may be another by now.
    ...(keyStays ? ['NOT c.linked'] : []),
    'c.key NOT IN (SELECT key FROM choices) AND c.key NOT IN (SELECT key FROM overrides) AND c.remote_id NOT IN (SELECT remote_id FROM sticky)',
    ...equal,
  ]
}

function sourceValues({ sources }: SettlingInSync): string {
  return `SELECT key, do_not_send${sources.map((source, index) => (source === undefined ? '' : `, ${source} AS ${quoteName(`v${index}`)}`)).join('')} FROM source`
}

/** Records with a field whose last agreed value becomes what was read: it was unknown, assumed, or spelled another way. */
function agreed({ mappings }: PlanSetup, readAt: string, base: string): string {
  const compared = new Set(mappings.filter(({ mapping }) => mapping.onlyOnCreate !== true).map(({ field }) => field.name))
  const moves = (field: string): string => `(b.${fieldColumn(field)} IS NULL OR b.${fieldColumn(field)}.assumed OR b.${fieldColumn(field)}.raw IS DISTINCT FROM a.${fieldColumn(field)})`
  const columns = mappings.map(({ field: { name } }) =>
    compared.has(name)
      ? `CASE WHEN ${moves(name)} THEN {'raw': a.${fieldColumn(name)}, 'read_at': ${quoteText(readAt)}, 'assumed': false} END AS ${fieldColumn(name)}`
      : `NULL::STRUCT(raw VARCHAR, read_at VARCHAR, assumed BOOLEAN) AS ${fieldColumn(name)}`,
  )
  return `SELECT a.requested_id AS remote_id, ${columns.join(', ')} FROM one_actual a LEFT JOIN (${base}) b ON b.remote_id = a.requested_id
    WHERE a.requested_id IN (SELECT remote_id FROM proven) AND (${[...compared].map(moves).join(' OR ') || 'false'})`
}
