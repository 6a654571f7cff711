import { isAbsolute, resolve } from 'node:path'
import { commandsUnder, findCommand, readWords, takeGlobalOptions, usageLine } from './arguments.ts'
import type { Command, CommandInput, CommandResult } from './command.ts'
import { commands } from './commands/index.ts'
import type { EngineConnection } from './connect-engine.ts'
import { exitCodeOf, failureBody, failureDocument, failureText, withOption } from './failures.ts'

/** As shells count a program that a person interrupted. */
const INTERRUPTED = 130

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

async function main(args: string[]): Promise<number> {
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
      process.stdout.write(`${help(shown.length > 0 ? shown : commands)}\n`)
      return wantsHelp ? 0 : 2
    }
    const { command, rest } = findCommand(commands, global.rest)
    asked = command
    const result = await command.run(inputFor({ ...readWords(command, rest), json, workspace: resolvePath(global.workspace ?? '.') }, command, connections))
    printResult(result, json)
    return result.exit ?? 0
  } catch (error) {
    const body = withOption(failureBody(error), asked)
    if (json) process.stdout.write(`${JSON.stringify(failureDocument(body))}\n`)
    process.stderr.write(`${failureText(body)}\n`)
    if (body.code === 'internal' && error instanceof Error && process.env['LOCKSTEP_DEBUG']) process.stderr.write(`${error.stack ?? ''}\n`)
    return exitCodeOf(body)
  } finally {
    for (const connection of connections) await connection.close()
  }
}

function inputFor(given: Pick<CommandInput, 'words' | 'options' | 'json' | 'workspace'>, { connects }: Command, connections: EngineConnection[]): CommandInput {
  return {
    ...given,
    resolvePath,
    say: (line) => process.stderr.write(`${line}\n`),
    print: (line) => process.stdout.write(`${line}\n`),
    signal: stopSignal(),
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

function printResult(result: CommandResult, json: boolean): void {
  if (json && result.json !== undefined) process.stdout.write(`${JSON.stringify(result.json)}\n`)
  else if (!json && result.text !== '') process.stdout.write(`${result.text}\n`)
}

/** The first signal asks to stop in an orderly way; the second ends the process where it stands. */
function stopSignal(): AbortSignal {
  const stopping = new AbortController()
  const stop = (): void => {
    if (stopping.signal.aborted) process.exit(INTERRUPTED)
    stopping.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return stopping.signal
}

// Whoever reads our output may leave early, as `head` does.
process.stdout.on('error', () => process.exit(0))
process.exitCode = await main(process.argv.slice(2))
