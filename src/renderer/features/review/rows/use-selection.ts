import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { PlanDetail } from '../../../../contract/shapes.ts'
import { engine } from '../../../app/client.ts'
import { notifyError } from '../../../shared/notify.tsx'

/** Selecting records that are not preselected. */
export function useSelection(plan: PlanDetail) {
  const queries = useQueryClient()
  const select = useMutation(
    engine.plans.select.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: engine.plans.key() }),
      onError: notifyError,
    }),
  )
  const { mutate } = select
  const { planId } = plan
  const toggle = useCallback((records: readonly string[], selected: boolean) => mutate({ plan: planId, scope: records.length === 1 ? { record: records[0] } : { records: [...records] }, selected }), [mutate, planId])
  const canSelect = plan.run === undefined && plan.stale === undefined && (plan.state === 'in review' || plan.state === 'approved' || plan.state === 'stopped by a guard')
  return { toggle, canSelect }
}
