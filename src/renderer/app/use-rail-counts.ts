import { useQueries, useQuery } from '@tanstack/react-query'
import { engine } from './client.ts'
import { useDefinitions } from './use-product.ts'

export type RailCounts = { needsYou: number; toDecide: number; waiting: number; running: number }

/** The numbers beside the screens in the rail. */
export function useRailCounts(): RailCounts {
  const home = useQuery(engine.home.summary.queryOptions())
  const plans = useQuery(engine.plans.list.queryOptions({ input: { limit: 200 } }))
  const toDecide = useToDecide().reduce((sum, { cases }) => sum + cases, 0)
  const waiting = plans.data?.filter((plan) => plan.waiting).length ?? 0
  return { needsYou: home.data?.needsYou.length ?? 0, toDecide, waiting, running: home.data?.running ?? 0 }
}

/** The rules of identity with ambiguous cases that wait for a person, and how many. */
export function useToDecide(): { id: string; name: string; cases: number }[] {
  const identities = useDefinitions('identity')
  const overviews = useQueries({ queries: identities.map(({ id }) => engine.identity.overview.queryOptions({ input: { identity: id } })) })
  return identities.map(({ id, name }, at) => ({ id, name, cases: overviews[at]?.data?.queues.ambiguous ?? 0 })).filter(({ cases }) => cases > 0)
}
