import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { rootRoute } from '../../app/root-route.tsx'
import { ConnectionScreen } from './connection-screen.tsx'
import { ConnectionsScreen } from './connections-screen.tsx'
import { NewConnectionScreen } from './new-connection-screen.tsx'

const list = createRoute({ getParentRoute: () => rootRoute, path: '/connections', component: ConnectionsScreen })

const fresh = createRoute({
  getParentRoute: () => rootRoute,
  path: '/connections/new',
  validateSearch: z.object({ destination: z.string().optional() }),
  component: function New() {
    const { destination } = fresh.useSearch()
    return <NewConnectionScreen key={destination ?? ''} destination={destination} />
  },
})

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: '/connections/$connection',
  component: function One() {
    const { connection } = one.useParams()
    return <ConnectionScreen key={connection} id={connection} />
  },
})

/** Addresses of this screen. */
export const connectionRoutes = [list, fresh, one] as const
