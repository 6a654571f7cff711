import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

export const ROOT = join(import.meta.dirname, '..', '..')

/** Keeps what journeys do out of the person's own data and keychain. */
export function journeyEnvironment(data: string): Record<string, string> {
  const { LANG, PATH, HOME } = process.env
  return { LANG: LANG ?? 'C.UTF-8', PATH: PATH ?? '', HOME: HOME ?? data, TZ: 'UTC', LOCKSTEP_DATA: data, LOCKSTEP_KEYCHAIN: 'off' }
}

export async function temporaryFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `lockstep-${name}-`))
}

/** Runs one command of the command line and gives the document it prints. */
export async function lockstep(data: string, ...words: string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(ROOT, 'src/cli/index.js'), ...words, '--json'], {
    cwd: ROOT,
    env: journeyEnvironment(data),
    maxBuffer: 64 * 1024 * 1024,
  })
  return JSON.parse(stdout) as unknown
}

export interface Started {
  /** The first line of its output that fits. */
  line: string
  stop(): Promise<void>
}

/** Starts a long-running program of the project and waits for the line that says it is ready. */
export async function startProgram(script: string, words: string[], ready: RegExp, data: string): Promise<Started> {
  const child = spawn(process.execPath, [join(ROOT, script), ...words], { cwd: ROOT, env: journeyEnvironment(data), stdio: ['pipe', 'pipe', 'pipe'] })
  const output: string[] = []
  const line = await new Promise<string>((found, failed) => {
    const see = (text: string): void => {
      output.push(text)
      if (ready.test(text)) found(text)
    }
    createInterface({ input: child.stdout }).on('line', see)
    createInterface({ input: child.stderr }).on('line', see)
    child.once('exit', (code) => failed(new Error(`${script} ended with ${code}\n${output.join('\n')}`)))
    child.once('error', failed)
  })
  return { line, stop: () => stopProcess(child) }
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await ended
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}
