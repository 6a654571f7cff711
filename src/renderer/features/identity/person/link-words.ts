import type { IdentityPerson, RecordCard } from '../../../../contract/shapes.ts'
import { plural } from '../../../shared/format.ts'
import { RECORDS } from '../words/figure-words.ts'
import { evidenceWords } from '../queues/queue-words.ts'
import { listed } from '../words/rule-words.ts'

type Link = IdentityPerson['links'][number]
const MOST_NAMED = 4

/** Which records a link joins, and what it rests on. */
export function linkWords(link: Link, records: readonly Pick<RecordCard, 'reference' | 'sourceName' | 'id'>[]): { who: string; why: string } {
  const named = records.filter(({ reference }) => link.records.includes(reference)).map(({ sourceName, id }) => `${sourceName} ${id}`)
  const who = named.length > MOST_NAMED ? plural(link.records.length, RECORDS) : listed(named)
  if (link.rule === null) return { who, why: 'Linked by hand.' }
  const evidence = evidenceWords(link.evidence)
  return { who, why: evidence === '' ? `By the rule “${link.rule}”.` : `By the rule “${link.rule}”: they share the ${evidence}.` }
}

/** A decision as a sentence: what somebody decided about this person. */
export function decisionWords(kind: IdentityPerson['decisions'][number]['kind'], parts: readonly (readonly string[])[], column?: string): string {
  const count = parts.reduce((sum, part) => sum + part.length, 0)
  switch (kind) {
    case 'link':
      return `${plural(count, RECORDS)} are one person.`
    case 'split':
      return `${plural(count, RECORDS)} are ${plural(parts.length, { one: 'person', many: 'people' })}.`
    case 'never the same':
      return `${plural(count, RECORDS)} are never one person.`
    case 'survivor':
      return `One of ${plural(parts[1]?.length ?? 0, RECORDS)} in a system stands for the person.`
    case 'fix at source':
      return `The ${(column ?? 'value').replaceAll('_', ' ')} of a record is to be corrected at its source.`
  }
}
