import { createRoute } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-route.tsx'
import { SegmentScreen } from './segment-screen.tsx'
import { SegmentsScreen } from './segments-screen.tsx'

const list = createRoute({ getParentRoute: () => rootRoute, path: '/segments', component: SegmentsScreen })

const fresh = createRoute({ getParentRoute: () => rootRoute, path: '/segments/new', component: () => <SegmentScreen id={undefined} /> })

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: '/segments/$segment',
  component: function Segment() {
    const { segment } = one.useParams()
    return <SegmentScreen key={segment} id={segment} />
  },
})

/** Addresses of this screen. */
export const segmentRoutes = [list, fresh, one] as const
