import { createRootRoute } from '@tanstack/react-router'
import { Shell } from './shell.tsx'

/** Parent of every screen's routes. */
export const rootRoute = createRootRoute({ component: Shell })
