import type { RecordCard } from '../../../../contract/shapes.ts'

/**
 * How the sides of a comparison stand to each other in one column; a side is a record, or all records of one person.
 * `same`: all have the same text. `written differently`: other letters or signs, but the same to a rule or but for
 * capitals. `differs`: no value in common. `one only`: at most one side has a value.
 */
export type Agreement = 'same' | 'written differently' | 'differs' | 'one only'

export type ComparedColumn = {
  column: string
  /** The different values of each side; none where it has no value. */
  sides: readonly (readonly string[])[]
  agreement: Agreement
}

/** The columns of some sides, in the order of the keys; those that are empty everywhere are left out. `agreed` are keys that a rule found to be the same. */
export function compareSides(sides: readonly (readonly RecordCard[])[], agreed: readonly string[] = []): ComparedColumn[] {
  const columns = new Map<string, readonly string[]>()
  for (const record of sides.flat()) for (const { column, keys } of record.values) if (!columns.has(column)) columns.set(column, keys)
  return [...columns].flatMap(([column, keys]) => {
    const values = sides.map((records) => distinct(records.flatMap((record) => record.values.find((value) => value.column === column)?.value ?? [])))
    if (values.every((side) => side.length === 0)) return []
    return [{ column, sides: values, agreement: agreementOf(values, keys.some((key) => agreed.includes(key))) }]
  })
}

/** Capitals and outer spaces make no other value. */
const folded = (value: string): string => value.trim().toLowerCase()

/** Each value once, as it was met first. */
function distinct(values: readonly string[]): string[] {
  const found = new Map<string, string>()
  for (const value of values) if (value.trim() !== '' && !found.has(folded(value))) found.set(folded(value), value)
  return [...found.values()]
}

function agreementOf(sides: readonly (readonly string[])[], sameKey: boolean): Agreement {
  const [first = [], ...others] = sides.filter((side) => side.length > 0)
  if (others.length === 0) return 'one only'
  if (first.some((value) => others.every((side) => side.includes(value)))) return 'same'
  const shared = first.some((value) => others.every((side) => side.some((other) => folded(other) === folded(value))))
  return shared || sameKey ? 'written differently' : 'differs'
}

/** The sign of an agreement, never colour alone. */
export const agreementSigns: Record<Agreement, string> = { same: '=', 'written differently': '≈', differs: '≠', 'one only': '·' }

/** The same for screen readers and hover. */
export const agreementWords: Record<Agreement, string> = {
  same: 'the same',
  'written differently': 'written differently, but the same',
  differs: 'differs',
  'one only': 'only one has it',
}

/** The value that most sides have, so that only those beyond it are marked. Without a majority, none. */
export function usualValue(sides: readonly (readonly string[])[]): string | undefined {
  const counts = new Map<string, number>()
  for (const value of sides.flat()) counts.set(folded(value), (counts.get(folded(value)) ?? 0) + 1)
  const [first, second] = [...counts].sort(([, one], [, other]) => other - one)
  return first !== undefined && first[1] > (second?.[1] ?? 0) && first[1] > 1 ? first[0] : undefined
}

/** Whether a side stands out: it has values, and the usual one is not among them. */
export function standsOut({ sides, agreement }: ComparedColumn, at: number): boolean {
  const side = sides[at] ?? []
  const usual = usualValue(sides)
  return agreement === 'differs' && side.length > 0 && !side.some((value) => folded(value) === usual)
}

/** Records by person, in the order in which they come. */
export function byPerson<Card extends Pick<RecordCard, 'entity'>>(records: readonly Card[]): Card[][] {
  const people = new Map<string, Card[]>()
  for (const record of records) people.set(record.entity, [...(people.get(record.entity) ?? []), record])
  return [...people.values()]
}

/** What a person is called: the longest of what their records are called, for a first name alone says less. */
export function nameOf(records: readonly Pick<RecordCard, 'label'>[]): string {
  return records.map(({ label }) => label).reduce((longest, label) => (label.length > longest.length ? label : longest), '')
}
