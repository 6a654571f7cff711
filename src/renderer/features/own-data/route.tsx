import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { rootRoute } from '../../app/root-route.tsx'
import { OwnDataScreen } from './own-data-screen.tsx'
import { ReplaceScreen } from './replace-screen.tsx'
import { WhatNext } from './what-next.tsx'

const screen = createRoute({
  getParentRoute: () => rootRoute,
  path: '/own-data',
  validateSearch: z.object({ path: z.string().optional(), replace: z.string().optional(), made: z.string().optional(), rows: z.number().optional() }),
  component: function OwnData() {
    const { path, replace, made, rows } = screen.useSearch()
    if (made !== undefined) return <WhatNext made={made} rows={rows ?? 0} />
    if (replace !== undefined && path !== undefined) return <ReplaceScreen key={path} source={replace} path={path} />
    return <OwnDataScreen key={path ?? ''} path={path} />
  },
})

/** Addresses of this screen. */
export const ownDataRoutes = [screen] as const
