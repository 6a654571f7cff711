import type { QueueItem, RecordCard } from '../../../../contract/shapes.ts'
import type { SqlValue } from '../../../storage/duckdb.ts'
import { sha256Hex } from '../../../values/hash.ts'
import type { RefusalReason } from '../../clusters/types.ts'
import { numberRules } from '../../numbered-rules.ts'
import type { OpenIndex } from '../run/open-index.ts'
import { recordCards } from './record-cards.ts'
import { refusalWords, sharedValueReasons } from '../decisions/refusal-words.ts'
import { sharedValues } from './shared-values.ts'

type AmbiguousItem = Extract<QueueItem, { kind: 'ambiguous' }>

/** Which refused merges are asked for: `where` is a condition over open_merge. */
export interface MergePage {
  where: string
  parameters: SqlValue[]
  offset: number
  limit: number
}

interface MergeRow {
  rule: number
  reason: RefusalReason
  key: number | null
  records: number
  /** Tells the merges apart, as text: it is larger than a number of JavaScript. */
  members: string
  numbers: string
}

/** Records of one merge that are shown side by side. */
const MOST_SHOWN = 12

/**
 * Refused merges for a person, with the records side by side and what they share. First those about people, then those
 * of values that many share; of each the one that most records wait for.
 */
export async function heldMerges(open: OpenIndex, page: MergePage): Promise<{ total: number; items: AmbiguousItem[] }> {
  const { db } = open
  const counted = await db.row<{ total: number }>(`SELECT count(*) AS total FROM open_merge WHERE ${page.where}`, page.parameters)
  const rows = await db.rows<MergeRow>(pageSql(page), page.parameters)
  const cards = await recordCards(open, rows.flatMap(({ numbers }) => JSON.parse(numbers) as number[]))
  return { total: counted?.total ?? 0, items: await itemsOf(open, rows, cards) }
}

/** Of every entity in a merge its first record comes before the second of any. */
function pageSql({ where, offset, limit }: MergePage): string {
  const order = `reason IN (${sharedValueReasons.map((reason) => `'${reason}'`).join(', ')}), records DESC, rule, reason, key, first, merge`
  return `WITH page AS (SELECT *, row_number() OVER (ORDER BY ${order}) AS place FROM open_merge WHERE ${where} ORDER BY place LIMIT ${limit} OFFSET ${offset}),
      one AS (SELECT place, number, reference, row_number() OVER (PARTITION BY place, entity ORDER BY reference) AS nth
        FROM page JOIN refused ON refused.rule = page.rule AND refused.reason = page.reason AND refused.merge = page.merge JOIN record USING (number) JOIN outcome USING (number)),
      shown AS (SELECT place, list(number ORDER BY nth, reference)[:${MOST_SHOWN}] AS numbers FROM one GROUP BY place)
    SELECT rule, reason, key, records, members::VARCHAR AS members, to_json(numbers)::VARCHAR AS numbers FROM page JOIN shown USING (place) ORDER BY place`
}

async function itemsOf(open: OpenIndex, rows: readonly MergeRow[], cards: ReadonlyMap<number, RecordCard>): Promise<AmbiguousItem[]> {
  const { definition } = open
  const { rules } = numberRules(definition)
  const groups = rows.map(({ rule, numbers }) => ({
    keys: rules[rule]?.keys ?? [],
    cards: (JSON.parse(numbers) as number[]).flatMap((number) => {
      const card = cards.get(number)
      return card ? [{ ...card, number }] : []
    }),
  }))
  const evidence = await sharedValues(open, groups)
  return rows.map((row, at): AmbiguousItem => {
    const rule = definition.rules[row.rule]?.name ?? ''
    return {
      kind: 'ambiguous',
      id: `m${sha256Hex(JSON.stringify([rule, row.reason, row.key, row.records, row.members])).slice(0, 20)}`,
      rule,
      because: refusalWords(row, definition),
      evidence: evidence[at] ?? [],
      records: row.records,
      shown: (groups[at]?.cards ?? []).map(({ number: _number, ...card }) => card),
    }
  })
}
