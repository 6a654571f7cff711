import { basename, extname, isAbsolute, join } from 'node:path'
import type { SourceDefinition } from '../../contract/definitions.ts'
import { AppError } from '../../contract/errors.ts'
import type { Files } from '../ports.ts'
import { requireRegularFile } from '../regular-file.ts'
import { fileAsPattern, openDuckDb, quoteName, quoteText, readParquet } from '../storage/duckdb.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { csvValues } from './csv-values.ts'
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
 * locked: no other file, no extension, no setting. A CSV file is read through its values, which were converted strictly.
 */
export async function openSource(request: SessionRequest): Promise<SourceSession> {
  const { definition, folder, files } = request
  const path = sourcePath(definition, folder)
  const what = `Reading ${definition.path}`
  if (!(await files.exists(path))) {
    throw new AppError('source-missing', `The source file ${definition.path} is not there.`, { file: path, next: 'Check the path in the source, or bring the file back.' })
  }
  await requireRegularFile(files, path)
  const db = await openDuckDb({
    tempFolder: request.tempFolder,
    ...(request.memoryLimitMb === undefined ? {} : { memoryLimitMb: request.memoryLimitMb }),
    ...(request.threads === undefined ? {} : { threads: request.threads }),
  })
  try {
    await db.run("SET TimeZone = 'UTC'; SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
    // People expect the first rows of a file first; a big extraction rather saves the memory that order costs.
    if (request.writable === undefined) await db.run('SET preserve_insertion_order = true')
    const readable = await attach(db, request, path)
    await lock(db, [...readable, ...(request.writable ?? [])])
  } catch (cause) {
    db.closeInstance()
    throw explainFailure(cause, what)
  }
  return { db, path, close: () => db.closeInstance() }
}

/** Makes the source's tables visible; returns the files that have to stay readable for it. */
async function attach(db: DuckDb, request: SessionRequest, path: string): Promise<string[]> {
  const { definition } = request
  if (definition.type === 'duckdb') {
    const name = databaseName(path)
    await db.run(`ATTACH ${quoteText(path)} AS ${quoteName(name)} (READ_ONLY)`)
    await db.run(`USE ${quoteName(name)}`)
    return []
  }
  const file = definition.type === 'csv' ? await csvValues({ ...request, file: path, path: definition.path, options: definition.csv ?? {} }) : path
  await db.run(`CREATE VIEW ${quoteName(tableName(path))} AS SELECT * FROM ${readParquet(file)}`)
  // DuckDB asks for the pattern as well as for the file.
  return [file, fileAsPattern(file)]
}

async function lock(db: DuckDb, allowed: string[]): Promise<void> {
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
