import { afterAll, beforeAll, expect, it } from 'vitest'
import { startKmoshops, type Kmoshops } from '../../../sandbox/kmoshops/index.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { openHouse, type TestHouse, type Visitor } from '../../../test/support/house.ts'
import { createIntegration } from '../../merchants/integrations.ts'
import { storeAddresses } from './store.ts'

let database: TestDatabase
let shop: Kmoshops
let there: TestHouse
let owner: Visitor

const app = { id: '77', secret: 'k3Jq8ZtW1nVb5LxR0cYd7Gh2Ms9Pf4Ea' }

beforeAll(async () => {
  database = await createTestDatabase()
  shop = await startKmoshops({ limits: 'off' })
  there = await openHouse(database, {
    storeApps: (publicUrl) => ({
      kmoshops: { ...app, ...storeAddresses(publicUrl, 'kmoshops') },
    }),
  })
  shop.setApp({ secret: app.secret, id: 77, ...storeAddresses(there.house.publicUrl, 'kmoshops') })
  owner = await there.welcome('Noor')
})
afterAll(async () => {
  await there.close()
  await shop.close()
  await database.close()
})

const integrationOf = async (visitor: Visitor) => {
  const { id } = await createIntegration(there.engine, {
    merchantId: visitor.merchantId,
    name: 'Winkel',
    webshop: 'kmoshops',
    accounting: 'factuursturen',
  })
  return id
}

/** What the browser carries after the store sent it to us. */
const claimFromStore = async (): Promise<string> => {
  const { installUrl } = await shop.installApp()
  const address = new URL(installUrl ?? '')
  const answer = await there.ask(address.pathname + address.search)
  expect(answer.status).toBe(303)
  const target = new URL(answer.headers.get('location') ?? '')
  expect(target.origin).toBe(there.house.publicUrl)
  expect(target.pathname).toBe('/install')
  return target.searchParams.get('claim') ?? ''
}

const take = (visitor: Visitor, integrationId: string, claim: string) =>
  there.ask(`/api/integrations/${integrationId}/store-claim`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: visitor.cookie },
    body: JSON.stringify({ claim }),
  })

it('a shop installed from its app store is connected, subscribed and reported as installed', async () => {
  const id = await integrationOf(owner)
  const answer = await take(owner, id, await claimFromStore())
  expect(answer.status).toBe(200)
  const { returnUrl } = (await answer.json()) as { returnUrl: string }
  expect(new URL(returnUrl).origin).toBe(shop.url)

  const { app: installed, webhooks } = shop.ledger()
  expect(installed).toBeDefined()
  expect(webhooks.length).toBeGreaterThanOrEqual(3)
  const row = await database.db
    .selectFrom('connections')
    .select(['dot', 'account', 'subscriptions'])
    .where('integrationId', '=', id)
    .where('side', '=', 'webshop')
    .executeTakeFirstOrThrow()
  expect(row.dot).toBe('green')
  expect(row.account).not.toBeNull()
  const left = await database.db.selectFrom('storeHandshakes').selectAll().execute()
  expect(left).toEqual([])
})

it('a claim is used up, and a changed or old one opens nothing', async () => {
  const id = await integrationOf(owner)
  const claim = await claimFromStore()
  expect((await take(owner, id, `${claim.slice(0, -2)}AA`)).status).toBe(404)
  expect((await take(owner, id, claim)).status).toBe(200)
  expect((await take(owner, id, claim)).status).toBe(404)

  const later = await claimFromStore()
  there.clock.moveOn(61 * 60_000)
  expect((await take(owner, id, later)).status).toBe(404)
  there.clock.moveOn(-61 * 60_000)
})

it("a stranger can't take a shop into somebody else's integration", async () => {
  const stranger = await there.welcome('Iemand')
  const id = await integrationOf(owner)
  const claim = await claimFromStore()
  expect((await take(stranger, id, claim)).status).toBe(404)
  expect((await take(owner, id, claim)).status).toBe(200)
})
