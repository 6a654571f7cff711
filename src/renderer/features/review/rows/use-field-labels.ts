import { useQuery } from '@tanstack/react-query'
import type { PlanDetail, PlanFilter } from '../../../../contract/shapes.ts'
import { engine } from '../../../app/client.ts'

/** How people know the fields of a list; read once something names one by its own name. */
export function useFieldLabels(plan: PlanDetail, filter: PlanFilter, wanted: boolean): Readonly<Record<string, string>> {
  const fields = useQuery(engine.plans.narrowings.queryOptions({ input: { plan: plan.planId, filter, by: 'field' }, enabled: wanted }))
  return Object.fromEntries((fields.data ?? []).flatMap(({ value, label }) => (label === undefined ? [] : [[String(value), label]])))
}
