import type { LinkCause, MatchState } from '../../../contract/states.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import { quoteText } from '../../storage/duckdb.ts'

/** What a record of one source has in another, by the entity that both belong to. */
export interface RecordLink {
  reference: string
  entity: string
  /** Invalid: it has no key that any rule can use. */
  state: MatchState
  /** Records of the other source in the same entity, ascending. */
  targets: string[]
  /** The one that it is linked to, where it is matched: the only one, or the one that a person chose. */
  target?: string
  because?: LinkCause
}

/**
 * A query with a line for each record of `from`: number, reference, entity (the number), state, because, target, targets (a list).
 * Exactly one record in `to` is a match, or the one that a person chose among several, unless another record of `from`
 * stands for the entity. None, while a merge that could have given one was held back, goes to a person. So do several rows
 * of one entity that has none: each would make one.
 */
export function linksSql(from: string, to: string): string {
  return `WITH placed AS (SELECT number, reference, source, entity, number IN (SELECT number FROM survivor) AS chosen FROM record JOIN outcome USING (number)),
      there AS (SELECT entity, list(reference ORDER BY reference) AS targets, CASE WHEN count(*) = 1 THEN min(reference) ELSE min(reference) FILTER (chosen) END AS target FROM placed WHERE source = ${quoteText(to)} GROUP BY entity),
      here AS (SELECT entity, CASE WHEN count(*) = 1 THEN min(number) ELSE min(number) FILTER (chosen) END AS standing FROM placed WHERE source = ${quoteText(from)} GROUP BY entity),
      reaching AS (SELECT DISTINCT rule, reason, merge FROM refused JOIN record USING (number) WHERE source = ${quoteText(to)}),
      unclear AS (SELECT DISTINCT entity FROM refused JOIN reaching USING (rule, reason, merge) JOIN outcome USING (number)),
      looked AS (SELECT number, reference, placed.entity, targets, CASE
          WHEN targets IS NOT NULL AND target IS NULL THEN 'several there'
          WHEN targets IS NULL AND unclear.entity IS NOT NULL THEN 'held back'
          WHEN standing IS DISTINCT FROM number THEN 'several here' END AS because, target
        FROM placed JOIN here USING (entity) LEFT JOIN there USING (entity) LEFT JOIN unclear USING (entity) WHERE placed.source = ${quoteText(from)})
    SELECT number, reference, entity, because, targets, CASE WHEN because IS NULL THEN target END AS target, CASE
        WHEN because IS NOT NULL THEN 'ambiguous' WHEN target IS NOT NULL THEN 'matched' WHEN number IN (SELECT number FROM keyless) THEN 'invalid' ELSE 'unmatched' END AS state
    FROM looked`
}

/** For each record of `from`, in the order of the references, what it has in `to`. */
export async function* readLinks(db: DuckDb, from: string, to: string): AsyncGenerator<RecordLink> {
  const sql = `SELECT reference, id, state, because, coalesce(to_json(targets)::VARCHAR, '[]'), target FROM (${linksSql(from, to)}) JOIN entity USING (entity) ORDER BY reference`
  for await (const { rows, columns } of db.columns(sql)) {
    for (let row = 0; row < rows; row += 1) {
      const [reference, entity, state, because, targets, target] = columns.map((column) => column[row])
      yield {
        reference: String(reference),
        entity: String(entity),
        state: state as MatchState,
        targets: JSON.parse(String(targets)) as string[],
        ...(target === null ? {} : { target: String(target) }),
        ...(because === null ? {} : { because: because as LinkCause }),
      }
    }
  }
}
