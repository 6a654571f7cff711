import { useQuery } from '@tanstack/react-query'
import { engine } from './client.ts'

export type RailCounts = { needsYou: number; waiting: number; running: number }

/** The numbers beside the screens in the rail. */
export function useRailCounts(): RailCounts {
  const home = useQuery(engine.home.summary.queryOptions())
  const plans = useQuery(engine.plans.list.queryOptions({ input: { limit: 200 } }))
  const waiting = plans.data?.filter((plan) => plan.state === 'in review' || plan.state === 'stopped by a guard').length ?? 0
  return { needsYou: home.data?.needsYou.length ?? 0, waiting, running: home.data?.running ?? 0 }
}
