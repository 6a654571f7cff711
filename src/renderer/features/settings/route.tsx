import { createRoute } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-route.tsx'
import { DecisionsScreen } from './decisions-screen.tsx'
import { HealthScreen } from './health-screen.tsx'
import { SettingsScreen } from './settings-screen.tsx'

const settings = createRoute({ getParentRoute: () => rootRoute, path: '/settings', component: SettingsScreen })
const health = createRoute({ getParentRoute: () => rootRoute, path: '/settings/health', component: HealthScreen })
const decisions = createRoute({ getParentRoute: () => rootRoute, path: '/settings/decisions', component: DecisionsScreen })

/** Addresses of Settings, Health and what holds. */
export const settingsRoutes = [settings, health, decisions] as const
