/** The embedded database, for destinations whose records live in a file on this machine. */
export { openDuckDb, openFileOnce, parseTextRow, quoteName } from '../storage/duckdb.ts'
export type { DuckDb } from '../storage/duckdb.ts'
