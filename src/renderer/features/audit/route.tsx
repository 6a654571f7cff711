import { createRoute } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-route.tsx'
import { AuditScreen } from './audit-screen.tsx'

const audit = createRoute({ getParentRoute: () => rootRoute, path: '/audit', component: AuditScreen })

/** Addresses of Audit. */
export const auditRoutes = [audit] as const
