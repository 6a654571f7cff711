import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PlanDetail, ReviewScope } from '../../../../contract/shapes.ts'
import { client, engine } from '../../../app/client.ts'
import { plural } from '../../../shared/format.ts'
import { notifyDone, notifyError } from '../../../shared/notify.tsx'
import { policyScope } from './editor-choice.ts'
import type { Answers } from './use-answers.ts'
import type { BulkTake } from './use-bulk-preview.ts'

type Giving = { scope: ReviewScope; take: BulkTake; reason: string; policy: string | undefined }

/** Gives one answer to a scope, and keeps it as a policy where one is named. */
export function useGive({ plan, answers, onClose }: { plan: PlanDetail; answers: Answers; onClose: () => void }) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const run = async ({ scope, take, reason, policy }: Giving): Promise<void> => {
    setBusy(true)
    const because = reason === '' ? {} : { reason }
    try {
      if (policy === undefined) {
        if (await answers.giveAll(scope, { take, ...because })) onClose()
        return
      }
      const saved = await client.plans.savePolicy({ plan: plan.planId, name: policy, take, ...policyScope(scope), ...because })
      notifyDone(`Policy “${policy}” saved; ${plural(saved.answered, { one: 'answer', many: 'answers' })} given.`)
      await queries.invalidateQueries({ queryKey: engine.plans.key() })
      onClose()
    } catch (error) {
      notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, run: (giving: Giving) => void run(giving) }
}
