import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startFactuursturen } from '../../../sandbox/factuursturen/index.ts'
import { startKmoshops } from '../../../sandbox/kmoshops/index.ts'
import { startSeoshop } from '../../../sandbox/seoshop/index.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { installIntegration } from '../../../test/support/engine.ts'
import { openHouse } from '../../../test/support/house.ts'
import { drain } from '../../bookings/drain.ts'
import { poll } from '../../bookings/polling.ts'
import { findWebshop } from '../../connectors/registry.ts'
import type { StoreApp } from '../../connectors/webshop.ts'
import { stopIntegration } from '../../merchants/integrations.ts'
import { storeAddresses } from './store.ts'

/** The merchant removes the app in the platform's store while sales are under way, and later installs it again. */
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const apps: Readonly<Record<string, { id: string; secret: string }>> = {
  kmoshops: { id: '77', secret: 'geheim-van-de-app-0123456789' },
  seoshop: { id: 'c0ffee00c0ffee00c0ffee00c0ffee00', secret: '0f1e2d3c4b5a69788796a5b4c3d2e1f0' },
}

interface Installed {
  account: string
  credentials: Record<string, unknown>
}

interface Platform {
  /** Places a paid order. @returns its id and its number */
  place: () => { id: string; number: string }
  /** The merchant installs the app: what the store hands over. */
  install: () => Promise<Installed>
  /** The merchant removes it; the platform calls us. @returns our answer */
  uninstall: () => Promise<number>
  close: () => Promise<void>
}

const line = { name: 'Mok', unitPrice: 12.1, vatPercent: 21 }

const platforms: Readonly<Record<string, (app: StoreApp) => Promise<Platform>>> = {
  async kmoshops({ secret, handshakeUrl, installUrl, uninstallUrl }) {
    const shop = await startKmoshops({
      limits: 'off',
      app: { secret, handshakeUrl, installUrl, uninstallUrl },
    })
    return {
      place() {
        const { id, number } = shop.placeOrder({ lines: [line], webhook: 'lost' })
        return { id: String(id), number: number ?? '' }
      },
      async install() {
        const { apiPublic, apiSecret } = await shop.installApp()
        return { account: apiPublic, credentials: { apiRoot: shop.url, apiPublic, apiSecret } }
      },
      uninstall: async () => (await shop.uninstallApp()).status,
      close: () => shop.close(),
    }
  },
  async seoshop(app) {
    const shop = await startSeoshop({
      limits: 'off',
      app: {
        key: app.id,
        secret: app.secret,
        successUrl: app.installUrl,
        uninstallUrl: app.uninstallUrl,
      },
    })
    return {
      place() {
        const { id, number } = shop.placeOrder({ lines: [line], webhook: 'lost' })
        return { id: String(id), number }
      },
      install() {
        const link = new URL(shop.installApp({ language: 'nl' }).installUrl)
        const opened = findWebshop('seoshop').store?.open(
          {
            ...{ method: 'GET', address: link.origin + link.pathname, query: link.searchParams },
            ...{ headers: {}, body: '', receivedAt: new Date(Date.now()) },
          },
          app,
        )
        if (opened?.is !== 'verified' || !('credentials' in opened)) throw new Error('not opened')
        const { account, credentials } = opened
        return Promise.resolve({ account, credentials: { ...credentials, apiRoot: shop.url } })
      },
      uninstall: async () => (await shop.uninstallApp()).answer.status,
      close: () => shop.close(),
    }
  },
}

const setStage = async (system: string) => {
  const house = await openHouse(database, {
    storeApps: (publicUrl) =>
      Object.fromEntries(
        Object.entries(apps).map(([id, app]) => [id, { ...app, ...storeAddresses(publicUrl, id) }]),
      ),
  })
  const { engine } = house
  const { publicUrl } = house.house
  const app = { id: '', secret: '', ...apps[system], ...storeAddresses(publicUrl, system) }
  const shop = await platforms[system]?.(app)
  if (shop === undefined) throw new Error(`no platform ${system}`)
  const books = await startFactuursturen({ limits: 'off' })
  onTestFinished(async () => {
    await house.close()
    await shop.close()
    await books.close()
  })
  const { user, apiKey } = books.account
  const accounting = {
    system: 'factuursturen',
    credentials: { userName: user, apiKey, baseUrl: `${books.url}/api/v1` },
  }
  const merchantId = `merchant of ${system} ${books.url}`
  return {
    engine,
    shop,
    books,
    /** A new installation, by the merchant, of the shop that the store hands over. */
    async install() {
      const handed = await shop.install()
      const settings = { homeCountry: 'NL' as const, merchantId, publicUrl }
      return installIntegration(engine, { system, ...handed }, accounting, settings)
    },
    async sell(integrationId: string, count: number) {
      const orders = Array.from({ length: count }, () => shop.place())
      const mentions = orders.map(({ id }) => ({ ref: { kind: 'order' as const, id } }))
      await engine.commits.see(integrationId, mentions, 'live')
      return orders.map(({ number }) => number)
    },
    async states(integrationId: string) {
      const rows = await engine.db
        .selectFrom('bookings')
        .select(['state', 'reasonCode'])
        .where('integrationId', '=', integrationId)
        .execute()
      return rows.map(({ state, reasonCode }) => [state, reasonCode ?? ''].join(' ').trim()).sort()
    },
    async isStopped(integrationId: string) {
      const { state } = await engine.db
        .selectFrom('integrations')
        .select('state')
        .where('id', '=', integrationId)
        .executeTakeFirstOrThrow()
      return state === 'stopped'
    },
    references: () =>
      books
        .ledger()
        .invoices.map(({ reference }) => reference[0])
        .sort(),
  }
}

describe.each(Object.keys(platforms))('%s', (system) => {
  it('an app removed between two sales books nothing more; installed again it goes on', async () => {
    const stage = await setStage(system)
    const { engine, shop, references } = stage
    const first = await stage.install()
    const sold = await stage.sell(first, 2)
    await drain(engine, first)
    sold.push(...(await stage.sell(first, 3)))
    expect(await shop.uninstall()).toBe(200)
    await drain(engine, first)
    expect(await stage.isStopped(first)).toBe(true)
    expect(await stage.states(first)).toEqual(['booked', 'booked', 'seen', 'seen', 'seen'])
    expect(references()).toHaveLength(2)

    const again = await stage.install()
    await poll(engine, again)
    await drain(engine, again)
    expect(references()).toEqual(sold.sort())
    expect((await stage.states(again)).filter((state) => state.startsWith('booked'))).toHaveLength(
      5,
    )
  })

  it('an app removed while an invoice is being made: it is there once, whatever came of it', async () => {
    const stage = await setStage(system)
    const { engine, shop, books, references } = stage
    const first = await stage.install()
    const sold = await stage.sell(first, 1)
    const match = { method: 'POST', path: '/invoices$' }
    books.faults.add({ fault: 'latency', delayMs: 400, match })
    const draining = drain(engine, first)
    await expect.poll(() => books.faults.list().some(({ hits }) => hits > 0)).toBe(true)
    expect(await shop.uninstall()).toBe(200)
    await draining

    const again = await stage.install()
    await poll(engine, again)
    await drain(engine, again)
    expect(references()).toEqual(sold)
    // A stop that comes twice changes nothing.
    await stopIntegration(engine, first)
    expect(await stage.isStopped(first)).toBe(true)
  })
})
