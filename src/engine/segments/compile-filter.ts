import type { FilterCondition, FilterGroup, FilterNode, ValueType } from '../../contract/definitions.ts'
import { quoteName } from '../storage/duckdb.ts'
import type { SqlParameters } from '../sources/sql-parameters.ts'
import { addDays, dayOf, isDay, startOfDay } from './calendar.ts'
import type { Today } from './calendar.ts'
import { groupParts, isCondition } from './filter-tree.ts'

/** A column as the product promises it and as the warehouse holds it. */
export interface FilterColumn {
  name: string
  type: ValueType
  nativeType: string
}

export interface FilterContext {
  columns: ReadonlyMap<string, FilterColumn>
  today: Today
  parameters: SqlParameters
}

/**
 * A filter as a SQL expression that is true or false, never null: an empty value makes a condition
 * false and its 'not' form true, so that every row is either in or out. Values travel as parameters.
 */
export function compileFilter(filter: FilterNode, context: FilterContext): string {
  if (isCondition(filter)) return compileCondition(filter, context)
  return compileGroup(filter, context)
}

function compileGroup(group: FilterGroup, context: FilterContext): string {
  const { kind, parts } = groupParts(group)
  return joinParts(
    kind,
    parts.map((part) => compileFilter(part, context)),
  )
}

/** How a group's parts make one expression. */
function joinParts(kind: 'all' | 'any' | 'none', parts: readonly string[]): string {
  if (parts.length === 0) return kind === 'any' ? 'FALSE' : 'TRUE'
  const joined = `(${parts.join(kind === 'all' ? ' AND ' : ' OR ')})`
  return kind === 'none' ? `(NOT ${joined})` : joined
}

function compileCondition(condition: FilterCondition, context: FilterContext): string {
  const column = context.columns.get(condition.column)
  if (column === undefined) throw new Error(`column ${condition.column} was not checked`)
  switch (column.type) {
    case 'string':
      return textCondition(condition, column, context)
    case 'number':
      return numberCondition(condition, column, context)
    case 'boolean':
      return booleanCondition(condition, column)
    case 'date':
    case 'instant':
      return timeCondition(condition, column, context)
    case 'set':
    case 'list':
      return listCondition(condition, column, context)
    case 'json':
      return presence(condition, `${quoteName(column.name)} IS NOT NULL`)
  }
}

function presence(condition: FilterCondition, hasValue: string): string {
  if (condition.operator === 'has a value') return `(${hasValue})`
  if (condition.operator === 'has no value') return `(NOT (${hasValue}))`
  return unchecked(condition)
}

function unchecked(condition: FilterCondition): never {
  throw new Error(`condition was not checked: ${condition.column} ${condition.operator}`)
}

const holds = (expression: string) => `coalesce(${expression}, FALSE)`
const fails = (expression: string) => `(NOT coalesce(${expression}, FALSE))`

function textCondition(condition: FilterCondition, column: FilterColumn, { parameters }: FilterContext): string {
  const text = column.nativeType === 'VARCHAR' ? quoteName(column.name) : `CAST(${quoteName(column.name)} AS VARCHAR)`
  const parameter = (value: string | number | boolean) => `CAST(${parameters.add(String(value))} AS VARCHAR)`
  const oneOf = () => `${text} IN (${values(condition).map(parameter).join(', ')})`
  switch (condition.operator) {
    case 'is':
      return holds(`${text} = ${parameter(single(condition))}`)
    case 'is not':
      return fails(`${text} = ${parameter(single(condition))}`)
    case 'is one of':
      return holds(oneOf())
    case 'is not one of':
      return fails(oneOf())
    // Looking for a piece of text ignores case, as people expect of a search.
    case 'contains':
      return holds(`contains(lower(${text}), lower(${parameter(single(condition))}))`)
    case 'does not contain':
      return fails(`contains(lower(${text}), lower(${parameter(single(condition))}))`)
    case 'starts with':
      return holds(`starts_with(lower(${text}), lower(${parameter(single(condition))}))`)
    default:
      return presence(condition, `coalesce(${text} <> '', FALSE)`)
  }
}

function numberCondition(condition: FilterCondition, column: FilterColumn, { parameters }: FilterContext): string {
  const exact = isExact(column.nativeType) && values(condition).every((value) => /^-?\d{1,28}(\.\d{1,10})?$/.test(String(value)))
  const type = exact ? 'DECIMAL(38, 10)' : 'DOUBLE'
  const number = exact ? quoteName(column.name) : `CAST(${quoteName(column.name)} AS DOUBLE)`
  const parameter = (value: string | number | boolean) => `CAST(${parameters.add(String(value))} AS ${type})`
  const compare = (sign: string) => holds(`${number} ${sign} ${parameter(single(condition))}`)
  switch (condition.operator) {
    case 'is':
      return compare('=')
    case 'is not':
      return fails(`${number} = ${parameter(single(condition))}`)
    case 'is one of':
      return holds(`${number} IN (${values(condition).map(parameter).join(', ')})`)
    case 'is not one of':
      return fails(`${number} IN (${values(condition).map(parameter).join(', ')})`)
    case 'more than':
      return compare('>')
    case 'at least':
      return compare('>=')
    case 'less than':
      return compare('<')
    case 'at most':
      return compare('<=')
    case 'between':
      return holds(`${number} BETWEEN ${values(condition).map(parameter).join(' AND ')}`)
    default:
      return presence(condition, `${quoteName(column.name)} IS NOT NULL`)
  }
}

/** Whether values of a native type fit a DECIMAL(38, 10) without loss. */
function isExact(nativeType: string): boolean {
  if (/^U?(TINYINT|SMALLINT|INTEGER|BIGINT)$/.test(nativeType)) return true
  const decimal = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(nativeType)
  return decimal !== null && Number(decimal[2]) <= 10 && Number(decimal[1]) - Number(decimal[2]) <= 28
}

function booleanCondition(condition: FilterCondition, column: FilterColumn): string {
  const name = quoteName(column.name)
  if (condition.operator === 'is true') return holds(name)
  if (condition.operator === 'is false') return holds(`NOT ${name}`)
  return presence(condition, `${name} IS NOT NULL`)
}

function listCondition(condition: FilterCondition, column: FilterColumn, { parameters }: FilterContext): string {
  const list = `CAST(${quoteName(column.name)} AS VARCHAR[])`
  const contains = () => `list_contains(${list}, CAST(${parameters.add(String(single(condition)))} AS VARCHAR))`
  if (condition.operator === 'contains') return holds(contains())
  if (condition.operator === 'does not contain') return fails(contains())
  return presence(condition, `coalesce(len(${quoteName(column.name)}) > 0, FALSE)`)
}

/** Bounds of a stretch of time: from (inclusive) until (exclusive unless said). */
interface Stretch {
  from?: string
  until?: string
}

function timeCondition(condition: FilterCondition, column: FilterColumn, context: FilterContext): string {
  if (condition.operator === 'has a value' || condition.operator === 'has no value') {
    return presence(condition, `${quoteName(column.name)} IS NOT NULL`)
  }
  const stretch = column.type === 'date' ? dayStretch(condition, context.today) : instantStretch(condition, context.today)
  const sqlType = column.type === 'date' ? 'DATE' : 'TIMESTAMP'
  const time = `CAST(${quoteName(column.name)} AS ${sqlType})`
  const bound = (value: string) => `CAST(${context.parameters.add(value)} AS ${sqlType})`
  const tests: string[] = []
  if (stretch.from !== undefined) tests.push(`${time} >= ${bound(stretch.from)}`)
  if (stretch.until !== undefined) tests.push(`${time} < ${bound(stretch.until)}`)
  const inside = tests.join(' AND ')
  return condition.operator === 'is not' ? fails(inside) : holds(inside)
}

function dayStretch(condition: FilterCondition, today: Today): Stretch {
  const [first = '', last = first] = values(condition).map(String)
  switch (condition.operator) {
    case 'is':
    case 'is not':
      return { from: first, until: addDays(first, 1) }
    case 'before':
      return { until: first }
    case 'after':
      return { from: addDays(first, 1) }
    case 'between':
      return { from: first, until: addDays(last, 1) }
    default:
      return relativeDays(condition, today)
  }
}

/** Whole days around today, today included on both sides. */
function relativeDays(condition: FilterCondition, today: Today): { from: string; until: string } {
  const day = dayOf(today)
  const count = Number(single(condition))
  if (condition.operator === 'in the last days') return { from: addDays(day, -count), until: addDays(day, 1) }
  if (condition.operator === 'in the next days') return { from: day, until: addDays(day, count + 1) }
  return unchecked(condition)
}

function instantStretch(condition: FilterCondition, today: Today): Stretch {
  const [first = '', last = first] = values(condition).map(String)
  const begins = (text: string) => timestamp(isDay(text) ? startOfDay(text, today.timezone) : Date.parse(text))
  // The end of a day, or of the millisecond that an instant names.
  const ends = (text: string) => timestamp(isDay(text) ? startOfDay(addDays(text, 1), today.timezone) : Date.parse(text) + 1)
  switch (condition.operator) {
    case 'is':
    case 'is not':
      return { from: begins(first), until: ends(first) }
    case 'before':
      return { until: begins(first) }
    case 'after':
      return { from: ends(first) }
    case 'between':
      return { from: begins(first), until: ends(last) }
    default: {
      const { from, until } = relativeDays(condition, today)
      return { from: begins(from), until: begins(until) }
    }
  }
}

function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('T', ' ').replace('Z', '')
}

function values(condition: FilterCondition): (string | number | boolean)[] {
  if (condition.value === undefined) return []
  return Array.isArray(condition.value) ? condition.value : [condition.value]
}

function single(condition: FilterCondition): string | number | boolean {
  const [value] = values(condition)
  return value === undefined ? unchecked(condition) : value
}
