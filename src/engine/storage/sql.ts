import type { Raw } from '../../contract/states.ts'

/** A value to bind, or to append. */
export type SqlValue = string | number | bigint | boolean | null

export interface NativeColumn {
  name: string
  /** DuckDB's own word: VARCHAR, DECIMAL(4,3), VARCHAR[] … */
  nativeType: string
}

/** Columns with their types, and all rows. */
export interface Table {
  columns: NativeColumn[]
  rows: Raw[][]
}

/** Where statements run: a DuckDB in this process, or in a process of its own. */
export interface Sql {
  run(sql: string, parameters?: SqlValue[]): Promise<void>
  /** All rows as objects. For results that are known to be small. */
  rows<Row>(sql: string, parameters?: SqlValue[]): Promise<Row[]>
  row<Row>(sql: string, parameters?: SqlValue[]): Promise<Row | undefined>
  /** Values exactly as they are. For small results only. */
  table(sql: string, parameters?: SqlValue[]): Promise<Table>
  /** Columns of a query without running it. */
  describe(sql: string): Promise<NativeColumn[]>
}
