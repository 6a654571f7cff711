import { z } from 'zod'
import { fieldNarrowing, planFilter } from '../../../../contract/shapes.ts'

/** What is listed, in which order: kept in the address. */
export const planSearch = z.object({
  show: planFilter.optional().catch(undefined),
  cause: z.string().optional().catch(undefined),
  /** The field that goes with the cause. */
  field: z.string().optional().catch(undefined),
  /** What narrows a list of fields. */
  only: fieldNarrowing.optional().catch(undefined),
  find: z.string().optional().catch(undefined),
  by: z.string().optional().catch(undefined),
  down: z.boolean().optional().catch(undefined),
})
export type PlanSearch = z.infer<typeof planSearch>
