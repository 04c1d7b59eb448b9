import pg from 'pg'
import { Agent, fetch as fetchFrom } from 'undici'
import { announcerOn, listenForChanges } from '../../src/bookings/announcements.ts'
import type { Engine } from '../../src/bookings/engine.ts'
import type { StoreApp } from '../../src/connectors/webshop.ts'
import { anyFreePort } from '../../src/database/embedded.ts'
import { createMerchant, type Role } from '../../src/merchants/people.ts'
import type { Vies } from '../../src/connectors/vies/vies.ts'
import type { RemoteApps } from '../../src/merchants/renewal.ts'
import { signInOn } from '../../src/merchants/sign-in.ts'
import type { BillingRoom } from '../../src/support/billing/billing-room.ts'
import type { House } from '../../src/server/house.ts'
import { createMeters } from '../../src/server/meters.ts'
import { buildServer } from '../../src/server/server.ts'
import { createWatchers } from '../../src/server/watchers.ts'
import { wallClock, type Clock } from '../../src/world/clock.ts'
import { newIdentifier } from '../../src/world/identifier.ts'
import { systemRandom } from '../../src/world/random.ts'
import type { TestDatabase } from './database.ts'
import { openTestEngine } from './engine.ts'

/** The machine's own clock, moved on by a test instead of waiting. */
export interface MovedClock extends Clock {
  moveOn(durationMs: number): void
}

export const movedClock = (): MovedClock => {
  let aheadMs = 0
  return {
    now: () => new Date(wallClock.now().getTime() + aheadMs),
    monotonicMs: () => wallClock.monotonicMs() + aheadMs,
    sleep: (durationMs, signal) => wallClock.sleep(durationMs, signal),
    moveOn: (durationMs) => {
      aheadMs += durationMs
    },
  }
}

/** What a browser brings along. */
export interface Visitor {
  merchantId: string
  userId: string
  email: string
  password: string
  cookie: string
}

export interface TestHouse {
  house: House
  engine: Engine
  /** Where the server listens: http on loopback, whatever its public address. */
  url: string
  clock: MovedClock
  /** Integrations somebody rang for, in order. */
  rung: string[]
  /** Follows no redirect. */
  ask(path: string, init?: RequestInit): Promise<Response>
  /** A merchant with its owner, signed in over HTTP. */
  welcome(name: string): Promise<Visitor>
  /** Gives a visitor a seat at somebody's merchant. */
  seat(visitor: Visitor, merchantId: string, role: Role): Promise<void>
  /** The value that /metrics gives, 0 when it never moved. */
  metric(name: string, labels: Readonly<Record<string, string>>): Promise<number>
  close(): Promise<void>
}

export interface HouseOptions {
  /** Default: where the server listens. */
  publicUrl?: string
  callsPerMinute?: number
  trustProxy?: boolean
  dashboard?: string
  storeApps?: (publicUrl: string) => Readonly<Record<string, StoreApp>>
  /** Registrations with remotes that merchants sign in to. */
  apps?: RemoteApps
  /** Says that every number is valid when absent. */
  vies?: Vies
  /** Sells licences. */
  billing?: (engine: Engine, publicUrl: string) => BillingRoom
}

export const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0] ?? '')
    .join('; ')

// Two houses on one database must not make the same ids and keys.
let seed = 500_000

let houses = 0
/**
 * An address of this machine nobody called from before. better-auth counts guesses per address for the whole
 * process, which many test files share: each house's visitors come from elsewhere.
 */
const newLocalAddress = (): string => {
  houses += 1
  return `127.${1 + (houses >> 14)}.${(houses >> 7) & 127}.${1 + (houses & 127)}`
}

let callers = 0
/** The same by a proxy, for who signs in often in one test file, to a house that trusts its proxy. */
export const newCaller = (): { 'x-forwarded-for': string } => {
  callers += 1
  return { 'x-forwarded-for': `198.18.${callers >> 8}.${callers & 255}` }
}

/** The real web server on a test database, as `doorvoer web` puts it together, listening on loopback. */
export const openHouse = async (
  database: TestDatabase,
  options: HouseOptions = {},
): Promise<TestHouse> => {
  const port = await anyFreePort()
  const url = `http://127.0.0.1:${port}`
  const publicUrl = options.publicUrl ?? url
  const clock = movedClock()
  const { pool } = database
  seed += 1
  const sellsLicences = options.billing !== undefined
  const bench = openTestEngine(database, {
    clock,
    seed,
    sellsLicences,
    ...(options.vies !== undefined && { vies: options.vies }),
  })
  const engine: Engine = {
    ...bench.engine,
    announce: announcerOn(pool, clock),
    apps: options.apps ?? {},
  }
  const secret = Buffer.from(systemRandom.bytes(32)).toString('base64url')
  const signIn = signInOn({ pool, publicUrl, secret })
  const watchers = createWatchers()
  const { registry, meters } = createMeters()
  const house: House = {
    engine,
    pool,
    signIn,
    publicUrl,
    trustProxy: options.trustProxy ?? false,
    storeApps: options.storeApps?.(publicUrl) ?? {},
    registry,
    meters,
    watchers,
    billing: options.billing?.(engine, publicUrl) ?? null,
    dashboard: options.dashboard ?? null,
    logLevel: 'silent',
    callsPerMinute: options.callsPerMinute ?? 600,
  }
  const server = await buildServer(house)
  await server.listen({ host: '127.0.0.1', port })
  const connected = Promise.withResolvers<undefined>()
  const stopListening = listenForChanges(
    () => {
      const client = new pg.Client({ connectionString: database.url, application_name: 'listener' })
      client.once('connect', () => {
        connected.resolve(undefined)
      })
      return client
    },
    clock,
    (integrationId) => watchers.changed(integrationId),
  )
  await connected.promise

  const visitors = new Agent({ localAddress: newLocalAddress() })
  // Node's own fetch takes no agent of a package, and the package's has types of its own.
  const fetchAs = fetchFrom as unknown as (address: string, init: object) => Promise<Response>
  const ask: TestHouse['ask'] = (path, init) =>
    fetchAs(url + path, { redirect: 'manual', dispatcher: visitors, ...init })
  return {
    house,
    engine,
    url,
    clock,
    rung: bench.rung,
    ask,
    async welcome(name) {
      const email = `${name.toLowerCase()}@voorbeeld.example`
      const password = `wachtwoord van ${name}`
      const wanted = { company: `Zaak van ${name}`, name, email, password, language: 'nl' } as const
      const made = await createMerchant({ pool, signIn, clock, random: systemRandom }, wanted)
      const answer = await ask('/api/auth/sign-in/email', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: publicUrl, ...newCaller() },
        body: JSON.stringify({ email, password }),
      })
      if (answer.status !== 200) throw new Error(`${name} can't sign in: ${await answer.text()}`)
      await answer.text()
      return { ...made, email, password, cookie: cookieOf(answer) }
    },
    async seat({ userId }, merchantId, role) {
      await pool.query(
        `insert into seat (id, "organizationId", "userId", role, "createdAt")
         values ($1, $2, $3, $4, now())`,
        [newIdentifier(clock, systemRandom), merchantId, userId, role],
      )
    },
    async metric(name, labels) {
      const lines = (await (await ask('/metrics')).text()).split('\n')
      const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
      const line = lines.find(
        (each) => each.startsWith(`${name}{`) && wanted.every((label) => each.includes(label)),
      )
      return Number(line?.split(' ').pop() ?? 0)
    },
    async close() {
      watchers.closeAll()
      await stopListening()
      await server.close()
      await visitors.destroy()
      await bench.close()
    },
  }
}
