import { isRecord, sameValue } from './same-value.ts'

/** How the items of a list became those of its next version: each next item with the old one it came from. */
export type Alignment = { next: number; old?: number }[]

/** Members by which people recognise an item. */
const identities = ['to', 'column', 'name', 'id']

/**
 * Finds for each new item the old one it came from: equal ones first, then those with the same identity, then
 * those at the same place. Each old item is used once.
 */
export function alignItems(old: readonly unknown[], next: readonly unknown[]): Alignment {
  const used = new Set<number>()
  const from = new Map<number, number>()
  const pair = (matches: (oldItem: unknown, nextItem: unknown, oldAt: number, nextAt: number) => boolean) => {
    next.forEach((nextItem, nextAt) => {
      if (from.has(nextAt)) return
      const found = old.findIndex((oldItem, oldAt) => !used.has(oldAt) && matches(oldItem, nextItem, oldAt, nextAt))
      if (found < 0) return
      used.add(found)
      from.set(nextAt, found)
    })
  }
  pair((oldItem, nextItem, oldAt, nextAt) => oldAt === nextAt && sameValue(oldItem, nextItem))
  pair(sameValue)
  pair((oldItem, nextItem) => sameIdentity(oldItem, nextItem))
  if (old.length === next.length) pair((_oldItem, _nextItem, oldAt, nextAt) => oldAt === nextAt)
  return next.map((_item, at) => {
    const source = from.get(at)
    return source === undefined ? { next: at } : { next: at, old: source }
  })
}

function sameIdentity(left: unknown, right: unknown): boolean {
  if (!isRecord(left) || !isRecord(right)) return false
  const name = identities.find((identity) => identity in left && identity in right)
  return name !== undefined && sameValue(left[name], right[name])
}
