import type { QueueItem } from '../../../../contract/shapes.ts'
import { quoteText } from '../../../storage/duckdb.ts'
import { linksSql } from '../../index/links.ts'
import type { OpenIndex } from '../run/open-index.ts'
import type { QueuePage, QueueRequest } from './queue-page.ts'
import { recordCards } from './record-cards.ts'

/**
 * Rows of products that have no record in a system, once for each system; of `found` only. First those that a link
 * would help: the person is known elsewhere, by most records first; last those without any usable key.
 */
export async function unmatchedRows(open: OpenIndex, { source, offset, limit }: QueueRequest): Promise<QueuePage> {
  const { db, sources } = open
  const pairs = sources
    .filter(({ kind }) => kind === 'product')
    .flatMap((from) => sources.filter(({ kind }) => kind === 'destination').map((to) => ({ from: from.source, to: to.source })))
    .filter(({ from, to }) => source === undefined || source === to || source === from)
  if (pairs.length === 0) return { total: 0, items: [] }
  const rows = pairs.map(({ from, to }) => `SELECT number, entity, ${quoteText(to)} AS system, state = 'invalid' AS keyless FROM (${linksSql(from, to)}) WHERE state IN ('unmatched', 'invalid')`)
  await db.run(`CREATE OR REPLACE TABLE unmatched AS SELECT * FROM (${rows.join(' UNION ALL ')}) WHERE number IN (SELECT number FROM found)`)
  const counted = await db.row<{ total: number }>('SELECT count(*) AS total FROM unmatched')
  const page = await db.rows<{ number: number; system: string; keyless: boolean }>(
    `SELECT number, system, keyless FROM unmatched JOIN record USING (number) JOIN (SELECT entity, count(*) AS records FROM outcome WHERE entity IN (SELECT entity FROM unmatched) GROUP BY entity) USING (entity)
    ORDER BY keyless, records DESC, reference, system LIMIT ${limit} OFFSET ${offset}`,
  )
  const cards = await recordCards(open, page.map(({ number }) => number))
  const items = page.flatMap(({ number, system, keyless }): QueueItem[] => {
    const card = cards.get(number)
    if (!card) return []
    const toName = sources.find((one) => one.source === system)?.name ?? system
    return [{ kind: 'unmatched', id: `${system} ${card.reference}`, to: system, toName, because: keyless ? 'no usable key' : 'no record there', shown: [card] }]
  })
  return { total: counted?.total ?? 0, items }
}
