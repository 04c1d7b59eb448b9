import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { explain, isProblemCode } from '../../src/problems/catalogue.ts'
import { poll } from '../../src/bookings/polling.ts'
import { booksEnds } from '../../src/commands/demo/books.ts'
import { buyer, type MixOrder } from '../../src/commands/demo/mix.ts'
import type { PlacedSale } from '../../src/commands/demo/remotes.ts'
import { shopEnds } from '../../src/commands/demo/shops.ts'
import { accountings, webshops } from '../../src/connectors/registry.ts'
import type { Side } from '../../src/database/schema.ts'
import { connectAccounting, connectWebshop } from '../../src/merchants/connect.ts'
import { ringFor } from '../../src/bookings/ring-for.ts'
import type { ProblemCode } from '../../src/problems/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { installIntegration, openTestEngine } from '../support/engine.ts'
import { movedClock } from '../support/house.ts'

/**
 * What a merchant sees when a connection breaks in the middle of things, for each of the eight systems with the
 * real engine: the dot turns red with the exact reason, nothing is lost, and reconnecting goes on.
 */
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const publicUrl = 'http://127.0.0.1:1'
const wide = { calls: 1_000_000, windowMs: 60_000, concurrency: 20 }

const control = async (
  url: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> => {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const answer = await fetch(`${url}/_sandbox/${path}`, { method, ...sent })
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return text === '' ? null : (JSON.parse(text) as unknown)
}

let seed = 900_000

const setStage = async (webshop: string, accounting: string) => {
  const shop = await shopEnds[webshop]?.()
  const books = await booksEnds[accounting]?.('BE')
  if (shop === undefined || books === undefined) throw new Error('no such system')
  const clock = movedClock()
  seed += 1
  const bench = openTestEngine(database, { clock, seed })
  onTestFinished(async () => {
    await bench.close()
    await shop.close()
    await books.close()
  })
  const { engine } = bench
  engine.paces = { [webshop]: wide, [accounting]: wide }
  const ends = {
    webshop: { system: webshop, credentials: shop.credentials, settings: shop.settings },
    accounting: { system: accounting, credentials: books.credentials, settings: books.settings },
  }
  const id = await installIntegration(engine, ends.webshop, ends.accounting, {
    settings: { vatTable: books.vatTable ?? [] },
  })
  let sold = 0
  const placed: PlacedSale[] = []

  const states = async () => {
    const rows = await engine.db
      .selectFrom('bookings')
      .select(['state', 'reasonCode', 'attempts'])
      .where('integrationId', '=', id)
      .execute()
    return rows.map(({ state, reasonCode }) => [state, reasonCode ?? ''].join(' ').trim()).sort()
  }

  return {
    engine,
    id,
    url: { webshop: shop.url, accounting: books.url },
    states,
    async sell(count: number) {
      const sales = Array.from({ length: count }, () => {
        sold += 1
        const lines = [{ name: 'Mok', sku: 'MOK-1', unitPrice: 12.1, vatPercent: 21 }]
        const order: MixOrder = { buyer: buyer(sold), lines, webhook: 'lost' }
        const sale = shop.place(order)
        if (sale === null) throw new Error('it was not placed')
        return { ...sale, expectation: { state: 'booked' as const } }
      })
      placed.push(...sales)
      await engine.commits.see(
        id,
        sales.map(({ ref }) => ({ ref })),
        'live',
      )
      await bench.drainAll()
    },
    drain: async () => {
      await ringFor(engine, id)
      await bench.drainAll()
    },
    /** Connects one end again, as the merchant does with the right keys; `changed` are the new ones. */
    async reconnect(side: Side, changed: object = {}) {
      const { system, credentials } = ends[side]
      const wanted = { integrationId: id, system, credentials: { ...credentials, ...changed } }
      const findings =
        side === 'webshop'
          ? await connectWebshop(engine, engine.http, publicUrl, wanted)
          : await connectAccounting(engine, engine.http, wanted)
      expect(findings.filter(({ problem }) => problem !== undefined)).toEqual([])
      clock.moveOn(200_000)
      await ringFor(engine, id)
      await bench.drainAll()
    },
    async calls() {
      const counts = [shop.url, books.url].map(async (url) => {
        const log = (await (await fetch(`${url}/_sandbox/requests`)).json()) as unknown[]
        return log.length
      })
      return (await Promise.all(counts)).reduce((sum, each) => sum + each, 0)
    },
    async dot(side: Side) {
      const row = await engine.db
        .selectFrom('connections')
        .select(['dot', 'problemCode', 'problemParams'])
        .where('integrationId', '=', id)
        .where('side', '=', side)
        .executeTakeFirstOrThrow()
      return row
    },
    /** Every sale stands in the books, once and to the cent. */
    ledgerAgrees() {
      const standing = books.invoices().map(({ reference, totalCents }) => [reference, totalCents])
      const wanted = placed.map(({ number, totalCents }) => [number, totalCents])
      expect(standing.sort()).toEqual(wanted.sort())
    },
  }
}

type Stage = Awaited<ReturnType<typeof setStage>>

/** A way in which an end breaks, and how it is mended there. */
interface Breakage {
  title: string
  code: ProblemCode
  break: (url: string) => Promise<unknown>
  /** Mends it there. @returns what changed of the credentials, if anything */
  mend: (url: string) => Promise<object | null>
}

/** Done there, with the credentials as they were. */
const asBefore = async (act: Promise<unknown>): Promise<null> => {
  await act
  return null
}

const fault = (title: string, code: ProblemCode, rule: object): Breakage => ({
  title,
  code,
  break: (url) => control(url, 'POST', 'faults', { ...rule, times: 0 }),
  mend: (url) => asBefore(control(url, 'DELETE', 'faults')),
})

/** How every remote may turn somebody away. */
const common: readonly Breakage[] = [
  fault('keys that are refused', 'CREDENTIALS_REFUSED', { fault: 'unauthorized' }),
  fault('a right that was taken away', 'RIGHT_MISSING', { fault: 'error-before', status: 403 }),
  fault('an address that leads elsewhere', 'REMOTE_REDIRECTS', {
    fault: 'error-before',
    status: 301,
  }),
]

const put = (
  title: string,
  code: ProblemCode,
  path: string,
  on: object,
  off: object,
): Breakage => ({
  title,
  code,
  break: (url) => control(url, 'PUT', path, on),
  mend: (url) => asBefore(control(url, 'PUT', path, off)),
})

/** A key of the books that was thrown away, and another made. */
const newKey = (title: string, account: string, field: string): Breakage => ({
  title,
  code: 'CREDENTIALS_REFUSED',
  break: (url) => control(url, 'PUT', 'account', { [account]: 'another-key' }),
  mend: () => Promise.resolve({ [field]: 'another-key' }),
})

/** How one of them does it in its own way. */
const own: Readonly<Record<string, readonly Breakage[]>> = {
  magento2: [
    put(
      'an integration that was switched off',
      'RIGHT_MISSING',
      'switches',
      { inactive: true },
      { inactive: false },
    ),
    put(
      'a host that drops the Authorization header',
      'RIGHT_MISSING',
      'switches',
      { hosting: 'header-stripped' },
      { hosting: 'plain' },
    ),
    put(
      'a password in front of the shop',
      'PASSWORD_IN_FRONT',
      'switches',
      { hosting: 'basic-auth' },
      { hosting: 'plain' },
    ),
  ],
  magento1: [
    put(
      'a role that was taken away',
      'ADMIN_ROLE_MISSING',
      'switches',
      { role: 'missing' },
      { role: 'present' },
    ),
    {
      title: 'a token that was revoked, and another given by consent',
      code: 'CREDENTIALS_REFUSED',
      break: (url) => control(url, 'POST', 'tokens/revoke'),
      mend: (url) => control(url, 'POST', 'tokens/new') as Promise<object>,
    },
  ],
  eenvoudigfactureren: [newKey('a key that was replaced', 'apiKey', 'apiKey')],
  informer: [
    newKey('a key that was replaced', 'apiKey', 'apiKey'),
    newKey('a security code that was changed', 'securityCode', 'securityCode'),
  ],
  rompslomp: [newKey('a token that was deleted, and another made', 'personalToken', 'apiToken')],
  factuursturen: [
    put(
      'a key that was switched off',
      'CREDENTIALS_REFUSED',
      'account',
      { keyActive: false },
      { keyActive: true },
    ),
    newKey('a key that was replaced', 'apiKey', 'apiKey'),
  ],
}

/** What each says of a page of somebody else in the place of its own. */
const nobodyThere: Readonly<Record<string, ProblemCode>> = {
  kmoshops: 'REMOTE_NOT_JSON',
  seoshop: 'REMOTE_TROUBLE',
  magento1: 'REST_PATH_MISSING',
  magento2: 'REST_PATH_MISSING',
}

/** What a single sale can't tell from one that is gone. */
const noticedByPoll = (system: string): readonly Breakage[] => [
  fault('an address where nothing answers any more', nobodyThere[system] ?? 'REMOTE_HTML', {
    fault: 'error-before',
    status: 404,
  }),
  ...(system === 'magento1'
    ? [
        put(
          'an extension that was removed',
          'SHOP_EXTENSION_MISSING',
          'switches',
          { extension: false },
          { extension: true },
        ),
      ]
    : []),
]

const breaksAndMends = async (stage: Stage, side: Side, breakage: Breakage): Promise<void> => {
  await stage.sell(2)
  expect(await stage.states()).toEqual(['booked', 'booked'])

  await breakage.break(stage.url[side])
  await stage.sell(3)
  const { dot, problemCode, problemParams } = await stage.dot(side)
  expect({ dot, problemCode }).toEqual({ dot: 'red', problemCode: breakage.code })
  if (problemCode === null || !isProblemCode(problemCode)) throw new Error('no such problem')
  // The merchant reads what it is and what to do, in either language.
  for (const language of ['nl', 'en'] as const) {
    const words = explain(problemCode, problemParams ?? {}, language)
    expect(Object.values(words).join(' ')).not.toMatch(/[{}]/)
  }
  const waiting = await stage.states()
  expect(waiting.filter((state) => state === 'booked')).toHaveLength(2)
  expect(waiting.filter((state) => state.startsWith('open'))).toHaveLength(3)
  expect((await stage.dot(side === 'webshop' ? 'accounting' : 'webshop')).dot).toBe('green')

  // Nothing is tried while it is red: a key that is tried on and on gets a shop's door shut.
  const calls = await stage.calls()
  await stage.drain()
  expect(await stage.calls()).toBe(calls)

  const changed = await breakage.mend(stage.url[side])
  await stage.reconnect(side, changed ?? {})
  expect(await stage.states()).toEqual(Array.from({ length: 5 }, () => 'booked'))
  stage.ledgerAgrees()
}

describe.each(webshops.map(({ id }) => id))('%s', (system) => {
  it.each([...common, ...(own[system] ?? [])])('$title', async (breakage) => {
    await breaksAndMends(await setStage(system, 'factuursturen'), 'webshop', breakage)
  })

  it.each(noticedByPoll(system))('$title, noticed by the next poll', async (breakage) => {
    const stage = await setStage(system, 'factuursturen')
    await breakage.break(stage.url.webshop)
    await stage.sell(2)
    await poll(stage.engine, stage.id)
    const { dot, problemCode } = await stage.dot('webshop')
    expect({ dot, problemCode }).toEqual({ dot: 'red', problemCode: breakage.code })
    expect((await stage.states()).every((state) => state.startsWith('open'))).toBe(true)

    await breakage.mend(stage.url.webshop)
    // It was a passing one after all: the poll finds that out by itself.
    await poll(stage.engine, stage.id)
    expect((await stage.dot('webshop')).dot).toBe('green')
    await stage.reconnect('webshop')
    expect(await stage.states()).toEqual(['booked', 'booked'])
    stage.ledgerAgrees()
  })
})

describe.each(accountings.map(({ id }) => id))('%s', (system) => {
  it.each([...common, ...(own[system] ?? [])])('$title', async (breakage) => {
    await breaksAndMends(await setStage('kmoshops', system), 'accounting', breakage)
  })
})
