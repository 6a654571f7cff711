import { createRoute } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-route.tsx'
import { Loading } from '../../shared/loading.tsx'
import { Page } from '../../shared/page.tsx'

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/activations',
  component: () => (
    <Page title="Activations">
      <Loading label="Reading" />
    </Page>
  ),
})

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: '/activations/$activation',
  component: () => (
    <Page title="Activation">
      <Loading label="Reading" />
    </Page>
  ),
})

/** Addresses of this screen. */
export const activationRoutes = [list, one] as const
