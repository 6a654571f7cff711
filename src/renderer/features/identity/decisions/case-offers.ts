import type { QueueItem, RecordCard } from '../../../../contract/shapes.ts'
import { columnWords } from '../../../shared/filter-builder/sentence.ts'
import type { DecisionAction } from './decision-actions.ts'
import { apartAction, canLink, linkAction, splitAction } from './decision-actions.ts'

/** What a press opens. */
export type CaseDialog =
  | { kind: 'decide'; action: DecisionAction }
  | { kind: 'fix' }
  | { kind: 'find'; record: RecordCard; to?: { source: string; name: string } }
  | { kind: 'undo'; decision: string; words: string }

/** One thing a person can do with a case; without a dialog it cannot be done as things are ticked. */
export type CaseOffer = { words: string; key?: string; dialog: CaseDialog | undefined }

/** What is ticked at first: all of an ambiguous case take part; of two records of one person the second would be split off. */
export function firstChosen(item: QueueItem): ReadonlySet<string> {
  if (item.kind === 'ambiguous') return new Set(item.shown.map(({ reference }) => reference))
  const second = item.kind === 'duplicates' && item.shown.length === 2 ? item.shown[1]?.reference : undefined
  return new Set(second === undefined ? [] : [second])
}

/** What is ticked after some were ticked or unticked. */
export function ticked(chosen: ReadonlySet<string>, references: readonly string[], on: boolean): ReadonlySet<string> {
  return new Set(on ? [...chosen, ...references] : [...chosen].filter((other) => !references.includes(other)))
}

/** What a person can do with a case, with the keys that do it. */
export function caseOffers(item: QueueItem, chosen: ReadonlySet<string>): CaseOffer[] {
  const fix: CaseOffer = { words: 'Fix at the source…', key: 'f', dialog: { kind: 'fix' } }
  switch (item.kind) {
    case 'ambiguous': {
      const taking = item.shown.filter(({ reference }) => chosen.has(reference))
      const possible = canLink(taking)
      return [
        { words: possible ? `${linkAction(taking).words}…` : 'Link…', key: 'l', dialog: possible ? { kind: 'decide', action: linkAction(taking) } : undefined },
        { words: 'Never the same…', key: 'n', dialog: possible ? { kind: 'decide', action: apartAction(taking) } : undefined },
        fix,
      ]
    }
    case 'duplicates': {
      const split = splitAction(item.shown, chosen)
      return [{ words: split === undefined ? 'Split…' : `${split.words}…`, key: 's', dialog: split === undefined ? undefined : { kind: 'decide', action: split } }, fix]
    }
    case 'unmatched': {
      const [record] = item.shown
      return [{ words: 'Link to a record…', key: 'l', dialog: record === undefined ? undefined : { kind: 'find', record, to: { source: item.to, name: item.toName } } }, fix]
    }
    case 'to fix': {
      const [record] = item.shown
      const words = `${record?.label ?? 'The record'}: the ${columnWords(item.column)} was to be corrected at the source.`
      return [{ words: 'Take it back…', dialog: { kind: 'undo', decision: item.id, words } }]
    }
  }
}
