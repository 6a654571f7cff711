import { AppError } from '../../contract/errors.ts'
import { type Command, numberOf, text, textOf, wholeNumber } from '../command.ts'
import type { Caller } from '../connect-engine.ts'
import { count, counted, shownValue, table } from '../table.ts'

/** Whether sources can be read. */
export const sourceTest: Command = {
  path: ['source', 'test'],
  words: ['source?'],
  options: {},
  connects: true,
  summary: 'Say whether a source can be read; without a name, whether each can.',
  async run({ words, engine }) {
    const { caller } = await engine()
    const results = []
    for (const source of words[0] === undefined ? await sourcesOf(caller) : [words[0]]) {
      results.push({ source, ...(await caller.sources.test({ source })) })
    }
    const ok = results.every((result) => result.ok)
    return { json: { ok, sources: results }, text: results.map(({ source, words: said }) => `${source}: ${said}`).join('\n'), exit: ok ? 0 : 1 }
  },
}

/** The first rows of a table or of a SELECT. */
export const sourcePreview: Command = {
  path: ['source', 'preview'],
  words: ['source?'],
  options: { table: text('TABLE'), sql: text('SELECT'), limit: wholeNumber('N') },
  summary: 'Show the first rows of a table or of one SELECT.',
  async run({ words, options, engine }) {
    const { caller } = await engine()
    const source = words[0] ?? (await onlySource(caller))
    const sql = textOf(options, 'sql')
    const name = textOf(options, 'table') ?? (sql === undefined ? await onlyTable(caller, source) : undefined)
    const limit = numberOf(options, 'limit')
    const found = await caller.sources.preview({ source, ...(name === undefined ? {} : { table: name }), ...(sql === undefined ? {} : { sql }), ...(limit === undefined ? {} : { limit }) })
    const rows = found.rows.map((row) => row.map(shownValue))
    const total = found.total === undefined ? counted(rows.length, 'row', 'rows') : `${count(rows.length)} of ${counted(found.total, 'row', 'rows')}`
    return { json: found, text: `${table(found.columns.map(({ name: title }) => ({ title, atMost: 24 })), rows)}\n${total}.` }
  },
}

async function sourcesOf(caller: Caller): Promise<string[]> {
  const info = await caller.workspace.current()
  return (info?.definitions ?? []).filter(({ kind }) => kind === 'source').map(({ id }) => id)
}

async function onlySource(caller: Caller): Promise<string> {
  const [source, ...more] = await sourcesOf(caller)
  if (source !== undefined && more.length === 0) return source
  throw new AppError('bad-usage', source === undefined ? 'The workspace has no source.' : 'The workspace has several sources.', { next: `Name one: ${[source, ...more].filter(Boolean).join(', ')}.` })
}

async function onlyTable(caller: Caller, source: string): Promise<string> {
  const [first, ...more] = (await caller.sources.tables({ source })).map(({ name }) => name)
  if (first !== undefined && more.length === 0) return first
  throw new AppError('bad-usage', first === undefined ? `${source} has no table.` : `${source} has several tables.`, { field: 'table', next: `Name one with --table: ${[first, ...more].filter(Boolean).join(', ')}.` })
}
