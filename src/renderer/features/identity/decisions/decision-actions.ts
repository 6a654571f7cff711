import type { DecisionKind, RecordCard } from '../../../../contract/shapes.ts'
import { columnWords } from '../../../shared/filter-builder/sentence.ts'
import { formatNumber, plural } from '../../../shared/format.ts'
import { byPerson, nameOf } from '../records/compare-records.ts'
import { apartParts, entityCount, linkParts, splitParts, survivorParts } from './decision-parts.ts'
import { PEOPLE, RECORDS } from '../words/figure-words.ts'

/** A decision that only waits for its reason. */
export type DecisionAction = {
  kind: DecisionKind
  parts: string[][]
  column?: string
  /** What the button says. */
  words: string
  /** What it comes to, in a sentence. */
  consequence: string
  /** What is said once it is done. */
  done: string
}

type Card = Pick<RecordCard, 'reference' | 'entity' | 'label' | 'sourceName'>

/** One name for each person, of two at most. */
const name = (records: readonly Card[]): string => byPerson(records).map(nameOf).slice(0, 2).join(' and ')

/** They are one person, whatever the rules say. */
export function linkAction(records: readonly Card[]): DecisionAction {
  const people = entityCount(records)
  const words = records.length === 2 ? 'Link both records' : people < records.length ? `Link ${plural(people, PEOPLE)}` : `Link ${plural(records.length, RECORDS)}`
  return {
    kind: 'link',
    parts: linkParts(records),
    words,
    consequence: `They count as one person from now on, whatever the rules say. Nothing is sent anywhere; the next plans match by it.`,
    done: `${name(records)}: ${formatNumber(records.length)} records are one person.`,
  }
}

/** They are never one person, whatever the rules say. */
export function apartAction(records: readonly Card[]): DecisionAction {
  const people = apartParts(records).length
  return {
    kind: 'never the same',
    parts: apartParts(records),
    words: 'Never the same',
    consequence: `They stay ${formatNumber(people)} people, whatever the rules say, and are not asked about again.`,
    done: `${name(records)} are never the same.`,
  }
}

/** One person falls into those that were chosen and the others. Undefined while all are on one side. */
export function splitAction(records: readonly Card[], chosen: ReadonlySet<string>): DecisionAction | undefined {
  const parts = splitParts(records, chosen)
  if (parts === undefined) return undefined
  const [one = [], other = []] = parts
  return {
    kind: 'split',
    parts,
    words: `Split into ${formatNumber(one.length)} and ${formatNumber(other.length)}`,
    consequence: `${plural(one.length, RECORDS)} become one person and the other ${formatNumber(other.length)} another, whatever the rules say. Taking the split back makes them one again.`,
    done: `${name(records)}: the records are two people now.`,
  }
}

/** Of several records in one system, this one stands for the person. */
export function survivorAction(records: readonly Card[], survivor: Card): DecisionAction {
  return {
    kind: 'survivor',
    parts: survivorParts(records, survivor.reference),
    words: 'Choose as survivor',
    consequence: `Of the ${formatNumber(records.length)} records in ${survivor.sourceName}, this one is written to from now on. The others stay as they are there; Lockstep deletes nothing.`,
    done: `${survivor.label}: one record in ${survivor.sourceName} stands for the person.`,
  }
}

/** The value is wrong where it comes from, and is to be corrected there. */
export function fixAction(record: Card, column: string): DecisionAction {
  return {
    kind: 'fix at source',
    parts: [[record.reference]],
    column,
    words: 'Ask for a correction',
    consequence: `Lockstep changes nothing in ${record.sourceName}. The case waits under “To fix” and goes by itself once the record has changed there.`,
    done: `${record.label}: the ${columnWords(column)} in ${record.sourceName} waits to be corrected.`,
  }
}

/** Whether linking these would join anything. */
export function canLink(records: readonly Card[]): boolean {
  return entityCount(records) > 1
}
