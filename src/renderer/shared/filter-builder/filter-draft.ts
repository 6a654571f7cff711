import type { FilterCondition, FilterGroup, FilterNode, FilterOperator } from '../../../contract/definitions.ts'
import { isComplete } from './operators.ts'

/** How the parts of a group hold together. */
export type GroupKind = 'all' | 'any' | 'none'

export interface DraftCondition {
  id: string
  column: string
  operator: FilterOperator
  value?: FilterCondition['value']
}

export interface DraftGroup {
  id: string
  kind: GroupKind
  parts: DraftNode[]
}

export type DraftNode = DraftCondition | DraftGroup

/** Deeper nesting cannot be read as a sentence any more. */
export const deepestLevel = 3

export function isGroup(node: DraftNode): node is DraftGroup {
  return 'parts' in node
}

/** Ids only need to differ within one screen; they keep focus and React keys steady while parts move. */
export function createIds(): () => string {
  let last = 0
  return () => `part-${String((last += 1))}`
}

/** A filter of the workspace as a tree that can be edited. */
export function draftOf(filter: FilterGroup, nextId: () => string): DraftGroup {
  const [kind, parts] = entryOf(filter)
  return { id: nextId(), kind, parts: parts.map((part) => ('column' in part ? { id: nextId(), ...part } : draftOf(part, nextId))) }
}

function entryOf(group: FilterGroup): [GroupKind, FilterNode[]] {
  if ('all' in group) return ['all', group.all]
  if ('any' in group) return ['any', group.any]
  return ['none', group.none]
}

/** The filter as it can be counted now, with the position of each part in it (contract: "0", "1.2"). */
export interface CountableFilter {
  filter: FilterGroup
  positions: Record<string, string>
  /** Parts that still miss a column or a value. */
  unfinished: string[]
}

/** Leaves out what is not finished yet, so that counting goes on while a person types. */
export function countable(root: DraftGroup): CountableFilter {
  const positions: Record<string, string> = {}
  const unfinished: string[] = []
  const filter = convert(root, '', positions, unfinished)
  return { filter, positions, unfinished }
}

function convert(group: DraftGroup, at: string, positions: Record<string, string>, unfinished: string[]): FilterGroup {
  const nodes: FilterNode[] = []
  for (const part of group.parts) {
    const position = at === '' ? String(nodes.length) : `${at}.${String(nodes.length)}`
    if (isGroup(part)) {
      const inner = convert(part, position, positions, unfinished)
      if (entryOf(inner)[1].length === 0) continue
      positions[part.id] = position
      nodes.push(inner)
    } else if (isComplete(part)) {
      positions[part.id] = position
      nodes.push(conditionOf(part))
    } else unfinished.push(part.id)
  }
  return group.kind === 'all' ? { all: nodes } : group.kind === 'any' ? { any: nodes } : { none: nodes }
}

function conditionOf(draft: DraftCondition): FilterCondition {
  const { column, operator, value } = draft
  return value === undefined ? { column, operator } : { column, operator, value }
}

/** Level of a part: the outermost group is 1. */
export function levelOf(root: DraftGroup, id: string): number {
  return trail(root, id).length
}

/** The groups around a part and the part itself, outermost first; empty when it is not there. */
export function trail(node: DraftNode, id: string): DraftNode[] {
  if (node.id === id) return [node]
  if (!isGroup(node)) return []
  for (const part of node.parts) {
    const inner = trail(part, id)
    if (inner.length > 0) return [node, ...inner]
  }
  return []
}

function change(group: DraftGroup, id: string, replace: (node: DraftNode) => DraftNode[]): DraftGroup {
  return {
    ...group,
    parts: group.parts.flatMap((part): DraftNode[] => {
      if (part.id === id) return replace(part)
      return isGroup(part) ? [change(part, id, replace)] : [part]
    }),
  }
}

/** Changes one condition. */
export function setCondition(root: DraftGroup, id: string, condition: Omit<DraftCondition, 'id'>): DraftGroup {
  return change(root, id, () => [{ id, ...condition }])
}

/** Says whether all, any or none of a group's parts must hold. */
export function setKind(root: DraftGroup, id: string, kind: GroupKind): DraftGroup {
  if (root.id === id) return { ...root, kind }
  return change(root, id, (node) => [isGroup(node) ? { ...node, kind } : node])
}

/** Adds a part at the end of a group, or right after the part `after`. */
export function addPart(root: DraftGroup, groupId: string, part: DraftNode, after?: string): DraftGroup {
  const insert = (group: DraftGroup): DraftGroup => {
    const index = after === undefined ? -1 : group.parts.findIndex((candidate) => candidate.id === after)
    const parts = [...group.parts]
    parts.splice(index === -1 ? parts.length : index + 1, 0, part)
    return { ...group, parts }
  }
  if (root.id === groupId) return insert(root)
  return change(root, groupId, (node) => [isGroup(node) ? insert(node) : node])
}

/** Takes a part out; a group that becomes empty goes with it. */
export function removePart(root: DraftGroup, id: string): DraftGroup {
  const without = change(root, id, () => [])
  return { ...without, parts: withoutEmptyGroups(without.parts) }
}

function withoutEmptyGroups(parts: DraftNode[]): DraftNode[] {
  return parts.flatMap((part): DraftNode[] => {
    if (!isGroup(part)) return [part]
    const inner = withoutEmptyGroups(part.parts)
    return inner.length === 0 ? [] : [{ ...part, parts: inner }]
  })
}

/** Moves a part up or down among its neighbours. */
export function movePart(root: DraftGroup, id: string, by: -1 | 1): DraftGroup {
  const index = root.parts.findIndex((part) => part.id === id)
  if (index === -1) return { ...root, parts: root.parts.map((part) => (isGroup(part) ? movePart(part, id, by) : part)) }
  const parts = [...root.parts]
  const [moved] = parts.splice(index, 1)
  if (moved === undefined) return root
  parts.splice(Math.max(0, index + by), 0, moved)
  return { ...root, parts }
}

/** All conditions, in reading order. */
export function conditionsOf(root: DraftGroup): DraftCondition[] {
  return root.parts.flatMap((part): DraftCondition[] => (isGroup(part) ? conditionsOf(part) : [part]))
}
