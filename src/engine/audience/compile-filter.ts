import type { FilterCondition, FilterGroup, FilterNode, ValueType } from '../../contract/definitions.ts'
import { quoteName } from '../storage/duckdb.ts'
import type { SqlParameters } from '../sources/sql-parameters.ts'
import { AFTER_LAST_DAY, asDouble, canonicalText, FIRST_DAY, hasValue, isFloating } from '../sources/canonical-sql.ts'
import { decimalText } from '../values/decimal.ts'
import { addDays, dayOf, isDay, startOfDay } from '../values/days.ts'
import type { Today } from '../values/days.ts'
import { groupParts, isCondition } from '../workspace/filter-tree.ts'
import { numberBound } from './number-bound.ts'

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
 * A condition means what a field of the same column would send: canonical values are compared (semantics §1).
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
      return presence(condition, hasValue(quoteName(column.name), column.nativeType))
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
  const name = quoteName(column.name)
  const text = canonicalText(name, column.nativeType) ?? `CAST(${name} AS VARCHAR)`
  const parameter = (value: string) => `CAST(${parameters.add(value.normalize('NFC'))} AS VARCHAR)`
  const piece = () => `lower(${parameter(single(condition))})`
  const empty = `(NOT ${hasValue(name, column.nativeType)})`
  // Empty text is no value, on either side.
  const among = () => {
    const wanted = values(condition)
    const texts = wanted.filter((value) => value !== '')
    const tests = [...(texts.length < wanted.length ? [empty] : []), ...(texts.length === 0 ? [] : [`${text} IN (${texts.map(parameter).join(', ')})`])]
    return tests.length === 1 ? (tests[0] ?? 'FALSE') : `(${tests.join(' OR ')})`
  }
  switch (condition.operator) {
    case 'is':
    case 'is one of':
      return holds(among())
    case 'is not':
    case 'is not one of':
      return fails(among())
    // Looking for a piece of text ignores case, as people expect of a search.
    case 'contains':
      return holds(`contains(lower(${text}), ${piece()})`)
    case 'does not contain':
      return fails(`contains(lower(${text}), ${piece()})`)
    case 'starts with':
      return holds(`starts_with(lower(${text}), ${piece()})`)
    default:
      return presence(condition, hasValue(name, column.nativeType))
  }
}

function numberCondition(condition: FilterCondition, column: FilterColumn, context: FilterContext): string {
  const name = quoteName(column.name)
  const compare = (sign: Comparison, value: string) => comparedNumber(column, sign, value, context)
  switch (condition.operator) {
    case 'is':
    case 'is one of':
      return holds(equalNumber(column, values(condition), context))
    case 'is not':
    case 'is not one of':
      return fails(equalNumber(column, values(condition), context))
    case 'more than':
      return holds(compare('>', single(condition)))
    case 'at least':
      return holds(compare('>=', single(condition)))
    case 'less than':
      return holds(compare('<', single(condition)))
    case 'at most':
      return holds(compare('<=', single(condition)))
    case 'between': {
      const [first = '', last = ''] = values(condition)
      return holds(`(${compare('>=', first)} AND ${compare('<=', last)})`)
    }
    default:
      return presence(condition, hasValue(name, column.nativeType))
  }
}

type Comparison = '>' | '>=' | '<' | '<='

/** Infinities and not-a-number, which SQL puts above all numbers, are no values. */
function comparedNumber({ name, nativeType }: FilterColumn, sign: Comparison, value: string, { parameters }: FilterContext): string {
  const column = quoteName(name)
  const upward = sign.startsWith('>')
  const bound = numberBound(nativeType, exactly(value))
  if (bound === undefined) return upward ? 'FALSE' : hasValue(column, nativeType)
  // The bound is the number itself, or the first above it.
  const inclusive = bound.exact ? sign.endsWith('=') : upward
  const test = `${asDouble(column, nativeType)} ${sign.charAt(0)}${inclusive ? '=' : ''} ${boundOf(bound.at, nativeType, parameters)}`
  return isFloating(nativeType) ? `(${test} AND isfinite(${column}))` : test
}

/** A number that the column's type cannot hold equals none of its values. */
function equalNumber({ name, nativeType }: FilterColumn, wanted: readonly string[], { parameters }: FilterContext): string {
  const bounds = wanted.flatMap((value) => {
    const bound = numberBound(nativeType, exactly(value))
    return bound?.exact ? [boundOf(bound.at, nativeType, parameters)] : []
  })
  return bounds.length === 0 ? 'FALSE' : `${asDouble(quoteName(name), nativeType)} IN (${bounds.join(', ')})`
}

function boundOf(at: string, nativeType: string, parameters: SqlParameters): string {
  return `CAST(${parameters.add(at)} AS ${isFloating(nativeType) ? 'DOUBLE' : nativeType})`
}

function exactly(value: string): string {
  const decimal = decimalText(value)
  if (decimal === undefined) throw new Error('a number in a condition was not checked')
  return decimal
}

function booleanCondition(condition: FilterCondition, column: FilterColumn): string {
  const name = quoteName(column.name)
  if (condition.operator === 'is true') return holds(name)
  if (condition.operator === 'is false') return holds(`NOT ${name}`)
  return presence(condition, `${name} IS NOT NULL`)
}

/** Items compare as the texts that a field would send; of a set, empty ones do not count. */
function listCondition(condition: FilterCondition, column: FilterColumn, { parameters }: FilterContext): string {
  const name = quoteName(column.name)
  const itemType = column.nativeType.replace(/\[\d*\]$/, '')
  const items = `list_transform(${name}, lambda lockstep_item: ${canonicalText('lockstep_item', itemType) ?? 'CAST(to_json(lockstep_item) AS VARCHAR)'})`
  const isNumber = canonicalText('x', itemType) !== undefined && /INT|DECIMAL|FLOAT|DOUBLE/.test(itemType)
  const wanted = (value: string) => (isNumber ? (decimalText(value) ?? value) : value).normalize('NFC')
  const contains = () => `list_contains(${items}, CAST(${parameters.add(wanted(single(condition)))} AS VARCHAR))`
  if (condition.operator === 'contains') return holds(contains())
  if (condition.operator === 'does not contain') return fails(contains())
  return presence(condition, `coalesce(len(${column.type === 'set' ? `list_filter(${items}, lambda lockstep_item: lockstep_item IS NOT NULL)` : name}) > 0, FALSE)`)
}

/** A stretch of time: from (inclusive) until (exclusive), within the years that the canonical form can name. */
interface Stretch {
  from: string
  until: string
}

function timeCondition(condition: FilterCondition, column: FilterColumn, { today, parameters }: FilterContext): string {
  const name = quoteName(column.name)
  if (condition.operator === 'has a value' || condition.operator === 'has no value') return presence(condition, hasValue(name, column.nativeType))
  const { from, until } = stretchOf(condition, column.type === 'date' ? days : instantsOf(today), today)
  const { sqlType, within } = comparedTime(column)
  const bound = (value: string) => `CAST(${parameters.add(within(value))} AS ${sqlType})`
  const inside = `${sqlType === column.nativeType ? name : `CAST(${name} AS ${sqlType})`} >= ${bound(from)} AND ${sqlType === column.nativeType ? name : `CAST(${name} AS ${sqlType})`} < ${bound(until)}`
  return condition.operator === 'is not' ? fails(inside) : holds(inside)
}

/** Nanoseconds lose their end in any other type, and bounds beyond their years cannot be written in theirs. */
function comparedTime({ type, nativeType }: FilterColumn): { sqlType: string; within(bound: string): string } {
  const as = (bound: string) => bound
  if (type === 'date') return { sqlType: 'DATE', within: as }
  if (nativeType !== 'TIMESTAMP_NS') return { sqlType: 'TIMESTAMP', within: as }
  return { sqlType: 'TIMESTAMP_NS', within: (bound) => (bound === AFTER_LAST_DAY || bound > '2262' ? '2262-01-01' : bound < '1678' ? '1678-01-01' : bound) }
}

/** How the ends of what a condition names are written for SQL. */
interface TimeForm {
  begins(text: string): string
  ends(text: string): string
}

const days: TimeForm = { begins: (day) => day, ends: dayAfter }

function dayAfter(day: string): string {
  return day === '9999-12-31' ? AFTER_LAST_DAY : addDays(day, 1)
}

/** The days of instants are the workspace's. An instant stands for its millisecond, which is what fields hold unless they declare more. */
function instantsOf({ timezone }: Today): TimeForm {
  return {
    begins: (text) => timestamp(isDay(text) ? startOfDay(text, timezone) : Date.parse(text)),
    ends: (text) => (text === '9999-12-31' ? AFTER_LAST_DAY : timestamp(isDay(text) ? startOfDay(addDays(text, 1), timezone) : Date.parse(text) + 1)),
  }
}

function stretchOf(condition: FilterCondition, { begins, ends }: TimeForm, today: Today): Stretch {
  const [first = '', last = first] = values(condition)
  switch (condition.operator) {
    case 'is':
    case 'is not':
      return { from: begins(first), until: ends(first) }
    case 'before':
      return { from: FIRST_DAY, until: begins(first) }
    case 'after':
      return { from: ends(first), until: AFTER_LAST_DAY }
    case 'between':
      return { from: begins(first), until: ends(last) }
    default: {
      const { from, until } = relativeDays(condition, today)
      return { from: begins(from), until: begins(until) }
    }
  }
}

/** Whole days around today, today included on both sides. */
function relativeDays(condition: FilterCondition, today: Today): Stretch {
  const day = dayOf(today)
  const count = Number(single(condition))
  if (condition.operator === 'in the last days') return { from: addDays(day, -count), until: addDays(day, 1) }
  if (condition.operator === 'in the next days') return { from: day, until: addDays(day, count + 1) }
  return unchecked(condition)
}

function timestamp(milliseconds: number): string {
  const text = new Date(milliseconds).toISOString()
  return text.startsWith('+') ? AFTER_LAST_DAY : text.startsWith('-') ? FIRST_DAY : text.replace('T', ' ').replace('Z', '')
}

function values({ value }: FilterCondition): string[] {
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]).map(String)
}

function single(condition: FilterCondition): string {
  const [value] = values(condition)
  return value === undefined ? unchecked(condition) : value
}
