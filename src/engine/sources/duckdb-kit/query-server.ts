import { openDuckDb } from '../../storage/duckdb.ts'
import type { DuckDb, DuckDbOptions } from '../../storage/duckdb.ts'
import type { SqlValue } from '../../storage/sql.ts'
import { ANSWER_TOO_LONG } from '../reading-stopped.ts'

/** What a process for people's SQL is asked, one thing after the other. */
export type QueryQuestion =
  | { kind: 'open'; options: DuckDbOptions }
  | { kind: 'run' | 'rows' | 'table'; sql: string; parameters?: SqlValue[] }
  | { kind: 'describe'; sql: string }
  | { kind: 'stream'; columns: readonly string[]; rest: string }
  | { kind: 'batch' | 'end of stream' }
  | { kind: 'close' }

/** An answer is for a screen or for a decision; rows by the million go through files. */
const MOST_TEXT = 16 << 20
const MOST_FAILURE_TEXT = 4000

/** The side of a {@link QueryProcess} that runs the statements: one database at a time. Answers are JSON. */
export class QueryServer {
  private db: DuckDb | undefined
  /** Rows that are being given out, each a JSON list of texts. */
  private rows: AsyncGenerator<string[]> | undefined

  async answer(question: QueryQuestion): Promise<string> {
    try {
      return await this.work(question)
    } catch (cause) {
      // DuckDB puts values into its messages, of any length.
      throw new Error((cause instanceof Error ? cause.message : String(cause)).slice(0, MOST_FAILURE_TEXT), { cause })
    }
  }

  private async work(question: QueryQuestion): Promise<string> {
    switch (question.kind) {
      case 'open':
        this.close()
        this.db = await openDuckDb({ ...question.options, ownInstance: true })
        return 'null'
      case 'run':
        await this.open().run(question.sql, question.parameters)
        return 'null'
      case 'rows':
        return text(await this.open().rows(question.sql, question.parameters))
      case 'table':
        return this.table(question.sql, question.parameters)
      case 'describe':
        return text(await this.open().describe(question.sql))
      case 'stream':
        this.rows = this.open().textRows(question.columns, question.rest)
        return 'null'
      case 'batch':
        return this.batch()
      case 'end of stream':
        await this.rows?.return(undefined)
        return 'null'
      case 'close':
        this.close()
        return 'null'
    }
  }

  private async table(sql: string, parameters?: SqlValue[]): Promise<string> {
    const { columns, pieces } = await this.open().tablePieces(sql, parameters)
    const rows: string[] = []
    let length = 0
    for await (const piece of pieces) {
      const said = asJson(piece).slice(1, -1)
      length += said.length
      if (length > MOST_TEXT) throw new Error(ANSWER_TOO_LONG)
      if (said !== '') rows.push(said)
    }
    return text(columns, `{"columns":`, `,"rows":[${rows.join(',')}]}`)
  }

  private async batch(): Promise<string> {
    const next = await this.rows?.next()
    if (next === undefined || next.done === true) return 'null'
    const said = `[${next.value.join(',')}]`
    if (said.length > MOST_TEXT) throw new Error(ANSWER_TOO_LONG)
    return said
  }

  private open(): DuckDb {
    if (!this.db) throw new Error('no database is open')
    return this.db
  }

  /** Ends the statement that runs, where a process of its own cannot simply be killed. */
  interrupt(): void {
    this.db?.interrupt()
  }

  close(): void {
    this.db?.closeInstance()
    this.db = undefined
    this.rows = undefined
  }
}

function text(value: unknown, before = '', after = ''): string {
  const said = `${before}${asJson(value)}${after}`
  if (said.length > MOST_TEXT) throw new Error(ANSWER_TOO_LONG)
  return said
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (cause) {
    // Longer than any text can be.
    if (cause instanceof RangeError) throw new Error(ANSWER_TOO_LONG, { cause })
    throw cause
  }
}
