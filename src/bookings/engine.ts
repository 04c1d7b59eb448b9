import { findAccounting, findWebshop } from '../connectors/registry.ts'
import type { AccountingConnector } from '../connectors/accounting.ts'
import type { HttpClient } from '../connectors/http.ts'
import type { Pace } from '../connectors/pace.ts'
import { openConnection, sessionOf } from '../merchants/connections.ts'
import type { MerchantRoom } from '../merchants/integrations.ts'
import { readIntegrationSettings } from '../merchants/integration-settings.ts'
import { places } from '../merchants/vault.ts'
import type { Commits, Ring } from './commits.ts'
import { withCrashPoints, type AtCrashPoint } from './crash-points.ts'
import type { Ends } from './desk.ts'
import { pacedBy } from './pace.ts'
import type { OnFault } from './work.ts'

/** Everything the engine needs from outside, injected, so that it runs in a simulation as in production. */
export interface Engine extends MerchantRoom {
  /** Names this worker in a lease. */
  workerName: string
  http: HttpClient
  commits: Commits
  ring: Ring
  /** Tells whoever watches that bookings of an integration changed. */
  announce(integrationId: string): void
  at: AtCrashPoint
  onFault: OnFault
  /** Sales of one integration under way at once. */
  concurrency: number
  /** The operator's own figures for a system, instead of the connector's. */
  paces: Readonly<Record<string, Pace>>
  /** The operator's own figure for how late a lost request may take effect, by system. */
  lateEffectMs: Readonly<Record<string, number>>
  /** One paced client per connection, kept between drains: a bucket must not refill by being forgotten. */
  paced: Map<string, HttpClient>
}

const days = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' })

/** The day of a moment where our merchants live, YYYY-MM-DD. */
export const calendarDay = (moment: Date): string => days.format(moment)

const pacedFor = (
  engine: Engine,
  integrationId: string,
  system: string,
  pace: Pace,
): HttpClient => {
  const key = `${integrationId} ${system}`
  const kept = engine.paced.get(key)
  if (kept !== undefined) return kept
  const made = pacedBy(engine.http, engine.paces[system] ?? pace, engine.clock)
  engine.paced.set(key, made)
  return made
}

const withLateEffect = (engine: Engine, connector: AccountingConnector): AccountingConnector => {
  const lateEffectMs = engine.lateEffectMs[connector.id] ?? connector.capabilities.lateEffectMs
  return { ...connector, capabilities: { ...connector.capabilities, lateEffectMs } }
}

/**
 * Opens both ends of an integration.
 * @returns null when it does not book: not complete, stopped, or an end is broken
 */
export const openEnds = async (
  engine: Engine,
  integrationId: string,
  guard: (http: HttpClient) => HttpClient = (http) => http,
): Promise<Ends | null> => {
  const integration = await engine.db
    .selectFrom('integrations')
    .selectAll()
    .where('id', '=', integrationId)
    .executeTakeFirst()
  if (integration?.state !== 'active') return null
  const shop = await openConnection(engine, integrationId, 'webshop')
  const books = await openConnection(engine, integrationId, 'accounting')
  if (shop?.dot !== 'green' || books?.dot !== 'green') return null

  const webshop = findWebshop(shop.system)
  const accounting = findAccounting(books.system)
  const shopHttp = pacedFor(engine, integrationId, shop.system, webshop.capabilities.pace)
  const booksHttp = pacedFor(engine, integrationId, books.system, accounting.capabilities.pace)
  return {
    webshop: {
      connector: withCrashPoints(webshop, engine.at),
      session: sessionOf(shop, guard(shopHttp), engine),
    },
    accounting: {
      connector: withCrashPoints(withLateEffect(engine, accounting), engine.at),
      session: sessionOf(books, guard(booksHttp), engine),
      facts: { settings: books.settings as never, choices: books.choices },
    },
    options: readIntegrationSettings(integration.settings),
    startDate: calendarDay(integration.configuredAt ?? integration.createdAt),
    debtorKey: Buffer.from(
      engine.vault.open(integration.debtorKey, places.debtorKey(integrationId)),
      'base64',
    ),
  }
}
