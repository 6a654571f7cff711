import type { DuckDb } from '../../storage/duckdb.ts'

/** What a record of one source has in another, by the entity that both belong to. */
export type LinkState = 'matched' | 'unmatched' | 'ambiguous'

export interface RecordLink {
  reference: string
  entity: string
  state: LinkState
  /** Records of the other source in the same entity, ascending. */
  targets: string[]
  /** Why it is ambiguous: several there, several here that reach the same one, or a merge that was held back. */
  because?: 'several there' | 'several here' | 'held back'
}

/**
 * For each record of `from`, in the order of the references, its records in `to`. Exactly one is a match, unless another
 * record of `from` reaches the same one. None, while a merge that could have given one was held back, goes to a person.
 */
export async function* readLinks(db: DuckDb, from: string, to: string): AsyncGenerator<RecordLink> {
  const sql = `WITH placed AS (SELECT record.number, reference, source, entity FROM record JOIN outcome USING (number)),
      there AS (SELECT entity, to_json(list(reference ORDER BY reference))::VARCHAR AS targets, count(*) AS records FROM placed WHERE source = ? GROUP BY entity),
      here AS (SELECT entity, count(*) AS records FROM placed WHERE source = ? GROUP BY entity),
      unclear AS (SELECT DISTINCT entity FROM ambiguous JOIN placed USING (number))
    SELECT placed.reference, id, coalesce(there.targets, '[]'), coalesce(there.records, 0)::INTEGER, here.records::INTEGER, unclear.entity IS NOT NULL
    FROM placed JOIN entity USING (entity) JOIN here USING (entity) LEFT JOIN there USING (entity) LEFT JOIN unclear USING (entity)
    WHERE placed.source = ? ORDER BY placed.reference`
  for await (const { rows, columns } of db.columns(sql, [to, from, from])) {
    for (let row = 0; row < rows; row += 1) {
      const [reference, entity, targets, there, here, unclear] = columns.map((column) => column[row])
      const decided = decide(Number(there), Number(here), unclear === true)
      yield { reference: String(reference), entity: String(entity), targets: JSON.parse(String(targets)) as string[], ...decided }
    }
  }
}

function decide(there: number, here: number, unclear: boolean): Pick<RecordLink, 'state' | 'because'> {
  if (there > 1) return { state: 'ambiguous', because: 'several there' }
  if (there === 1) return here > 1 ? { state: 'ambiguous', because: 'several here' } : { state: 'matched' }
  return unclear ? { state: 'ambiguous', because: 'held back' } : { state: 'unmatched' }
}
