import type { ReactNode } from 'react'
import type { QueueItem, QueueKind } from '../../../../contract/shapes.ts'
import { columnWords } from '../../../shared/filter-builder/sentence.ts'
import { formatNumber } from '../../../shared/format.ts'
import type { GridColumn } from '../../../shared/grid/grid-column.ts'
import { StatusWord } from '../../../shared/status-word.tsx'
import { When } from '../../../shared/when.tsx'
import classes from '../frame/identity.module.css'
import { shortBecause, whereWords, whoWords } from './queue-words.ts'

type Column = GridColumn<QueueItem>

const quiet = (words: string) => <span className={classes['quiet']}>{words}</span>

const who: Column = { id: 'who', header: 'Person', width: 140, widest: 320, grow: 1, important: true, text: whoWords, cell: (item) => <span>{whoWords(item)}</span> }
const why: Column = { id: 'why', header: 'Why it waits', width: 150, widest: 520, grow: 1.6, text: shortBecause, cell: (item) => quiet(shortBecause(item)) }
const records: Column = {
  id: 'records',
  header: 'Records',
  width: 70,
  align: 'end',
  text: (item) => formatNumber('records' in item ? item.records : 1),
  cell: (item) => <span>{formatNumber('records' in item ? item.records : 1)}</span>,
}
const where: Column = { id: 'where', header: 'Systems', secondary: true, width: 120, widest: 260, grow: 0.8, text: (item) => whereWords(item.shown), cell: (item) => quiet(whereWords(item.shown)) }
const rule: Column = { id: 'rule', header: 'Rule', secondary: true, width: 90, widest: 200, text: (item) => ('rule' in item ? item.rule : ''), cell: (item) => quiet('rule' in item ? item.rule : '') }
const system: Column = {
  id: 'system',
  header: 'System',
  width: 130,
  widest: 220,
  grow: 1,
  text: systemWords,
  cell: (item) => quiet(systemWords(item)),
}
const column: Column = { id: 'column', header: 'Value', width: 90, text: (item) => ('column' in item ? columnWords(item.column) : ''), cell: (item) => <span>{'column' in item ? columnWords(item.column) : ''}</span> }
const asked: Column = { id: 'at', header: 'Asked', secondary: true, width: 110, text: () => 'yesterday 16:22 CET', copied: (item) => (item.kind === 'to fix' ? item.at : ''), cell: (item) => (item.kind === 'to fix' ? <When at={item.at} /> : null) }

function systemWords(item: QueueItem): string {
  if (item.kind === 'unmatched') return item.toName
  return item.kind === 'duplicates' ? item.sourceName : whereWords(item.shown)
}

const columns: Record<QueueKind, readonly Column[]> = {
  ambiguous: [who, why, rule, records, where],
  duplicates: [who, system, records],
  unmatched: [who, { ...system, header: 'Not in' }, why],
  'to fix': [who, { ...system, header: 'In' }, column, why, asked],
}

/** Columns of one queue; what was decided about a case stands where it said why it waits, until it leaves the list. */
export function columnsFor(kind: QueueKind, decided: ReadonlyMap<string, string>): readonly Column[] {
  if (decided.size === 0) return columns[kind]
  return columns[kind].map((shown, at) => (at === 0 ? { ...shown, cell: (item) => decidedCell(item, decided.get(item.id)) ?? shown.cell(item) } : shown))
}

function decidedCell(item: QueueItem, words: string | undefined): ReactNode | undefined {
  if (words === undefined) return undefined
  return (
    <span title={words}>
      <StatusWord meaning="accepted">decided</StatusWord> {quiet(whoWords(item))}
    </span>
  )
}
