import { afterAll, beforeAll, expect, test } from 'vitest'
import { startFactuursturen, type FactuursturenSandbox } from '../../sandbox/factuursturen/index.ts'
import { startKmoshops, type Kmoshops } from '../../sandbox/kmoshops/index.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { installIntegration, openTestEngine, type TestEngine } from '../../test/support/engine.ts'

let database: TestDatabase
let shop: Kmoshops
let books: FactuursturenSandbox
let bench: TestEngine

beforeAll(async () => {
  database = await createTestDatabase()
  shop = await startKmoshops({ limits: 'off' })
  books = await startFactuursturen({ limits: 'off' })
  bench = openTestEngine(database)
})
afterAll(async () => {
  await bench.close()
  await shop.close()
  await books.close()
  await database.close()
})

test('a sale is booked', async () => {
  const id = await installIntegration(
    bench.engine,
    { system: 'kmoshops', credentials: { apiRoot: shop.url, ...shop.credentials } },
    { system: 'factuursturen', credentials: { userName: 'sandbox', apiKey: 'sandbox-key', baseUrl: `${books.url}/api/v1` } },
    { homeCountry: 'NL' },
  )
  const order = shop.placeOrder({ lines: [{ name: 'Mok', unitPrice: 12.1 }], webhook: 'lost' })
  await bench.engine.commits.see(id, [{ ref: { kind: 'order', id: String(order.id) } }], 'live')
  await bench.drainAll()
  expect(books.ledger().invoices).toMatchObject([{ reference: [order.number, 'Betaalmethode: Vooraf overmaken', ''], totalCents: 1210 }])
})
