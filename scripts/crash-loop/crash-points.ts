/**
 * Loaded before the engine (`node --import`) into a process that is to be killed. Watches what the process does at the
 * edges of the engine, its database, its network and its data files, and ends it with SIGKILL at the n-th time that a
 * named point comes. The engine's own code knows nothing of it.
 *
 * LOCKSTEP_CRASH_AT: `<point>:<n>`; LOCKSTEP_CRASH_TALLY: a file that gets how often each point came, when the process ends by itself.
 */
import { writeFileSync } from 'node:fs'
import { subscribe } from 'node:diagnostics_channel'
import { DuckDBConnection } from '@duckdb/node-api'
import SqliteDatabase from 'better-sqlite3'
import type { CrashPoint } from './points.ts'

const [wanted, time] = (process.env['LOCKSTEP_CRASH_AT'] ?? '').split(':')
const tallyFile = process.env['LOCKSTEP_CRASH_TALLY']
const tally: Partial<Record<CrashPoint, number>> = {}
let verifying = false

function reach(point: CrashPoint): void {
  tally[point] = (tally[point] ?? 0) + 1
  if (point === wanted && tally[point] === Number(time)) process.kill(process.pid, 'SIGKILL')
}

if (tallyFile !== undefined) process.on('exit', () => writeFileSync(tallyFile, JSON.stringify(tally)))

/** What a transaction of a run's journal is about, by the statements in it. One transaction may be about several things. */
type Commit = 'intent' | 'job' | 'outcome' | 'doubt' | 'repeat' | 'proof' | 'end'

function commitOf(sql: string, values: readonly unknown[]): Commit | undefined {
  if (/^\s*INSERT INTO data_files/.test(sql)) return 'end'
  if (/^\s*INSERT INTO journal\b/.test(sql) && sql.includes("'sent'")) return 'intent'
  if (!/^\s*UPDATE journal\b/.test(sql)) return undefined
  if (/SET verification = \?/.test(sql)) return 'proof'
  if (/SET state = 'sent'/.test(sql)) return 'repeat'
  if (values[0] === 'accepted') return 'job'
  return values[0] === 'unknown' ? 'doubt' : 'outcome'
}

interface NativeStatement {
  source: string
  run(...values: unknown[]): unknown
}

function watchDatabase(): void {
  const probe = new SqliteDatabase(':memory:')
  const prototype = Object.getPrototypeOf(probe.prepare('SELECT 1')) as NativeStatement
  probe.close()
  const { run } = prototype
  const commits = new Set<Commit>()
  prototype.run = function (this: NativeStatement, ...values: unknown[]): unknown {
    const { source } = this
    if (source !== 'COMMIT') {
      const result = run.apply(this, values)
      if (source.startsWith('BEGIN')) commits.clear()
      const about = commitOf(source, values)
      if (about !== undefined) commits.add(about)
      if (/^\s*UPDATE runs SET state/.test(source)) verifying = values[0] === 'verifying'
      return result
    }
    for (const commit of commits) reach(`before ${commit} commit`)
    const result = run.apply(this, values)
    for (const commit of commits) reach(`after ${commit} commit`)
    commits.clear()
    return result
  }
}

interface Exchange {
  request: { method: string; path: string }
}

/** Paths that change something, in the protocols of the three systems. */
const writes = /\/batch\/(create|update|upsert|archive)$|\/users\/(create|update|create_or_update|destroy)_many|\/users\/(track|delete)$/
const polls = /\/job_statuses\//
const reads = /\/batch\/read$|\/users\/show_many|\/users\/export\/ids$/

function watchNetwork(): void {
  const on = (channel: string, see: (path: string) => CrashPoint | undefined): void =>
    subscribe(`undici:request:${channel}`, (message) => {
      const point = see((message as Exchange).request.path.split('?', 1)[0] ?? '')
      if (point !== undefined) reach(point)
    })
  on('create', (path) => {
    if (writes.test(path)) return 'request handed over'
    if (polls.test(path)) return 'poll sent'
    if (reads.test(path)) return verifying ? 'reading back' : 'comparing'
    return undefined
  })
  on('bodySent', (path) => (writes.test(path) ? 'request sent' : undefined))
  on('headers', (path) => (writes.test(path) ? 'answer begins' : polls.test(path) ? 'poll answered' : undefined))
  on('trailers', (path) => (writes.test(path) ? 'answer complete' : undefined))
}

function watchDataFiles(): void {
  const { run } = DuckDBConnection.prototype
  DuckDBConnection.prototype.run = async function (this: DuckDBConnection, ...values: Parameters<typeof run>) {
    const [sql] = values
    const target = /^\s*COPY[\s\S]* TO '[^']*\/(receipts|base|links)-[^/']*\.parquet'/.exec(sql)?.[1]
    if (target === undefined) return run.apply(this, values)
    const writing = run.apply(this, values)
    // DuckDB works in threads of its own: here the file is half there.
    reach(target === 'receipts' ? 'writing receipts' : 'writing data file')
    const result = await writing
    reach(target === 'receipts' ? 'receipts written' : 'data file written')
    return result
  }
}

watchDatabase()
watchNetwork()
watchDataFiles()
