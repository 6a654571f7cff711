import type { FilterCondition, FilterGroup, FilterNode } from '../../../contract/definitions.ts'
import { needsOf, operatorWords } from './operators.ts'

/** A piece of a sentence; values and columns are set apart on screen. */
export interface Word {
  kind: 'text' | 'column' | 'value'
  text: string
}

export interface SentenceSettings {
  /** Relative dates are resolved against this day in this zone. */
  today?: Date
  /** IANA zone of the workspace. */
  zone?: string
}

/** A column's name as people read it. */
export function columnWords(column: string): string {
  return column.replaceAll(/[_\s]+/g, ' ').trim()
}

/** The whole filter as one sentence, e.g. "whose tier is gold or silver, and whose country has no value". */
export function sentenceOf(filter: FilterGroup, settings: SentenceSettings): Word[] {
  const [kind, parts] = entry(filter)
  if (parts.length === 0) return [text('everyone')]
  return groupWords(kind, parts, settings, 1)
}

/** One condition in words. */
export function conditionWords(condition: FilterCondition, settings: SentenceSettings): Word[] {
  const words: Word[] = [{ kind: 'column', text: columnWords(condition.column) }, text(` ${operatorWords(condition.operator)}`)]
  const value = condition.value
  switch (needsOf(condition.operator)) {
    case 'nothing':
      break
    case 'days':
      words.push(text(' '), { kind: 'value', text: daysWords(Number(value)) })
      words.push(...resolvedDay(condition, settings))
      break
    case 'two': {
      const [from, to] = Array.isArray(value) ? value : []
      words.push(text(' '), valueWord(from), text(' and '), valueWord(to))
      break
    }
    case 'several': {
      const values = Array.isArray(value) ? value : []
      const neither = condition.operator === 'is not one of' && values.length === 2
      words.splice(1, 1, text(condition.operator === 'is one of' ? ' is ' : neither ? ' is neither ' : ' is not '))
      words.push(...listed(values, neither ? 'nor' : 'or'))
      break
    }
    case 'one':
      words.push(text(' '), valueWord(Array.isArray(value) ? value[0] : value))
  }
  return words
}

/** The sentence as plain text, for labels, tooltips and search. */
export function plainText(words: Word[]): string {
  return words.map((word) => word.text).join('')
}

function entry(filter: FilterGroup): ['all' | 'any' | 'none', FilterNode[]] {
  if ('all' in filter) return ['all', filter.all]
  if ('any' in filter) return ['any', filter.any]
  return ['none', filter.none]
}

function groupWords(kind: 'all' | 'any' | 'none', parts: FilterNode[], settings: SentenceSettings, level: number): Word[] {
  const joiner = kind === 'all' ? ' and ' : ' or '
  const inner = parts.flatMap((part, index) => {
    const words = 'column' in part ? conditionWords(part, settings) : nested(part, settings, level + 1)
    return index === 0 ? words : [text(joiner), ...words]
  })
  return kind === 'none' ? [text('not ('), ...inner, text(')')] : inner
}

function nested(group: FilterGroup, settings: SentenceSettings, level: number): Word[] {
  const [kind, parts] = entry(group)
  const words = groupWords(kind, parts, settings, level)
  return kind === 'none' || parts.length < 2 ? words : [text('('), ...words, text(')')]
}

function listed(values: (string | number)[], last: 'or' | 'nor'): Word[] {
  return values.flatMap((value, index) => {
    if (index === 0) return [valueWord(value)]
    return [text(index === values.length - 1 ? ` ${last} ` : ', '), valueWord(value)]
  })
}

function valueWord(value: string | number | boolean | undefined): Word {
  if (value === undefined || value === '') return { kind: 'value', text: '…' }
  return { kind: 'value', text: typeof value === 'number' ? value.toLocaleString('en-GB', { maximumFractionDigits: 20 }) : String(value) }
}

function text(words: string): Word {
  return { kind: 'text', text: words }
}

function daysWords(days: number): string {
  return days === 1 ? '1 day' : `${Number.isFinite(days) ? days.toLocaleString('en-GB') : '…'} days`
}

/** "In the last 30 days" says which day that is, and in which zone. */
function resolvedDay(condition: FilterCondition, settings: SentenceSettings): Word[] {
  const days = Number(condition.value)
  if (settings.today === undefined || !Number.isFinite(days)) return []
  const back = condition.operator === 'in the last days'
  const day = new Date(settings.today.getTime() + (back ? -days : days) * 86_400_000)
  const zone = settings.zone ?? 'UTC'
  const written = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: zone }).format(day)
  return [text(` (${back ? 'since' : 'until'} ${written}, ${zone})`)]
}
