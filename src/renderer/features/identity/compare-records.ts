import type { RecordCard } from '../../../contract/shapes.ts'

/**
 * How records stand to each other in one column. `same`: all have the same text. `same key`: written differently, but a
 * rule found the key equal. `differs`: two values at least. `one only`: at most one of them has a value.
 */
export type Agreement = 'same' | 'same key' | 'differs' | 'one only'

export type ComparedColumn = {
  column: string
  keys: readonly string[]
  /** One for each record, in their order. */
  values: readonly (string | null)[]
  agreement: Agreement
}

/** The columns of some records side by side, in the order of the keys; those that are empty everywhere are left out. */
export function compareRecords(records: readonly RecordCard[], agreed: readonly string[] = []): ComparedColumn[] {
  const columns = new Map<string, readonly string[]>()
  for (const record of records) for (const { column, keys } of record.values) if (!columns.has(column)) columns.set(column, keys)
  return [...columns].flatMap(([column, keys]) => {
    const values = records.map((record) => record.values.find((value) => value.column === column)?.value ?? null)
    if (values.every(isNothing)) return []
    return [{ column, keys, values, agreement: agreementOf(values, keys.length > 0 && keys.some((key) => agreed.includes(key))) }]
  })
}

function isNothing(value: string | null): boolean {
  return value === null || value === ''
}

function agreementOf(values: readonly (string | null)[], sameKey: boolean): Agreement {
  const present = values.filter((value) => !isNothing(value))
  if (present.length < 2) return 'one only'
  if (new Set(present).size === 1) return 'same'
  return sameKey ? 'same key' : 'differs'
}

/** The sign of an agreement, never colour alone. */
export const agreementSigns: Record<Agreement, string> = { same: '=', 'same key': '≈', differs: '≠', 'one only': '·' }

/** The same for screen readers and hover. */
export const agreementWords: Record<Agreement, string> = {
  same: 'the same',
  'same key': 'written differently, but the same',
  differs: 'differs',
  'one only': 'only one has it',
}

/** The value that most records have, so that only those beyond it are marked. Without a majority, none. */
export function usualValue(values: readonly (string | null)[]): string | undefined {
  const counts = new Map<string, number>()
  for (const value of values) if (value !== null && value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  const [first, second] = [...counts].sort(([, one], [, other]) => other - one)
  return first !== undefined && first[1] > (second?.[1] ?? 0) && first[1] > 1 ? first[0] : undefined
}
