import { z } from 'zod'
import { queueKind } from '../../../../contract/shapes.ts'

/** Which rules are looked at, where a workspace has several: kept in the address of every part. */
export const identitySearch = z.object({ of: z.string().optional().catch(undefined) })
export type IdentitySearch = z.infer<typeof identitySearch>

/** What is listed of the queues. */
export const queueSearch = identitySearch.extend({
  show: queueKind.optional().catch(undefined),
  source: z.string().optional().catch(undefined),
  find: z.string().optional().catch(undefined),
})
export type QueueSearch = z.infer<typeof queueSearch>

/** A person by one of their records, where the address does not name the person. */
export const personSearch = identitySearch.extend({ record: z.string().optional().catch(undefined) })
export type PersonSearch = z.infer<typeof personSearch>
