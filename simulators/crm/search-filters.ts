import { isStringList, member, textMember } from '../kit/json.ts'
import type { RecordState, StoredRecord } from '../kit/record.ts'
import type { CrmObject } from './crm-object.ts'
import { badRequest } from './errors.ts'
import type { Property } from './schema.ts'
import { propertyValue } from './shapes.ts'
import { readInstant } from './values.ts'

export type Matcher = (record: StoredRecord, state: RecordState) => boolean

type Key = number | string

const QUERY_PROPERTIES = ['email', 'firstname', 'lastname', 'phone', 'name', 'domain']
const GROUP_LIMIT = 5
const FILTER_LIMIT = 6

/** Groups are alternatives; the filters of a group must all hold. */
export function createMatcher(object: CrmObject, groups: unknown, query: string | undefined): Matcher {
  const compiled = readList(groups, 'filterGroups', GROUP_LIMIT).map((group) => compileGroup(object, group))
  const words = query?.toLowerCase() ?? ''
  return (record, state) =>
    (compiled.length === 0 || compiled.some((matches) => matches(record, state))) &&
    (words === '' || QUERY_PROPERTIES.some((name) => textOf(state, name).includes(words)))
}

function compileGroup(object: CrmObject, group: unknown): Matcher {
  const filters = readList(member(group, 'filters'), 'filters', FILTER_LIMIT).map((filter) => compileFilter(object, filter))
  return (record, state) => filters.every((matches) => matches(record, state))
}

function readList(list: unknown, name: string, limit: number): unknown[] {
  if (list === undefined) return []
  if (!Array.isArray(list)) throw badRequest(`${name} must be a list`)
  if (list.length > limit) throw badRequest(`${name} holds ${list.length} entries; at most ${limit} are supported`)
  return list
}

function compileFilter(object: CrmObject, filter: unknown): Matcher {
  const name = textMember(filter, 'propertyName') ?? ''
  const property = object.properties.get(name)
  if (!property) throw badRequest(`There was a problem with the request: no property ${name}`)
  const test = compileTest(property, filter)
  return (record, state) => {
    const text = propertyValue(record, state, name)
    return test(text === null ? null : comparable(property, text))
  }
}

function compileTest(property: Property, filter: unknown): (key: Key | null) => boolean {
  const operator = textMember(filter, 'operator')
  const operand = (name: string): Key => comparable(property, requiredText(filter, name))
  const values = member(filter, 'values')
  const listed = isStringList(values) ? new Set(values.map((value) => comparable(property, value))) : undefined
  switch (operator) {
    case 'EQ':
    case 'NEQ':
      return equality(operand('value'), operator === 'EQ')
    case 'LT':
    case 'LTE':
    case 'GT':
    case 'GTE':
      return ordering(operator, operand('value'))
    case 'BETWEEN': {
      const low = ordering('GTE', operand('value'))
      const high = ordering('LTE', operand('highValue'))
      return (key) => low(key) && high(key)
    }
    case 'IN':
    case 'NOT_IN': {
      if (!listed) throw badRequest(`${operator} needs values`)
      return (key) => key !== null && listed.has(key) === (operator === 'IN')
    }
    case 'HAS_PROPERTY':
      return (key) => key !== null
    case 'NOT_HAS_PROPERTY':
      return (key) => key === null
    case 'CONTAINS_TOKEN':
    case 'NOT_CONTAINS_TOKEN': {
      const token = requiredText(filter, 'value').toLowerCase().replaceAll('*', '')
      return (key) => String(key ?? '').includes(token) === (operator === 'CONTAINS_TOKEN')
    }
    default:
      throw badRequest(`Invalid operator ${String(operator)}`)
  }
}

function equality(operand: Key, wanted: boolean): (key: Key | null) => boolean {
  return (key) => (key === operand) === wanted
}

function ordering(operator: 'LT' | 'LTE' | 'GT' | 'GTE', operand: Key): (key: Key | null) => boolean {
  switch (operator) {
    case 'LT':
      return (key) => key !== null && key < operand
    case 'LTE':
      return (key) => key !== null && key <= operand
    case 'GT':
      return (key) => key !== null && key > operand
    case 'GTE':
      return (key) => key !== null && key >= operand
  }
}

/** Numbers and instants compare as such, text without regard to case. */
function comparable(property: Property, text: string): Key {
  if (property.type === 'number') return Number(text)
  if (property.type === 'date' || property.type === 'datetime') return readInstant(text)
  return text.toLowerCase()
}

export function sortKey(property: Property, record: StoredRecord, state: RecordState): Key | null {
  const text = propertyValue(record, state, property.name)
  return text === null ? null : comparable(property, text)
}

function requiredText(filter: unknown, name: string): string {
  const value = member(filter, name)
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  throw badRequest(`The filter needs ${name}`)
}

function textOf(state: RecordState, name: string): string {
  const value = state.fields[name]
  return typeof value === 'string' ? value.toLowerCase() : ''
}
