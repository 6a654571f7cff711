import { createRoute } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-route.tsx'
import { Loading } from '../../shared/loading.tsx'
import { Page } from '../../shared/page.tsx'

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/audit',
  component: () => (
    <Page title="Audit">
      <Loading label="Reading" />
    </Page>
  ),
})

/** Addresses of this screen. */
export const auditRoutes = [list] as const
