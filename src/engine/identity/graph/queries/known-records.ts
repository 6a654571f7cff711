import type { DuckDb } from '../../../storage/duckdb.ts'

/** A subquery of texts, and of whole numbers, given as one parameter: a JSON list. */
export const textList = `SELECT unnest(from_json(?, '["VARCHAR"]'))`
export const numberList = `SELECT unnest(from_json(?, '["INTEGER"]'))`

/** A record as far as a decision about it needs it. */
export interface KnownRecord {
  number: number
  source: string
  /** Number of its entity. */
  entity: number
}

/** Which of these references are records now. */
export async function knownRecords(db: DuckDb, references: Iterable<string>): Promise<Map<string, KnownRecord>> {
  const asked = [...new Set(references)]
  if (asked.length === 0) return new Map()
  const found = await db.rows<KnownRecord & { reference: string }>(
    `SELECT reference, record.number, source, entity FROM record JOIN outcome USING (number) WHERE reference IN (${textList})`,
    [JSON.stringify(asked)],
  )
  return new Map(found.map(({ reference, ...record }) => [reference, record]))
}

/** All records that an entity has in one source, ascending. */
export async function recordsThere(db: DuckDb, { source, entity }: Pick<KnownRecord, 'source' | 'entity'>): Promise<string[]> {
  const found = await db.rows<{ reference: string }>('SELECT reference FROM record JOIN outcome USING (number) WHERE source = ? AND entity = ? ORDER BY reference', [source, entity])
  return found.map(({ reference }) => reference)
}
