import type { PlanDetail, PlanFilter } from '../../../../contract/shapes.ts'

/** Filters whose rows are fields; the others list records. */
const fieldFilters: ReadonlySet<PlanFilter> = new Set<PlanFilter>(['create', 'update', 'clear', 'conflicts', 'open conflicts', 'drift', 'not preselected', 'kept'])

export function listsFields(filter: PlanFilter): boolean {
  return fieldFilters.has(filter)
}

export type CountTile = { filter: PlanFilter; count: number; label: string; tone?: 'needs you' | 'problem'; apart?: boolean }

/** The numbers of the header; each filters the table. */
export function countTiles(plan: PlanDetail): CountTile[] {
  const { counts } = plan
  const tiles: CountTile[] = [
    { filter: 'create', count: counts.create, label: plan.membership ? 'Add' : 'Create' },
    { filter: 'update', count: counts.update, label: counts.clear > 0 ? `Update, ${counts.clear.toLocaleString('en-GB')} clear a field` : 'Update' },
    { filter: 'remove', count: counts.remove, label: 'Remove' },
    { filter: 'unchanged', count: counts.unchanged, label: 'Unchanged' },
    { filter: 'blocked', count: counts.blocked, label: 'Blocked', ...(counts.blocked > 0 ? { tone: 'problem' } : {}) },
  ]
  if (counts.gone > 0) tiles.push({ filter: 'gone', count: counts.gone, label: `Gone from ${plan.destinationName}`, tone: 'problem' })
  const open = plan.openConflicts
  const words = counts.conflicts === 0 ? 'Conflicts' : open === 0 ? 'Conflicts, all answered' : `Conflicts, ${open.toLocaleString('en-GB')} open`
  tiles.push({ filter: 'conflicts', count: counts.conflicts, label: words, apart: true, ...(open > 0 ? { tone: 'needs you' } : {}) })
  tiles.push({ filter: 'drift', count: counts.drift, label: `Changed in ${plan.destinationName}` })
  if (plan.unselected > 0) tiles.push({ filter: 'not preselected', count: plan.unselected, label: 'Not selected', tone: 'needs you' })
  if (plan.kept > 0) tiles.push({ filter: 'kept', count: plan.kept, label: 'Kept' })
  if (plan.leftOut > 0) tiles.push({ filter: 'left out', count: plan.leftOut, label: 'Not taken' })
  return tiles
}

/** What to show first: what needs a person, then what would be done. */
export function firstFilter(plan: PlanDetail): PlanFilter {
  if (plan.openConflicts > 0) return 'conflicts'
  if (plan.counts.update > 0) return 'update'
  if (plan.counts.create > 0) return 'create'
  if (plan.counts.blocked > 0) return 'blocked'
  return 'unchanged'
}

/** One sentence about the rows that are listed. */
export function filterWords(plan: PlanDetail, filter: PlanFilter): string {
  const { destinationName, noun } = plan
  switch (filter) {
    case 'create':
      return plan.membership ? `New ${noun.many} of the list in ${destinationName}.` : `New ${noun.many} in ${destinationName}, with the values they start with.`
    case 'update':
      return plan.unselected > 0 ? 'Old value, new value. What is marked “not selected” is sent only if you select it.' : 'Clean changes and those you chose: old value, new value.'
    case 'clear':
      return 'The warehouse has no value, so the field is emptied.'
    case 'remove':
      if (plan.kind === 'revert') return `${noun.many[0]?.toUpperCase()}${noun.many.slice(1)} the run created. They are archived only if you select them.`
      return `${noun.many[0]?.toUpperCase()}${noun.many.slice(1)} this activation added, which are no longer in the audience.`
    case 'gone':
      return `Linked ${noun.many} that no longer exist in ${destinationName}. Nothing is created again unless you choose so.`
    case 'unchanged':
      return `${destinationName} already holds what the warehouse says, or keeps what was answered before.`
    case 'blocked':
      return 'Not sent, each with its cause and what to do. The rest goes on without them.'
    case 'conflicts':
    case 'open conflicts':
      return plan.openConflicts > 0 ? `Someone else changed these values in ${destinationName}. Nothing is sent until each has an answer.` : `Someone else changed these values in ${destinationName}. Each has its answer, which you can change until the plan is applied.`
    case 'drift':
      return `The warehouse did not change; ${destinationName} did. It is put back only where you answer or tick so.`
    case 'not preselected':
      return 'These would overwrite what a person typed, or empty or remove something. They are sent only if you select them.'
    case 'kept':
      return `${destinationName} holds another value than the warehouse, and that was settled before. It stays until either side changes.`
    case 'left out':
      return `${destinationName} does not take these values, so their fields stay as they are. The rest of each ${noun.one} goes on.`
  }
}
