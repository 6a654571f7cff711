import { AppError } from '../../contract/errors.ts'
import type { ReviewScope } from '../../contract/shapes.ts'
import { type AnswerKind, answerKind } from '../../contract/states.ts'
import { type Command, flag, numberOf, type OptionValues, text, textOf, wholeNumber } from '../command.ts'
import { counted, moment, shownValue, table } from '../table.ts'

const scopeOptions = { all: flag, field: text('F'), record: text('K'), 'changed-by': text('NAME') }

/** The conflicts of a plan, page by page. */
export const reviewList: Command = {
  path: ['review', 'list'],
  words: ['plan'],
  options: { after: text('CURSOR'), limit: wholeNumber('N') },
  summary: 'List the conflicts of a plan with what each side holds.',
  async run({ words, options, engine }) {
    const { caller } = await engine()
    const after = textOf(options, 'after')
    const limit = numberOf(options, 'limit')
    const found = await caller.plans.conflicts({ plan: words[0] ?? '', ...(after === undefined ? {} : { after }), ...(limit === undefined ? {} : { limit }) })
    const rows = found.conflicts.map((conflict) => [
      conflict.record,
      conflict.field,
      conflict.base.known ? shownValue(conflict.base.value) : 'unknown',
      shownValue(conflict.warehouse),
      shownValue(conflict.destination),
      conflict.editor ? `${conflict.editor.name}${conflict.at === null ? '' : `, ${moment(conflict.at)}`}` : 'unknown',
      conflict.answer ? conflict.answer.take : 'open',
    ])
    const columns = ['Record', 'Field', 'Last synced', 'Warehouse', 'Destination', 'Changed there by', 'Answer'].map((title) => ({ title, atMost: 36 }))
    const more = found.next === null ? '' : `\nMore: add --after ${found.next}`
    // Every key stands in every conflict; while it is open, nothing is known of its result.
    const conflicts = found.conflicts.map((conflict) => ({ ...conflict, result: conflict.result ?? null }))
    return { json: { ...found, conflicts }, text: rows.length === 0 ? 'No conflicts.' : `${table(columns, rows)}${more}` }
  },
}

/** One answer for everything in a scope. */
export const reviewResolve: Command = {
  path: ['review', 'resolve'],
  words: ['plan'],
  options: { ...scopeOptions, take: text('warehouse|destination|value|skip'), value: text('V'), reason: text('R'), expires: text('D') },
  connects: true,
  summary: 'Answer conflicts: take the warehouse, keep the destination, pin a value, or skip for now.',
  async run({ words, options, engine }) {
    const take = answerOf(textOf(options, 'take'))
    const value = textOf(options, 'value')
    if (value !== undefined && take !== 'value') throw new AppError('bad-usage', `A value was given, but the answer is “${take}”.`, { field: 'value', value, next: 'Give --take value, or leave --value out.' })
    const scope = scopeOf(options)
    const reason = textOf(options, 'reason')
    const expires = textOf(options, 'expires')
    const { caller } = await engine()
    const result = await caller.plans.resolve({ plan: words[0] ?? '', scope, take, ...(value === undefined ? {} : { value }), ...(reason === undefined ? {} : { reason }), ...(expires === undefined ? {} : { expires }) })
    return { json: result, text: `${counted(result.answered, 'conflict', 'conflicts')} answered in ${counted(result.records, 'record', 'records')}; ${counted(result.open, 'is', 'are')} still open.` }
  },
}

/** Selects rows that would otherwise be left out. */
export const reviewSelect: Command = {
  path: ['review', 'select'],
  words: ['plan'],
  options: scopeOptions,
  connects: true,
  summary: 'Select rows that are not preselected: removals, clears, and overwrites of what a person typed.',
  async run({ words, options, engine }) {
    const scope = scopeOf(options)
    const { caller } = await engine()
    const result = await caller.plans.select({ plan: words[0] ?? '', scope })
    return { json: result, text: `${counted(result.selected, 'record', 'records')} selected; ${counted(result.unselected, 'is', 'are')} still left out.` }
  },
}

function answerOf(word: string | undefined): AnswerKind {
  const known = answerKind.safeParse(word)
  if (known.success) return known.data
  throw new AppError('bad-usage', word === undefined ? 'No answer was given.' : `There is no answer “${word}”.`, { field: 'take', ...(word === undefined ? {} : { value: word }), next: `Give --take ${answerKind.options.join('|')}.` })
}

/** Exactly one scope; what it must not be is the engine's to say. */
function scopeOf(options: OptionValues): ReviewScope {
  const field = textOf(options, 'field')
  const record = textOf(options, 'record')
  const changedBy = textOf(options, 'changed-by')
  return { ...(options['all'] === true ? { all: true } : {}), ...(field === undefined ? {} : { field }), ...(record === undefined ? {} : { record }), ...(changedBy === undefined ? {} : { changedBy }) }
}
