import type { ValueType } from '../../../contract/definitions.ts'
import type { Raw } from '../../../contract/states.ts'

/** A column that conditions can be about. */
export interface FilterColumn {
  name: string
  type: ValueType
  description?: string | undefined
}

/** A value that occurs, and in how many rows. */
export interface OccurringValue {
  value: Raw
  count: number
}

/** Reads the most frequent values of a column; stops when the signal fires. */
export type LoadValues = (column: string, search: string, signal: AbortSignal) => Promise<OccurringValue[]>

/** Type words for people. */
export const typeWords: Record<ValueType, string> = {
  string: 'text',
  number: 'number',
  boolean: 'yes or no',
  date: 'date',
  instant: 'date and time',
  set: 'set of values',
  list: 'list of values',
  json: 'structured value',
}
