import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { appendFile, mkdir, open, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AppError } from '../../contract/errors.ts'
import type { Clock, Log } from '../ports/ports.ts'
import type { StateDatabase } from './database.ts'

export type FileFault = 'missing' | 'broken'

/** What stands at the ends of a file that was written whole. */
const parquetMark = 'PAR1'
const duckdbMark = 'DUCK'

/** What can be told of a stored file without reading it: that it is there, and that it has its beginning and its end. */
export async function fileFault(path: string): Promise<FileFault | undefined> {
  const file = await open(path, 'r').catch(() => undefined)
  if (!file) return 'missing'
  try {
    const { size } = await file.stat()
    const marks = path.endsWith('.duckdb') ? [[duckdbMark, 8]] as const : [[parquetMark, 0], [parquetMark, size - 4]] as const
    for (const [mark, at] of marks) {
      const { buffer } = await file.read(Buffer.alloc(4), 0, 4, Math.max(0, at))
      if (buffer.toString('latin1') !== mark) return 'broken'
    }
    return size < 12 ? 'broken' : undefined
  } catch {
    return 'broken'
  } finally {
    await file.close()
  }
}

export interface SetAside {
  name: string
  fault: FileFault
}

/** Of an open workspace. */
interface Stored {
  database: StateDatabase
  folders: { data: string; state: string }
  ports: { clock: Clock; log: Log }
}

interface Pointer {
  kind: string
  scope: string
  path: string
}

/**
 * Data files that are missing or broken: what any log says that names one is no longer believed, because an older
 * statement in it may have been taken back by the lost one. The next plan reads it all again. The broken file is moved
 * aside, never deleted. Returns what was set aside.
 */
export async function setDamagedAside({ database, folders: { data, state }, ports: { clock, log } }: Stored): Promise<SetAside[]> {
  const suspects = new Map<string, FileFault>()
  for (const { path } of livePointers(database)) {
    const fault = await fileFault(join(data, path))
    if (fault) suspects.set(path, fault)
  }
  if (suspects.size === 0) return []
  const damaged = forget(database, suspects, clock.now())
  if (damaged.length === 0) return []
  const aside = asideFolder(state)
  await mkdir(aside, { recursive: true, mode: 0o700 })
  for (const { name, fault } of damaged) {
    if (fault === 'broken') await rename(join(data, name), join(aside, basename(name)))
    await appendFile(join(aside, listName), `${JSON.stringify({ name, fault })}\n`, { mode: 0o600 })
  }
  log.warn('Damaged data files were set aside; what they said is read again', { files: damaged.length })
  return damaged
}

function livePointers(database: StateDatabase): Pointer[] {
  return database.all<Pointer>('SELECT kind, scope, path FROM data_files WHERE retired_at IS NULL ORDER BY path, kind, scope')
}

/** While the files were looked at, a run of rules or a checkpoint may have put others in their place: only what still counts is damage. */
function forget(database: StateDatabase, suspects: ReadonlyMap<string, FileFault>, now: number): SetAside[] {
  return database.transaction(() => {
    const hit = livePointers(database).filter(({ path }) => suspects.has(path))
    for (const { kind, scope } of hit) database.run('UPDATE data_files SET retired_at = ? WHERE kind = ? AND scope = ? AND retired_at IS NULL', now, kind, scope)
    if (hit.length > 0) database.run('DELETE FROM read_marks')
    return [...new Set(hit.map(({ path }) => path))].map((name) => ({ name, fault: suspects.get(name) ?? 'missing' }))
  })
}

function asideFolder(state: string): string {
  return join(state, 'set-aside')
}

const listName = 'set-aside.jsonl'

/** What was ever set aside here and not taken away by a person. */
export async function setAside(state: string): Promise<SetAside[]> {
  const aside = asideFolder(state)
  if (!(await readdir(aside).catch(() => [] as string[])).includes(listName)) return []
  const text = await readFile(join(aside, listName), 'utf8')
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as SetAside]))
}

const planListName = 'files.json'

interface ListedFile {
  size: number
  sha256: string
}

/** Notes what files a plan has, once they are all written. */
export async function listPlanFiles(folder: string): Promise<void> {
  const listed: Record<string, ListedFile> = {}
  for (const name of (await readdir(folder)).sort()) listed[name] = { size: (await stat(join(folder, name))).size, sha256: await digestOf(join(folder, name)) }
  await writeFile(join(folder, planListName), JSON.stringify(listed), { mode: 0o600 })
}

/** Refuses a plan with a file that is missing or not what was written: the rest of it would be read as the whole. */
export async function requirePlanFiles(plan: string, folder: string): Promise<void> {
  const listed = await readFile(join(folder, planListName), 'utf8').catch(() => undefined)
  // Plans of before have no list.
  if (listed === undefined) return
  for (const [name, { size, sha256 }] of Object.entries(readList(plan, listed))) {
    const found = await stat(join(folder, name)).catch(() => undefined)
    if (!found) throw brokenPlan(plan, `${name} is missing`)
    if (found.size !== size || (await digestOf(join(folder, name))) !== sha256) throw brokenPlan(plan, `${name} is broken`)
  }
}

function readList(plan: string, listed: string): Record<string, ListedFile> {
  try {
    return JSON.parse(listed) as Record<string, ListedFile>
  } catch (cause) {
    throw brokenPlan(plan, `${planListName} is broken`, cause)
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** What DuckDB says of a file that it cannot read, where a plan's files were read; anything else stays as it is. */
export function explainPlanFailure(plan: string, cause: unknown): unknown {
  if (!(cause instanceof Error) || cause instanceof AppError) return cause
  const aboutFiles = /^(IO|Invalid Input|Invalid|Serialization|TProtocolException|Parquet) ?(Error|.*: )/i.test(cause.message) && /\.parquet|magic|parquet|thrift|decompress/i.test(cause.message)
  return aboutFiles ? brokenPlan(plan, cause.message.split('\n', 1)[0] ?? '', cause) : cause
}

function brokenPlan(plan: string, detail: string, cause?: unknown): AppError {
  return new AppError('plan-stale', `The stored files of plan ${plan} are missing or broken, so it can neither be shown nor applied.`, {
    value: plan,
    detail,
    next: 'Plan again. Nothing of this plan is sent.',
    ...(cause === undefined ? {} : { cause }),
  })
}
