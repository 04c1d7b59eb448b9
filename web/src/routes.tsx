import type { QueryClient } from '@tanstack/react-query'
import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { operatorConsole, operatorWelcome } from './operator/operator-routes.tsx'
import { readPeriod, type PeriodSearch } from './parts/period.ts'
import { greet, root } from './root-route.tsx'
import { FrameLoading } from './shell/frame-loading.tsx'
import { Frame } from './shell/frame.tsx'
import { IntegrationFrame } from './shell/integration-frame.tsx'
import { NoIntegration } from './shell/no-integration.tsx'
import { PageFailure, RoomFailure } from './shell/room-failure.tsx'

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, 100) : undefined

/** A path of our own, never an address elsewhere. */
const ownPath = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : undefined

const signIn = createRoute({
  getParentRoute: () => root,
  path: 'sign-in',
  validateSearch: (search): { back?: string; expired?: boolean } => {
    const back = ownPath(search['back'])
    return { ...(back && { back }), ...(String(search['expired']) === 'true' && { expired: true }) }
  },
  component: lazyRouteComponent(() => import('./sign-in/sign-in-page.tsx'), 'SignInPage'),
  errorComponent: PageFailure,
})

/** Everything behind the door. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: ({ context, location, cause }) => greet(context, location, cause),
  component: Frame,
  errorComponent: PageFailure,
  pendingComponent: FrameLoading,
})

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: ({ context }) => {
    const { integrations } = context.me
    const first = integrations.find(({ state }) => state !== 'stopped') ?? integrations[0]
    if (first === undefined) return
    redirect({ to: '/i/$integrationId/report', params: { integrationId: first.id }, throw: true })
  },
  component: NoIntegration,
  errorComponent: PageFailure,
})

const integration = createRoute({
  getParentRoute: () => signedIn,
  path: 'i/$integrationId',
  validateSearch: (search): { booking?: string } => {
    const booking = text(search['booking'])
    return booking === undefined ? {} : { booking }
  },
  component: IntegrationFrame,
  errorComponent: PageFailure,
})

const integrationHome = createRoute({
  getParentRoute: () => integration,
  path: '/',
  beforeLoad: ({ params }) => {
    redirect({ to: '/i/$integrationId/report', params, throw: true })
  },
})

const report = createRoute({
  getParentRoute: () => integration,
  path: 'report',
  validateSearch: (search): { search?: string } & PeriodSearch => {
    const wanted = text(search['search'])
    return { ...(wanted && { search: wanted }), ...readPeriod(search) }
  },
  component: lazyRouteComponent(() => import('./report/report-page.tsx'), 'ReportPage'),
})

const errors = createRoute({
  getParentRoute: () => integration,
  path: 'errors',
  validateSearch: (search): { cause?: string } & PeriodSearch => {
    const cause = text(search['cause'])
    return { ...(cause && { cause }), ...readPeriod(search) }
  },
  component: lazyRouteComponent(() => import('./errors/errors-page.tsx'), 'ErrorsPage'),
})

const open = createRoute({
  getParentRoute: () => integration,
  path: 'open',
  validateSearch: (search): { search?: string } => {
    const wanted = text(search['search'])
    return wanted === undefined ? {} : { search: wanted }
  },
  component: lazyRouteComponent(() => import('./open/open-page.tsx'), 'OpenPage'),
})

const support = createRoute({
  getParentRoute: () => integration,
  path: 'support',
  component: lazyRouteComponent(() => import('./support/support-page.tsx'), 'SupportPage'),
})

const ticket = createRoute({
  getParentRoute: () => integration,
  path: 'support/$ticketId',
  component: lazyRouteComponent(() => import('./support/ticket-page.tsx'), 'TicketPage'),
})

const reconciliation = createRoute({
  getParentRoute: () => integration,
  path: 'reconciliation',
  component: lazyRouteComponent(
    () => import('./reconciliation/reconciliation-page.tsx'),
    'ReconciliationPage',
  ),
})

const migration = createRoute({
  getParentRoute: () => integration,
  path: 'migration',
  component: lazyRouteComponent(() => import('./migration/migration-page.tsx'), 'MigrationPage'),
})

const help = createRoute({
  getParentRoute: () => root,
  path: 'help',
  component: lazyRouteComponent(() => import('./help/help-frame.tsx'), 'HelpFrame'),
  errorComponent: PageFailure,
})

const helpHome = createRoute({
  getParentRoute: () => help,
  path: '/',
  validateSearch: (search): { search?: string } => {
    const wanted = text(search['search'])
    return wanted === undefined ? {} : { search: wanted }
  },
  component: lazyRouteComponent(() => import('./help/help-page.tsx'), 'HelpPage'),
})

const helpTopic = createRoute({
  getParentRoute: () => help,
  path: '$topic',
  component: lazyRouteComponent(() => import('./help/topic-page.tsx'), 'TopicPage'),
})

const tree = root.addChildren([
  signIn,
  help.addChildren([helpHome, helpTopic]),
  signedIn.addChildren([
    home,
    integration.addChildren([
      integrationHome,
      report,
      errors,
      open,
      reconciliation,
      migration,
      support,
      ticket,
    ]),
  ]),
  operatorWelcome,
  operatorConsole,
])

export const createAppRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    defaultErrorComponent: RoomFailure,
    scrollRestoration: true,
    // Plain text in the address: an order number 1042 stays "1042" and needs no quotes.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const pairs = Object.entries(search).filter(
        (pair): pair is [string, string | boolean] =>
          typeof pair[1] === 'string' || typeof pair[1] === 'boolean',
      )
      const written = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))
      return written.size === 0 ? '' : `?${written.toString()}`
    },
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
