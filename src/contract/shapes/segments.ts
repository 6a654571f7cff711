import { z } from 'zod'
import { raw } from '../states.ts'
import { instant } from './instant.ts'

export const conditionCount = z.object({
  /** Position in the filter, e.g. "0", "1.2". */
  at: z.string(),
  words: z.string(),
  /** Rows for which this part alone holds. */
  alone: z.number().int(),
  /** Rows left when this and all parts before it in its group hold. */
  together: z.number().int(),
})
export const segmentCount = z.object({
  product: z.string(),
  total: z.number().int(),
  inSegment: z.number().int(),
  words: z.string(),
  conditions: z.array(conditionCount),
  readAt: instant,
})
export type SegmentCount = z.infer<typeof segmentCount>

export const whyInOrOut = z.object({
  key: z.string(),
  found: z.boolean(),
  inside: z.boolean(),
  reasons: z.array(z.object({ at: z.string(), words: z.string(), holds: z.boolean(), value: raw })),
})
