import './styles.ts'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { hearOtherTabs } from './api/other-tabs.ts'
import { queryClientFor } from './api/query-client.ts'
import { startWords } from './i18n/start.ts'
import { createAppRouter } from './routes.tsx'
import { shareStyleNonce, styleNonce } from './style-nonce.ts'
import { cssVariablesResolver, theme } from './theme.ts'

const queries = queryClientFor(() => {
  const { pathname, href } = router.state.location
  // Who never was inside is sent to the door by the route. And everything on the page may notice at once
  // that the session is over; one of them is enough.
  const wasInside = queries.getQueriesData({ queryKey: ['me'] }).some(([, me]) => me !== undefined)
  if (!wasInside || pathname === '/sign-in') return
  void router
    .navigate({ to: '/sign-in', search: { back: href, expired: true }, replace: true })
    .then(() => queries.clear())
})
const router = createAppRouter(queries)
hearOtherTabs(() => void queries.invalidateQueries())

shareStyleNonce()
await startWords()

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
        <Notifications position="bottom-right" autoClose={6_000} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
