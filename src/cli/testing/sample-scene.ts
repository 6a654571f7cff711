import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { runHere } from './run-here.ts'

const CLI = join(import.meta.dirname, '..', 'index.js')
const WEB_SHELL = join(import.meta.dirname, '..', '..', 'web', 'index.ts')

export interface Ended {
  exit: number
  /** The one document of `--json`. */
  document: unknown
}

/** A program that goes on. */
export interface Going {
  line: string
  stop(): Promise<number | null>
  /** Ends it where it stands. */
  kill(): Promise<number | null>
}

/** The sample company in a folder of its own with its simulators running, and the command line over it. */
export interface SampleScene {
  folder: string
  sample: string
  /** Addresses of the simulators. */
  addresses: string[]
  /** Runs the command line on a workspace as a script would; in this process, unless it reads `input`. */
  lockstep(workspace: string, words: string[], input?: string): Promise<Ended>
  /** Starts a command that goes on; settles with the first line it prints. */
  start(workspace: string, words: string[]): Promise<Going>
  /** The web shell over a workspace, straight from its source: its page need not be built. */
  openShell(workspace: string): Promise<Going>
  close(): Promise<void>
}

export async function sampleScene(customers: number): Promise<SampleScene> {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-cli-'))
  const sample = join(folder, 'sample')
  const environment = { LOCKSTEP_DATA: join(folder, 'data'), LOCKSTEP_KEYCHAIN: 'off' }

  async function lockstep(workspace: string, words: string[], input?: string): Promise<Ended> {
    const { exit, stdout } = input === undefined ? await runHere(['-w', workspace, '--json', ...words], environment) : await runApart(workspace, words, input)
    return { exit, document: JSON.parse(stdout) }
  }

  async function runApart(workspace: string, words: string[], input: string): Promise<{ exit: number; stdout: string }> {
    const child = spawn(process.execPath, [CLI, '-w', workspace, '--json', ...words], { env: { ...process.env, ...environment }, stdio: ['pipe', 'pipe', 'ignore'] })
    child.stdin.end(input)
    let stdout = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    const exit = await exitOf(child)
    return { exit: exit ?? 1, stdout }
  }

  async function startScript(script: string, words: string[]): Promise<Going> {
    const child = spawn(process.execPath, [script, ...words], { env: { ...process.env, ...environment }, stdio: ['pipe', 'pipe', 'inherit'] })
    const ended = exitOf(child)
    const line = await new Promise<string>((found) => createInterface({ input: child.stdout }).once('line', found))
    return {
      line,
      stop() {
        child.kill('SIGTERM')
        return ended
      },
      kill() {
        child.kill('SIGKILL')
        return ended
      },
    }
  }

  const start = (workspace: string, words: string[]): Promise<Going> => startScript(CLI, ['-w', workspace, ...words])

  await lockstep(sample, ['sample', 'create', sample, '--customers', String(customers)])
  const simulators = await start(sample, ['simulators', 'start', sample, '--pace', 'fast'])
  return {
    folder,
    sample,
    addresses: Object.values(JSON.parse(simulators.line) as Record<string, { url: string }>).map(({ url }) => url),
    lockstep,
    start,
    openShell: (workspace) => startScript(WEB_SHELL, ['--no-open', '-w', workspace]),
    async close() {
      await simulators.stop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => child.once('close', (code) => done(code)))
}
