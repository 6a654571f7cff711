import { createHashHistory, createRouter } from '@tanstack/react-router'
import { forgetFailure } from '../shared/notify.tsx'
import { NoSuchScreen } from './no-such-screen.tsx'
import { routeTree } from './routes.tsx'

/** Hash history: the same addresses work in Electron and behind the web shell. */
export const router = createRouter({ routeTree, history: createHashHistory(), defaultPreload: false, defaultNotFoundComponent: NoSuchScreen, scrollRestoration: false })

router.subscribe('onBeforeNavigate', ({ pathChanged }) => {
  if (pathChanged) forgetFailure()
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
