import { MantineProvider } from '@mantine/core'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { styleNonce } from '../lib/nonce.ts'
import type { AppRouter } from '../router.tsx'
import { cssVariablesResolver, theme } from './theme.ts'

/** Everything a page may ask for: look, answers, addresses. */
export function Providers({ client, router }: { client: QueryClient; router: AppRouter }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      // Every variable comes from the theme at run time: the sheet of defaults would tell most of them a second time.
      deduplicateCssVariables={false}
      getStyleNonce={() => styleNonce() ?? ''}
    >
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  )
}
