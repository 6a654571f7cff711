import { z } from 'zod'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'

export const NARROWEST_PX = 48
export const WIDEST_PX = 1200

/** What a person chose for the columns of one table. A column without a choice is laid out by what is loaded. */
const choices = z.object({
  shown: z.record(z.string(), z.boolean()).catch({}),
  order: z.array(z.string()).catch([]),
  pinned: z.array(z.string()).catch([]),
  widths: z.record(z.string(), z.number().min(NARROWEST_PX).max(WIDEST_PX)).catch({}),
})
export type ColumnChoices = z.infer<typeof choices>
export const noChoices: ColumnChoices = { shown: {}, order: [], pinned: [], widths: {} }

type Remembered = { tables: Record<string, ColumnChoices> }

/** Storage of a browser may hold anything, so what does not fit counts as no choice. */
export function readRemembered(stored: unknown): Remembered {
  const read = z.object({ tables: z.record(z.string(), choices.catch(noChoices)) }).safeParse(stored)
  return read.success ? read.data : { tables: {} }
}

/** Columns of every table as chosen at this machine, by the name of the table. */
export const useRememberedColumns = create<Remembered>()(
  persist((): Remembered => ({ tables: {} }), { name: 'lockstep-columns', merge: (stored) => readRemembered(stored) }),
)

export function rememberColumns(table: string, next: ColumnChoices): void {
  useRememberedColumns.setState(({ tables }) => ({ tables: { ...tables, [table]: next } }))
}

/** The ids with one of them a place earlier or later; the same ids where it cannot move. */
export function moved(ids: readonly string[], id: string, by: -1 | 1): string[] {
  const from = ids.indexOf(id)
  const to = from + by
  if (from < 0 || to < 0 || to >= ids.length) return [...ids]
  const next = ids.filter((one) => one !== id)
  next.splice(to, 0, id)
  return next
}

export function boundedWidth(width: number): number {
  return Math.round(Math.min(WIDEST_PX, Math.max(NARROWEST_PX, width)))
}
