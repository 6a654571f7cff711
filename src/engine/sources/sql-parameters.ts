import type { SqlValue } from '../storage/duckdb.ts'

/** Collects the values of one statement and hands out their places ($1, $2 …). */
export class SqlParameters {
  readonly values: SqlValue[] = []

  add(value: SqlValue): string {
    this.values.push(value)
    return `$${this.values.length}`
  }
}
