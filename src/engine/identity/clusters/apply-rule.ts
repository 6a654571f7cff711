import type { BridgeFinder } from './bridges.ts'
import { BLOCKED, groupRecords, TOO_COMMON } from './groups.ts'
import type { Groups } from './groups.ts'
import type { Conflict, Guards } from './guards.ts'
import type { Partition } from './partition.ts'
import { NO_RULE } from './types.ts'
import type { Bridge, ClusterInput, NumberedRule, Refusal, RuleOutcome } from './types.ts'

/** What rules work on together. */
export interface RuleState {
  input: ClusterInput
  partition: Partition
  components: Partition
  guards: Guards
  /** For each record the first rule that merged it. */
  ruleOf: Int16Array
  /** For each record that ceased to be the label of an entity, the rule that did it. */
  absorbed: Int16Array
  refusals: Refusal[]
  bridges: Bridge[]
  finder: BridgeFinder
  /** For each entity a group of this rule that wants it, as a union-find of its own; -1 where none does. */
  wanted: Int32Array
}

/**
 * Applies one rule against the state at its start, so that no order of records matters. First each group of records by
 * itself: what conflicts is refused as a whole. Then what the remaining groups would chain together: a chain that
 * conflicts is refused as a whole too. Only then anything is merged.
 */
export function applyRule(place: number, rule: NumberedRule, state: RuleState): RuleOutcome {
  const groups = groupRecords(state.input.records, state.input.keys, rule)
  const outcome: RuleOutcome = { keyed: groups.keyed, shared: groups.shared, linked: 0, merged: 0, refused: 0 }
  const refuse = (group: number, { reason, key }: Conflict): void => {
    const records = groups.records.slice(groups.start[group], groups.start[group + 1])
    state.refusals.push({ rule: place, reason, ...(key === undefined ? {} : { key }), records })
  }
  const nameBridges = (chained: readonly number[]): void => {
    for (const bridge of state.finder.find({ groups, chained, keys: rule.keys })) state.bridges.push({ rule: place, ...bridge })
  }
  const open: number[] = []
  for (let group = 0; group < groups.count; group += 1) {
    if (groups.held[group] === 0) joinAll(group, groups, state.components)
    const entities = entitiesOf(group, groups, state.partition)
    if (entities.length < 2) continue
    const conflict = groupConflict(group, groups, rule, entities, state)
    if (conflict) refuse(group, conflict)
    else open.push(group)
    if (conflict?.reason === 'too large') nameBridges([group])
  }
  const refusedChains = findChains(open, groups, rule, state, nameBridges)
  for (const group of open) {
    const conflict = refusedChains.get(group)
    if (conflict) refuse(group, conflict)
    else merge(group, groups, place, state, outcome)
  }
  return outcome
}

function joinAll(group: number, { start, records }: Groups, components: Partition): void {
  const first = records[start[group] ?? 0] ?? 0
  for (let at = (start[group] ?? 0) + 1; at < (start[group + 1] ?? 0); at += 1) components.join(first, records[at] ?? first)
}

function entitiesOf(group: number, { start, records }: Groups, partition: Partition): number[] {
  const from = start[group] ?? 0
  const to = start[group + 1] ?? 0
  const first = partition.labelOf(records[from] ?? 0)
  let entities: Set<number> | undefined
  for (let at = from + 1; at < to; at += 1) {
    const label = partition.labelOf(records[at] ?? 0)
    if (label !== first) (entities ??= new Set([first])).add(label)
  }
  return entities === undefined ? [first] : [...entities]
}

function groupConflict(group: number, groups: Groups, rule: NumberedRule, entities: readonly number[], { guards }: RuleState): Conflict | undefined {
  if (groups.held[group] === BLOCKED) return { reason: 'blocked value' }
  if (groups.held[group] === TOO_COMMON) return { reason: 'too many records' }
  if ((groups.start[group + 1] ?? 0) - (groups.start[group] ?? 0) > rule.mostRecords) return { reason: 'too many agree' }
  if (entities.length > rule.mostEntities) return { reason: 'too many entities' }
  return guards.conflict(entities, rule)
}

/** Groups that are part of a chain which conflicts, though no group of it does by itself; `tooLarge` is told of those that are only too long. */
function findChains(open: readonly number[], groups: Groups, rule: NumberedRule, { partition, guards, wanted }: RuleState, tooLarge: (chained: readonly number[]) => void): Map<number, Conflict> {
  const touched: number[] = []
  const find = (label: number): number => {
    let at = label
    while (wanted[at] !== at) at = wanted[at] ?? at
    // Shortens the way for everybody on it.
    for (let below = label; wanted[below] !== at; ) {
      const up = wanted[below] ?? at
      wanted[below] = at
      below = up
    }
    return at
  }
  for (const group of open) {
    const entities = entitiesOf(group, groups, partition)
    for (const label of entities) {
      if (wanted[label] === -1) {
        wanted[label] = label
        touched.push(label)
      }
    }
    const [first, ...others] = entities
    for (const other of others) {
      const [one, two] = [find(first ?? other), find(other)]
      wanted[Math.max(one, two)] = Math.min(one, two)
    }
  }
  const chains = new Map<number, number[]>()
  const alone = new Map<number, number>()
  for (const group of open) {
    const chain = find(partition.labelOf(groups.records[groups.start[group] ?? 0] ?? 0))
    const before = alone.get(chain)
    if (before === undefined) alone.set(chain, group)
    else (chains.get(chain) ?? chains.set(chain, [before]).get(chain))?.push(group)
  }
  const refused = new Map<number, Conflict>()
  for (const chained of chains.values()) {
    const conflict = guards.conflict([...new Set(chained.flatMap((group) => entitiesOf(group, groups, partition)))], rule)
    if (conflict) for (const group of chained) refused.set(group, conflict)
    if (conflict?.reason === 'too large') tooLarge(chained)
  }
  for (const label of touched) wanted[label] = -1
  return refused
}

function merge(group: number, { start, records }: Groups, place: number, { input, partition, ruleOf, absorbed }: RuleState, outcome: RuleOutcome): void {
  input.merged?.(place, records.slice(start[group], start[group + 1]))
  const first = records[start[group] ?? 0] ?? 0
  for (let at = start[group] ?? 0; at < (start[group + 1] ?? 0); at += 1) {
    const record = records[at] ?? 0
    const [label, other] = [partition.labelOf(first), partition.labelOf(record)]
    if (label !== other) {
      outcome.merged += 1
      absorbed[Math.max(label, other)] = place
      partition.join(label, other)
    }
    if (ruleOf[record] !== NO_RULE) continue
    ruleOf[record] = place
    outcome.linked += 1
  }
}
