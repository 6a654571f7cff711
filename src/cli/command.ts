import type { Caller } from './connect-engine.ts'

/** What the words after a command may be. */
export interface OptionSpec {
  kind: 'flag' | 'text' | 'whole number'
  /** For help: `--seed S`. */
  placeholder?: string
}

export interface CommandInput {
  /** Positional words after the command, in order; all named ones are present. */
  words: string[]
  options: Record<string, string | number | boolean | undefined>
  /** Absolute folder of the workspace. */
  workspace: string
  /** Resolves a path as the person typed it. */
  resolvePath(path: string): string
  /** The engine over the workspace; opened on first use, closed at the end. */
  engine(): Promise<Caller>
  /** For people, on stderr. */
  say(line: string): void
}

export interface CommandResult {
  /** The one document of `--json`. */
  json: unknown
  /** For people, on stdout. */
  text: string
  /** 0 done, 1 failed or stopped, 2 bad usage or input, 3 waits for a person. */
  exit?: 0 | 1 | 2 | 3
}

/** One command of the command line: architecture §8 fixes its words, keys and exit codes. */
export interface Command {
  /** `['review', 'list']`. */
  path: string[]
  /** Names of the positional words, in order; a trailing `?` makes one optional. */
  words: string[]
  options: Record<string, OptionSpec>
  summary: string
  run(input: CommandInput): Promise<CommandResult>
}

export const flag: OptionSpec = { kind: 'flag' }
export function text(placeholder: string): OptionSpec {
  return { kind: 'text', placeholder }
}
export function wholeNumber(placeholder: string): OptionSpec {
  return { kind: 'whole number', placeholder }
}
