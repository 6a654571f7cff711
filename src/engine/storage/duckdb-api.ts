import type * as duckDb from '@duckdb/node-api'
import { createRequire } from 'node:module'

/** What the library of DuckDB exports. */
export type DuckDbApi = typeof duckDb

let loaded: DuckDbApi | undefined

/** The library of DuckDB, loaded where it is first used: it is large, and commands that only read the state need none of it. */
export function duckDbApi(): DuckDbApi {
  loaded ??= createRequire(import.meta.url)('@duckdb/node-api') as DuckDbApi
  return loaded
}
