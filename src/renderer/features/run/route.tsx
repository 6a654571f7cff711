import { createRoute } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-route.tsx'
import { RunList } from './run-list.tsx'
import { RunScreen } from './run-screen.tsx'
import { runSearch } from './run-search.ts'

const list = createRoute({ getParentRoute: () => rootRoute, path: '/runs', component: RunList })

const run = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs/$run',
  validateSearch: runSearch,
  component: function RunRoute() {
    const { run: id } = run.useParams()
    const search = run.useSearch()
    const navigate = run.useNavigate()
    return <RunScreen key={id} runId={id} search={search} onSearch={(next) => void navigate({ search: next, replace: true })} />
  },
})

/** Addresses of runs. */
export const runRoutes = [list, run] as const
