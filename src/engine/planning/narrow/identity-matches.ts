import { causeOfLink } from '../../../contract/states.ts'
import type { LinkFiles } from '../../identity/graph/run/row-links.ts'
import { type DuckDb, quoteText, readParquet } from '../../storage/duckdb.ts'
import { type AudienceShape, unsettleLinks } from './delta.ts'

/**
 * How an activation that recognises people by identity finds their records (semantics §3): what is linked stays linked,
 * unless identity knows the record as somebody else; the rest goes where the index leads, and only who has nothing there is
 * looked for by the key.
 *
 *   identity_links    (view)  what the index says of each row: key, entity, state, because, remote_id, there, by_hand
 *   identity_records  (view)  the system's records in the index: remote_id, entity, claimed
 *   identity_apart    (view)  entities that people keep apart: one, other
 *   strangers                 rows whose link leads to somebody else: key, why
 *   recognised                rows that the index leads to their record: key
 */
export async function openIdentityLinks(duckdb: DuckDb, files: LinkFiles, how: '' | 'OR REPLACE TEMP ' = ''): Promise<void> {
  await duckdb.run(`CREATE ${how}VIEW identity_links AS SELECT * FROM ${readParquet(files.rows)}`)
  await duckdb.run(`CREATE ${how}VIEW identity_records AS SELECT * FROM ${readParquet(files.records)}`)
  await duckdb.run(`CREATE ${how}VIEW identity_apart AS SELECT * FROM ${readParquet(files.apart)}`)
}

/** The same, empty, where the rules were never run. */
export async function noIdentityLinks(duckdb: DuckDb): Promise<void> {
  await duckdb.run('CREATE TABLE identity_links (key VARCHAR, entity INTEGER, state VARCHAR, because VARCHAR, remote_id VARCHAR, there VARCHAR[], by_hand BOOLEAN)')
  await duckdb.run('CREATE TABLE identity_records (remote_id VARCHAR, entity INTEGER, claimed BOOLEAN)')
  await duckdb.run('CREATE TABLE identity_apart (one INTEGER, other INTEGER)')
}

/**
 * Rows of `links` (key, remote_id) whose record is another entity in the index than the row, and not only for want of a key
 * that both have: people keep them apart, another row is that entity, or the row has records of its own there.
 */
export function strangersQuery(links: string): string {
  return `SELECT l.key, l.remote_id, CASE WHEN a.one IS NOT NULL THEN 'apart' WHEN r.claimed THEN 'claimed' ELSE 'elsewhere' END AS why
    FROM ${links} l JOIN identity_links i USING (key) JOIN identity_records r ON r.remote_id = l.remote_id LEFT JOIN identity_apart a ON a.one = i.entity AND a.other = r.entity
    WHERE r.entity <> i.entity AND (a.one IS NOT NULL OR r.claimed OR i.there IS NOT NULL)`
}

/**
 * Leads the rows to look at to the records that identity gives them. Settled rows whose record is somebody else by now are
 * looked at again. Where a person linked the row to another record by hand, that is the way out, and so it is for a record
 * that is to be made again.
 */
export async function applyIdentityLinks(duckdb: DuckDb, shape: AudienceShape): Promise<void> {
  await unsettleLinks(duckdb, shape, `(key, remote_id) IN (SELECT (key, remote_id) FROM (${strangersQuery('(SELECT key, remote_id FROM settled WHERE key IN (SELECT key FROM source))')}))`)
  await duckdb.run(`CREATE TABLE strangers AS SELECT key, why FROM (${strangersQuery('(SELECT key, remote_id FROM unsettled WHERE remote_id IS NOT NULL)')})`)
  await duckdb.run(`CREATE TABLE recognised AS SELECT u.key, i.remote_id FROM unsettled u JOIN identity_links i USING (key)
    WHERE i.state = 'matched' AND (u.remote_id IS NULL OR (u.remote_id <> i.remote_id AND ((i.by_hand AND u.key IN (SELECT key FROM strangers)) OR u.key IN (SELECT key FROM recreated))))`)
  await duckdb.run('UPDATE unsettled SET remote_id = r.remote_id, held = false, created = false FROM recognised r WHERE r.key = unsettled.key')
  await duckdb.run('DELETE FROM strangers WHERE key IN (SELECT key FROM recognised)')
  await duckdb.run('DELETE FROM recreated WHERE key IN (SELECT key FROM recognised)')
}

/**
 * Whether any planned record of `records` would be found elsewhere by links as they are now: one that identity led to its
 * record, one that is to be made, or one whose link leads to somebody else by now.
 */
export async function linksMoved(duckdb: DuckDb, then: string, now: LinkFiles): Promise<boolean> {
  await openIdentityLinks(duckdb, now, 'OR REPLACE TEMP ')
  const planned = "SELECT key, remote_id FROM records WHERE operation IN ('create', 'update')"
  const moved = await duckdb.row(`SELECT 1 FROM (${planned}) p LEFT JOIN ${readParquet(then)} t USING (key) LEFT JOIN identity_links n USING (key)
    WHERE (p.remote_id IS NULL AND n.state IN ('matched', 'ambiguous')) OR (t.remote_id = p.remote_id AND n.remote_id IS DISTINCT FROM p.remote_id)
      OR key IN (SELECT key FROM (${strangersQuery(`(${planned} AND remote_id IS NOT NULL)`)})) LIMIT 1`)
  return moved !== undefined
}

/** Rows whose key is looked for: nothing leads them on, and nothing holds them back. */
export const rowsWithoutIdentityLink =
  "SELECT key FROM unsettled WHERE remote_id IS NULL AND key NOT IN (SELECT key FROM identity_links WHERE state = 'ambiguous') UNION SELECT key FROM recreated"

/** Rows of the product whose key is of no use: they have a record. Keys of others may be shared with them. */
export const rowsWithIdentityLink = "SELECT key FROM identity_links WHERE state = 'matched'"

const leftOpen = Object.entries(causeOfLink).map(([because, cause]) => `WHEN i.because = ${quoteText(because)} THEN ${quoteText(cause)}`).join(' ')

/**
 * In place of `foundByKey` in the candidates: the key alone never finds anybody. A record that has it and was not given by
 * identity is another person's, or a question for a person. Whose link only the rules deny keeps it from others (`keeps`).
 */
export const foundByIdentity = `
  SELECT a.*, ${matchOf('cause')} AS match FROM (SELECT a.key, a.fp, a.created, m.match_key, a.remote_id, a.remote_id IS NOT NULL AS linked, a.held, g.key IS NOT NULL AS recognised, coalesce(x.why <> 'apart', false) AS keeps, CASE
        WHEN x.why IS NOT NULL THEN 'somebody else'
        WHEN a.remote_id IS NOT NULL THEN NULL
        ${leftOpen}
        WHEN m.state = 'missing' THEN 'key missing'
        WHEN m.state = 'invalid' THEN 'key invalid'
        WHEN sh.match_key IS NOT NULL THEN 'key shared'
        WHEN h.hits > 0 THEN 'key of another' END AS cause,
      CASE
        WHEN x.why = 'apart' THEN 'Somebody decided that the linked record is another person.'
        WHEN x.why = 'claimed' THEN 'The linked record is the person of another row.'
        WHEN x.why = 'elsewhere' THEN 'This person is recognised in another record: ' || array_to_string(i.there, ', ') || '.'
        WHEN a.remote_id IS NULL AND i.because = 'several there' THEN 'Several records are this person: ' || array_to_string(i.there, ', ') || '.'
        ELSE m.message END AS message
    FROM unsettled a
    LEFT JOIN strangers x USING (key)
    LEFT JOIN recognised g USING (key)
    LEFT JOIN identity_links i USING (key)
    LEFT JOIN match_keys m USING (key)
    LEFT JOIN shared sh ON sh.match_key = m.match_key
    LEFT JOIN key_hits h ON h.match_key = m.match_key) a`

function matchOf(cause: string): string {
  return `CASE WHEN ${cause} IN ('key missing', 'key invalid') THEN 'invalid' WHEN ${cause} IS NOT NULL THEN 'ambiguous' WHEN a.remote_id IS NULL THEN 'unmatched' ELSE 'matched' END`
}
