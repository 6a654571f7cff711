import { createRoute } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-route.tsx'
import { Loading } from '../../shared/loading.tsx'
import { Page } from '../../shared/page.tsx'

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/review',
  component: () => (
    <Page title="Review">
      <Loading label="Reading" />
    </Page>
  ),
})

/** Addresses of this screen. */
export const reviewRoutes = [list] as const
