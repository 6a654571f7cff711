import { AppError } from '../../contract/errors.ts'
import type { QueueItem, QueueKind } from '../../contract/shapes.ts'
import { type Command, numberOf, text, textOf, wholeNumber } from '../command.ts'
import { evidenceText, identityOf } from '../identity-words.ts'
import { count, table } from '../table.ts'

/** As they are typed: the queue of corrections without a space in its name. */
const kinds: Record<string, QueueKind> = { ambiguous: 'ambiguous', duplicates: 'duplicates', unmatched: 'unmatched', fix: 'to fix' }

/** What waits for a person, the most valuable first. */
export const identityQueue: Command = {
  path: ['identity', 'queue'],
  words: ['identity?'],
  options: { kind: text(Object.keys(kinds).join('|')), source: text('S'), search: text('TEXT'), offset: wholeNumber('N'), limit: wholeNumber('N') },
  summary: 'List what waits for a person: merges held back, duplicates, rows without a match, corrections.',
  async run({ engine, words, options }) {
    const typed = textOf(options, 'kind') ?? 'ambiguous'
    const kind = Object.hasOwn(kinds, typed) ? kinds[typed] : undefined
    if (!kind) throw new AppError('bad-usage', `There is no queue '${typed}'.`, { field: 'kind', value: typed, next: `Give --kind ${Object.keys(kinds).join('|')}.` })
    const { caller } = await engine()
    const [source, search, offset, limit] = [textOf(options, 'source'), textOf(options, 'search'), numberOf(options, 'offset'), numberOf(options, 'limit')]
    const page = await caller.identity.queue({
      identity: await identityOf(caller, words[0]),
      kind,
      ...(source === undefined ? {} : { source }),
      ...(search === undefined ? {} : { search }),
      ...(offset === undefined ? {} : { offset }),
      ...(limit === undefined ? {} : { limit }),
    })
    return { json: page, text: pageText(page.items, page.total, offset ?? 0) }
  },
}

function pageText(items: readonly QueueItem[], total: number, offset: number): string {
  if (total === 0) return 'Nothing waits here.'
  const last = offset + items.length
  return [casesTable(items), '', `${count(items.length)} of ${count(total)}.${last < total ? ` More: add --offset ${last}` : ''}`].join('\n')
}

/** A line for each case: its records, why it waits, and by what they agree. */
export function casesTable(items: readonly QueueItem[]): string {
  return table(
    [{ title: 'Records', atMost: 72 }, { title: 'Name', atMost: 32 }, { title: 'Why', atMost: 72 }, { title: 'By', atMost: 48 }],
    items.map((item) => [references(item), item.shown[0]?.label, whyOf(item), item.kind === 'ambiguous' ? evidenceText(item.evidence) : undefined]),
  )
}

function references({ shown, ...item }: QueueItem): string {
  const more = 'records' in item ? item.records - shown.length : 0
  return `${shown.map(({ reference }) => reference).join(' ')}${more > 0 ? ` and ${count(more)} more` : ''}`
}

function whyOf(item: QueueItem): string {
  switch (item.kind) {
    case 'ambiguous':
      return `${item.rule}: ${item.because}`
    case 'duplicates':
      return `${count(item.records)} in ${item.sourceName}`
    case 'unmatched':
      return item.because === 'no record there' ? `No record in ${item.toName}` : `No usable key for ${item.toName}`
    case 'to fix':
      return `${item.column}: ${item.reason}`
  }
}
