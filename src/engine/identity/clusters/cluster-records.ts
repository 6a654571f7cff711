import { applyRule } from './apply-rule.ts'
import type { RuleState } from './apply-rule.ts'
import { BridgeFinder } from './bridges.ts'
import { Guards } from './guards.ts'
import { Partition } from './partition.ts'
import { BY_HAND, NO_RULE } from './types.ts'
import type { Bridge, ClusterInput, ClusterResult, Refusal } from './types.ts'

/**
 * Which records are one entity: what people decided, then each rule in order. Pure, and independent of the order of the
 * records: a rule is applied against the state at its start, and what conflicts is refused as a whole.
 */
export function clusterRecords(input: ClusterInput): ClusterResult {
  const partition = new Partition(input.records)
  const components = new Partition(input.records)
  const ruleOf = new Int16Array(input.records).fill(NO_RULE)
  const absorbed = new Int16Array(input.records).fill(NO_RULE)
  for (const [one, other] of input.facts?.together ?? []) {
    const labels = [partition.labelOf(one), partition.labelOf(other)] as const
    if (labels[0] !== labels[1]) absorbed[Math.max(...labels)] = BY_HAND
    partition.join(one, other)
    components.join(one, other)
    ruleOf[one] = BY_HAND
    ruleOf[other] = BY_HAND
  }
  const state: RuleState = {
    input,
    partition,
    components,
    guards: new Guards(input, partition),
    ruleOf,
    absorbed,
    refusals: [],
    bridges: [],
    finder: new BridgeFinder(partition, input),
    wanted: new Int32Array(input.records).fill(-1),
  }
  const rules = input.rules.map((rule, place) => applyRule(place, rule, state))
  const labels = partition.labels()
  const stillApart = ({ records }: { records: Int32Array }): boolean => records.some((record) => labels[record] !== labels[records[0] ?? 0])
  const refusals = withoutRepeats(state.refusals).filter(stillApart)
  const bridges = inOrder(state.bridges).filter(stillApart)
  const ambiguous = new Uint8Array(input.records)
  const refusedBy = input.rules.map(() => new Set<number>())
  for (const { rule, records } of refusals) {
    for (const record of records) {
      ambiguous[record] = 1
      refusedBy[rule]?.add(record)
    }
  }
  return { labels, components: components.labels(), rule: ruleOf, absorbed, refusals, bridges, ambiguous, rules: rules.map((outcome, place) => ({ ...outcome, refused: refusedBy[place]?.size ?? 0 })) }
}

/** Several values (the hashes of one address) may refuse the same records for the same reason; that is one refusal. In the order of rule and records. */
function withoutRepeats(refusals: readonly Refusal[]): Refusal[] {
  const seen = new Map<string, Refusal>()
  for (const refusal of refusals) {
    const name = `${refusal.rule} ${refusal.reason} ${refusal.key ?? ''} ${refusal.records.join(' ')}`
    if (!seen.has(name)) seen.set(name, refusal)
  }
  return [...seen.values()].sort((one, other) => one.rule - other.rule || compareRecords(one.records, other.records))
}

/** Those on most records first. */
function inOrder(bridges: readonly Bridge[]): Bridge[] {
  return [...bridges].sort((one, other) => one.rule - other.rule || other.records.length - one.records.length || one.key - other.key || compareRecords(one.records, other.records))
}

function compareRecords(one: Int32Array, other: Int32Array): number {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0)
    if (difference !== 0) return difference
  }
  return one.length - other.length
}
