import type { OpenSource } from '../sources/source.ts'
import type { Sql } from '../storage/sql.ts'

/** The DuckDB in which a source is read that is read in place. */
export function databaseOf({ inPlace }: OpenSource): Sql {
  if (inPlace === undefined) throw new Error('the source is not read in place')
  return inPlace.db
}
