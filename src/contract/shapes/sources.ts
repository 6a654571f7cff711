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
