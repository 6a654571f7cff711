import { useQuery } from '@tanstack/react-query'
import type { PlanDetail, ReviewScope } from '../../../../contract/shapes.ts'
import { client } from '../../../app/client.ts'

export type BulkPreview = ReturnType<typeof useBulkPreview>
export type BulkTake = 'warehouse' | 'destination' | 'skip'

/** How many open conflicts an answer would cover; asks the engine and changes nothing. */
export function useBulkPreview(plan: PlanDetail, scope: ReviewScope, take: BulkTake) {
  const asked = { plan: plan.planId, scope: { ...scope, openOnly: true }, take, previewOnly: true }
  return useQuery({
    queryKey: ['bulk preview', asked, plan.openConflicts],
    queryFn: ({ signal }) => client.plans.resolve(asked, { signal }),
    placeholderData: (before) => before,
  })
}
