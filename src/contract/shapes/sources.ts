import { z } from 'zod'
import { valueType } from '../definitions.ts'
import { raw } from '../states.ts'
import { instant } from './instant.ts'

export const columnInfo = z.object({
  name: z.string(),
  /** The warehouse's own word. */
  nativeType: z.string(),
  type: valueType,
})

export const tableInfo = z.object({
  name: z.string(),
  rows: z.number().int().optional(),
  columns: z.array(columnInfo),
  /** Why a view cannot be read, in the database's own words; it has no columns then. */
  unreadable: z.string().optional(),
})

/** Rows as text-safe JSON values, at most what was asked for. */
export const preview = z.object({
  columns: z.array(columnInfo),
  rows: z.array(z.array(raw)),
  /** All rows, when it was counted. */
  total: z.number().int().optional(),
  readAt: instant,
})
export type Preview = z.infer<typeof preview>

export const fileOptions = z.object({
  delimiter: z.string().optional(),
  encoding: z.enum(['utf-8', 'utf-16', 'latin-1']).optional(),
  header: z.boolean().optional(),
  /** Table inside a DuckDB file. */
  table: z.string().optional(),
  types: z.record(z.string(), z.string()).optional(),
})

export const inspectedFile = z.object({
  path: z.string(),
  format: z.enum(['duckdb', 'parquet', 'csv']),
  tables: z.array(z.string()).optional(),
  delimiter: z.string().optional(),
  encoding: z.string().optional(),
  header: z.boolean().optional(),
  columns: z.array(
    z.object({
      name: z.string(),
      detectedType: z.string(),
      type: z.string(),
      /** Why it loads as text: leading zeros, plus signs, long numbers. */
      textBecause: z.string().optional(),
      distinct: z.number().int(),
      empty: z.number().int(),
    }),
  ),
  rows: z.number().int(),
  preview: z.array(z.array(raw)),
  keyProposal: z.array(z.string()),
})
export type InspectedFile = z.infer<typeof inspectedFile>
