import { createRoute } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-route.tsx'
import { SettingsScreen } from './settings-screen.tsx'

const settings = createRoute({ getParentRoute: () => rootRoute, path: '/settings', component: SettingsScreen })

/** Addresses of Settings. */
export const settingsRoutes = [settings] as const
