import { startFactuursturen, type FactuursturenSandbox } from '../../sandbox/factuursturen/index.ts'
import { startKmoshops, type Kmoshops, type OrderSpec } from '../../sandbox/kmoshops/index.ts'
import { drain } from '../../src/bookings/drain.ts'
import type { TestDatabase } from '../support/database.ts'
import { installIntegration } from '../support/engine.ts'
import { openHouse, type TestHouse, type Visitor } from '../support/house.ts'

/** A merchant with an integration that books, between a shop and books of its own. */
export interface Merchant {
  owner: Visitor
  shop: Kmoshops
  books: FactuursturenSandbox
  integrationId: string
  /** What nobody but the two remotes may ever see. */
  secrets: Record<string, string>
  /** Places orders whose webhook gets lost, and tells the engine. @returns their ids */
  sell(...specs: Partial<OrderSpec>[]): Promise<string[]>
  drain(): Promise<void>
}

export interface TwoMerchants {
  there: TestHouse
  one: Merchant
  other: Merchant
  close(): Promise<void>
}

const open = async (there: TestHouse, name: string): Promise<Merchant> => {
  const now = () => there.clock.now()
  const shop = await startKmoshops({ limits: 'off', now })
  const books = await startFactuursturen({ limits: 'off', now })
  const owner = await there.welcome(name)
  const { engine } = there
  books.account.apiKey = `boekhoudsleutel-van-${name}-0123456789`
  const integrationId = await installIntegration(
    engine,
    { system: 'kmoshops', credentials: { apiRoot: shop.url, ...shop.credentials } },
    {
      system: 'factuursturen',
      credentials: {
        userName: books.account.user,
        apiKey: books.account.apiKey,
        baseUrl: `${books.url}/api/v1`,
      },
    },
    { publicUrl: there.house.publicUrl, homeCountry: 'NL', merchantId: owner.merchantId },
  )
  await engine.db
    .updateTable('integrations')
    .set({ name: `Winkel van ${name}` })
    .where('id', '=', integrationId)
    .execute()
  const webhookKeys = shop.ledger().webhooks.map(({ key }, at) => [`webhookKey${at}`, key])
  return {
    owner,
    shop,
    books,
    integrationId,
    secrets: {
      apiSecret: shop.credentials.apiSecret,
      apiKey: books.account.apiKey,
      password: owner.password,
      ...(Object.fromEntries(webhookKeys) as Record<string, string>),
    },
    async sell(...specs) {
      const ids = specs.map((spec) =>
        String(
          shop.placeOrder({
            lines: [{ name: 'Mok', unitPrice: 12.1 }],
            country: 'NL',
            webhook: 'lost',
            ...spec,
          }).id,
        ),
      )
      const mentions = ids.map((id) => ({ ref: { kind: 'order' as const, id } }))
      await engine.commits.see(integrationId, mentions, 'live')
      return ids
    },
    drain: () => drain(engine, integrationId),
  }
}

/** Two merchants that know nothing of each other, in one house. */
export const openTwoMerchants = async (database: TestDatabase): Promise<TwoMerchants> => {
  const there = await openHouse(database, { trustProxy: true, callsPerMinute: 100_000 })
  const one = await open(there, 'Eerste')
  const other = await open(there, 'Tweede')
  return {
    there,
    one,
    other,
    async close() {
      await there.close()
      for (const { shop, books } of [one, other]) {
        await shop.close()
        await books.close()
      }
    },
  }
}
