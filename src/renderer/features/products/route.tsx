import { createRoute } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-route.tsx'
import { ChooseTableScreen } from './choose-table-screen.tsx'
import { ProductScreen } from './product-screen.tsx'
import { ProductsScreen } from './products-screen.tsx'

const list = createRoute({ getParentRoute: () => rootRoute, path: '/products', component: ProductsScreen })

const choose = createRoute({ getParentRoute: () => rootRoute, path: '/products/choose', component: ChooseTableScreen })

const fresh = createRoute({ getParentRoute: () => rootRoute, path: '/products/new', component: () => <ProductScreen id={undefined} /> })

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: '/products/$product',
  component: function One() {
    const { product } = one.useParams()
    return <ProductScreen key={product} id={product} />
  },
})

/** Addresses of this screen. */
export const productRoutes = [list, choose, fresh, one] as const
