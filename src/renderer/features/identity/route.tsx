import { createRoute } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-route.tsx'
import { identitySearch, personSearch, queueSearch } from './frame/identity-search.ts'
import { OverviewScreen } from './overview/overview-screen.tsx'
import { PersonScreen } from './person/person-screen.tsx'
import { QueuesScreen } from './queues/queues-screen.tsx'
import { RulesScreen } from './rules/rules-screen.tsx'
import { SampleScreen } from './sample/sample-screen.tsx'

const overview = createRoute({
  getParentRoute: () => rootRoute,
  path: '/identity',
  validateSearch: identitySearch,
  component: function Overview() {
    const { of } = overview.useSearch()
    return <OverviewScreen of={of} />
  },
})

const rules = createRoute({
  getParentRoute: () => rootRoute,
  path: '/identity/rules',
  validateSearch: identitySearch,
  component: function Rules() {
    const { of } = rules.useSearch()
    return <RulesScreen of={of} />
  },
})

const queues = createRoute({
  getParentRoute: () => rootRoute,
  path: '/identity/queues',
  validateSearch: queueSearch,
  component: function Queues() {
    const search = queues.useSearch()
    const navigate = queues.useNavigate()
    return <QueuesScreen search={search} onSearch={(next) => void navigate({ search: next, replace: true })} />
  },
})

const sample = createRoute({
  getParentRoute: () => rootRoute,
  path: '/identity/sample',
  validateSearch: identitySearch,
  component: function Sample() {
    const { of } = sample.useSearch()
    return <SampleScreen of={of} />
  },
})

const person = createRoute({
  getParentRoute: () => rootRoute,
  path: '/identity/person/$entity',
  validateSearch: identitySearch,
  component: function Person() {
    const { entity } = person.useParams()
    const { of } = person.useSearch()
    return <PersonScreen key={entity} of={of} who={{ entity }} />
  },
})

const personOfRecord = createRoute({
  getParentRoute: () => rootRoute,
  path: '/identity/person',
  validateSearch: personSearch,
  component: function PersonOfRecord() {
    const { of, record = '' } = personOfRecord.useSearch()
    return <PersonScreen key={record} of={of} who={{ record }} />
  },
})

/** Addresses of Identity. */
export const identityRoutes = [overview, rules, queues, sample, person, personOfRecord] as const
