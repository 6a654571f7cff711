import { QueryProcessEnded } from '../../ports/ports.ts'
import type { QueryProcess, QueryProcesses } from '../../ports/ports.ts'
import type { DuckDbOptions } from '../../storage/duckdb.ts'
import type { NativeColumn, Sql, SqlValue, Table } from '../../storage/sql.ts'
import { ReadingStopped } from '../reading-stopped.ts'
import type { Stop } from '../reading-stopped.ts'
import type { QueryQuestion } from './query-server.ts'

/**
 * A DuckDB in a process of its own. Interrupting ends the process, because DuckDB itself does not look up while it
 * works out one long value.
 */
export class QueryDatabase implements Sql {
  private readonly process: QueryProcess
  private readonly memoryMb: number
  private stop: Stop | undefined

  private constructor(process: QueryProcess, memoryMb: number) {
    this.process = process
    this.memoryMb = memoryMb
  }

  /** `memoryMb` is what the process may hold; the options are those of the database in it. */
  static async open(queries: QueryProcesses, memoryMb: number, options: DuckDbOptions): Promise<QueryDatabase> {
    const process = await queries.take(memoryMb).catch((cause: unknown) => Promise.reject(new ReadingStopped({ because: 'crashed' }, cause)))
    const database = new QueryDatabase(process, memoryMb)
    try {
      await database.ask({ kind: 'open', options })
      return database
    } catch (cause) {
      database.close()
      throw cause
    }
  }

  async run(sql: string, parameters?: SqlValue[]): Promise<void> {
    await this.ask({ kind: 'run', sql, ...given(parameters) })
  }

  rows<Row>(sql: string, parameters?: SqlValue[]): Promise<Row[]> {
    return this.ask<Row[]>({ kind: 'rows', sql, ...given(parameters) })
  }

  async row<Row>(sql: string, parameters?: SqlValue[]): Promise<Row | undefined> {
    return (await this.rows<Row>(sql, parameters))[0]
  }

  table(sql: string, parameters?: SqlValue[]): Promise<Table> {
    return this.ask<Table>({ kind: 'table', sql, ...given(parameters) })
  }

  describe(sql: string): Promise<NativeColumn[]> {
    return this.ask<NativeColumn[]>({ kind: 'describe', sql })
  }

  /** Rows of text columns, a batch for each time that one is asked for. Until it ends, nothing else can be asked. */
  async *stream<Row>(columns: readonly string[], rest: string): AsyncGenerator<Row[]> {
    await this.ask({ kind: 'stream', columns, rest })
    let ended = false
    try {
      for (;;) {
        const batch = await this.ask<Row[] | null>({ kind: 'batch' })
        ended = batch === null
        if (batch === null) return
        yield batch
      }
    } finally {
      // What was interrupted has ended.
      if (!ended && !this.stop) await this.ask({ kind: 'end of stream' }).catch(() => undefined)
    }
  }

  /** Ends what runs, and refuses everything after it. */
  interrupt(stop: Stop): void {
    this.stop ??= stop
    this.process.kill()
  }

  close(): void {
    this.process.release()
  }

  private async ask<Answer>(question: QueryQuestion): Promise<Answer> {
    if (this.stop) throw new ReadingStopped(this.stop)
    try {
      return JSON.parse(await this.process.ask(question)) as Answer
    } catch (cause) {
      if (this.stop) throw new ReadingStopped(this.stop, cause)
      if (!(cause instanceof QueryProcessEnded)) throw cause
      this.stop = cause.reason === 'memory' ? { because: 'memory', memoryMb: this.memoryMb } : { because: 'crashed' }
      throw new ReadingStopped(this.stop, cause)
    }
  }
}

function given(parameters: SqlValue[] | undefined): { parameters?: SqlValue[] } {
  return parameters === undefined ? {} : { parameters }
}
