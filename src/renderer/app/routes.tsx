import { activationRoutes } from '../features/activations/route.tsx'
import { auditRoutes } from '../features/audit/route.tsx'
import { connectionRoutes } from '../features/connections/route.tsx'
import { homeRoutes } from '../features/home/route.tsx'
import { identityRoutes } from '../features/identity/route.tsx'
import { ownDataRoutes } from '../features/own-data/route.tsx'
import { productRoutes } from '../features/products/route.tsx'
import { reviewRoutes } from '../features/review/route.tsx'
import { runRoutes } from '../features/run/route.tsx'
import { segmentRoutes } from '../features/segments/route.tsx'
import { settingsRoutes } from '../features/settings/route.tsx'
import { rootRoute } from './root-route.tsx'

/** Every screen; one line per feature. */
export const routeTree = rootRoute.addChildren([
  ...homeRoutes,
  ...productRoutes,
  ...segmentRoutes,
  ...identityRoutes,
  ...activationRoutes,
  ...reviewRoutes,
  ...runRoutes,
  ...auditRoutes,
  ...connectionRoutes,
  ...settingsRoutes,
  ...ownDataRoutes,
])
