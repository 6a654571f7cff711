import { type DuckDb, quoteName, quoteText } from '../storage/duckdb.ts'
import { fieldColumn } from '../storage/snapshots.ts'

/**
 * The columnar half of a plan: DuckDB narrows the audience to the rows that TypeScript must decide.
 * SQL compares raw with raw and may pass too many rows on, never too few (semantics §1).
 *
 * Tables, each a step of the plan:
 *   source      (view)  the pinned extraction: key, do_not_send, product columns
 *   links               key → remote_id, fp, created: what this activation knows
 *   audience            key, fp, remote_id, created, settled: settled rows need no decision of their own
 *   match_keys          rows without a link: key, match_key, state, message
 *   actual              what the destination answered, one row per answer; fields as raw JSON text
 *   candidates          the rows to decide, with how they were matched
 */

/** Source column → a text that is equal exactly when the value is. Lists and structs as JSON. */
export function asText(column: string, nativeType: string): string {
  const name = quoteName(column)
  return /\[|STRUCT|MAP|UNION/i.test(nativeType) ? `to_json(${name})::VARCHAR` : `${name}::VARCHAR`
}

export interface AudienceShape {
  sourceFile: string
  /** Expressions of the mapped columns as text, in mapping order. */
  columns: string[]
  /** Changes whenever the mapping does, so that every row is looked at again. */
  mappingVersion: string
}

/**
 * Fingerprint of the mapped columns: the lower half of md5 over a separator-safe text (md5, never DuckDB's own
 * hash, which changes between releases). It only decides whether a row is looked at, so 64 bits are plenty.
 */
function fingerprint(shape: AudienceShape): string {
  const parts = shape.columns.map((column) => `coalesce(${column}, chr(30))`)
  return `md5_number_lower(concat_ws(chr(31), ${quoteText(shape.mappingVersion)}, do_not_send::VARCHAR${parts.map((part) => `, ${part}`).join('')}))`
}

/** Joins the extraction with what is known and marks the rows that are settled. */
export async function narrowAudience(duckdb: DuckDb, shape: AudienceShape, linksQuery: string): Promise<void> {
  await duckdb.run(`CREATE VIEW source AS SELECT * FROM read_parquet(${quoteText(shape.sourceFile)})`)
  await duckdb.run(`CREATE TABLE links AS ${linksQuery}`)
  await duckdb.run(`CREATE TABLE audience AS
    SELECT s.key, s.fp, l.remote_id, coalesce(l.created, false) AS created, coalesce(l.fp = s.fp, false) AS settled
    FROM (SELECT key, ${fingerprint(shape)} AS fp FROM source) s LEFT JOIN links l USING (key)`)
}

/** Rows with a standing answer or an override are looked at although their fingerprint stands. */
export async function unsettle(duckdb: DuckDb): Promise<void> {
  await duckdb.run(`UPDATE audience SET settled = false WHERE settled AND (remote_id IN (SELECT remote_id FROM standing) OR key IN (SELECT key FROM overrides))`)
}

/**
 * Settled rows whose record, as just read, no longer holds what was agreed: they are looked at again.
 * `baseTable` has (remote_id, one struct per field).
 */
export async function unsettleMoved(duckdb: DuckDb, fields: string[], baseTable: string): Promise<void> {
  const differs = fields.map((field) => `a.${fieldColumn(field)} IS DISTINCT FROM b.${fieldColumn(field)}.raw`).join(' OR ')
  await duckdb.run(`UPDATE audience SET settled = false WHERE settled AND remote_id IN (
    SELECT a.requested_id FROM actual a LEFT JOIN ${baseTable} b ON b.remote_id = a.requested_id
    WHERE a.requested_id IS NOT NULL AND (a.deleted OR a.remote_id <> a.requested_id OR ${differs}))`)
}

/** Settled records that were read and are not there any more. */
export async function unsettleGone(duckdb: DuckDb): Promise<void> {
  await duckdb.run(`UPDATE audience SET settled = false WHERE settled AND remote_id IN (SELECT remote_id FROM asked) AND remote_id NOT IN (SELECT requested_id FROM actual WHERE requested_id IS NOT NULL)`)
}

/**
 * One row per source row that needs a decision, with how it was matched. A link wins; then exactly one record by
 * key. Two rows with one key, or two rows reaching one record, are ambiguous: a shared key never merges people.
 */
export async function findCandidates(duckdb: DuckDb): Promise<void> {
  await duckdb.run(`CREATE TABLE one_actual AS SELECT DISTINCT ON (requested_id) * FROM actual WHERE requested_id IS NOT NULL ORDER BY requested_id, remote_id`)
  await duckdb.run(`CREATE TABLE key_hits AS
    SELECT requested_key AS match_key, count(DISTINCT remote_id) AS hits, min(remote_id) AS remote_id
    FROM actual WHERE requested_key IS NOT NULL AND NOT coalesce(deleted, false) GROUP BY requested_key`)
  await duckdb.run(`CREATE TABLE candidates AS
    WITH shared AS (SELECT match_key FROM match_keys WHERE state = 'valid' GROUP BY match_key HAVING count(*) > 1),
    found AS (
      SELECT a.key, a.fp, a.created, m.match_key, m.message,
        CASE WHEN a.remote_id IS NOT NULL THEN a.remote_id WHEN h.hits = 1 THEN h.remote_id END AS remote_id,
        a.remote_id IS NOT NULL AS linked,
        CASE
          WHEN a.remote_id IS NOT NULL THEN 'matched'
          WHEN m.state <> 'valid' THEN 'invalid'
          WHEN sh.match_key IS NOT NULL OR h.hits > 1 THEN 'ambiguous'
          WHEN h.hits = 1 THEN 'matched'
          ELSE 'unmatched' END AS match,
        CASE
          WHEN a.remote_id IS NOT NULL THEN NULL
          WHEN m.state = 'missing' THEN 'key missing'
          WHEN m.state = 'invalid' THEN 'key invalid'
          WHEN sh.match_key IS NOT NULL THEN 'key shared'
          WHEN h.hits > 1 THEN 'several matches' END AS cause
      FROM audience a
      LEFT JOIN match_keys m USING (key)
      LEFT JOIN shared sh ON sh.match_key = m.match_key
      LEFT JOIN key_hits h ON h.match_key = m.match_key
      WHERE NOT a.settled),
    reached AS (
      SELECT remote_id FROM (
        SELECT remote_id, key FROM found WHERE match = 'matched' AND remote_id IS NOT NULL
        UNION
        SELECT l.remote_id, l.key FROM links l WHERE l.remote_id IN (SELECT remote_id FROM found WHERE NOT linked AND remote_id IS NOT NULL))
      GROUP BY remote_id HAVING count(*) > 1)
    SELECT f.key, f.fp, f.created, f.match_key, f.linked,
      f.remote_id,
      CASE WHEN r.remote_id IS NOT NULL THEN 'ambiguous' ELSE f.match END AS match,
      CASE WHEN r.remote_id IS NOT NULL THEN 'link shared' ELSE f.cause END AS cause,
      f.message
    FROM found f LEFT JOIN reached r ON r.remote_id = f.remote_id AND f.match = 'matched'`)
}
