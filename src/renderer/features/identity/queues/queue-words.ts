import type { IdentityOverview, QueueItem, QueueKind, RecordCard } from '../../../../contract/shapes.ts'
import { formatNumber, plural } from '../../../shared/format.ts'
import { byPerson, nameOf } from '../records/compare-records.ts'
import { RECORDS } from '../words/figure-words.ts'

/** The queues in words. Everything here is pure. */

export const queueKinds = ['ambiguous', 'duplicates', 'unmatched', 'to fix'] as const satisfies readonly QueueKind[]

export const queueTitles: Record<QueueKind, string> = { ambiguous: 'Ambiguous', duplicates: 'Duplicates', unmatched: 'Unmatched', 'to fix': 'To fix' }

/** What a queue holds and what a person does there, in a sentence. */
export const queueSentences: Record<QueueKind, string> = {
  ambiguous: 'A rule would have joined these people, but something about them disagrees. Say whether they are one.',
  duplicates: 'One person has several records in one system. Choose the one that stands for them, or tell them apart.',
  unmatched: 'These people have no record in the system. Link one by hand, or correct the key that keeps them apart.',
  'to fix': 'Somebody asked for these values to be corrected. A case goes by itself once its record has changed.',
}

/** What an empty queue says. */
export const queueEmpty: Record<QueueKind, string> = {
  ambiguous: 'Nobody is ambiguous: no merge that was held back waits for a person.',
  duplicates: 'Nobody has several records in one system of which one is still to be chosen.',
  unmatched: 'Everybody has a record in every system.',
  'to fix': 'Nothing waits to be corrected at its source.',
}

export function queueCount(queues: IdentityOverview['queues'], kind: QueueKind): number {
  return kind === 'to fix' ? queues.toFix : queues[kind]
}

/** Who a case is about, a name for each person: "Ines Castro · Callum Wright", and how many more. */
export function whoWords(item: QueueItem): string {
  const names = byPerson(item.shown).map(nameOf)
  const most = 3
  return names.length <= most ? names.join(' · ') : `${names.slice(0, most).join(' · ')} and ${formatNumber(names.length - most)} more`
}

/** The systems in a case, each once. */
export function whereWords(records: readonly Pick<RecordCard, 'sourceName'>[]): string {
  return [...new Set(records.map(({ sourceName }) => sourceName))].join(' · ')
}

/** Why the case waits, in a sentence. */
export function becauseWords(item: QueueItem): string {
  switch (item.kind) {
    case 'ambiguous':
      return item.because
    case 'duplicates':
      return `${plural(item.records, RECORDS)} in ${item.sourceName} are one person, and nobody chose which one stands for them.`
    case 'unmatched':
      return item.because === 'no record there' ? `No record in ${item.toName} agrees with this one by any rule.` : 'None of its keys can be used: they are empty, not valid, or blocked.'
    case 'to fix':
      return `${item.reason.replace(/\.$/, '')}. Asked for by ${item.by}.`
  }
}

/** The same in a few words, where the system stands beside it. */
export function shortBecause(item: QueueItem): string {
  if (item.kind !== 'unmatched') return becauseWords(item)
  return item.because === 'no record there' ? 'No record there agrees by any rule' : 'None of its keys can be used'
}

/** "the email ines@example.com and the name castro ines": what a rule found to be the same. */
export function evidenceWords(evidence: readonly { key: string; value: string }[]): string {
  const parts = evidence.map(({ key, value }) => `${key} ${value}`)
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}
