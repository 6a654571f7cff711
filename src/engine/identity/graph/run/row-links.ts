import { type DuckDb, quoteText } from '../../../storage/duckdb.ts'
import { apartSql } from '../../index/apart.ts'
import { linksSql } from '../../index/links.ts'

/** Whose rows are looked for, and where: `customer-360`, and `crm/contacts`. */
export interface LinkEnds {
  from: string
  to: string
}

/**
 * Writes what an index says of every row of a product in one system, as others take it in whole:
 *   rows     key, entity, state, because, remote_id (where it is matched), there (the system's records of it, a list), by_hand
 *   records  every record of the system: remote_id, entity, claimed (some row of the product is the same entity)
 *   apart    pairs of entities that a person's standing decision keeps apart: one, other
 */
export interface LinkFiles {
  rows: string
  records: string
  apart: string
}

export async function storeRowLinks(db: DuckDb, ends: LinkEnds, { files, overruled }: { files: LinkFiles; /** Decisions that later ones contradict. */ overruled: readonly string[] }): Promise<void> {
  for (const [query, path] of [
    [rowsSql(ends), files.rows],
    [recordsSql(ends), files.records],
    [apartSql(overruled), files.apart],
  ] as const) {
    await db.run(`COPY (${query}) TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)`)
  }
}

/** By hand is a link whose both ends stand in one part of a decision. */
export function rowsSql({ from, to }: LinkEnds): string {
  return `WITH link AS (${linksSql(from, to)}),
      joined AS (SELECT DISTINCT one.number, record.reference FROM decided one JOIN decided other USING (fact) JOIN record ON record.number = other.number WHERE record.source = ${quoteText(to)})
    SELECT ${idOf('link.reference', from)} AS key, entity, state, because,
      ${idOf('target', to)} AS remote_id, list_transform(targets, lambda reference: ${idOf('reference', to)}) AS there, joined.number IS NOT NULL AS by_hand
    FROM link LEFT JOIN joined ON joined.number = link.number AND joined.reference = target`
}

function recordsSql({ from, to }: LinkEnds): string {
  return `SELECT ${idOf('reference', to)} AS remote_id, entity, entity IN (SELECT entity FROM outcome JOIN record USING (number) WHERE source = ${quoteText(from)}) AS claimed
    FROM record JOIN outcome USING (number) WHERE source = ${quoteText(to)}`
}

/** What follows `source:` in a reference. */
function idOf(reference: string, source: string): string {
  return `substr(${reference}, ${[...source].length + 2})`
}
