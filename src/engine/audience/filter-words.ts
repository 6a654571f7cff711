import type { FilterCondition, FilterGroup, FilterNode } from '../../contract/definitions.ts'
import { groupParts, isCondition } from '../workspace/filter-tree.ts'

/** A filter as a sentence: "tier is gold or platinum and churn propensity is at least 0.6". */
export function filterWords(filter: FilterGroup): string {
  const { parts } = groupParts(filter)
  return parts.length === 0 ? 'everybody' : nodeWords(filter, false)
}

/** One part of a filter as a sentence. */
export function partWords(node: FilterNode): string {
  return nodeWords(node, false)
}

function nodeWords(node: FilterNode, nested: boolean): string {
  if (isCondition(node)) return conditionWords(node)
  const { kind, parts } = groupParts(node)
  if (parts.length === 0) return kind === 'any' ? 'nobody' : 'everybody'
  const [only] = parts
  if (parts.length === 1 && only !== undefined && kind !== 'none') return nodeWords(only, nested)
  const words = parts.map((part) => nodeWords(part, true))
  if (kind === 'none') return `none of this holds: ${words.join('; ')}`
  const joined = words.join(kind === 'all' ? ' and ' : ', or ')
  return nested ? `(${joined})` : joined
}

function conditionWords({ column, operator, value }: FilterCondition): string {
  const subject = column.replaceAll('_', ' ')
  const values = value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(valueWords)
  const [first = ''] = values
  switch (operator) {
    case 'is one of':
      return `${subject} is ${listWords(values, 'or')}`
    case 'is not one of':
      return values.length === 2 ? `${subject} is neither ${values.join(' nor ')}` : `${subject} is not ${listWords(values, 'or')}`
    case 'more than':
    case 'at least':
    case 'less than':
    case 'at most':
    case 'before':
    case 'after':
      return `${subject} is ${operator} ${first}`
    case 'between':
      return `${subject} is between ${listWords(values, 'and')}`
    case 'in the last days':
    case 'in the next days':
      return `${subject} is ${operator.replace(' days', '')} ${first} ${first === '1' ? 'day' : 'days'}`
    case 'has a value':
    case 'has no value':
    case 'is true':
    case 'is false':
      return `${subject} ${operator}`
    case 'is':
    case 'is not':
    case 'contains':
    case 'does not contain':
    case 'starts with':
      return `${subject} ${operator} ${first}`
  }
}

function valueWords(value: string | number | boolean): string {
  return typeof value === 'string' && (value === '' || value.trim() !== value) ? `“${value}”` : String(value)
}

function listWords(values: readonly string[], last: 'and' | 'or'): string {
  if (values.length <= 1) return values.join('')
  return `${values.slice(0, -1).join(', ')} ${last} ${values.at(-1) ?? ''}`
}
