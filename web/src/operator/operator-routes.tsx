import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { greet, root } from '../root-route.tsx'
import { FrameLoading } from '../shell/frame-loading.tsx'
import { PageFailure } from '../shell/room-failure.tsx'
import {
  readAlarmRoom,
  readHealthRoom,
  readLicenceRoom,
  readMailRoom,
  readOfferRoom,
  readTicketRoom,
} from './operator-search.ts'

/** Where a new operator sets a password; nobody is signed in there yet. */
export const operatorWelcome = createRoute({
  getParentRoute: () => root,
  path: 'operator/welcome',
  component: lazyRouteComponent(() => import('./welcome-page.tsx'), 'WelcomePage'),
  errorComponent: PageFailure,
})

/** The console: a bundle of its own, which no merchant fetches. */
const frame = createRoute({
  getParentRoute: () => root,
  path: 'operator',
  beforeLoad: ({ context, location, cause }) => greet(context, location, cause),
  component: lazyRouteComponent(() => import('./operator-frame.tsx'), 'OperatorFrame'),
  errorComponent: PageFailure,
  pendingComponent: FrameLoading,
})

const integrations = createRoute({
  getParentRoute: () => frame,
  path: '/',
  validateSearch: readHealthRoom,
  component: lazyRouteComponent(() => import('./integrations-page.tsx'), 'IntegrationsPage'),
})

const integration = createRoute({
  getParentRoute: () => frame,
  path: 'integrations/$integrationId',
  component: lazyRouteComponent(() => import('./integration-page.tsx'), 'IntegrationPage'),
})

const alarms = createRoute({
  getParentRoute: () => frame,
  path: 'alarms',
  validateSearch: readAlarmRoom,
  component: lazyRouteComponent(() => import('./alarms-page.tsx'), 'AlarmsPage'),
})

const tickets = createRoute({
  getParentRoute: () => frame,
  path: 'tickets',
  validateSearch: readTicketRoom,
  component: lazyRouteComponent(() => import('./tickets-page.tsx'), 'TicketsPage'),
})

const ticket = createRoute({
  getParentRoute: () => frame,
  path: 'tickets/$ticketId',
  component: lazyRouteComponent(() => import('./operator-ticket-page.tsx'), 'OperatorTicketPage'),
})

const licences = createRoute({
  getParentRoute: () => frame,
  path: 'licences',
  validateSearch: readLicenceRoom,
  component: lazyRouteComponent(() => import('./licences-page.tsx'), 'LicencesPage'),
})

const offers = createRoute({
  getParentRoute: () => frame,
  path: 'offers',
  validateSearch: readOfferRoom,
  component: lazyRouteComponent(() => import('./offers-page.tsx'), 'OffersPage'),
})

const tariffs = createRoute({
  getParentRoute: () => frame,
  path: 'tariffs',
  component: lazyRouteComponent(() => import('./tariffs-page.tsx'), 'TariffsPage'),
})

const migrations = createRoute({
  getParentRoute: () => frame,
  path: 'migrations',
  validateSearch: readAlarmRoom,
  component: lazyRouteComponent(() => import('./migrations-page.tsx'), 'MigrationsPage'),
})

const remotes = createRoute({
  getParentRoute: () => frame,
  path: 'remotes',
  component: lazyRouteComponent(() => import('./remotes-page.tsx'), 'RemotesPage'),
})

const queues = createRoute({
  getParentRoute: () => frame,
  path: 'queues',
  component: lazyRouteComponent(() => import('./queues-page.tsx'), 'QueuesPage'),
})

const mails = createRoute({
  getParentRoute: () => frame,
  path: 'mails',
  validateSearch: readMailRoom,
  component: lazyRouteComponent(() => import('./mails-page.tsx'), 'MailsPage'),
})

const log = createRoute({
  getParentRoute: () => frame,
  path: 'log',
  component: lazyRouteComponent(() => import('./log-page.tsx'), 'LogPage'),
})

export const operatorConsole = frame.addChildren([
  integrations,
  integration,
  alarms,
  tickets,
  ticket,
  licences,
  offers,
  tariffs,
  migrations,
  remotes,
  queues,
  mails,
  log,
])
