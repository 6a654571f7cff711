import type { RecordCard, RulesPreview } from '../../../../contract/shapes.ts'
import type { DuckDb } from '../../../storage/duckdb.ts'
import { compareOutcomes } from '../../compare-outcomes.ts'
import type { EntityChange } from '../../compare-outcomes.ts'
import type { OpenIndex } from '../run/open-index.ts'
import { recordCards } from './record-cards.ts'

type Change = NonNullable<RulesPreview['change']>
type Compared = Pick<Change, 'before' | 'after' | 'gained' | 'lost' | 'joined' | 'split'>
type ShownChange = Change['joined'][number]

/** Entities that are shown of each kind, parts of each, and records of each part. */
const MOST_ENTITIES = 20
const MOST_PARTS = 12
const MOST_RECORDS = 12

/**
 * Compares an index with the published one, which is attached to it as `published`, over the records that both have.
 * The cards say what is published.
 */
export async function compareFiles(db: DuckDb, published: OpenIndex): Promise<Compared> {
  await db.run(`CREATE OR REPLACE TABLE compared AS
    WITH both_of AS (SELECT was.number AS number, mine.number AS own, row_number() OVER (ORDER BY reference) - 1 AS position FROM published.record was JOIN record mine USING (reference)),
      labelled AS (SELECT position, both_of.number, old.label AS was, new.label AS becomes FROM both_of JOIN published.outcome old USING (number) JOIN outcome new ON new.number = own)
    SELECT position, number, min(position) OVER (PARTITION BY was) AS was, min(position) OVER (PARTITION BY becomes) AS becomes FROM labelled`)
  const { records } = (await db.row<{ records: number }>('SELECT count(*) AS records FROM compared')) ?? { records: 0 }
  const [was, becomes] = [new Int32Array(records), new Int32Array(records)]
  for await (const { rows, columns } of db.columns('SELECT position::INTEGER, was::INTEGER, becomes::INTEGER FROM compared')) {
    for (let row = 0; row < rows; row += 1) {
      was[columns[0]?.[row] as number] = columns[1]?.[row] as number
      becomes[columns[0]?.[row] as number] = columns[2]?.[row] as number
    }
  }
  const { joined, split, ...counts } = compareOutcomes(was, becomes, MOST_ENTITIES)
  const cards = await partCards(db, published, [...joined, ...split])
  const shown = ({ parts, matches }: EntityChange): ShownChange => ({ matches, parts: parts.slice(0, MOST_PARTS).map((first) => cards.get(first) ?? []) })
  return { ...counts, joined: joined.map(shown), split: split.map(shown) }
}

/** The first records of every part, by the smallest. */
async function partCards(db: DuckDb, published: OpenIndex, changes: readonly EntityChange[]): Promise<Map<number, RecordCard[]>> {
  const writer = await db.createTable('shown_part', { first: 'whole number' })
  for (const first of new Set(changes.flatMap(({ parts }) => parts.slice(0, MOST_PARTS)))) writer.add([first])
  writer.finish()
  const rows = await db.rows<{ first: number; number: number }>(
    `SELECT first, member.number FROM shown_part JOIN compared head ON head.position = first JOIN compared member ON member.was = head.was AND member.becomes = head.becomes
    QUALIFY row_number() OVER (PARTITION BY first ORDER BY member.position) <= ${MOST_RECORDS} ORDER BY first, member.position`,
  )
  const cards = await recordCards(published, rows.map(({ number }) => number))
  const parts = new Map<number, RecordCard[]>()
  for (const { first, number } of rows) {
    const card = cards.get(number)
    if (card) parts.set(first, [...(parts.get(first) ?? []), card])
  }
  return parts
}
