import type { QueryClient } from '@tanstack/react-query'
import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import i18next from 'i18next'
import type { Side } from './api/configuration.ts'
import { maybeMeQuery } from './api/queries.ts'
import { isLanguage } from './i18n/language.ts'
import { isStepName, type StepName } from './install/steps.ts'
import { operatorConsole, operatorWelcome } from './operator/operator-routes.tsx'
import { readPeriod, type PeriodSearch } from './parts/period.ts'
import { greet, root } from './root-route.tsx'
import { FrameLoading } from './shell/frame-loading.tsx'
import { PageFailure, RoomFailure } from './shell/room-failure.tsx'
import { ownPath } from './sign-in/own-path.ts'

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, 100) : undefined

const signIn = createRoute({
  getParentRoute: () => root,
  path: 'sign-in',
  validateSearch: (search): { back?: string; expired?: boolean; email?: string } => {
    const back = ownPath(search['back'])
    const email = text(search['email'])
    return {
      ...(back && { back }),
      ...(email && { email }),
      ...(String(search['expired']) === 'true' && { expired: true }),
    }
  },
  component: lazyRouteComponent(() => import('./sign-in/sign-in-page.tsx'), 'SignInPage'),
  errorComponent: PageFailure,
})

const forgotten = createRoute({
  getParentRoute: () => root,
  path: 'forgotten',
  component: lazyRouteComponent(() => import('./sign-in/forgotten-page.tsx'), 'ForgottenPage'),
  errorComponent: PageFailure,
})

const password = createRoute({
  getParentRoute: () => root,
  path: 'password',
  component: lazyRouteComponent(() => import('./sign-in/password-page.tsx'), 'PasswordPage'),
  errorComponent: PageFailure,
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: 'invitation',
  component: lazyRouteComponent(() => import('./sign-in/invitation-page.tsx'), 'InvitationPage'),
  errorComponent: PageFailure,
})

/** A claim of an app store is an envelope, longer than any other text in an address. */
const claimIn = (search: Record<string, unknown>): string | undefined =>
  typeof search['claim'] === 'string' ? search['claim'].slice(0, 2_000) : undefined

/** Where an app store sends somebody. */
const store = createRoute({
  getParentRoute: () => root,
  path: 'install',
  validateSearch: (search): { claim: string } => ({ claim: claimIn(search) ?? '' }),
  component: lazyRouteComponent(() => import('./front/store-page.tsx'), 'StorePage'),
  errorComponent: PageFailure,
})

const terms = createRoute({
  getParentRoute: () => root,
  path: 'terms',
  component: lazyRouteComponent(() => import('./front/terms-page.tsx'), 'TermsPage'),
  errorComponent: PageFailure,
})

/** Who is signed in on a page that anybody may see; a failure is that page's own to show. */
const maybeMe = ({ queries }: { queries: QueryClient }) =>
  queries.query(maybeMeQuery(isLanguage(i18next.language) ? i18next.language : 'nl'))

/** The front page for visitors; whoever is signed in goes on to their own. */
const front = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ context }) => {
    const me = await maybeMe(context)
    if (me === null) return
    const { integrations } = me
    const first = integrations.find(({ state }) => state !== 'stopped') ?? integrations[0]
    if (first === undefined) redirect({ to: '/new', throw: true })
    // Its home knows whether it is still being installed.
    else redirect({ to: '/i/$integrationId', params: { integrationId: first.id }, throw: true })
  },
  component: lazyRouteComponent(() => import('./front/front-page.tsx'), 'FrontPage'),
  errorComponent: PageFailure,
  pendingComponent: FrameLoading,
})

/** The same page under the name that other sites link to. */
const integrations = createRoute({
  getParentRoute: () => root,
  path: 'integrations',
  beforeLoad: async ({ context }) => {
    if ((await maybeMe(context)) !== null) redirect({ to: '/new', throw: true })
  },
  component: lazyRouteComponent(() => import('./front/front-page.tsx'), 'FrontPage'),
  errorComponent: PageFailure,
  pendingComponent: FrameLoading,
})

/** For whoever has the link of an offer, signed in or not. */
const pay = createRoute({
  getParentRoute: () => root,
  path: 'pay/$token',
  component: lazyRouteComponent(() => import('./pay/pay-page.tsx'), 'PayPage'),
  errorComponent: PageFailure,
})

/** Everything behind the door. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: ({ context, location, cause }) => greet(context, location, cause),
  component: lazyRouteComponent(() => import('./shell/frame.tsx'), 'Frame'),
  errorComponent: PageFailure,
  pendingComponent: FrameLoading,
})

/** A remote's answer is for the server: a real visit, where the router would show nothing. */
const connectReturn = createRoute({
  getParentRoute: () => root,
  path: 'connect/$',
  beforeLoad: ({ location }) => {
    window.location.replace(location.href)
  },
  component: FrameLoading,
})

const side = (value: unknown): Side | undefined =>
  value === 'webshop' || value === 'accounting' ? value : undefined

const connected = createRoute({
  getParentRoute: () => root,
  path: 'connected/$integrationId',
  validateSearch: (search): { side?: Side; system?: string; window?: 'own'; failed?: string } => {
    const at = side(search['side'])
    const system = text(search['system'])
    const failed = text(search['failed'])
    return {
      ...(at && { side: at }),
      ...(system && { system }),
      ...(search['window'] === 'own' && { window: 'own' }),
      ...(failed && { failed }),
    }
  },
  component: lazyRouteComponent(() => import('./connecting/connected-page.tsx'), 'ConnectedPage'),
  errorComponent: PageFailure,
})

const account = createRoute({
  getParentRoute: () => signedIn,
  path: 'account',
  component: lazyRouteComponent(() => import('./account/account-page.tsx'), 'AccountPage'),
  errorComponent: PageFailure,
})

const another = createRoute({
  getParentRoute: () => signedIn,
  path: 'new',
  validateSearch: (search): { webshop?: string; accounting?: string; claim?: string } => {
    const webshop = text(search['webshop'])
    const accounting = text(search['accounting'])
    const claim = claimIn(search)
    return {
      ...(webshop && { webshop }),
      ...(accounting && { accounting }),
      ...(claim && { claim }),
    }
  },
  component: lazyRouteComponent(() => import('./front/new-page.tsx'), 'NewPage'),
  errorComponent: PageFailure,
})

const integration = createRoute({
  getParentRoute: () => signedIn,
  path: 'i/$integrationId',
  validateSearch: (search): { booking?: string } => {
    const booking = text(search['booking'])
    return booking === undefined ? {} : { booking }
  },
  component: lazyRouteComponent(() => import('./shell/integration-frame.tsx'), 'IntegrationFrame'),
  errorComponent: PageFailure,
})

const integrationHome = createRoute({
  getParentRoute: () => integration,
  path: '/',
  beforeLoad: ({ params, context }) => {
    const here = context.me.integrations.find(({ id }) => id === params.integrationId)
    const room = here?.state === 'installing' ? 'install' : 'report'
    redirect({ to: `/i/$integrationId/${room}`, params, throw: true })
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

const profile = createRoute({
  getParentRoute: () => integration,
  path: 'profile',
  component: lazyRouteComponent(() => import('./profile/profile-page.tsx'), 'ProfilePage'),
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

const preview = createRoute({
  getParentRoute: () => integration,
  path: 'preview',
  validateSearch: (search): { number?: string } => {
    const number = text(search['number'])
    return number === undefined ? {} : { number }
  },
  component: lazyRouteComponent(() => import('./preview/preview-page.tsx'), 'PreviewPage'),
})

const configuration = createRoute({
  getParentRoute: () => integration,
  path: 'configuration',
  component: lazyRouteComponent(
    () => import('./configuration/configuration-page.tsx'),
    'ConfigurationPage',
  ),
})

const install = createRoute({
  getParentRoute: () => integration,
  path: 'install',
  validateSearch: (search): { step?: StepName } =>
    isStepName(search['step']) ? { step: search['step'] } : {},
  component: lazyRouteComponent(() => import('./install/install-page.tsx'), 'InstallPage'),
})

const tree = root.addChildren([
  front,
  integrations,
  forgotten,
  password,
  invitation,
  store,
  terms,
  signIn,
  help.addChildren([helpHome, helpTopic]),
  connectReturn,
  connected,
  pay,
  signedIn.addChildren([
    account,
    another,
    integration.addChildren([
      integrationHome,
      report,
      errors,
      open,
      preview,
      configuration,
      install,
      reconciliation,
      migration,
      support,
      ticket,
      profile,
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
