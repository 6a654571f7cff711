import type { QueueItem } from '../../../../contract/shapes.ts'
import { AppError } from '../../../../contract/errors.ts'
import type { SqlValue } from '../../../storage/duckdb.ts'
import { quoteText } from '../../../storage/duckdb.ts'
import type { KeptDecision } from '../decisions/decision-store.ts'
import { fillFound } from './find-records.ts'
import { heldMerges } from './held-merges.ts'
import { knownRecords } from './known-records.ts'
import type { OpenIndex } from '../run/open-index.ts'
import type { QueuePage, QueueRequest } from './queue-page.ts'
import { recordCards } from './record-cards.ts'
import { unmatchedRows } from './unmatched-rows.ts'

/** Records of one group of duplicates that are shown; one is chosen among all of them. */
const MOST_DUPLICATES = 100

/** A page of what waits for a person. `fixes` are the corrections that still wait. */
export async function queuePage(open: OpenIndex, request: QueueRequest, fixes: () => Promise<readonly KeptDecision[]>): Promise<QueuePage> {
  const { source, search } = request
  if (source !== undefined && !open.sources.some((one) => one.source === source)) {
    throw new AppError('not-found', `These rules have no source '${source}'.`, { field: 'source', value: source, next: `Name one of: ${open.sources.map((one) => one.source).join(', ')}.` })
  }
  if (search !== undefined && search.trim() !== '') await fillFound(open, search)
  else await open.db.run('CREATE OR REPLACE TABLE found AS SELECT number FROM record')
  switch (request.kind) {
    case 'ambiguous':
      return heldMerges(open, { ...request, ...ambiguousWhere(request) })
    case 'duplicates':
      return duplicates(open, request)
    case 'unmatched':
      return unmatchedRows(open, request)
    case 'to fix':
      return toFix(open, request, await fixes())
  }
}

function ambiguousWhere({ source, search }: QueueRequest): { where: string; parameters: SqlValue[] } {
  if (source === undefined && !search?.trim()) return { where: 'true', parameters: [] }
  const there = source === undefined ? 'true' : 'source = ?'
  return {
    where: `(rule, reason, merge) IN (SELECT (rule, reason, merge) FROM refused WHERE number IN (SELECT number FROM found)) AND (rule, reason, merge) IN (SELECT (rule, reason, merge) FROM refused JOIN record USING (number) WHERE ${there})`,
    parameters: source === undefined ? [] : [source],
  }
}

/** Entities with several records in one source, of which nobody chose one; those with most records first. */
async function duplicates(open: OpenIndex, { source, search, offset, limit }: QueueRequest): Promise<QueuePage> {
  const where = source === undefined ? '' : `WHERE source = ${quoteText(source)}`
  // Only counts for all of them: whose records they are is asked for those of the page.
  const placed = (numbers: string): string => `(SELECT source, entity FROM ${numbers} JOIN record USING (number) JOIN outcome USING (number))`
  await open.db.run(`CREATE OR REPLACE TABLE duplicated AS SELECT source, entity, count(*) AS records FROM record JOIN outcome USING (number) ${where} GROUP BY source, entity HAVING count(*) > 1`)
  await open.db.run(`CREATE OR REPLACE TABLE duplicated AS SELECT duplicated.* FROM duplicated ANTI JOIN ${placed('survivor')} chosen USING (source, entity)${search?.trim() ? ` SEMI JOIN ${placed('found')} sought USING (source, entity)` : ''}`)
  const counted = await open.db.row<{ total: number }>('SELECT count(*) AS total FROM duplicated')
  const rows = await open.db.rows<{ source: string; id: string; records: number; shown: string }>(
    `WITH page AS (SELECT source, entity, id, records FROM duplicated JOIN entity USING (entity) ORDER BY records DESC, source, id LIMIT ${limit} OFFSET ${offset})
    SELECT source, id, records, to_json(list(number ORDER BY reference)[:${MOST_DUPLICATES}])::VARCHAR AS shown FROM page JOIN outcome USING (entity) JOIN record USING (number, source)
    GROUP BY source, id, records ORDER BY records DESC, source, id`,
  )
  const shown = rows.map((row) => JSON.parse(row.shown) as number[])
  const cards = await recordCards(open, shown.flat())
  const items = rows.map(({ source: there, id, records }, at): QueueItem => ({
    kind: 'duplicates',
    id: `${there} ${id}`,
    entity: id,
    source: there,
    sourceName: open.sources.find((one) => one.source === there)?.name ?? there,
    records,
    shown: (shown[at] ?? []).flatMap((number) => cards.get(number) ?? []),
  }))
  return { total: counted?.total ?? 0, items }
}

/** Corrections that wait, the one that was asked for first at the top. */
async function toFix(open: OpenIndex, { source, offset, limit }: QueueRequest, fixes: readonly KeptDecision[]): Promise<QueuePage> {
  const records = await knownRecords(open.db, fixes.flatMap(({ parts }) => parts.flat()))
  const found = new Set((await open.db.rows<{ number: number }>(`SELECT number FROM found WHERE number IN (${[-1, ...[...records.values()].map(({ number }) => number)].join(', ')})`)).map(({ number }) => number))
  const waiting = fixes.flatMap((decision) => {
    const record = records.get(decision.parts[0]?.[0] ?? '')
    return record && found.has(record.number) && (source === undefined || record.source === source) ? [{ decision, number: record.number }] : []
  })
  const page = waiting.slice(offset, offset + limit)
  const cards = await recordCards(open, page.map(({ number }) => number))
  const items = page.flatMap(({ decision: { id, column = '', reason, by, at }, number }): QueueItem[] => {
    const card = cards.get(number)
    return card ? [{ kind: 'to fix', id, column, reason, by, at, shown: [card] }] : []
  })
  return { total: waiting.length, items }
}
