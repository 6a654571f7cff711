import { isAbsolute, resolve } from 'node:path'
import { AppError } from '../contract/errors.ts'
import { findCommand, readWords, takeGlobalOptions, usageLine } from './arguments.ts'
import { commands } from './commands/index.ts'
import { connectEngine, type EngineConnection } from './connect-engine.ts'
import { exitCodeOf, failureBody, failureText } from './failures.ts'

/** Relative paths are meant from where the person stood, also when npm changed the folder. */
function resolvePath(path: string): string {
  return isAbsolute(path) ? path : resolve(process.env['INIT_CWD'] ?? process.cwd(), path)
}

function help(): string {
  return ['Lockstep on the command line. -w DIR names the workspace (default: this folder); --json prints one document.', '', ...commands.map((command) => `  ${usageLine(command)}\n      ${command.summary}`)].join('\n')
}

async function main(args: string[]): Promise<number> {
  let json = args.includes('--json')
  let connection: EngineConnection | undefined
  try {
    const global = takeGlobalOptions(args)
    json = global.json
    if (global.rest.length === 0 || global.rest[0] === 'help' || global.rest.includes('--help')) {
      process.stdout.write(`${help()}\n`)
      return global.rest.length === 0 ? 2 : 0
    }
    const { command, rest } = findCommand(commands, global.rest)
    const { words, options } = readWords(command, rest)
    const workspace = resolvePath(global.workspace ?? '.')
    const result = await command.run({
      words,
      options,
      workspace,
      resolvePath,
      say: (line) => process.stderr.write(`${line}\n`),
      engine: async () => (connection ??= await connectEngine(workspace)).caller,
    })
    process.stdout.write(json ? `${JSON.stringify(result.json)}\n` : result.text === '' ? '' : `${result.text}\n`)
    return result.exit ?? 0
  } catch (error) {
    const body = failureBody(error)
    if (json) process.stdout.write(`${JSON.stringify({ error: body })}\n`)
    process.stderr.write(`${failureText(body)}\n`)
    if (!(error instanceof AppError) && body.code === 'internal' && error instanceof Error && process.env['LOCKSTEP_DEBUG']) process.stderr.write(`${error.stack ?? ''}\n`)
    return exitCodeOf(body)
  } finally {
    await connection?.close()
  }
}

process.exitCode = await main(process.argv.slice(2))
