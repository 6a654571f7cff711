import type { EngineConnection } from './connect-engine.ts'

/** What the words after a command may be. */
export interface OptionSpec {
  /** 'texts' may be given several times. */
  kind: 'flag' | 'text' | 'texts' | 'whole number'
  /** For help: `--seed S`. */
  placeholder?: string
}

export type OptionValues = Record<string, string | number | boolean | string[] | undefined>

export interface CommandInput {
  /** Positional words after the command, in order; all named ones are present. */
  words: string[]
  options: OptionValues
  /** Whether one JSON document is wanted on stdout. */
  json: boolean
  /** Absolute folder of the workspace. */
  workspace: string
  /** Resolves a path as the person typed it. */
  resolvePath(path: string): string
  /** The engine over the workspace, or with none open; connected on first use, closed at the end. */
  engine(workspace?: 'none'): Promise<EngineConnection>
  /** For people, on stderr. */
  say(line: string): void
  /** On stdout at once: for commands that go on after it. */
  print(line: string): void
  /** Ends when the person asks to stop. */
  signal: AbortSignal
}

export interface CommandResult {
  /** The one document of `--json`; undefined where the command printed its own. */
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
  /** Names of the positional words, in order; a trailing `?` makes one optional, and `…` (before it) the last one repeatable. */
  words: string[]
  options: Record<string, OptionSpec>
  summary: string
  /**
   * Typed for a folder, it says that the folder may connect, as long as all of its connections stay on this computer. 'if it
   * may': it says something without connecting, too.
   */
  connects?: true | 'if it may'
  /** Takes whatever follows: for commands that only say that they are not built yet. */
  takesAnything?: true
  run(input: CommandInput): Promise<CommandResult>
}

export const flag: OptionSpec = { kind: 'flag' }
export function text(placeholder: string): OptionSpec {
  return { kind: 'text', placeholder }
}
export function texts(placeholder: string): OptionSpec {
  return { kind: 'texts', placeholder }
}
export function wholeNumber(placeholder: string): OptionSpec {
  return { kind: 'whole number', placeholder }
}

/** The text of an option, or undefined. */
export function textOf(options: OptionValues, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

/** Every text of an option that may be given several times. */
export function textsOf(options: OptionValues, name: string): string[] {
  const value = options[name]
  return Array.isArray(value) ? value : []
}

/** The number of an option, or undefined. */
export function numberOf(options: OptionValues, name: string): number | undefined {
  const value = options[name]
  return typeof value === 'number' ? value : undefined
}
