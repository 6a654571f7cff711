import { join } from 'node:path'
import { nodeFiles } from '../../platform/files.ts'
import { AppError } from '../../contract/errors.ts'
import type { Problem } from '../../contract/shapes.ts'
import { type Command, text, textOf } from '../command.ts'
import { failureText } from '../failures.ts'
import { counted } from '../table.ts'

/** A workspace over a file of one's own. */
export const workspaceInit: Command = {
  path: ['workspace', 'init'],
  words: [],
  options: { source: text('FILE'), name: text('NAME'), key: text('COLUMN'), table: text('TABLE'), delimiter: text('D'), encoding: text('utf-8|utf-16|latin-1') },
  summary: 'Make a workspace in the folder over a DuckDB, Parquet or CSV file.',
  async run({ options, workspace, resolvePath, engine }) {
    const source = textOf(options, 'source')
    if (source === undefined) throw new AppError('bad-usage', 'workspace init: --source FILE is missing.', { next: 'Use: lockstep workspace init --source FILE' })
    const encoding = encodingOf(textOf(options, 'encoding'))
    const name = textOf(options, 'name')
    const key = textOf(options, 'key')
    const table = textOf(options, 'table')
    const delimiter = textOf(options, 'delimiter')
    // Into a workspace that is there already, the file comes as one more source.
    const exists = await nodeFiles.exists(join(workspace, 'lockstep.yaml'))
    const { caller } = await engine(exists ? undefined : 'none')
    const info = await caller.workspace.initialise({
      file: resolvePath(source),
      options: { ...(table === undefined ? {} : { table }), ...(delimiter === undefined ? {} : { delimiter }), ...(encoding === undefined ? {} : { encoding }) },
      ...(exists ? {} : { folder: workspace }),
      ...(name === undefined ? {} : { name }),
      ...(key === undefined ? {} : { key }),
    })
    return {
      json: { folder: info.folder, id: info.id, name: info.name, definitions: info.definitions.map(({ kind, id, path }) => ({ kind, id, path })), problems: info.problems },
      text: [`${info.name} is in ${info.folder}:`, ...info.definitions.map(({ path }) => `  ${path}`)].join('\n'),
    }
  },
}

/** A person's word for a folder that came from elsewhere. */
export const workspaceTrust: Command = {
  path: ['workspace', 'trust'],
  words: [],
  options: {},
  summary: 'Say that the workspace may connect to where its connections go.',
  async run({ engine }) {
    const { caller } = await engine()
    const { folder, trusted, places } = await caller.workspace.trust({ reach: 'anywhere' })
    return {
      json: { folder, trusted, places },
      text: [`${folder} is trusted. It connects to:`, ...places.map(({ name, address }) => `  ${name}: ${address}`)].join('\n'),
    }
  },
}

/** Every definition checked by itself and against the others. */
export const workspaceValidate: Command = {
  path: ['workspace', 'validate'],
  words: [],
  options: {},
  summary: 'Check every file of the workspace.',
  async run({ engine }) {
    const { caller } = await engine()
    const { ok, files, problems } = await caller.workspace.validate()
    const found = `${counted(files, 'file', 'files')}, ${counted(problems.length, 'problem', 'problems')}.`
    return { json: { ok, files, problems }, text: [...problems.map(problemText), found].join('\n'), exit: ok ? 0 : 2 }
  },
}

function problemText(problem: Problem): string {
  const value = problem.value === undefined ? '' : `\n  found: ${problem.value}`
  return `${failureText(problem)}${value}\n`
}

function encodingOf(word: string | undefined): 'utf-8' | 'utf-16' | 'latin-1' | undefined {
  if (word === undefined || word === 'utf-8' || word === 'utf-16' || word === 'latin-1') return word
  throw new AppError('bad-usage', `There is no encoding “${word}”.`, { field: 'encoding', value: word, next: 'Give utf-8, utf-16 or latin-1.' })
}
