import { z } from 'zod'
import { rowState } from '../../../contract/states.ts'

/** What can be listed of a run: rows in one state, or delivered rows by what the read-back proved. */
const listedState = z.union([rowState, z.enum(['verified', 'overridden', 'unverifiable'])])
export type ListedState = z.infer<typeof listedState>

/** What is listed: kept in the address. */
export const runSearch = z.object({
  show: listedState.optional().catch(undefined),
  /** The request log instead of the rows. */
  view: z.literal('requests').optional().catch(undefined),
  find: z.string().optional().catch(undefined),
  cause: z.string().optional().catch(undefined),
  /** The field that goes with the cause. */
  field: z.string().optional().catch(undefined),
})
export type RunSearch = z.infer<typeof runSearch>
