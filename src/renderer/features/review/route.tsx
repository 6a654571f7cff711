import { createRoute } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-route.tsx'
import { PlanList } from './plan/plan-list.tsx'
import { PlanScreen } from './plan-screen.tsx'
import { planSearch } from './rows/plan-search.ts'

const list = createRoute({ getParentRoute: () => rootRoute, path: '/review', component: PlanList })

const plan = createRoute({
  getParentRoute: () => rootRoute,
  path: '/review/$plan',
  validateSearch: planSearch,
  component: function PlanRoute() {
    const { plan: id } = plan.useParams()
    const search = plan.useSearch()
    const navigate = plan.useNavigate()
    return <PlanScreen key={id} planId={id} search={search} onSearch={(next) => void navigate({ search: next, replace: true })} />
  },
})

/** Addresses of Review. */
export const reviewRoutes = [list, plan] as const
