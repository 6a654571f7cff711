import { AppError } from '../contract/errors.ts'
import type { Command, OptionSpec, OptionValues } from './command.ts'

export interface GlobalOptions {
  workspace: string | undefined
  json: boolean
  help: boolean
  /** Everything else, in order. */
  rest: string[]
}

/** Takes `-w DIR`, `--json` and `--help` from wherever they stand. */
export function takeGlobalOptions(words: string[]): GlobalOptions {
  const found: GlobalOptions = { workspace: undefined, json: false, help: false, rest: [] }
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    if (word === '--json') found.json = true
    else if (word === '--help' || word === '-h') found.help = true
    else if (word.startsWith('--workspace=')) found.workspace = word.slice('--workspace='.length)
    else if (word === '-w' || word === '--workspace') {
      const folder = words[++index]
      if (folder === undefined) throw new AppError('bad-usage', `${word} needs a folder.`, { next: 'Write it as -w DIR.' })
      found.workspace = folder
    } else found.rest.push(word)
  }
  return found
}

/** The commands whose name begins with these words, for help. */
export function commandsUnder(commands: Command[], words: string[]): Command[] {
  return commands.filter((command) => command.path.every((part, index) => index >= words.length || words[index] === part))
}

/** The command that these words name, and the words after it. */
export function findCommand(commands: Command[], words: string[]): { command: Command; rest: string[] } {
  const candidates = commands.filter((command) => command.path.every((part, index) => words[index] === part))
  const command = candidates.sort((one, other) => other.path.length - one.path.length)[0]
  if (!command) {
    const group = commands.filter((one) => one.path[0] === words[0])
    throw new AppError('bad-usage', words.length === 0 ? 'No command was given.' : `There is no command “${words.slice(0, 2).join(' ')}”.`, {
      next: group.length > 0 ? `There is: ${group.map((one) => one.path.join(' ')).join(', ')}.` : 'See the list with --help.',
    })
  }
  return { command, rest: words.slice(command.path.length) }
}

/** Splits the rest into positional words and options, and refuses what the command does not know. */
export function readWords(command: Command, rest: string[]): { words: string[]; options: OptionValues } {
  if (command.takesAnything) return { words: rest, options: {} }
  const words: string[] = []
  const options: OptionValues = {}
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] ?? ''
    if (!word.startsWith('-') || word === '-') {
      words.push(word)
      continue
    }
    const [name, inline] = splitOption(word)
    const spec = word.startsWith('--') ? command.options[name] : undefined
    if (!spec) throw usage(command, `it does not know ${word.split('=')[0] ?? word}.`)
    if (name in options && spec.kind !== 'texts') throw usage(command, `--${name} was given twice.`)
    if (spec.kind === 'flag') {
      if (inline !== undefined) throw usage(command, `--${name} takes no value.`)
      options[name] = true
      continue
    }
    const value = inline ?? rest[++index]
    if (value === undefined) throw usage(command, `--${name} needs a value.`)
    const before = options[name]
    options[name] = spec.kind === 'texts' ? [...(Array.isArray(before) ? before : []), value] : valueOf(command, name, spec, value)
  }
  const needed = command.words.filter((name) => !name.endsWith('?'))
  if (words.length < needed.length) throw usage(command, `<${wordName(needed[words.length])}> is missing.`)
  if (words.length > command.words.length && !isRepeated(command.words.at(-1))) throw usage(command, `“${words[command.words.length] ?? ''}” is one word too many.`)
  return { words, options }
}

function splitOption(word: string): [string, string | undefined] {
  const at = word.indexOf('=')
  return at < 0 ? [word.slice(2), undefined] : [word.slice(2, at), word.slice(at + 1)]
}

function valueOf(command: Command, name: string, spec: OptionSpec, value: string): string | number {
  if (spec.kind === 'text') return value
  if (!/^\d{1,15}$/.test(value)) throw usage(command, `--${name} takes a whole number, not “${value}”.`)
  return Number(value)
}

/** A mistake in how a command was called, with the way it is called. */
export function usage(command: Command, what: string): AppError {
  return new AppError('bad-usage', `${command.path.join(' ')}: ${what}`, { next: `Use: lockstep ${usageLine(command)}` })
}

function wordName(name = ''): string {
  return name.replace(/…?\??$/, '')
}

function isRepeated(name = ''): boolean {
  return /…\??$/.test(name)
}

/** `plan <activation> [--limit N]`. */
export function usageLine(command: Command): string {
  const words = command.words.map((name) => `${name.endsWith('?') ? `[${wordName(name)}]` : `<${wordName(name)}>`}${isRepeated(name) ? ' …' : ''}`)
  const options = Object.entries(command.options).map(([name, spec]) => (spec.kind === 'flag' ? `[--${name}]` : `[--${name} ${spec.placeholder ?? ''}${spec.kind === 'texts' ? ' …' : ''}]`))
  return [...command.path, ...words, ...options].join(' ')
}
