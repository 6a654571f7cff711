import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { CrashPoint } from './points.ts'

const CLI = join(import.meta.dirname, '..', '..', 'src', 'cli', 'index.js')
const WATCHER = join(import.meta.dirname, 'crash-points.ts')
/** A process that has said nothing for so long will not end by itself. */
const patienceMs = 120_000

/** When a process is killed: at the n-th time of a point, or by the clock. */
export type Kill = { point: CrashPoint; time: number } | { afterMs: number }

export interface Ended {
  killed: boolean
  exit: number | null
  output: string
  /** How often each point came; only of a process that ended by itself. */
  tally: Partial<Record<CrashPoint, number>>
  milliseconds: number
}

/** The command line over one workspace: a real engine in a real process, which may be killed at any moment. */
export class EngineProcess {
  private readonly workspace: string
  private readonly environment: Record<string, string | undefined>

  constructor(workspace: string, data: string) {
    this.workspace = workspace
    this.environment = { ...process.env, LOCKSTEP_DATA: data, LOCKSTEP_KEYCHAIN: 'off', LOCKSTEP_PERSON: 'Crash loop' }
  }

  /** Runs one command until it ends or is killed. */
  async run(words: string[], kill?: Kill): Promise<Ended> {
    const tallyFile = `${this.workspace}.tally`
    rmSync(tallyFile, { force: true })
    const crash = kill && 'point' in kill ? { LOCKSTEP_CRASH_AT: `${kill.point}:${kill.time}` } : {}
    const started = performance.now()
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', WATCHER, CLI, '-w', this.workspace, '--json', ...words], {
      env: { ...this.environment, ...crash, LOCKSTEP_CRASH_TALLY: tallyFile },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output: string[] = []
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => output.push(text))
    const timer = kill && 'afterMs' in kill ? setTimeout(() => child.kill('SIGKILL'), kill.afterMs) : undefined
    const hung = setTimeout(() => child.kill('SIGABRT'), patienceMs)
    const [exit, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((done) => child.once('close', (code, by) => done([code, by])))
    clearTimeout(timer)
    clearTimeout(hung)
    if (signal !== null && signal !== 'SIGKILL') throw new Error(`lockstep ${words.join(' ')} did not end\n${output.join('')}`)
    const tally = existsSync(tallyFile) ? (JSON.parse(readFileSync(tallyFile, 'utf8')) as Ended['tally']) : {}
    return { killed: signal === 'SIGKILL', exit, output: output.join(''), tally, milliseconds: performance.now() - started }
  }

  /** Runs a command that must end well, and gives its document. */
  async done<Document>(...words: string[]): Promise<Document> {
    const { exit, output } = await this.run(words)
    if (exit !== 0) throw new Error(`lockstep ${words.join(' ')} ended with ${exit}\n${output}`)
    return JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1)) as Document
  }
}
