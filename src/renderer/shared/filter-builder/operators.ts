import type { FilterCondition, FilterOperator, ValueType } from '../../../contract/definitions.ts'

/** How many values an operator needs, and of which kind. */
export type OperatorNeeds = 'nothing' | 'one' | 'several' | 'two' | 'days'

const presence: FilterOperator[] = ['has a value', 'has no value']

const byType: Record<ValueType, FilterOperator[]> = {
  string: ['is', 'is not', 'is one of', 'is not one of', 'contains', 'does not contain', 'starts with', ...presence],
  number: ['is', 'is not', 'more than', 'at least', 'less than', 'at most', 'between', 'is one of', 'is not one of', ...presence],
  boolean: ['is true', 'is false', ...presence],
  date: ['in the last days', 'in the next days', 'before', 'after', 'between', 'is', 'is not', ...presence],
  instant: ['in the last days', 'in the next days', 'before', 'after', 'between', 'is', 'is not', ...presence],
  set: ['contains', 'does not contain', ...presence],
  list: ['contains', 'does not contain', ...presence],
  json: presence,
}

/** The operators that make sense for a column of this type, the usual one first. */
export function operatorsFor(type: ValueType): FilterOperator[] {
  return byType[type]
}

/** The words of an operator as they stand in the middle of a sentence. */
export function operatorWords(operator: FilterOperator): string {
  switch (operator) {
    case 'more than':
    case 'at least':
    case 'less than':
    case 'at most':
    case 'between':
    case 'before':
    case 'after':
      return `is ${operator}`
    case 'in the last days':
      return 'is in the last'
    case 'in the next days':
      return 'is in the next'
    default:
      return operator
  }
}

/** The words of an operator as a choice in a list. */
export function operatorChoice(operator: FilterOperator): string {
  if (operator === 'in the last days') return 'is in the last … days'
  if (operator === 'in the next days') return 'is in the next … days'
  return operatorWords(operator)
}

/** What a person still has to give for this operator. */
export function needsOf(operator: FilterOperator): OperatorNeeds {
  switch (operator) {
    case 'has a value':
    case 'has no value':
    case 'is true':
    case 'is false':
      return 'nothing'
    case 'is one of':
    case 'is not one of':
      return 'several'
    case 'between':
      return 'two'
    case 'in the last days':
    case 'in the next days':
      return 'days'
    default:
      return 'one'
  }
}

/** Keeps what a person typed when they change the operator, as far as it still fits. */
export function valueFor(operator: FilterOperator, value: FilterCondition['value']): FilterCondition['value'] {
  const needs = needsOf(operator)
  const first = Array.isArray(value) ? value[0] : value
  if (needs === 'nothing') return undefined
  if (needs === 'one') return first
  if (needs === 'days') return typeof first === 'number' && Number.isInteger(first) && first > 0 ? first : undefined
  if (needs === 'two') return Array.isArray(value) ? value.slice(0, 2) : undefined
  if (Array.isArray(value)) return value
  return typeof first === 'string' || typeof first === 'number' ? [first] : undefined
}

/** Whether the condition has everything its operator needs, so that it can be counted and saved. */
export function isComplete(condition: { column: string; operator: FilterOperator; value?: FilterCondition['value'] }): boolean {
  if (condition.column === '') return false
  const value = condition.value
  switch (needsOf(condition.operator)) {
    case 'nothing':
      return true
    case 'several':
      return Array.isArray(value) && value.length > 0
    case 'two':
      return Array.isArray(value) && value.length === 2 && value.every((part) => part !== '')
    case 'days':
      return typeof value === 'number' && value > 0
    case 'one':
      return value !== undefined && value !== '' && !Array.isArray(value)
  }
}
