import { basename, extname, isAbsolute, join } from 'node:path'
import { AppError } from '../../../contract/errors.ts'
import type { Raw } from '../../../contract/states.ts'
import { requireRegularFile } from '../../ports/regular-file.ts'
import { threadsForFile } from '../../storage/duckdb-instances.ts'
import { fileAsPattern, quoteName, quoteText, readParquet } from '../../storage/duckdb.ts'
import { fileVersion } from '../../storage/raw-file.ts'
import { readTable } from '../../storage/raw-values.ts'
import type { NativeColumn, Sql } from '../../storage/sql.ts'
import { cellText, heldAs } from '../cells.ts'
import { storableExpression } from '../column-types.ts'
import { stopOf } from '../reading-stopped.ts'
import { changedMeanwhile } from '../source-errors.ts'
import type { Asked, Cell, DescribedQuery, InPlace, OpenSource, QueryColumn, ReadOnlyProof, SourceCheck, SourceContext, SourceStream, SourceTable } from '../source.ts'
import { findTable, readableWords } from '../tables.ts'
import { listTables, sourceColumn } from './list-tables.ts'
import { lockedDatabase } from './locked-database.ts'
import type { QueryDatabase } from './query-database.ts'
import { checkSelect } from './sql-safety.ts'

/** Settings of every source that is a file. */
export interface FileSettings {
  path: string
}

/** What sources differ in that DuckDB reads by itself. */
export interface DuckDbWay<Settings extends FileSettings> {
  /** The file that DuckDB reads, where that is not the source's own. Making it is our own work, and takes the time it takes. */
  readableCopy?(context: SourceContext<Settings>, file: string, threads: number): Promise<string>
  /** Makes the tables visible; gives the files that have to stay readable for them. */
  attach(db: Sql, files: { path: string; file: string }): Promise<string[]>
}

/** Absolute path of a source's file. */
export function sourcePath({ path }: FileSettings, folder: string): string {
  return isAbsolute(path) ? path : join(folder, path)
}

/**
 * Opens a file with DuckDB in a process of its own, read-only, and locks what is open: no other file, no extension, no setting.
 */
export async function openInDuckDb<Settings extends FileSettings>(context: SourceContext<Settings>, way: DuckDbWay<Settings>): Promise<OpenSource> {
  const { settings, files, folder, writable = [] } = context
  const path = sourcePath(settings, folder)
  if (!(await files.exists(path))) {
    throw new AppError('source-missing', `The source file ${settings.path} is not there.`, { file: path, next: 'Check the path in the source, or bring the file back.' })
  }
  await requireRegularFile(files, path)
  const version = way.readableCopy ? undefined : await fileVersion(path)
  const file = (await way.readableCopy?.(context, path, context.threads ?? (await threadsForFile(files, path)))) ?? path
  const db = await lockedDatabase(context, { threads: context.threads ?? (await threadsForFile(files, file)), attach: async (opened) => [...(await way.attach(opened, { path, file })), ...writable] })
  return new DuckDbSource(db, { called: context.called, path, shownPath: settings.path, version })
}

/** The view of a source that is one table: it is called as its file is, without the ending. */
export async function attachAsView(db: Sql, { path, file }: { path: string; file: string }): Promise<string[]> {
  await db.run(`CREATE VIEW ${quoteName(tableName(path))} AS SELECT * FROM ${readParquet(file)}`)
  // DuckDB asks for the pattern as well as for the file.
  return [file, fileAsPattern(file)]
}

/** DuckDB's own naming, so that SQL written elsewhere (`warehouse.main.customers`) works here too. */
export async function attachReadOnly(db: Sql, { path }: { path: string }): Promise<string[]> {
  const stem = tableName(path)
  const name = ['main', 'memory', 'system', 'temp'].includes(stem.toLowerCase()) ? 'source' : stem
  await db.run(`ATTACH ${quoteText(path)} AS ${quoteName(name)} (READ_ONLY)`)
  await db.run(`USE ${quoteName(name)}`)
  return []
}

/** The table that a Parquet or CSV file appears as: its name without the ending. */
export function tableName(path: string): string {
  return basename(path, extname(path))
}

interface OpenedFile {
  called: string
  path: string
  /** As its source names it. */
  shownPath: string
  /** Of the file as it was opened; absent where a copy of it is read. */
  version: string | undefined
}

class DuckDbSource implements OpenSource {
  private readonly db: QueryDatabase
  private readonly file: OpenedFile
  readonly inPlace: InPlace

  constructor(db: QueryDatabase, file: OpenedFile) {
    this.db = db
    this.file = file
    this.inPlace = { db, requireUnchanged: () => this.requireUnchanged() }
  }

  async check(): Promise<SourceCheck> {
    const tables = await this.tables()
    return { tables: tables.length, words: readableWords(tables) }
  }

  tables(): Promise<SourceTable[]> {
    return listTables(this.db)
  }

  async describe(asked: Asked): Promise<DescribedQuery> {
    const sql = 'sql' in asked ? await checkSelect(this.db, asked.sql, asked.origin) : `SELECT * FROM ${findTable(await this.tables(), this.file.called, asked.table, asked.place).from}`
    return { sql, columns: (await this.db.describe(sql)).map(queryColumn) }
  }

  /** The values that a plan would read. */
  async preview({ sql, columns }: DescribedQuery, limit: number): Promise<Raw[][]> {
    return previewRows(this.db, { sql, columns }, limit)
  }

  stream({ sql, columns }: DescribedQuery, signal: AbortSignal): Promise<SourceStream> {
    const names = columns.map((_column, at) => `c${at}`)
    const cells = columns.map(({ nativeType }, at) => cellText(`c${at}`, nativeType))
    const rows = this.db.stream<Cell[]>(cells, `FROM (\n${sql}\n) AS streamed(${names.join(', ')})`)
    return Promise.resolve({ columns, batches: this.whole(rows, signal) })
  }

  private async *whole(rows: AsyncIterable<Cell[][]>, signal: AbortSignal): AsyncGenerator<Cell[][]> {
    const stop = (): void => this.db.interrupt(stopOf(signal))
    signal.addEventListener('abort', stop, { once: true })
    try {
      if (signal.aborted) stop()
      yield* rows
      await this.requireUnchanged()
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  /** What everybody who sends SQL meets, and for a database that was attached read-only, what DuckDB itself says. */
  async proveReadOnly(): Promise<ReadOnlyProof> {
    const write = 'CREATE TABLE lockstep_may_write AS SELECT 1 AS written'
    await this.describe({ sql: write }).then(() => Promise.reject(mayWrite(this.file.shownPath)), () => undefined)
    const database = await this.db.row<{ readonly: boolean; path: string | null }>('SELECT readonly, path FROM duckdb_databases() WHERE database_name = current_database()')
    if (database?.path !== null && database?.path !== undefined && !database.readonly) throw mayWrite(this.file.shownPath)
    return { words: 'It is opened for reading, and nothing but one SELECT at a time is accepted.' }
  }

  close(): Promise<void> {
    this.db.close()
    return Promise.resolve()
  }

  private async requireUnchanged(): Promise<void> {
    const { version, path, shownPath } = this.file
    if (version !== undefined && (await fileVersion(path).catch(() => '')) !== version) throw changedMeanwhile(shownPath)
  }
}

/** The first rows of a query, values as a plan would read them. */
export async function previewRows(db: Sql, { sql, columns }: { sql: string; columns: readonly NativeColumn[] }, limit: number, parameters: Parameters<Sql['table']>[1] = []): Promise<Raw[][]> {
  const shown = columns.map(({ nativeType }, at) => storableExpression(`c${at}`, nativeType) + ` AS c${at}`)
  const named = columns.map((_column, at) => `c${at}`)
  return (await readTable(db, `SELECT ${shown.join(', ')} FROM (\n${sql}\n) AS preview(${named.join(', ')}) LIMIT ${Math.trunc(limit)}`, parameters)).rows
}

function queryColumn(column: NativeColumn): QueryColumn {
  const held = heldAs(column.nativeType)
  return { ...sourceColumn(column), ...(held === undefined ? {} : { heldAs: held }) }
}

function mayWrite(path: string): AppError {
  return new AppError('source-failed', `${path} could be written to.`, { next: 'Nothing was written. Tell us: this is a fault of Lockstep.' })
}
