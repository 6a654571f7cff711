import { readText } from '../../sources/column-types.ts'
import { type DuckDb, quoteName, quoteText } from '../../storage/duckdb.ts'
import { fieldColumn } from '../../storage/data-file-log.ts'

/**
 * The columnar half of a plan: DuckDB narrows the audience to the rows that TypeScript must decide.
 * SQL compares raw with raw and may pass too many rows on, never too few (semantics §1).
 *
 * Tables and views, each a step of the plan. Only what must be decided is ever held; the rest stays in files:
 *   source      (view)  the pinned extraction: key, do_not_send, product columns
 *   links       (view)  key → remote_id: what all activations of the product know
 *   settled     (view)  key → remote_id, fp, created: what this activation knows
 *   unproved            key, remote_id, own, run, answered: what runs made, or may have made, and the links do not tell of yet
 *   unsettled           key, fp, remote_id, created, held of the source rows that need a decision of their own
 *   unusable            key, message: rows whose own key is no key
 *   match_keys          rows without a link of this activation's own: key, match_key, state, message
 *   actual              what the destination answered, one row per answer; fields as raw JSON text
 *   candidates          the rows to decide, with how they were matched
 *   one_actual  (view)  what was answered of each id, once: a scratch file, as `actual` goes before rows are decided
 */

/** Source column → a text that is equal exactly when the value is. Lists and structs as JSON. */
export function asText(column: string, nativeType: string): string {
  return readText(quoteName(column), nativeType)
}

export interface AudienceShape {
  /** Mapped columns as text expressions, in mapping order. */
  columns: SourceText[]
  /** Changes whenever the mapping does, so that every row is looked at again. */
  mappingVersion: string
}

/** A column of the source as a text expression. */
export interface SourceText {
  text: string
  /** Whether any character may stand in it; numbers, dates and JSON never hold our separator. */
  free: boolean
}

/**
 * Fingerprint of a row: the lower half of md5 over key and mapped columns (md5, never DuckDB's own hash, which changes
 * between releases). It only decides whether a row is looked at, so 64 bits are plenty. Free text goes with its length,
 * so that a value with the separator in it cannot pass for two.
 */
export function fingerprintOf({ columns, mappingVersion }: AudienceShape): string {
  const parts = [{ text: 'key', free: true }, { text: 'do_not_send::VARCHAR', free: false }, ...columns]
  const texts = parts.flatMap(({ text, free }) => [...(free ? [`strlen(${text})`] : []), `coalesce(${text}, chr(30))`])
  return `md5_number_lower(concat_ws(chr(31), ${[quoteText(mappingVersion.slice(0, 16)), ...texts].join(', ')}))`
}

/** Makes `source`, `links` and `settled` from queries over the files they are in. */
export async function openAudience(duckdb: DuckDb, source: string, known: { links: string; settled: string }): Promise<void> {
  await duckdb.run(`CREATE VIEW source AS ${source}`)
  await duckdb.run(`CREATE VIEW links AS ${known.links}`)
  await duckdb.run(`CREATE VIEW settled AS ${known.settled}`)
}

/**
 * Compares the source with what is known: `unsettled` gets the rows that are to be decided. The key is part of the
 * fingerprint, so one look-up of 64 bits tells that a row is linked and unchanged. `all`: whatever is known.
 * Returns an order-free digest of all rows. The settled ones pass as one group, so that nothing of them is held.
 */
export async function narrowAudience(duckdb: DuckDb, shape: AudienceShape, all: boolean): Promise<string> {
  const known = all ? '(SELECT NULL::UBIGINT AS fp WHERE false)' : '(SELECT fp FROM settled WHERE fp IS NOT NULL)'
  await duckdb.run(`CREATE TABLE compared AS
    SELECT CASE WHEN k.fp IS NULL THEN s.key END AS key, CASE WHEN k.fp IS NULL THEN s.fp END AS fp, count(*) AS rows, sum(s.fp::HUGEINT) AS total
    FROM (SELECT key, ${fingerprintOf(shape)} AS fp FROM source) s LEFT JOIN ${known} k ON k.fp = s.fp GROUP BY ALL`)
  await linkUnsettled(duckdb)
  const row = await duckdb.row<{ digest: string }>("SELECT coalesce(sum(rows), 0)::VARCHAR || '-' || coalesce(sum(total), 0)::VARCHAR AS digest FROM compared")
  await duckdb.run('DROP TABLE compared')
  return row?.digest ?? '0-0'
}

/**
 * Gives the rows to look at their links. What this activation has settled it knows itself, as others reopen what they
 * move; for the rest, what all know wins: somebody may have made the record anew. A link that this activation alone still
 * has is a record that another one removed: gone, and not to be made again unasked.
 */
async function linkUnsettled(duckdb: DuckDb): Promise<void> {
  await duckdb.run('CREATE TABLE known AS SELECT key, remote_id, created, fp IS NOT NULL AS sure FROM settled WHERE key IN (SELECT key FROM compared)')
  await duckdb.run(`CREATE TABLE unsettled AS SELECT c.key, c.fp, coalesce(l.remote_id, k.remote_id) AS remote_id,
      coalesce(k.created AND k.remote_id = coalesce(l.remote_id, k.remote_id), false) AS created, coalesce(k.remote_id = coalesce(l.remote_id, k.remote_id), false) AS held
    FROM compared c LEFT JOIN known k USING (key)
    LEFT JOIN (SELECT key, remote_id FROM links WHERE key IN (SELECT key FROM compared) AND key NOT IN (SELECT key FROM known WHERE sure)) l USING (key)
    WHERE c.fp IS NOT NULL`)
  await duckdb.run('DROP TABLE known')
}

/**
 * Rows that no link leads on, and whose record a run is known to have made: they are not made again. A link that rests on
 * nothing but an answer leads where a read has shown the record, or nowhere.
 */
export async function linkUnproved(duckdb: DuckDb): Promise<void> {
  await duckdb.run('UPDATE unsettled SET remote_id = NULL, held = false, created = false FROM unproved u WHERE u.key = unsettled.key AND u.answered = unsettled.remote_id AND u.remote_id IS DISTINCT FROM u.answered')
  await duckdb.run('UPDATE unsettled SET remote_id = u.remote_id, created = u.own, held = u.own FROM unproved u WHERE u.key = unsettled.key AND u.remote_id IS NOT NULL AND unsettled.remote_id IS NULL')
}

/** Rows with a sticky answer or an override are looked at although their fingerprint stands. */
export async function unsettle(duckdb: DuckDb, shape: AudienceShape): Promise<void> {
  const any = await duckdb.row('SELECT 1 FROM (SELECT remote_id FROM sticky UNION ALL SELECT key FROM overrides) LIMIT 1')
  if (any) await unsettleLinks(duckdb, shape, 'remote_id IN (SELECT remote_id FROM sticky) OR key IN (SELECT key FROM overrides)')
}

/**
 * Settled rows whose record, as just read, no longer holds what was agreed: they are looked at again.
 * `baseTable` has (remote_id, one struct per field).
 */
export async function unsettleMoved(duckdb: DuckDb, shape: AudienceShape, fields: string[], baseTable: string): Promise<void> {
  const differs = fields.map((field) => `a.${fieldColumn(field)} IS DISTINCT FROM b.${fieldColumn(field)}.raw`).join(' OR ')
  await duckdb.run(`CREATE TABLE moved AS SELECT DISTINCT a.requested_id AS remote_id FROM actual a LEFT JOIN ${baseTable} b ON b.remote_id = a.requested_id
    WHERE a.requested_id IS NOT NULL AND (a.deleted OR a.remote_id <> a.requested_id OR ${differs})`)
  await unsettleLinks(duckdb, shape, 'remote_id IN (SELECT remote_id FROM moved)')
}

/** Settled records that were read and are not there any more. */
export async function unsettleGone(duckdb: DuckDb, shape: AudienceShape): Promise<void> {
  await duckdb.run('CREATE TABLE missing AS SELECT k.remote_id FROM asked k ANTI JOIN actual a ON a.requested_id = k.remote_id')
  await unsettleLinks(duckdb, shape, 'remote_id IN (SELECT remote_id FROM missing)')
}

/** Settled rows whose link fulfils the condition are looked at, whatever their fingerprint says. */
export async function unsettleLinks(duckdb: DuckDb, shape: AudienceShape, condition: string): Promise<void> {
  await duckdb.run(`CREATE OR REPLACE TABLE reopened AS SELECT key, remote_id, created FROM settled WHERE ${condition}`)
  await duckdb.run('DELETE FROM reopened WHERE key IN (SELECT key FROM unsettled)')
  await duckdb.run(`INSERT INTO unsettled SELECT r.key, f.fp, r.remote_id, r.created, true AS held
    FROM reopened r JOIN (SELECT key, ${fingerprintOf(shape)} AS fp FROM source WHERE key IN (SELECT key FROM reopened)) f USING (key)`)
}

/** Rows whose key is looked for: those without a link of their own, and those whose record is to be made again. */
export const rowsWithoutLink = 'SELECT key FROM unsettled WHERE NOT held UNION SELECT key FROM recreated'

/** A link leads on where its row may use it; then the key finds exactly one record. */
const foundByKey = `
  SELECT a.key, a.fp, a.created, m.match_key, m.message,
    CASE WHEN a.remote_id IS NOT NULL THEN a.remote_id WHEN h.hits = 1 THEN h.remote_id END AS remote_id,
    a.remote_id IS NOT NULL AS linked, a.held, false AS recognised, false AS keeps,
    CASE
      WHEN a.held THEN 'matched'
      WHEN m.state <> 'valid' THEN 'invalid'
      WHEN sh.match_key IS NOT NULL THEN 'ambiguous'
      WHEN a.remote_id IS NOT NULL THEN 'matched'
      WHEN h.hits > 1 THEN 'ambiguous'
      WHEN h.hits = 1 THEN 'matched'
      ELSE 'unmatched' END AS match,
    CASE
      WHEN a.held THEN NULL
      WHEN m.state = 'missing' THEN 'key missing'
      WHEN m.state = 'invalid' THEN 'key invalid'
      WHEN sh.match_key IS NOT NULL THEN 'key shared'
      WHEN a.remote_id IS NULL AND h.hits > 1 THEN 'several matches' END AS cause
  FROM unsettled a
  LEFT JOIN match_keys m USING (key)
  LEFT JOIN shared sh ON sh.match_key = m.match_key
  LEFT JOIN key_hits h ON h.match_key = m.match_key`

/** A query for what the destination answered of each id: who answered twice (by id, and in the feed of changes) counts once. */
export async function answersById(duckdb: DuckDb): Promise<string> {
  const answers = await duckdb.row<{ repeated: boolean }>('SELECT count(DISTINCT hash(requested_id)) < count(*) AS repeated FROM actual WHERE requested_id IS NOT NULL')
  return answers?.repeated ? 'SELECT DISTINCT ON (requested_id) * FROM actual WHERE requested_id IS NOT NULL ORDER BY requested_id, remote_id' : 'SELECT * FROM actual WHERE requested_id IS NOT NULL'
}

/**
 * One row per source row that needs a decision, with how it was matched. A link wins; then exactly one record by
 * key. Two rows with one key, or two rows reaching one record, are ambiguous: a shared key never merges people. A row
 * that only its key leads to a record which another row holds is ambiguous alone: this activation has proved the link, so
 * the linked row keeps its record, while nobody has said yet that the new row is the same person. A link that only other
 * activations proved does not outweigh the key of this one (a household's mailbox there, a customer's number here): both
 * rows are ambiguous, and a person decides. Nor does it help a row whose own key is shared or cannot be used.
 * `found`: how else rows find their records (identity-matches.ts).
 */
export async function findCandidates(duckdb: DuckDb, found = foundByKey): Promise<void> {
  await duckdb.run('CREATE TABLE IF NOT EXISTS unusable (key VARCHAR, message VARCHAR)')
  await duckdb.run(`CREATE TABLE key_hits AS
    SELECT requested_key AS match_key, count(DISTINCT remote_id) AS hits, min(remote_id) AS remote_id
    FROM actual WHERE requested_key IS NOT NULL AND NOT coalesce(deleted, false) GROUP BY requested_key`)
  await duckdb.run(`CREATE TABLE candidates AS
    WITH shared AS (SELECT match_key FROM match_keys WHERE state = 'valid' GROUP BY match_key HAVING count(*) > 1),
    found AS (${found}),
    reached AS (
      SELECT remote_id, count(*) FILTER (held) AS holders FROM (
        SELECT remote_id, held OR keeps AS held FROM found WHERE match = 'matched' OR keeps
        UNION ALL
        SELECT remote_id, true FROM links WHERE remote_id IN (SELECT remote_id FROM found WHERE match = 'matched') AND key NOT IN (SELECT key FROM unsettled))
      GROUP BY remote_id HAVING count(*) > 1)
    SELECT f.key, f.fp, f.created, f.held, f.match_key, f.linked, f.recognised,
      f.remote_id,
      CASE WHEN x.key IS NOT NULL THEN 'invalid' WHEN r.remote_id IS NOT NULL THEN 'ambiguous' ELSE f.match END AS match,
      CASE WHEN x.key IS NOT NULL THEN 'key invalid' WHEN r.remote_id IS NOT NULL THEN 'link shared' ELSE f.cause END AS cause,
      coalesce(x.message, f.message) AS message
    FROM found f LEFT JOIN unusable x ON x.key = f.key LEFT JOIN reached r ON r.remote_id = f.remote_id AND f.match = 'matched' AND (r.holders > 1 OR NOT f.held)`)
}
