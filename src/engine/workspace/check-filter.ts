import type { FilterCondition, FilterGroup, FilterOperator, ValueType } from '../../contract/definitions.ts'
import { decimalText } from '../values/decimal.ts'
import { isDay, isInstant } from '../values/days.ts'
import { filterParts, isCondition, MAXIMUM_LEVELS, MAXIMUM_PARTS, MAXIMUM_VALUES } from './filter-tree.ts'
import type { FilterPart } from './filter-tree.ts'

/** Something in a filter that cannot be evaluated, with the path to it. */
export interface FilterProblem {
  path: (string | number)[]
  kind: 'column' | 'operator' | 'value' | 'depth' | 'size'
  value?: string
  message: string
  next: string
}

const always: FilterOperator[] = ['has a value', 'has no value']
const choices: FilterOperator[] = ['is', 'is not', 'is one of', 'is not one of']
const onTime: FilterOperator[] = ['is', 'is not', 'before', 'after', 'between', 'in the last days', 'in the next days']

/** Which operators each type of column takes; drives the editor and the check. */
export const operatorsOf: Record<ValueType, FilterOperator[]> = {
  string: [...choices, 'contains', 'does not contain', 'starts with', ...always],
  number: [...choices, 'more than', 'at least', 'less than', 'at most', 'between', ...always],
  boolean: ['is true', 'is false', ...always],
  date: [...onTime, ...always],
  instant: [...onTime, ...always],
  set: ['contains', 'does not contain', ...always],
  list: ['contains', 'does not contain', ...always],
  json: always,
}

const withoutValue: FilterOperator[] = ['has a value', 'has no value', 'is true', 'is false']

/** Checks a filter against the columns that a product promises. */
export function checkFilter(filter: FilterGroup, columns: ReadonlyMap<string, ValueType>): FilterProblem[] {
  const parts = filterParts(filter)
  const tooMuch = sizeProblem(parts)
  if (tooMuch) return [tooMuch]
  return parts.flatMap(({ node, path, level }) => {
    if (isCondition(node)) return checkCondition(node, path, columns)
    // A group at level 3 would hold conditions four levels down.
    if (level !== MAXIMUM_LEVELS) return []
    return [
      {
        path,
        kind: 'depth' as const,
        message: `Groups go at most ${MAXIMUM_LEVELS} levels deep.`,
        next: 'Move the innermost group into a column of the product, or into a segment of its own.',
      },
    ]
  })
}

function sizeProblem(parts: readonly FilterPart[]): FilterProblem | undefined {
  if (parts.length > MAXIMUM_PARTS) {
    return {
      path: [],
      kind: 'size',
      value: String(parts.length),
      message: `The filter has ${parts.length.toLocaleString('en')} conditions; at most ${MAXIMUM_PARTS.toLocaleString('en')} are possible.`,
      next: "Put the values of one column into one condition with 'is one of', or decide it in a column of the product.",
    }
  }
  const values = parts.reduce((sum, part) => sum + valueCount(part), 0)
  if (values <= MAXIMUM_VALUES) return undefined
  const longest = parts.reduce((most, part) => (valueCount(part) > valueCount(most) ? part : most))
  return {
    path: [...longest.path, 'value'],
    kind: 'size',
    message: `The filter lists ${values.toLocaleString('en')} values; at most ${MAXIMUM_VALUES.toLocaleString('en')} are possible.`,
    next: 'Put the list into a table of the source, and join it in the SQL of the product.',
  }
}

function valueCount({ node }: FilterPart): number {
  return isCondition(node) && Array.isArray(node.value) ? node.value.length : 0
}

function checkCondition(condition: FilterCondition, path: (string | number)[], columns: ReadonlyMap<string, ValueType>): FilterProblem[] {
  const type = columns.get(condition.column)
  if (type === undefined) {
    return [
      {
        path: [...path, 'column'],
        kind: 'column',
        value: condition.column,
        message: `The product has no column '${condition.column}'.`,
        next: 'Choose a column of the product, or add it to the product’s contract.',
      },
    ]
  }
  if (!operatorsOf[type].includes(condition.operator)) {
    return [
      {
        path: [...path, 'operator'],
        kind: 'operator',
        value: condition.operator,
        message: `'${condition.operator}' does not work on '${condition.column}', which is ${typeWords[type]}.`,
        next: `Use one of: ${operatorsOf[type].join(', ')}.`,
      },
    ]
  }
  const wrong = wrongValue(condition, type)
  return wrong === undefined ? [] : [{ path: [...path, 'value'], kind: 'value', ...shownValue(condition.value), message: wrong.message, next: wrong.next }]
}

function shownValue(value: FilterCondition['value']): { value?: string } {
  return value === undefined ? {} : { value: Array.isArray(value) ? value.join(', ') : String(value) }
}

export const typeWords: Record<ValueType, string> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date',
  instant: 'a point in time',
  set: 'a set',
  list: 'a list',
  json: 'JSON',
}

interface Wrong {
  message: string
  next: string
}

function wrongValue({ column, operator, value }: FilterCondition, type: ValueType): Wrong | undefined {
  if (withoutValue.includes(operator)) {
    return value === undefined ? undefined : { message: `'${operator}' takes no value.`, next: 'Remove the value.' }
  }
  if (operator === 'in the last days' || operator === 'in the next days') {
    const days = value !== undefined && !Array.isArray(value) && /^\d{1,5}$/.test(String(value)) && Number(value) <= 36_500
    return days ? undefined : { message: `'${operator}' needs a whole number of days.`, next: 'Give a number such as 30.' }
  }
  if (operator === 'is one of' || operator === 'is not one of') {
    if (!Array.isArray(value) || value.length === 0) return { message: `'${operator}' needs a list of values.`, next: 'Give at least one value, as a list.' }
    return firstWrong(value, column, type)
  }
  if (operator === 'between') {
    if (!Array.isArray(value) || value.length !== 2) return { message: "'between' needs two values.", next: 'Give the lowest and the highest value, as a list.' }
    return firstWrong(value, column, type)
  }
  if (value === undefined || Array.isArray(value)) return { message: `'${operator}' needs one value.`, next: 'Give one value.' }
  return firstWrong([value], column, type)
}

function firstWrong(values: readonly (string | number | boolean)[], column: string, type: ValueType): Wrong | undefined {
  const wrong = values.find((value) => !fits(value, type))
  if (wrong === undefined) return undefined
  const form = type === 'date' ? ' Write dates as 2026-01-31.' : type === 'instant' ? ' Write 2026-01-31 or 2026-01-31T09:30:00Z.' : ''
  return { message: `'${String(wrong)}' is not ${type === 'set' || type === 'list' ? 'a value' : typeWords[type]}, but '${column}' is.`, next: `Correct the value.${form}` }
}

function fits(value: string | number | boolean, type: ValueType): boolean {
  switch (type) {
    case 'number':
      return typeof value !== 'boolean' && decimalText(value) !== undefined
    case 'date':
      return typeof value === 'string' && isDay(value)
    case 'instant':
      return typeof value === 'string' && (isDay(value) || isInstant(value))
    case 'boolean':
    case 'json':
      return false
    case 'string':
    case 'set':
    case 'list':
      return true
  }
}
