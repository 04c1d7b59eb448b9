import type { Ring } from '../../src/bookings/commits-room.ts'
import { commitsOn } from '../../src/bookings/commits.ts'
import { dueBookingsOn } from '../../src/bookings/due-bookings.ts'
import { takenReferencesOn } from '../../src/bookings/taken-references.ts'
import { carryOn, withCrashPoints, type AtCrashPoint } from '../../src/bookings/crash-points.ts'
import { drain } from '../../src/bookings/drain.ts'
import type { Engine } from '../../src/bookings/engine.ts'
import { createHttpClient, type HttpClient } from '../../src/connectors/http.ts'
import type { Vies, ViesAnswer } from '../../src/connectors/vies/vies.ts'
import { connectAccounting, connectWebshop } from '../../src/merchants/connect.ts'
import { saveSettings } from '../../src/merchants/connections.ts'
import { activateWhenComplete, createIntegration } from '../../src/merchants/integrations.ts'
import { newKey, parseKeyRing } from '../../src/merchants/key-ring.ts'
import { acceptTerms, currentVersion } from '../../src/merchants/terms.ts'
import { vaultOf } from '../../src/merchants/vault.ts'
import { wallClock, type Clock } from '../../src/world/clock.ts'
import { seededRandom } from '../../src/world/random.ts'
import type { TestDatabase } from './database.ts'

export interface TestEngine {
  engine: Engine
  /** Integrations somebody rang for, in order; nobody answers unless the test drains. */
  rung: string[]
  /** The same for surveys. */
  surveysRung: string[]
  /** Drains until nothing rings any more. */
  drainAll(): Promise<void>
  close(): Promise<void>
}

export interface TestEngineOptions {
  clock?: Clock
  at?: AtCrashPoint
  workerName?: string
  seed?: number
  http?: HttpClient
  /** Says that every number is valid when absent. */
  vies?: Vies
  budgetMs?: number
  sellsLicences?: boolean
}

const validNumber = (clock: Clock): ViesAnswer => ({
  is: 'valid',
  checkedAt: clock.now(),
  consultationNumber: 'WAPI-TEST',
  name: null,
  address: null,
  requesterRefused: false,
})

const keyRing = parseKeyRing(newKey('test', seededRandom(1)))
const wide = { calls: 1_000_000, windowMs: 60_000, concurrency: 50 }

/** What a merchant does before anything else in the wizard. */
export const acceptCurrentTerms = (
  room: Pick<Engine, 'db' | 'clock'>,
  integrationId: string,
  userId: string,
): Promise<void> =>
  acceptTerms(room, { integrationId, userId, version: currentVersion(room.clock), language: 'nl' })

/** The real engine on a test database, without a queue: bells are kept in a list. */
export const openTestEngine = (
  database: TestDatabase,
  options: TestEngineOptions = {},
): TestEngine => {
  const rung: string[] = []
  const surveysRung: string[] = []
  const random = seededRandom(options.seed ?? 7)
  const clock = options.clock ?? wallClock
  const at = options.at ?? carryOn
  const own = createHttpClient({
    privateAllowed: ['127.0.0.0/8'],
    budgetMs: options.budgetMs ?? 5_000,
  })
  const ring: Ring = (_trx, integrationId) => {
    rung.push(integrationId)
    return Promise.resolve()
  }
  const { db } = database
  const engine: Engine = {
    db,
    vault: vaultOf(keyRing, random),
    clock,
    random,
    workerName: options.workerName ?? 'test worker',
    http: options.http ?? own,
    vies: options.vies ?? { check: () => Promise.resolve(validNumber(clock)) },
    apps: {},
    commits: withCrashPoints(commitsOn({ db, clock, random, ring }), at),
    dueBookings: dueBookingsOn(db, clock),
    takenReferences: takenReferencesOn(db),
    ring,
    ringSurvey: (integrationId) => {
      surveysRung.push(integrationId)
      return Promise.resolve()
    },
    announce: () => undefined,
    observe: () => undefined,
    at,
    onFault: (error) => {
      throw error
    },
    sellsLicences: options.sellsLicences ?? false,
    concurrency: 20,
    paces: { kmoshops: wide, factuursturen: wide },
    lateEffectMs: {},
    pacers: new Map(),
    doorbells: new Map(),
    renewals: new Map(),
  }
  return {
    engine,
    rung,
    surveysRung,
    async drainAll() {
      for (
        let integrationId = rung.shift();
        integrationId !== undefined;
        integrationId = rung.shift()
      ) {
        await drain(engine, integrationId)
      }
    },
    close: () => own.close(),
  }
}

export interface Remote {
  system: string
  credentials: Record<string, unknown>
  settings?: Record<string, unknown>
}

/** An installed integration between two remotes that are running. @returns its id */
export const installIntegration = async (
  engine: Engine,
  shop: Remote,
  books: Remote,
  options: {
    publicUrl?: string
    homeCountry?: 'NL' | 'BE'
    merchantId?: string
    settings?: Record<string, unknown>
  } = {},
): Promise<string> => {
  const { id } = await createIntegration(engine, {
    merchantId: options.merchantId ?? 'merchant',
    name: 'Test',
    webshop: shop.system,
    accounting: books.system,
  })
  await saveSettings(engine, id, 'webshop', shop.system, shop.settings ?? {})
  await saveSettings(engine, id, 'accounting', books.system, books.settings ?? {})
  await engine.db
    .updateTable('integrations')
    .set({
      settings: JSON.stringify({ homeCountry: options.homeCountry ?? 'BE', ...options.settings }),
      configurationSavedAt: engine.clock.now(),
    })
    .where('id', '=', id)
    .execute()
  const publicUrl = options.publicUrl ?? 'http://127.0.0.1:1'
  await connectWebshop(engine, engine.http, publicUrl, { integrationId: id, ...shop })
  await connectAccounting(engine, engine.http, { integrationId: id, ...books })
  await acceptCurrentTerms(engine, id, 'tester')
  if (!(await activateWhenComplete(engine, id))) {
    const dots = await engine.db
      .selectFrom('connections')
      .select(['side', 'dot', 'problemCode', 'problemParams'])
      .where('integrationId', '=', id)
      .execute()
    throw new Error(`the installation is not complete: ${JSON.stringify(dots)}`)
  }
  return id
}
