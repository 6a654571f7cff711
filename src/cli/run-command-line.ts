import { isAbsolute, resolve } from 'node:path'
import { commandsUnder, findCommand, readWords, takeGlobalOptions, usageLine } from './arguments.ts'
import type { Command, CommandInput, CommandResult } from './command.ts'
import { commands } from './commands/index.ts'
import type { EngineConnection } from './connect-engine.ts'
import { exitCodeOf, failureBody, failureDocument, failureText, withOption } from './failures.ts'

/** Where a command's words go, and what stops it. */
export interface Terminal {
  /** What was asked for: stdout. */
  print(text: string): void
  /** For people beside it: stderr. */
  say(text: string): void
  /** Ends when the person asks to stop. */
  signal: AbortSignal
}

/** Relative paths are meant from where the person stood, also when npm changed the folder. */
function resolvePath(path: string): string {
  return isAbsolute(path) ? path : resolve(process.env['INIT_CWD'] ?? process.cwd(), path)
}

function help(shown: Command[]): string {
  return [
    'Lockstep on the command line. -w DIR names the workspace (default: this folder); --json prints one document.',
    'Ends with 0 when done, 1 when it failed or stopped, 2 for bad usage or input, 3 when a person is needed.',
    '',
    ...shown.map((command) => `  ${usageLine(command)}\n      ${command.summary}`),
  ].join('\n')
}

/** Runs one command, with the engine in this process or in the shell that owns the workspace; gives the exit code. */
export async function runCommandLine(args: string[], terminal: Terminal): Promise<number> {
  let json = args.includes('--json')
  const connections: EngineConnection[] = []
  let asked: Command | undefined
  try {
    const global = takeGlobalOptions(args)
    json = global.json
    const wantsHelp = global.help || global.rest[0] === 'help'
    if (wantsHelp || global.rest.length === 0) {
      const named = global.rest[0] === 'help' ? global.rest.slice(1) : global.rest
      const shown = commandsUnder(commands, named)
      terminal.print(`${help(shown.length > 0 ? shown : commands)}\n`)
      return wantsHelp ? 0 : 2
    }
    const { command, rest } = findCommand(commands, global.rest)
    asked = command
    const result = await command.run(inputFor({ ...readWords(command, rest), json, workspace: resolvePath(global.workspace ?? '.') }, command, connections, terminal))
    printResult(result, json, terminal)
    return result.exit ?? 0
  } catch (error) {
    const body = withOption(failureBody(error), asked)
    if (json) terminal.print(`${JSON.stringify(failureDocument(body))}\n`)
    terminal.say(`${failureText(body)}\n`)
    if (body.code === 'internal' && error instanceof Error && process.env['LOCKSTEP_DEBUG']) terminal.say(`${error.stack ?? ''}\n`)
    return exitCodeOf(body)
  } finally {
    for (const connection of connections) await connection.close()
  }
}

function inputFor(given: Pick<CommandInput, 'words' | 'options' | 'json' | 'workspace'>, { connects }: Command, connections: EngineConnection[], { print, say, signal }: Terminal): CommandInput {
  return {
    ...given,
    resolvePath,
    say: (line) => say(`${line}\n`),
    print: (line) => print(`${line}\n`),
    signal,
    async engine(workspace) {
      const known = connections[0]
      if (known) return known
      // Loaded on first use: help and mistakes in the words answer at once.
      const { connectEngine } = await import('./connect-engine.ts')
      const connection = await connectEngine(workspace === 'none' ? undefined : given.workspace)
      connections.push(connection)
      if (connects && workspace !== 'none') await giveWord(connection, connects)
      return connection
    },
  }
}

/** Whoever types a command that connects means it, for what stays on this computer; for more they say so once. */
async function giveWord({ caller }: EngineConnection, connects: true | 'if it may'): Promise<void> {
  try {
    await caller.workspace.trust({ reach: 'this computer' })
  } catch (error) {
    if (connects === true || failureBody(error).code !== 'workspace-untrusted') throw error
  }
}

function printResult(result: CommandResult, json: boolean, { print }: Terminal): void {
  if (json && result.json !== undefined) print(`${JSON.stringify(result.json)}\n`)
  else if (!json && result.text !== '') print(`${result.text}\n`)
}
