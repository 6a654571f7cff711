import { z } from 'zod'
import { quoteName } from '../../storage/duckdb.ts'
import type { SourceCapabilities, SqlDialect } from '../source.ts'

/** Relative to the workspace, or absolute. One file, whatever characters its name has. */
export const filePath = z.string().min(1)

export const duckDbDialect: SqlDialect = { name: 'DuckDB', quoteName }

/** What a file can do that DuckDB reads by itself. */
export const fileCapabilities: SourceCapabilities = { readsInPlace: true, costEstimate: false, freshness: false, stateInSource: false, changeCapture: false }
