import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { rootRoute } from '../../app/root-route.tsx'
import { ActivationScreen } from './activation-screen.tsx'
import { ActivationsScreen } from './activations-screen.tsx'
import { EditScreen } from './edit-screen.tsx'

const stepSearch = z.object({ step: z.enum(['audience', 'destination', 'match', 'fields', 'do-not-send', 'mode', 'guards', 'review']).optional() })

const list = createRoute({ getParentRoute: () => rootRoute, path: '/activations', component: ActivationsScreen })

const fresh = createRoute({
  getParentRoute: () => rootRoute,
  path: '/activations/new',
  validateSearch: stepSearch,
  component: function New() {
    const { step } = fresh.useSearch()
    return <EditScreen id={undefined} step={step ?? 'audience'} />
  },
})

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: '/activations/$activation',
  component: function One() {
    const { activation } = one.useParams()
    return <ActivationScreen key={activation} id={activation} />
  },
})

const edit = createRoute({
  getParentRoute: () => rootRoute,
  path: '/activations/$activation/edit',
  validateSearch: stepSearch,
  component: function Edit() {
    const { activation } = edit.useParams()
    const { step } = edit.useSearch()
    return <EditScreen key={activation} id={activation} step={step ?? 'audience'} />
  },
})

/** Addresses of this screen. */
export const activationRoutes = [list, fresh, one, edit] as const
