import { createRoute } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-route.tsx'
import { HealthScreen } from './health-screen.tsx'
import { SettingsScreen } from './settings-screen.tsx'

const settings = createRoute({ getParentRoute: () => rootRoute, path: '/settings', component: SettingsScreen })
const health = createRoute({ getParentRoute: () => rootRoute, path: '/settings/health', component: HealthScreen })

/** Addresses of Settings and Health. */
export const settingsRoutes = [settings, health] as const
