import type { Authority } from '../../../contract/definitions.ts'
import type { FieldClass } from '../../../contract/states.ts'
import type { FieldQuestion, FieldVerdict, StickyAnswer } from '../../plans/plan-rows.ts'

/** The three values of a field and what else picks its row; authority plays no part in that. */
export type FieldSides = Omit<FieldQuestion, 'authority'>
type Resolved = FieldQuestion['authority']

interface Row extends Record<Resolved, FieldClass> {
  /** Number of the row in the specification. */
  case: number
  when(sides: FieldSides): boolean
  /** Only the destination moved. */
  drift?: true
  /** A write here replaces a value other than the last agreed one. */
  destroys?: true
}

const all = (fieldClass: FieldClass): Record<Resolved, FieldClass> => ({ warehouse: fieldClass, destination: fieldClass, 'fill if empty': fieldClass, review: fieldClass })

const baseIs = ({ base }: FieldSides, value: string | null): boolean => base.known && base.canonical === value
const baseEmpty = ({ base }: FieldSides): boolean => !base.known || base.canonical === null

/** Semantics §2, one line per row; the first that holds decides. b = base, d = warehouse, a = destination; null = empty. */
const rows: readonly Row[] = [
  { case: 1, when: ({ a, d }) => a === d, ...all('in sync') },
  { case: 2, when: ({ a, d, sticky }) => sticky !== undefined && sticky.d === d && sticky.a === a, ...all('kept') },
  { case: 3, when: ({ d, clear }) => d === null && !clear, ...all('left') },
  { case: 4, when: (f) => f.d === null && baseIs(f, f.a), warehouse: 'clear', destination: 'keep', 'fill if empty': 'keep', review: 'conflict' },
  { case: 5, when: ({ d }) => d === null, warehouse: 'clear', destination: 'keep', 'fill if empty': 'keep', review: 'conflict', destroys: true },
  { case: 6, when: (f) => f.a === null && baseEmpty(f), ...all('fill') },
  { case: 7, when: (f) => f.a === null && baseIs(f, f.d), warehouse: 'repair', destination: 'accept', 'fill if empty': 'accept', review: 'conflict', drift: true },
  { case: 7, when: ({ a }) => a === null, warehouse: 'overwrite', destination: 'accept', 'fill if empty': 'accept', review: 'conflict' },
  { case: 8, when: ({ base }) => !base.known, warehouse: 'overwrite', destination: 'keep', 'fill if empty': 'keep', review: 'conflict', destroys: true },
  { case: 9, when: (f) => baseIs(f, f.a), warehouse: 'update', destination: 'keep', 'fill if empty': 'keep', review: 'update' },
  { case: 10, when: (f) => baseIs(f, f.d), warehouse: 'repair', destination: 'accept', 'fill if empty': 'accept', review: 'conflict', drift: true, destroys: true },
  { case: 11, when: () => true, warehouse: 'overwrite', destination: 'keep', 'fill if empty': 'keep', review: 'conflict', destroys: true },
]

const WRITES: ReadonlySet<FieldClass> = new Set(['clear', 'fill', 'repair', 'overwrite', 'update'])

/** Compares base, warehouse and destination of one field and says what a plan does with it. */
export function classifyField(question: FieldQuestion): FieldVerdict {
  return verdict(rowOf(question), question, question.authority)
}

/** As {@link classifyField}, for a mapping whose authority may be 'latest wins'. */
export function classifyByHistory(sides: FieldSides, authority: Authority, history: ChangeTimes): FieldVerdict {
  const row = rowOf(sides)
  return verdict(row, sides, effectiveAuthority(authority, row.case, history))
}

/**
 * Whether an answer still speaks for the field. What an authority accepted stands only while the field has an authority
 * that accepts; what a person or the destination settled stands whatever is declared.
 */
export function speaksFor(sticky: StickyAnswer, authority: Authority): boolean {
  return sticky.kind !== 'accept' || (authority !== 'warehouse' && authority !== 'review')
}

/** When each side last changed, ISO instants; absent where nobody recorded it. */
export interface ChangeTimes {
  warehouseChangedAt?: string
  fieldChangedAt?: string
}

/** In the other rows of the table nobody's value would be lost, so there is nothing for time to decide. */
const TIME_DECIDES: ReadonlySet<number> = new Set([5, 7, 8, 10, 11])

/**
 * Which column of the table 'latest wins' reads, given the row. The newer side wins; without a history, or where both
 * changed at the same instant, a person decides.
 */
export function effectiveAuthority(authority: Authority, row: number, { warehouseChangedAt, fieldChangedAt }: ChangeTimes): Resolved {
  if (authority !== 'latest wins') return authority
  if (!TIME_DECIDES.has(row) || warehouseChangedAt === undefined || fieldChangedAt === undefined) return 'review'
  const ahead = Date.parse(warehouseChangedAt) - Date.parse(fieldChangedAt)
  if (ahead > 0) return 'warehouse'
  return ahead < 0 ? 'destination' : 'review'
}

function rowOf(sides: FieldSides): Row {
  for (const row of rows) if (row.when(sides)) return row
  throw new Error('the last row of the table holds for everything')
}

function verdict(row: Row, { a, base }: FieldSides, authority: Resolved): FieldVerdict {
  const fieldClass = row[authority]
  const write = WRITES.has(fieldClass)
  return {
    case: row.case,
    class: fieldClass,
    write,
    agreed: row.case === 1,
    drift: row.drift === true,
    firstContact: !base.known && a !== null && (row.case === 5 || row.case === 8),
    destroys: row.destroys === true && (write || fieldClass === 'conflict'),
  }
}
