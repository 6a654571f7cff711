import type { IdentityPerson, RecordCard } from '../../../../contract/shapes.ts'
import { numberRules } from '../../numbered-rules.ts'
import type { KeptDecision } from '../decisions/decision-store.ts'
import type { OpenIndex } from '../run/open-index.ts'
import { sharedValues } from './shared-values.ts'
import { factsOf } from '../decisions/stored-decisions.ts'

type Links = IdentityPerson['links']

/**
 * What makes one entity of its records: the fewest links that lead from each to every other. First what people said,
 * then the merges of the rules, in their order.
 */
export async function personLinks(open: OpenIndex, { entity, cards, decisions }: { entity: number; cards: ReadonlyMap<number, RecordCard>; decisions: readonly KeptDecision[] }): Promise<Links> {
  if (cards.size < 2) return []
  const { definition, index } = open
  const parts = new Parts()
  const references = new Set([...cards.values()].map(({ reference }) => reference))
  const byHand = standing(decisions).flatMap(({ id, parts: said }) =>
    said.flatMap((part): Links => {
      const records = part.filter((reference) => references.has(reference))
      return parts.join(records) ? [{ records, rule: null, evidence: [], decision: id }] : []
    }),
  )
  const facts = factsOf(decisions.map((decision) => ({ ...decision, undone: decision.undone !== undefined })))
  const made = (await index.merges(entity, facts)).flatMap(({ rule, numbers }) => {
    const records = numbers.flatMap((number) => {
      const card = cards.get(number)
      return card ? [{ ...card, number }] : []
    })
    return parts.join(records.map(({ reference }) => reference)) ? [{ rule, records }] : []
  })
  const { rules } = numberRules(definition)
  const evidence = await sharedValues(open, made.map(({ rule, records }) => ({ keys: rules[rule]?.keys ?? [], cards: records })))
  return [...byHand, ...made.map(({ rule, records }, at) => ({ records: records.map(({ reference }) => reference), rule: definition.rules[rule]?.name ?? '', evidence: evidence[at] ?? [] }))]
}

function standing(decisions: readonly KeptDecision[]): KeptDecision[] {
  return decisions.filter(({ kind, undone, overruled }) => undone === undefined && !overruled && (kind === 'link' || kind === 'split'))
}

/** Which records are linked so far. */
class Parts {
  private readonly partOf = new Map<string, Set<string>>()

  /** Whether this links any two that were not linked. */
  join(references: readonly string[]): boolean {
    const parts = new Set(references.map((reference) => this.partOf.get(reference) ?? new Set([reference])))
    if (parts.size < 2) return false
    const whole = new Set([...parts].flatMap((part) => [...part]))
    for (const reference of whole) this.partOf.set(reference, whole)
    return true
  }
}
