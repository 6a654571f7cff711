import { basename, extname, isAbsolute, join } from 'node:path'
import type { SourceDefinition } from '../../contract/definitions.ts'
import { AppError } from '../../contract/errors.ts'
import type { Files } from '../ports.ts'
import { openDuckDb, quoteName, quoteText } from '../storage/duckdb.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { readCsvCall } from './csv-reader.ts'
import { readTable } from './raw-values.ts'
import { explainFailure } from './source-errors.ts'

/** What a session may use of the machine, and where. */
export interface SessionLimits {
  /** Absolute; DuckDB spills there. */
  tempFolder: string
  memoryLimitMb?: number
  threads?: number
}

export interface SessionRequest extends SessionLimits {
  definition: SourceDefinition
  /** The workspace folder, against which the source's path is resolved. */
  folder: string
  files: Files
  /** The only files that statements of this session may write (COPY … TO). */
  writable?: string[]
}

/** An open, read-only session over one source. Nothing outside the source can be read. */
export interface SourceSession {
  db: DuckDb
  /** Absolute path of the source's file. */
  path: string
  close(): void
}

/** Absolute path of a source's file. */
export function sourcePath(definition: SourceDefinition, folder: string): string {
  return isAbsolute(definition.path) ? definition.path : join(folder, definition.path)
}

/**
 * Opens a source: the DuckDB file attached read-only, or one view over the Parquet or CSV file. Then the session is
 * locked: no other file, no extension, no setting.
 */
export async function openSource(request: SessionRequest): Promise<SourceSession> {
  const { definition, folder, files } = request
  const path = sourcePath(definition, folder)
  const what = `Reading ${definition.path}`
  if (!(await files.exists(path))) {
    throw new AppError('source-missing', `The source file ${definition.path} is not there.`, { file: path, next: 'Check the path in the source, or bring the file back.' })
  }
  const db = await openDuckDb({
    tempFolder: request.tempFolder,
    ...(request.memoryLimitMb === undefined ? {} : { memoryLimitMb: request.memoryLimitMb }),
    ...(request.threads === undefined ? {} : { threads: request.threads }),
  })
  try {
    await db.run("SET TimeZone = 'UTC'; SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
    await attach(db, definition, path)
    await lock(db, definition.type === 'duckdb' ? [] : [path], request.writable ?? [])
  } catch (cause) {
    db.closeInstance()
    throw explainFailure(cause, what)
  }
  return { db, path, close: () => db.closeInstance() }
}

async function attach(db: DuckDb, definition: SourceDefinition, path: string): Promise<void> {
  if (definition.type === 'duckdb') {
    const name = databaseName(path)
    await db.run(`ATTACH ${quoteText(path)} AS ${quoteName(name)} (READ_ONLY)`)
    await db.run(`USE ${quoteName(name)}`)
    return
  }
  const reader = definition.type === 'parquet' ? `read_parquet(${quoteText(path)})` : await csvReader(db, definition, path)
  await db.run(`CREATE VIEW ${quoteName(tableName(path))} AS SELECT * FROM ${reader}`)
}

/** Types that a person fixed for columns the file no longer has are left out; the contract check names the columns. */
async function csvReader(db: DuckDb, definition: SourceDefinition, path: string): Promise<string> {
  const options = definition.csv ?? {}
  const fixed = Object.entries(options.types ?? {})
  if (fixed.length === 0) return readCsvCall(path, options)
  const { columns } = await readTable(db, `SELECT * FROM ${readCsvCall(path, options, {})} LIMIT 0`)
  const present = new Set(columns.map(({ name }) => name))
  return readCsvCall(path, options, Object.fromEntries(fixed.filter(([column]) => present.has(column))))
}

async function lock(db: DuckDb, readable: string[], writable: string[]): Promise<void> {
  const allowed = [...readable, ...writable]
  if (allowed.length > 0) await db.run(`SET allowed_paths = [${allowed.map(quoteText).join(', ')}]`)
  await db.run('SET enable_external_access = false')
  await db.run('SET lock_configuration = true')
}

/** DuckDB's own naming, so that SQL written elsewhere (`warehouse.main.customers`) works here too. */
function databaseName(path: string): string {
  const stem = tableName(path)
  return ['main', 'memory', 'system', 'temp'].includes(stem.toLowerCase()) ? 'source' : stem
}

/** The table that a Parquet or CSV file appears as: its name without the ending. */
export function tableName(path: string): string {
  return basename(path, extname(path))
}
