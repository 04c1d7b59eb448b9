import { findAccounting, findWebshop } from '../connectors/registry.ts'
import type { AccountingConnector } from '../connectors/accounting.ts'
import type { HttpClient } from '../connectors/http.ts'
import type { Pace } from '../connectors/pace.ts'
import type { Vies } from '../connectors/vies/vies.ts'
import type { IntegrationTable, Side } from '../database/schema.ts'
import {
  connectionRows,
  openRow,
  sessionOf,
  setDot,
  type ConnectionRow,
  type OpenConnection,
} from '../merchants/connections.ts'
import { EnvelopeError } from '../merchants/key-ring.ts'
import { reason, Trouble } from '../problems/reason.ts'
import type { MerchantRoom } from '../merchants/integrations.ts'
import {
  draftOptionsOf,
  type IntegrationSettings,
  readIntegrationSettings,
  vatTableOf,
} from '../merchants/integration-settings.ts'
import { isHeldBack } from '../merchants/licence.ts'
import { licenceOf } from '../merchants/licences.ts'
import { freshConnection, type RemoteApps } from '../merchants/renewal.ts'
import { places } from '../merchants/vault.ts'
import { calendarDay } from '../world/calendar-day.ts'
import type { Ring } from './commits-room.ts'
import type { Commits } from './commits.ts'
import { withCrashPoints, type AtCrashPoint } from './crash-points.ts'
import type { Ends, OnFault } from './desk.ts'
import type { Doorbell } from './doorbell.ts'
import type { DueBookings } from './due-bookings.ts'
import { measuredHttp, type Observe } from './measured-http.ts'
import type { TakenReferences } from './taken-references.ts'
import { pacerOf, type Pacer } from './pace.ts'
import { pausedEnds } from './remote-pauses.ts'

/** Everything the engine needs from outside, injected, so that it runs in a simulation as in production. */
export interface Engine extends MerchantRoom {
  /** Names this worker in a lease. */
  workerName: string
  /** Aborted when this process is asked to end: what is in hand is finished, and nothing more is begun. */
  ending?: AbortSignal
  http: HttpClient
  vies: Vies
  /** The operator's registrations, for systems that merchants sign in to. */
  apps: RemoteApps
  commits: Commits
  dueBookings: DueBookings
  takenReferences: TakenReferences
  ring: Ring
  /** Rings for the surveys of an integration. */
  ringSurvey(integrationId: string): Promise<void>
  /** Tells whoever watches that bookings of an integration changed. */
  announce(integrationId: string): void
  at: AtCrashPoint
  onFault: OnFault
  /** Whether the operator sells licences; where nobody does, none expires. */
  sellsLicences: boolean
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
  /** The bells of the drains under way in this process, by integration. */
  doorbells: Map<string, Doorbell>
  /** The envelope of each connection's credentials as this process renewed them last, by integration and side. */
  renewals: Map<string, string>
}

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
  rows: readonly ConnectionRow[],
  side: Side,
  paused: readonly string[],
): Promise<OpenConnection | null> => {
  const row = rows.find((each) => each.side === side)
  if (row === undefined) return null
  try {
    const connection = openRow(engine, row)
    // Renewing credentials is a call too.
    if (connection === null || paused.includes(connection.system)) return connection
    return await freshConnection(engine, connection)
  } catch (error) {
    const unreadable = error instanceof EnvelopeError ? reason('CREDENTIALS_UNREADABLE') : null
    const why = error instanceof Trouble ? error.reason : unreadable
    // An outage of the place that renews credentials passes: the dot stays green, and the sweep rings.
    if (error instanceof Trouble && error.cure === 'later') return null
    if (why === null) throw error
    await setDot(engine, row.integrationId, side, why)
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

/** How many sales a merchant lets pass one by one before the others follow by themselves (spec §5). */
export const goAheadsWanted = 5

/** Settings that are tried out and stored nowhere; what is absent is as it is stored. */
export interface TrySettings {
  settings?: IntegrationSettings
  webshop?: Record<string, unknown>
  accounting?: Record<string, unknown>
}

interface Opening {
  guard?: (http: HttpClient) => HttpClient
  /** In which states; an integration that is being installed can be tried out, and books nothing. */
  states?: readonly IntegrationTable['state'][]
  instead?: TrySettings
}

/**
 * Whether the licence says that nothing is to be booked. Whatever goes wrong with asking it is not the
 * merchant's trouble: the bookkeeping goes on, and the hourly licence job tells the operator.
 */
export const heldBackNow = async (engine: Engine, integrationId: string): Promise<boolean> => {
  if (!engine.sellsLicences) return false
  const licence = await licenceOf(engine.db, integrationId).catch(() => undefined)
  return licence !== undefined && isHeldBack(licence)
}

/**
 * Opens both ends of an integration.
 * @returns null when it does not book: not complete, stopped, or an end is broken
 */
export const openEnds = (
  engine: Engine,
  integrationId: string,
  guard?: (http: HttpClient) => HttpClient,
): Promise<Ends | null> => openEndsAs(engine, integrationId, guard === undefined ? {} : { guard })

/** Opens both ends, also of an integration that is not complete yet, or with other settings than are stored. */
export const openEndsAs = async (
  engine: Engine,
  integrationId: string,
  { guard = (http) => http, states = ['active'], instead = {} }: Opening,
): Promise<Ends | null> => {
  const [integration, rows, heldBack] = await Promise.all([
    engine.db
      .selectFrom('integrations')
      .selectAll()
      .select(pausedEnds)
      .where('id', '=', integrationId)
      .executeTakeFirst(),
    connectionRows(engine, integrationId),
    heldBackNow(engine, integrationId),
  ])
  const paused = integration?.paused ?? []
  const [shop, books] = await Promise.all([
    openOrBreak(engine, rows, 'webshop', paused),
    openOrBreak(engine, rows, 'accounting', paused),
  ])
  if (integration === undefined || !states.includes(integration.state)) return null
  if (shop?.dot !== 'green' || books?.dot !== 'green') return null

  const settings = instead.settings ?? readIntegrationSettings(integration.settings)
  const booksSettings = instead.accounting ?? books.settings
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
      session: sessionOf(
        { ...shop, settings: instead.webshop ?? shop.settings },
        shopPace.before(shopDoor),
        engine,
      ),
    },
    accounting: {
      connector: withSteps(withLateEffect(engine, accounting), engine.at),
      sealed: books.sealed,
      session: sessionOf(
        { ...books, settings: booksSettings },
        booksPace.before(booksDoor),
        engine,
      ),
      facts: {
        settings: booksSettings as never,
        choices: books.choices,
        vatTable: vatTableOf(settings),
        products: {},
      },
    },
    paused,
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
    heldBack,
    wantsGoAhead: settings.goAhead && integration.goAheads < goAheadsWanted,
  }
}
