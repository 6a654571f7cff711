import { createRoute } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-route.tsx'
import { HomeScreen } from './home-screen.tsx'

const home = createRoute({ getParentRoute: () => rootRoute, path: '/', component: HomeScreen })

/** Addresses of Home. */
export const homeRoutes = [home] as const
