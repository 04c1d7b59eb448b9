import { findAccounting, findWebshop } from '../connectors/registry.ts'
import type { AccountingConnector } from '../connectors/accounting.ts'
import type { HttpClient } from '../connectors/http.ts'
import type { Pace } from '../connectors/pace.ts'
import type { Vies } from '../connectors/vies/vies.ts'
import type { Side } from '../database/schema.ts'
import { openConnection, sessionOf, setDot, type OpenConnection } from '../merchants/connections.ts'
import { EnvelopeError } from '../merchants/key-ring.ts'
import { reason, Trouble } from '../problems/reason.ts'
import type { MerchantRoom } from '../merchants/integrations.ts'
import {
  draftOptionsOf,
  readIntegrationSettings,
  vatTableOf,
} from '../merchants/integration-settings.ts'
import { freshConnection, type RemoteApps } from '../merchants/renewal.ts'
import { places } from '../merchants/vault.ts'
import type { Ring } from './commits-room.ts'
import type { Commits } from './commits.ts'
import { withCrashPoints, type AtCrashPoint } from './crash-points.ts'
import type { Ends, OnFault } from './desk.ts'
import { measuredHttp, type Observe } from './measured-http.ts'
import { pacerOf, type Pacer } from './pace.ts'

/** Everything the engine needs from outside, injected, so that it runs in a simulation as in production. */
export interface Engine extends MerchantRoom {
  /** Names this worker in a lease. */
  workerName: string
  http: HttpClient
  vies: Vies
  /** The operator's registrations, for systems that merchants sign in to. */
  apps: RemoteApps
  commits: Commits
  ring: Ring
  /** Rings for the surveys of an integration. */
  ringSurvey(integrationId: string): Promise<void>
  /** Tells whoever watches that bookings of an integration changed. */
  announce(integrationId: string): void
  at: AtCrashPoint
  onFault: OnFault
  /** Told of every call of a remote. */
  observe: Observe
  /** Sales of one integration under way at once. */
  concurrency: number
  /** The operator's own figures for a system, instead of the connector's. */
  paces: Readonly<Record<string, Pace>>
  /** The operator's own figure for how late a lost request may take effect, by system. */
  lateEffectMs: Readonly<Record<string, number>>
  /** One pacer per connection, kept between drains: a limit must not start anew by being forgotten. */
  pacers: Map<string, Pacer>
  /** The envelope of each connection's credentials as this process renewed them last, by integration and side. */
  renewals: Map<string, string>
}

const days = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' })

/** The day of a moment where our merchants live, YYYY-MM-DD. */
export const calendarDay = (moment: Date): string => days.format(moment)

const pacerFor = (engine: Engine, integrationId: string, system: string, pace: Pace): Pacer => {
  const key = `${integrationId} ${system}`
  const kept = engine.pacers.get(key)
  if (kept !== undefined) return kept
  const made = pacerOf(engine.paces[system] ?? pace, engine.clock)
  engine.pacers.set(key, made)
  return made
}

/** Opens a connection; one that can't be opened as it is stored turns red and says why. */
const openOrBreak = async (
  engine: Engine,
  integrationId: string,
  side: Side,
): Promise<OpenConnection | null> => {
  try {
    const connection = await openConnection(engine, integrationId, side)
    return connection === null ? null : await freshConnection(engine, connection)
  } catch (error) {
    const unreadable = error instanceof EnvelopeError ? reason('CREDENTIALS_UNREADABLE') : null
    const why = error instanceof Trouble ? error.reason : unreadable
    // An outage of the place that renews credentials passes: the dot stays green, and the sweep rings.
    if (error instanceof Trouble && error.cure === 'later') return null
    if (why === null) throw error
    await setDot(engine, integrationId, side, why)
    return null
  }
}

const withLateEffect = (engine: Engine, connector: AccountingConnector): AccountingConnector => {
  const lateEffectMs = engine.lateEffectMs[connector.id] ?? connector.capabilities.lateEffectMs
  return { ...connector, capabilities: { ...connector.capabilities, lateEffectMs } }
}

/** The connector with crash points around its steps, also those of its products. */
const withSteps = (connector: AccountingConnector, at: AtCrashPoint): AccountingConnector => ({
  ...withCrashPoints(connector, at),
  ...(connector.products && { products: withCrashPoints(connector.products, at) }),
})

/**
 * Opens both ends of an integration.
 * @returns null when it does not book: not complete, stopped, or an end is broken
 */
export const openEnds = async (
  engine: Engine,
  integrationId: string,
  guard: (http: HttpClient) => HttpClient = (http) => http,
): Promise<Ends | null> => {
  const [integration, shop, books] = await Promise.all([
    engine.db
      .selectFrom('integrations')
      .selectAll()
      .where('id', '=', integrationId)
      .executeTakeFirst(),
    openOrBreak(engine, integrationId, 'webshop'),
    openOrBreak(engine, integrationId, 'accounting'),
  ])
  if (integration?.state !== 'active') return null
  if (shop?.dot !== 'green' || books?.dot !== 'green') return null

  const settings = readIntegrationSettings(integration.settings)
  const webshop = findWebshop(shop.system)
  const accounting = findAccounting(books.system)
  // The guard stands behind the pace: it is asked when a call's turn has come, which may be long after.
  const shopPace = pacerFor(engine, integrationId, shop.system, webshop.capabilities.pace)
  const booksPace = pacerFor(engine, integrationId, books.system, accounting.capabilities.pace)
  const doorOf = (system: string) =>
    measuredHttp(guard(engine.http), system, engine.clock, engine.observe)
  const shopDoor = doorOf(shop.system)
  const booksDoor = doorOf(books.system)
  return {
    webshop: {
      connector: withCrashPoints(webshop, engine.at),
      sealed: shop.sealed,
      session: sessionOf(shop, shopPace.before(shopDoor), engine),
    },
    accounting: {
      connector: withSteps(withLateEffect(engine, accounting), engine.at),
      sealed: books.sealed,
      session: sessionOf(books, booksPace.before(booksDoor), engine),
      facts: {
        settings: books.settings as never,
        choices: books.choices,
        vatTable: vatTableOf(settings),
        products: {},
      },
    },
    patiently: {
      webshop: shopPace.before(shopDoor, 'patient'),
      accounting: booksPace.before(booksDoor, 'patient'),
    },
    options: draftOptionsOf(settings),
    settings,
    startDate: calendarDay(integration.configuredAt ?? integration.createdAt),
    debtorKey: Buffer.from(
      engine.vault.open(integration.debtorKey, places.debtorKey(integrationId)),
      'base64',
    ),
  }
}
