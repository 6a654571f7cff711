import type { FilterCondition, FilterGroup, FilterNode } from '../../contract/definitions.ts'

export const MAXIMUM_LEVELS = 3
/** Conditions and groups of one filter. Each is a test of every row, and a line on the screen. */
export const MAXIMUM_PARTS = 500
/** Values of one filter, over all its conditions. */
export const MAXIMUM_VALUES = 5000

export type GroupKind = 'all' | 'any' | 'none'

export function isCondition(node: FilterNode): node is FilterCondition {
  return 'column' in node
}

/** A group's kind and parts. */
export function groupParts(group: FilterGroup): { kind: GroupKind; parts: FilterNode[] } {
  if ('all' in group) return { kind: 'all', parts: group.all }
  if ('any' in group) return { kind: 'any', parts: group.any }
  return { kind: 'none', parts: group.none }
}

/** One part of a filter: a condition or a group. */
export interface FilterPart {
  /** Position: "0", "1.2". */
  at: string
  /** Path into the definition: ['all', 1, 'any', 2]. */
  path: (string | number)[]
  /** 1 for the parts of the outermost group. */
  level: number
  node: FilterNode
}

/** Every part below the outermost group, in reading order. */
export function filterParts(filter: FilterGroup): FilterPart[] {
  return partsOf(filter, [], [], 1)
}

function partsOf(group: FilterGroup, at: number[], path: (string | number)[], level: number): FilterPart[] {
  const { kind, parts } = groupParts(group)
  return parts.flatMap((node, index) => {
    const part: FilterPart = { at: [...at, index].join('.'), path: [...path, kind, index], level, node }
    return isCondition(node) ? [part] : [part, ...partsOf(node, [...at, index], part.path, level + 1)]
  })
}
