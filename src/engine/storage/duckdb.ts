import type { DuckDBConnection, DuckDBDataChunk, DuckDBType, DuckDBValue } from '@duckdb/node-api'
import type { Raw } from '../../contract/states.ts'
import { toRaw, typeName, withDocuments } from './raw-values.ts'
import { duckDbApi } from './duckdb-api.ts'
import { attachedDatabase, lendDatabase, threadsForRows } from './duckdb-instances.ts'
import type { InstanceOptions, LentDatabase } from './duckdb-instances.ts'
import type { NativeColumn, Sql, SqlValue, Table } from './sql.ts'

export type { SqlValue } from './sql.ts'
export type DuckDbOptions = InstanceOptions

/** What a column of an appended table holds. */
export type ColumnKind = 'text' | 'whole number' | 'true or false'

const sqlTypes: Record<ColumnKind, string> = { text: 'VARCHAR', 'whole number': 'BIGINT', 'true or false': 'BOOLEAN' }

/** Rows on their way into a table or out of it: few enough to die young in the garbage collector. DuckDB takes 2,048 at most. */
const rowsAtOnce = 256

/** Quotes an identifier that came from introspection or a definition. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Quotes text for the few places where DuckDB takes no parameter (file lists, COPY targets). */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A path as DuckDB's readers take it. Every path is a pattern to them: a file called `customers[1].csv` would be another one. */
export function fileAsPattern(path: string): string {
  return path.replaceAll(/[[*?]/g, '[$&]')
}

/** `read_parquet(…)` over the files of one folder whose names fit a pattern. */
export function readParquetParts(folder: string, pattern: string): string {
  return `read_parquet(${quoteText(`${fileAsPattern(folder)}/${pattern}`)}, hive_partitioning = false)`
}

/** `read_parquet(…)` over exactly one file. */
export function readParquet(path: string): string {
  return `read_parquet(${quoteText(fileAsPattern(path))}, hive_partitioning = false)`
}

/**
 * How data files are written. A group of rows is held in memory until it is full: small ones cost a fifth of the memory and
 * half the time of DuckDB's own 122,880 rows, and who reads a window of a file reads little more than that.
 */
export const parquetOptions = 'FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 20480'

/** Opens a DuckDB with explicit memory, threads and spill folder. */
export async function openDuckDb(options: DuckDbOptions): Promise<DuckDb> {
  const lent = await lendDatabase(options)
  return new DuckDb(lent, await lent.connect())
}

/** Opens a database file for one operation, which {@link DuckDb.release} ends: much faster than an instance for each. */
export async function openFileOnce(options: DuckDbOptions & { path: string }): Promise<DuckDb> {
  const lent = await attachedDatabase(options)
  return new DuckDb(lent, await lent.connect())
}

/** One database with one connection: the place where a million rows are narrowed. */
export class DuckDb implements Sql {
  readonly connection: DuckDBConnection
  private readonly lent: LentDatabase
  /** Shared with its forks. */
  private readonly interruption: { happened: boolean }

  constructor(lent: LentDatabase, connection: DuckDBConnection, interruption = { happened: false }) {
    this.lent = lent
    this.connection = connection
    this.interruption = interruption
  }

  async run(sql: string, parameters?: SqlValue[]): Promise<void> {
    this.requireGoingOn()
    await this.connection.run(sql, parameters)
  }

  async rows<Row>(sql: string, parameters?: SqlValue[]): Promise<Row[]> {
    this.requireGoingOn()
    const reader = await this.connection.runAndReadAll(sql, parameters)
    return reader.getRowObjects().map((row) => {
      const plain: Record<string, unknown> = {}
      for (const name in row) plain[name] = plainValue(row[name])
      return plain as Row
    })
  }

  async row<Row>(sql: string, parameters?: SqlValue[]): Promise<Row | undefined> {
    return (await this.rows<Row>(sql, parameters))[0]
  }

  async table(sql: string, parameters?: SqlValue[]): Promise<Table> {
    const { columns, pieces } = await this.tablePieces(sql, parameters)
    const rows: Raw[][] = []
    for await (const piece of pieces) rows.push(...piece)
    return { columns, rows }
  }

  /** {@link table} piece by piece, for whoever wants to stop before it is too much. */
  async tablePieces(sql: string, parameters?: SqlValue[]): Promise<{ columns: NativeColumn[]; pieces: AsyncGenerator<Raw[][]> }> {
    this.requireGoingOn()
    const result = await this.connection.stream(sql, parameters)
    const types = result.columnTypes()
    const columns = result.columnNames().map((name, at) => ({ name, nativeType: typeName(types[at]) }))
    async function* pieces(): AsyncGenerator<Raw[][]> {
      for await (const chunk of result) yield withDocuments(chunk.convertRows<Raw>(toRaw), columns)
    }
    return { columns, pieces: pieces() }
  }

  async describe(sql: string): Promise<NativeColumn[]> {
    const statement = await this.connection.prepare(sql)
    try {
      return Array.from({ length: statement.columnCount }, (_, at) => ({ name: statement.columnName(at), nativeType: typeName(statement.columnType(at)) }))
    } finally {
      statement.destroySync()
    }
  }

  /** Columns of each chunk (at most 2,048 rows), in order, without holding the result. */
  async *columns(sql: string, parameters?: SqlValue[]): AsyncGenerator<{ rows: number; columns: DuckDBValue[][] }> {
    for await (const chunk of this.chunks(sql, parameters)) yield { rows: chunk.rowCount, columns: chunk.getColumns() }
  }

  /**
   * Rows of many text columns, `atOnce` at most, each row one JSON text for `parseTextRow`: the driver pays for every
   * single long text, so this is several times faster than column by column.
   */
  async *textRows(columns: readonly string[], rest: string, parameters?: SqlValue[], atOnce = rowsAtOnce): AsyncGenerator<string[]> {
    const row = `to_json([${columns.map((column) => `(${column})::VARCHAR`).join(', ')}])::VARCHAR`
    for await (const chunk of this.chunks(`SELECT ${row} ${rest}`, parameters)) {
      const texts = chunk.getColumnVector(0)
      // A vector keeps every text that it gave: each slice goes with its own.
      for (let start = 0; start < chunk.rowCount; start += atOnce) yield texts.slice(start, Math.min(atOnce, chunk.rowCount - start)).toArray() as string[]
    }
  }

  private async *chunks(sql: string, parameters?: SqlValue[]): AsyncGenerator<DuckDBDataChunk> {
    this.requireGoingOn()
    const result = await this.connection.stream(sql, parameters)
    for (;;) {
      this.requireGoingOn()
      const chunk = await result.fetchChunk()
      if (chunk === null || chunk.rowCount === 0) return
      yield chunk
      // Its texts lie outside the heap, where the garbage collector does not see them pile up.
      chunk.reset()
    }
  }

  /** Creates the table and returns a writer that fills it in whole chunks. */
  async createTable(name: string, columns: Record<string, ColumnKind>): Promise<TableWriter> {
    const list = Object.entries(columns).map(([column, kind]) => `${quoteName(column)} ${sqlTypes[kind]}`)
    await this.run(`CREATE OR REPLACE TABLE ${quoteName(name)} (${list.join(', ')})`)
    const appender = await this.connection.createAppender(name)
    return new TableWriter(appender, Object.values(columns))
  }

  /** A second connection to the same data, e.g. to write while a stream is being read. */
  async fork(): Promise<DuckDb> {
    return new DuckDb(this.lent, await this.lent.connect(), this.interruption)
  }

  /**
   * Gives memory that statements have freed back to the system: now and then, as taking it again costs more than most
   * statements do. DuckDB's allocator keeps it for each thread that ever ran one, which after statements over millions of
   * rows is more than what is in use; it lets go when the limit is set.
   */
  async giveBack(): Promise<void> {
    if (this.lent.small === true) return
    await this.run(`SET memory_limit = ${quoteText(this.lent.memoryLimit)}`)
  }

  /**
   * Says how many rows the statements from here on work over. `beside`: JavaScript works on them at the same time; a second
   * thread would wait for it, and DuckDB waits with its processor busy.
   */
  async expectRows(rows: number, beside = false): Promise<void> {
    const threads = threadsForRows(rows)
    this.lent.small = threads === 1
    await this.run(`SET GLOBAL threads = ${beside ? 1 : threads}`)
  }

  /** Whether rows come out of a statement as they went in, which takes memory. */
  async keepOrder(keep: boolean): Promise<void> {
    await this.run(`SET GLOBAL preserve_insertion_order = ${keep}`)
  }

  /** Ends the statement that runs, and refuses every later one, also of forks: between two statements there is nothing to end. */
  interrupt(): void {
    this.interruption.happened = true
    this.connection.interrupt()
  }

  private requireGoingOn(): void {
    if (this.interruption.happened) throw new Error('INTERRUPT Error: Interrupted!')
  }

  /** Closes this connection; the instance goes with its last one. */
  close(): void {
    this.connection.closeSync()
  }

  /** Ends the work in the database. */
  closeInstance(): void {
    void this.release()
  }

  /** Ends the work in the database; other programs have its file when this is over. */
  async release(): Promise<void> {
    this.connection.closeSync()
    await this.lent.release()
  }
}

function columnType(kind: ColumnKind): DuckDBType {
  const { VARCHAR, BIGINT, BOOLEAN } = duckDbApi()
  switch (kind) {
    case 'text':
      return VARCHAR
    case 'whole number':
      return BIGINT
    case 'true or false':
      return BOOLEAN
  }
}

/** Fills one table. Rows are arrays in column order. */
export class TableWriter {
  private readonly appender: Awaited<ReturnType<DuckDBConnection['createAppender']>>
  private readonly kinds: ColumnKind[]
  /** Filled again and again: its memory lies outside the heap, where the garbage collector does not see it pile up. */
  private readonly chunk: DuckDBDataChunk
  private buffers: DuckDBValue[][]
  private buffered = 0
  rowsWritten = 0

  constructor(appender: Awaited<ReturnType<DuckDBConnection['createAppender']>>, kinds: ColumnKind[]) {
    this.appender = appender
    this.kinds = kinds
    this.chunk = duckDbApi().DuckDBDataChunk.create(kinds.map(columnType))
    this.buffers = kinds.map(() => [])
  }

  add(row: readonly SqlValue[]): void {
    for (let column = 0; column < this.kinds.length; column++) {
      const value = row[column] ?? null
      this.buffers[column]?.push(this.kinds[column] === 'whole number' && typeof value === 'number' ? BigInt(value) : value)
    }
    this.rowsWritten++
    if (++this.buffered === rowsAtOnce) this.flush()
  }

  private flush(): void {
    if (this.buffered === 0) return
    this.chunk.reset()
    this.chunk.setColumns(this.buffers)
    this.appender.appendDataChunk(this.chunk)
    this.buffers = this.kinds.map(() => [])
    this.buffered = 0
  }

  /** Makes everything added so far visible to queries. */
  finish(): void {
    this.flush()
    this.chunk.reset()
    this.appender.flushSync()
    this.appender.closeSync()
  }
}

/** The columns of one row of `textRows`. */
export function parseTextRow(row: string): (string | null)[] {
  return JSON.parse(row) as (string | null)[]
}

function plainValue(value: DuckDBValue | undefined): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : value.toString()
  }
  return value ?? null
}
