import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { MissingScope, PlanDetail } from '../../../../contract/shapes.ts'
import type { MissingChoice } from '../../../../contract/states.ts'
import { client, engine } from '../../../app/client.ts'
import { plural } from '../../../shared/format.ts'
import { notifyDone, notifyError } from '../../../shared/notify.tsx'

export type Chosen = { scope: MissingScope; choice: MissingChoice | 'take back'; reason?: string | undefined }

/** Stores a choice about records that are gone or merged; the plan itself stays as it is. */
export function useMissingChoice(plan: PlanDetail, onDone?: () => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ scope, choice, reason }: Chosen) => client.plans.decideMissing({ plan: plan.planId, scope, choice, ...(reason === undefined || reason === '' ? {} : { reason }) }),
    onSuccess: async ({ records }) => {
      await queries.invalidateQueries({ queryKey: engine.plans.key() })
      notifyDone(`Kept for ${plural(records, plan.noun)}. The next plan brings it.`)
      onDone?.()
    },
    onError: notifyError,
  })
}

/** Makes the next plan of the activation and opens it. */
export function usePlanAgain() {
  const navigate = useNavigate()
  return useMutation(
    engine.plans.create.mutationOptions({
      onSuccess: (made) => void navigate({ to: '/review/$plan', params: { plan: made.planId } }),
      onError: notifyError,
    }),
  )
}
