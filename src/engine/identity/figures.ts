import type { IdentityDefinition } from '../../contract/identity.ts'
import type { ClusterSummary, Ratio } from '../../contract/shapes.ts'
import type { ClusterResult, Refusal } from './clusters/types.ts'
import type { KeyCounts } from './key-table.ts'

type Bridging = NonNullable<ClusterSummary['rules'][number]['bridges']>

export type Figures = Omit<ClusterSummary, 'out' | 'rulesVersion'>

/** A rate from its counts; without a denominator it has no value. */
export function ratio(numerator: number, denominator: number): Ratio {
  return { numerator, denominator, value: denominator === 0 ? null : numerator / denominator }
}

/** Every figure of one clustering, from its counts alone. */
export function identityFigures(definition: IdentityDefinition, keys: readonly KeyCounts[], result: ClusterResult, bridges: readonly Bridging[] = []): Figures {
  const records = result.labels.length
  const sizes = new Int32Array(records)
  for (const label of result.labels) sizes[label] = (sizes[label] ?? 0) + 1
  const entities = sizes.reduce((count, size) => count + (size > 0 ? 1 : 0), 0)
  const linked = sizes.reduce((count, size) => count + (size > 1 ? size : 0), 0)
  const ambiguous = result.ambiguous.reduce((count, flag) => count + flag, 0)
  return {
    records,
    entities,
    linkedShare: ratio(linked, records),
    unlinked: ratio(records - linked, records),
    ambiguous: ratio(ambiguous, records),
    duplication: ratio(records - entities, records),
    keys: keys.map((counts) => keyFigures(counts, records, definition, result)),
    rules: definition.rules.map((_, place) => ({ ...ruleFigures(place, definition, result), ...(bridges[place]?.length ? { bridges: bridges[place] } : {}) })),
  }
}

function keyFigures({ key, valid, invalid, dropped }: KeyCounts, records: number, { rules }: IdentityDefinition, result: ClusterResult): Figures['keys'][number] {
  const places = new Set(rules.flatMap((rule, place) => (rule.keys.includes(key) ? [place] : [])))
  const match = result.rule.reduce((count, rule) => count + (places.has(rule) ? 1 : 0), 0)
  const held = new Set<number>()
  for (const { rule, records: refused } of result.refusals) {
    if (places.has(rule)) for (const record of refused) if (!places.has(result.rule[record] ?? -1)) held.add(record)
  }
  return {
    key,
    valid: ratio(valid, records),
    invalid: ratio(invalid, valid + invalid),
    ...(dropped === undefined ? {} : { dropped }),
    match: ratio(match, valid),
    ambiguous: ratio(held.size, valid),
    unmatched: ratio(valid - match - held.size, valid),
  }
}

function ruleFigures(place: number, { rules }: IdentityDefinition, result: ClusterResult): Figures['rules'][number] {
  const rule = rules[place]
  const outcome = result.rules[place]
  if (!rule || !outcome) throw new Error(`there is no outcome of rule ${place}`)
  return {
    rule: rule.name,
    keys: rule.keys,
    match: ratio(outcome.linked, outcome.keyed),
    ambiguous: ratio(outcome.refused, outcome.keyed),
    unmatched: ratio(outcome.keyed - outcome.shared, outcome.keyed),
    merged: outcome.merged,
    refused: countReasons(result.refusals.filter((refusal) => refusal.rule === place)),
  }
}

function countReasons(refusals: readonly Refusal[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { reason } of refusals) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}
