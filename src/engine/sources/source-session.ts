import { basename, extname, isAbsolute, join } from 'node:path'
import { sourceLimits } from '../../contract/definitions.ts'
import type { SourceDefinition, SourceLimits } from '../../contract/definitions.ts'
import { AppError } from '../../contract/errors.ts'
import type { Clock, Files, QueryProcesses } from '../ports/ports.ts'
import { requireRegularFile } from '../ports/regular-file.ts'
import { threadsForFile } from '../storage/duckdb-instances.ts'
import { fileAsPattern, quoteName, quoteText, readParquet } from '../storage/duckdb.ts'
import type { Sql } from '../storage/sql.ts'
import { csvValues } from './csv/csv-values.ts'
import { QueryDatabase } from './duckdb-kit/query-database.ts'
import { explainFailure } from './source-errors.ts'

/** What a session may use of the machine, and where. */
export interface SessionLimits {
  /** Absolute; DuckDB spills there. */
  tempFolder: string
  /** Where what people wrote runs. */
  queries: QueryProcesses
  /** What DuckDB plans with. What it really takes is held by the source's own limits. */
  memoryLimitMb?: number
  threads?: number
}

export interface SessionRequest extends SessionLimits {
  definition: SourceDefinition
  /** The workspace folder, against which the source's path is resolved. */
  folder: string
  files: Files
  clock: Clock
  /** The only files that statements of this session may write (COPY … TO). With them it may take the time of a plan, without that of a look. */
  writable?: string[]
  /** Ends the session in the middle of what it does. */
  signal?: AbortSignal
}

/** An open, read-only session over one source. Nothing outside the source can be read. */
export interface SourceSession {
  db: Sql
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
 * What is read is read in a process of its own.
 */
export async function openSource(request: SessionRequest): Promise<SourceSession> {
  const { definition, folder, files } = request
  const path = sourcePath(definition, folder)
  const what = `Reading ${definition.path}`
  if (!(await files.exists(path))) {
    throw new AppError('source-missing', `The source file ${definition.path} is not there.`, { file: path, next: 'Check the path in the source, or bring the file back.' })
  }
  await requireRegularFile(files, path)
  const limits = sourceLimits.parse(definition.limits ?? {})
  const file = await readableFile(request, path, what)
  const db = await openDatabase({ ...request, threads: request.threads ?? (await threadsForFile(files, file)) }, limits).catch((cause: unknown) => Promise.reject(explainFailure(cause, what) as Error))
  const stopWatching = keepTime(db, request.writable === undefined ? limits.previewSeconds : limits.planMinutes * 60, request)
  const close = (): void => {
    stopWatching()
    db.close()
  }
  try {
    await db.run("SET TimeZone = 'UTC'; SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
    // People expect the first rows of a file first; a big extraction rather saves the memory that order costs.
    if (request.writable === undefined) await db.run('SET preserve_insertion_order = true')
    await lock(db, [...(await attach(db, definition, { path, file })), ...(request.writable ?? [])])
  } catch (cause) {
    close()
    throw explainFailure(cause, what)
  }
  return { db, path, close }
}

/** The file that DuckDB reads: the source's own, or the values of a CSV file. Making those is our own work, and takes the time it takes. */
async function readableFile(request: SessionRequest, path: string, what: string): Promise<string> {
  const { definition } = request
  if (definition.type !== 'csv') return path
  try {
    return await csvValues({ ...request, threads: request.threads ?? (await threadsForFile(request.files, path)), file: path, path: definition.path, options: definition.csv ?? {} })
  } catch (cause) {
    throw explainFailure(cause, what)
  }
}

function openDatabase({ definition, queries, tempFolder, memoryLimitMb, threads }: SessionRequest, { memoryMb }: SourceLimits): Promise<QueryDatabase> {
  // A source that was given more (or less) uses it; otherwise each step of the engine knows what it needs.
  const planned = definition.limits === undefined ? memoryLimitMb : undefined
  return QueryDatabase.open(queries, memoryMb, { tempFolder, memoryLimitMb: planned ?? Math.floor(memoryMb / 2), ...(threads === undefined ? {} : { threads }) })
}

/** Ends the reading after its time, or on request; returns what ends the watch. */
function keepTime(db: QueryDatabase, seconds: number, { clock, signal }: SessionRequest): () => void {
  const finished = new AbortController()
  const cancel = (): void => db.interrupt({ because: 'cancelled' })
  clock.sleep(seconds * 1000, finished.signal).then(
    () => db.interrupt({ because: 'time', seconds }),
    () => undefined,
  )
  signal?.addEventListener('abort', cancel, { once: true })
  if (signal?.aborted) cancel()
  return () => {
    signal?.removeEventListener('abort', cancel)
    finished.abort()
  }
}

/** Makes the source's tables visible; returns the files that have to stay readable for it. */
async function attach(db: Sql, definition: SourceDefinition, { path, file }: { path: string; file: string }): Promise<string[]> {
  if (definition.type === 'duckdb') {
    const name = databaseName(path)
    await db.run(`ATTACH ${quoteText(path)} AS ${quoteName(name)} (READ_ONLY)`)
    await db.run(`USE ${quoteName(name)}`)
    return []
  }
  await db.run(`CREATE VIEW ${quoteName(tableName(path))} AS SELECT * FROM ${readParquet(file)}`)
  // DuckDB asks for the pattern as well as for the file.
  return [file, fileAsPattern(file)]
}

async function lock(db: Sql, allowed: string[]): Promise<void> {
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
