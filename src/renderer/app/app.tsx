import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { connectEngine } from './engine-link.ts'
import { adoptMantineVariables } from './mantine-variables.ts'
import { queryClient } from './query-client.ts'
import classes from './overlays.module.css'
import { router } from './router.ts'
import { theme } from './theme.ts'

adoptMantineVariables()
connectEngine()

/** For the few styles that Mantine inserts by itself, such as while the colours switch. */
const styleNonce = (): string => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

/** Everything around the screens: theme, server data, addresses, notices. */
export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false} getStyleNonce={styleNonce}>
      <QueryClientProvider client={queryClient}>
        <Notifications className={classes['notices']} position="bottom-right" autoClose={4000} limit={4} />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  )
}
