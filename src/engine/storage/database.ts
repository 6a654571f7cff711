import { chmodSync, mkdirSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'
import type { Database, Statement } from 'better-sqlite3'
import { AppError } from '../../contract/errors.ts'
import type { Migration } from './migrate.ts'
import { migrate } from './migrate.ts'

/** Before this version two connections on one WAL could lose committed writes. */
const oldestSafeSqlite = [3, 51, 3] as const
const busyTimeoutMs = 5000
/** 32 MB of 4 KB. */
const pagesBeforeCheckpoint = 8000
/** The state file inside the state folder. */
export const stateFile = 'state.db'

/** A value SQLite takes. */
export type SqliteValue = string | number | bigint | null

/**
 * The control plane: one SQLite file with everything that must never be wrong. Opened once, by the owner
 * of the lease.
 */
export class StateDatabase {
  readonly sqlite: Database
  /** Absolute path of the state folder. */
  readonly folder: string
  /** Part of every transaction: throws when this process may not write any more. Set by the lease. */
  fence: (() => void) | undefined
  /** Seals the hash of an audit entry with the workspace's key, which lies outside the database. Set when it opens. */
  sealAudit: ((hash: string) => string) | undefined
  private readonly statements = new Map<string, Statement<unknown[], unknown>>()

  constructor(sqlite: Database, folder: string) {
    this.sqlite = sqlite
    this.folder = folder
  }

  /** All or nothing. Inside another transaction it is a part of it that can fail alone. */
  transaction<T>(act: () => T): T {
    const outermost = !this.sqlite.inTransaction
    const fenced = (): T => {
      if (outermost) this.fence?.()
      return act()
    }
    try {
      return this.sqlite.transaction(fenced).immediate()
    } catch (error) {
      throw asStorageFailure(error)
    }
  }

  /** A prepared statement, kept for next time. */
  statement<Row = unknown>(sql: string): Statement<SqliteValue[], Row> {
    // Who still asks while the workspace closes is told so; it is no failure of the program.
    if (!this.sqlite.open) throw new AppError('workspace-missing', 'The workspace was closed.', { next: 'Open it again.', retryable: true })
    let statement = this.statements.get(sql)
    if (!statement) {
      statement = this.sqlite.prepare<unknown[], unknown>(sql)
      this.statements.set(sql, statement)
    }
    return statement as unknown as Statement<SqliteValue[], Row>
  }

  get<Row>(sql: string, ...values: SqliteValue[]): Row | undefined {
    return this.statement<Row>(sql).get(...values)
  }

  all<Row>(sql: string, ...values: SqliteValue[]): Row[] {
    return this.statement<Row>(sql).all(...values)
  }

  /** Runs a change and says how many rows it touched. */
  run(sql: string, ...values: SqliteValue[]): number {
    return this.statement(sql).run(...values).changes
  }

  /** A change that must touch exactly one row: its WHERE names the state it expects. */
  change(sql: string, ...values: SqliteValue[]): void {
    const changed = this.run(sql, ...values)
    if (changed !== 1) throw new Error(`expected one row to change, ${changed} did: ${sql}`)
  }

  /** The next whole number of a named sequence: order that no clock can turn around. */
  next(sequence: string): number {
    const row = this.get<{ value: number }>('INSERT INTO sequence VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value', sequence)
    if (!row) throw new Error(`the sequence ${sequence} gave no number`)
    return row.value
  }

  /** Problems SQLite finds in its file, at most `most`; none is an empty list. `full` also checks indexes against rows. */
  integrityProblems(full = false, most = 10): string[] {
    const rows = this.sqlite.pragma(`${full ? 'integrity_check' : 'quick_check'}(${most})`) as Record<string, string>[]
    return rows.map((row) => Object.values(row)[0] ?? '').filter((text) => text !== 'ok')
  }

  /** A consistent copy while the database is in use. */
  backUp(path: string): void {
    this.sqlite.prepare('VACUUM INTO ?').run(path)
    chmodSync(path, 0o600)
  }

  close(): void {
    this.statements.clear()
    this.sqlite.close()
  }
}

/**
 * Opens the file without touching its schema, after a look for damage: 'quick' misses only indexes that do not fit their
 * rows. Creates the folder, for this person only.
 */
export function connectDatabase(folder: string, options: { check: 'quick' | 'full' } = { check: 'quick' }): StateDatabase {
  const path = `${folder}/${stateFile}`
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
    const database = new StateDatabase(new SqliteDatabase(path, { timeout: busyTimeoutMs }), folder)
    try {
      prepareConnection(database.sqlite)
      chmodSync(path, 0o600)
      refuseDamage(database, options.check === 'full')
    } catch (error) {
      database.close()
      throw error
    }
    return database
  } catch (error) {
    throw asStorageFailure(error, path)
  }
}

/** Brings the schema up to date; `backUp` runs first when there is something to lose. */
export function prepareSchema(database: StateDatabase, now: number, options: { steps?: readonly Migration[]; backUp?: (database: StateDatabase) => void } = {}): void {
  const { steps, backUp } = options
  migrate(database.sqlite, { now, steps, ...(backUp ? { backUp: () => backUp(database) } : {}) })
}

/** Opens and migrates. For tests and tools that own the folder; shells go through `openAsOwner` (lease.ts). */
export function openDatabase(folder: string, now: number): StateDatabase {
  const database = connectDatabase(folder)
  try {
    prepareSchema(database, now)
  } catch (error) {
    database.close()
    throw error
  }
  return database
}

function prepareConnection(sqlite: Database): void {
  refuseUnsafeSqlite(sqlite.prepare<[], { version: string }>('SELECT sqlite_version() AS version').get()?.version ?? '0')
  sqlite.pragma('journal_mode = WAL')
  // A commit survives power loss: the journal is a promise to people, not a cache.
  sqlite.pragma('synchronous = FULL')
  // A run changes each of its rows some times in a row: with room for them all in the log, a page is moved over once.
  sqlite.pragma(`wal_autocheckpoint = ${pagesBeforeCheckpoint}`)
  sqlite.pragma('foreign_keys = OFF')
  sqlite.pragma('trusted_schema = OFF')
}

/** Throws for a SQLite that this app must not run with. */
export function refuseUnsafeSqlite(version: string): void {
  if (!isOlder(version)) return
  throw new AppError('storage-failed', `This Lockstep was put together with SQLite ${version}, which can lose committed writes; ${oldestSafeSqlite.join('.')} or later is needed.`, {
    next: 'Install Lockstep again. Nothing was opened or changed.',
  })
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number)
  for (const [index, least] of oldestSafeSqlite.entries()) {
    const part = parts[index] ?? 0
    if (part !== least) return part < least
  }
  return false
}

function refuseDamage(database: StateDatabase, full: boolean): void {
  const problems = database.integrityProblems(full)
  if (problems.length > 0) throw damaged(`${database.folder}/${stateFile}`, problems.slice(0, 3).join('; '))
}

function damaged(file: string | undefined, detail: string, cause?: unknown): AppError {
  return new AppError('state-damaged', 'The state of this workspace is damaged.', { file, next: 'Restore its newest backup. Nothing was changed or sent.', detail, cause })
}

/** No room, in the ways that systems say it: on the disk, for this person, in one file; or nothing may be written at all. */
const fullCodes = new Set(['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS'])

/** Whether something failed only because the disk takes no more. DuckDB says it in its text only. */
export function saysNoRoom(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string' && fullCodes.has(error.code)) return true
  return /no space left on device|disk quota exceeded|file too large|read-only file system/i.test(error.message)
}

/** The words for it, the same before a start and in the middle of a run. */
export function noRoom(error: unknown, file?: string): AppError {
  return new AppError('storage-failed', 'There is no room left on the disk that holds the state of this workspace.', {
    ...(file === undefined ? {} : { file }),
    next: 'Free some space and try again. Nothing was sent that is not recorded.',
    retryable: true,
    ...(error instanceof Error ? { detail: error.message.split('\n', 1)[0] ?? '' } : {}),
    cause: error,
  })
}

/** What the disk or SQLite refused, in words; anything else stays as it is. */
export function asStorageFailure(error: unknown, file?: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string' || error instanceof AppError) return error
  const { code } = error
  if (fullCodes.has(code)) return noRoom(error, file)
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) return damaged(file, error.message, error)
  if (/^SQLITE_(IOERR|CANTOPEN|READONLY|BUSY|LOCKED|PERM|AUTH)|^(EACCES|EPERM|EROFS|EIO|ENOTDIR|EEXIST)$/.test(code)) {
    return new AppError('storage-failed', 'The state of this workspace cannot be read or written.', {
      file,
      next: 'Check that the folder is yours, on a local disk, and not in use by another program.',
      detail: error.message,
      cause: error,
    })
  }
  return error
}
