import { PairNumbers } from './clusters/pair-numbers.ts'

/** What changing the rules would do to the same records: matches are pairs of records in one entity. */
export interface OutcomeChange {
  before: number
  after: number
  gained: number
  lost: number
  /** Entities that would take in records of others, and those that would fall apart; the largest first, at most as many as asked for. */
  joined: EntityChange[]
  split: EntityChange[]
}

export interface EntityChange {
  /** The smallest record of the entity that is made, or that falls apart. */
  label: number
  /** The smallest record of each part that stays together. */
  parts: number[]
  matches: number
}

/** Compares two outcomes over the same records. */
export function compareOutcomes(before: Int32Array, after: Int32Array, examples: number): OutcomeChange {
  const pairs = new PairNumbers(before.length)
  const parts: { first: number; size: number }[] = []
  before.forEach((label, record) => {
    const number = pairs.numberOf(label, after[record] ?? 0)
    const part = parts[number]
    if (part) part.size += 1
    else parts[number] = { first: record, size: 1 }
  })
  const kept = parts.reduce((sum, { size }) => sum + matchesOf(size), 0)
  const [matchesBefore, matchesAfter] = [countMatches(before), countMatches(after)]
  return {
    before: matchesBefore,
    after: matchesAfter,
    gained: matchesAfter - kept,
    lost: matchesBefore - kept,
    joined: changesOf(parts, after, examples),
    split: changesOf(parts, before, examples),
  }
}

function countMatches(labels: Int32Array): number {
  const sizes = new Int32Array(labels.length)
  for (const label of labels) sizes[label] = (sizes[label] ?? 0) + 1
  return sizes.reduce((sum, size) => sum + matchesOf(size), 0)
}

function matchesOf(size: number): number {
  return (size * (size - 1)) / 2
}

/** Entities of one side that consist of several parts. */
function changesOf(parts: readonly { first: number; size: number }[], labels: Int32Array, examples: number): EntityChange[] {
  const byEntity = Map.groupBy(parts, ({ first }) => labels[first] ?? 0)
  const changes: EntityChange[] = []
  for (const [label, own] of byEntity) {
    if (own.length < 2) continue
    const whole = own.reduce((sum, { size }) => sum + size, 0)
    changes.push({ label, parts: own.map(({ first }) => first), matches: matchesOf(whole) - own.reduce((sum, { size }) => sum + matchesOf(size), 0) })
  }
  return changes.sort((one, other) => other.matches - one.matches || one.label - other.label).slice(0, examples)
}
