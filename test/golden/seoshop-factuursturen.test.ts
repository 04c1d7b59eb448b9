import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startFactuursturen, type FactuursturenSandbox } from '../../sandbox/factuursturen/index.ts'
import { startSeoshop, type Seoshop } from '../../sandbox/seoshop/index.ts'
import { drain } from '../../src/bookings/drain.ts'
import { poll } from '../../src/bookings/polling.ts'
import { saveSettings } from '../../src/merchants/connections.ts'
import { openClaim } from '../../src/merchants/store-claim.ts'
import { places } from '../../src/merchants/vault.ts'
import { failure } from '../../src/server/api.ts'
import { storeAddresses } from '../../src/server/routes/store.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { installIntegration } from '../support/engine.ts'
import { openHouse, type TestHouse } from '../support/house.ts'

/**
 * What the manual "SEOshop - Factuursturen" promises a merchant, one test for each promise, named after it:
 * the real server and engine, between both sandboxes.
 */

const app = {
  id: 'c0ffee00c0ffee00c0ffee00c0ffee00',
  secret: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
}
const mug = { name: 'Mok', sku: 'MOK-1', unitPrice: 12.1, quantity: 2 }

let database: TestDatabase
let shop: Seoshop
let books: FactuursturenSandbox
let there: TestHouse

beforeAll(async () => {
  database = await createTestDatabase()
  there = await openHouse(database, {
    storeApps: (publicUrl) => ({ seoshop: { ...app, ...storeAddresses(publicUrl, 'seoshop') } }),
  })
  shop = await startSeoshop({
    limits: 'off',
    now: () => there.clock.now(),
    switches: { webhookRetryDelaysMs: [], appInTest: true },
  })
})
afterAll(async () => {
  await there.close()
  await shop.close()
  await database.close()
})
beforeEach(async () => {
  shop.reset()
  books = await startFactuursturen({ limits: 'off' })
  const { installUrl, cancelUrl, uninstallUrl } = storeAddresses(there.house.publicUrl, 'seoshop')
  shop.setApp({ successUrl: installUrl, cancelUrl, uninstallUrl })
})
afterEach(async () => {
  await books.close()
  await database.db.deleteFrom('storeHandshakes').execute()
})

const counted = (call: string, result: string) =>
  there.metric('doorvoer_store_calls_total', { system: 'seoshop', call, result })

/** What the App Store handed over with the browser, as it was sealed. */
const handedOver = async () => {
  const answer = await fetch(shop.installApp().installUrl, { redirect: 'manual' })
  expect(answer.status).toBe(303)
  const target = new URL(answer.headers.get('location') ?? '')
  const claim = openClaim(there.engine, target.searchParams.get('claim') ?? '')
  if (claim === null) throw new Error('the claim opens nothing')
  const { credentials } = await database.db
    .selectFrom('storeHandshakes')
    .select('credentials')
    .where('account', '=', claim.account)
    .executeTakeFirstOrThrow()
  const sealed = places.handshake('seoshop', claim.account)
  const opened = JSON.parse(there.engine.vault.open(credentials, sealed)) as Record<string, string>
  return { ...claim, credentials: opened, target }
}

/** An integration of this shop, installed from the App Store. The sandbox stands in for the platform's host. */
const install = async (settings: Record<string, unknown> = {}): Promise<string> => {
  const { account, credentials } = await handedOver()
  const { user, apiKey } = books.account
  const end = { account, credentials: { ...credentials, apiRoot: shop.url }, settings }
  return installIntegration(
    there.engine,
    { system: 'seoshop', ...end },
    {
      system: 'factuursturen',
      credentials: { userName: user, apiKey, baseUrl: `${books.url}/api/v1` },
    },
    { publicUrl: there.house.publicUrl },
  )
}

/** Lets every webhook arrive and works off what they told. */
const workOff = async (id: string) => {
  await shop.settled()
  await drain(there.engine, id)
}

const rowsOf = (id: string) =>
  database.db
    .selectFrom('bookings')
    .selectAll()
    .where('integrationId', '=', id)
    .orderBy('shopId')
    .execute()

const statesOf = async (id: string) =>
  (await rowsOf(id)).map(({ state, reasonCode }) => [state, reasonCode])

const invoiced = () => books.ledger().invoices.map(({ totalCents }) => totalCents)

describe('§1 Wat doet de koppeling?', () => {
  it('voor bestellingen met de status betaald en wachten op verzenden wordt automatisch een factuur aangemaakt', async () => {
    const id = await install()
    const { totalCents } = shop.placeOrder({ lines: [mug], shipping: 5.95, paymentCosts: 1.21 })
    await workOff(id)
    expect(await statesOf(id)).toEqual([['booked', null]])
    expect(invoiced()).toEqual([totalCents])
    const [invoice] = books.ledger().invoices
    expect(invoice?.reference[0]).toContain('ORD00042')
    expect(
      invoice?.lines.filter(({ isText }) => !isText).map(({ totalCents: cents }) => cents),
    ).toEqual([2420, 595, 121])
  })

  it('niet voor wat niet betaald is, of niet op verzenden wacht', async () => {
    const id = await install()
    shop.placeOrder({ lines: [mug], paid: false })
    shop.placeOrder({ lines: [mug], status: 'on_hold' })
    shop.placeOrder({ lines: [mug], status: 'cancelled' })
    shop.placeOrder({ lines: [mug], paid: false, status: 'processing_awaiting_shipment' })
    await workOff(id)
    expect(await statesOf(id)).toEqual([
      ['open', 'STATUS_NOT_YET'],
      ['open', 'STATUS_NOT_YET'],
      ['closed', 'SALE_CANCELLED'],
      ['open', 'NOT_PAID_YET'],
    ])
    expect(invoiced()).toEqual([])
  })

  it.each([
    ['als de webwinkelier deze status bij de bestelling instelt', 'backend'],
    ['als de bestelling online betaald wordt', 'auto'],
  ] as const)('betaald %s', async (_, channel) => {
    const id = await install()
    const { id: orderId, totalCents } = shop.placeOrder({ lines: [mug], paid: false })
    await workOff(id)
    expect(invoiced()).toEqual([])
    shop.changeOrder(orderId, { paymentStatus: 'paid', channel })
    await workOff(id)
    expect(invoiced()).toEqual([totalCents])
  })

  it('het eigen factuur-systeem kan uit: de koppeling blijft werken', async () => {
    shop.setSwitches({ invoiceWhen: 'by-hand' })
    const id = await install()
    const { totalCents } = shop.placeOrder({ lines: [mug] })
    await workOff(id)
    expect(shop.ledger().invoices).toEqual([])
    expect(invoiced()).toEqual([totalCents])
  })

  it('bestellingen door dezelfde persoon worden bij dezelfde persoon geboekt, met het klantnummer uit SEOshop', async () => {
    const id = await install()
    const first = shop.placeOrder({ lines: [mug] })
    shop.placeOrder({ lines: [mug], customer: first.customerId ?? 0 })
    shop.placeOrder({ lines: [mug], email: 'an@ander.example' })
    await workOff(id)
    const { clients, invoices } = books.ledger()
    expect(clients).toHaveLength(2)
    const perClient = Map.groupBy(invoices, ({ clientnr }) => clientnr)
    expect([...perClient.values()].map((each) => each.length).sort()).toEqual([1, 2])
    expect(JSON.stringify(clients)).toContain(`Klantnummer: ${first.customerId ?? ''}`)
  })
})

describe('§2 Hoe leg je de koppeling?', () => {
  it('vanuit het AppCenter: de sleutels komen vanzelf mee en zijn verzegeld', async () => {
    const { account, credentials, target } = await handedOver()
    expect(account).toBe('eu1:123456')
    expect(credentials).toMatchObject({ apiKey: app.id, language: 'nl', cluster: 'eu1' })
    expect(credentials['apiSecret']).toMatch(/^[0-9a-f]{32}$/)
    expect(target.origin + target.pathname).toBe(`${there.house.publicUrl}/install`)
    expect([...target.searchParams.keys()]).toEqual(['claim'])
    const rows = await database.db.selectFrom('storeHandshakes').selectAll().execute()
    for (const secret of [app.secret, credentials['apiSecret'] ?? '']) {
      expect(JSON.stringify(rows) + target.href).not.toContain(secret)
    }
  })

  it.each(['badly-signed', 'unsigned'] as const)(
    'en van nergens anders: een link die %s is, leidt nergens heen',
    async (signature) => {
      const before = await counted('install', 'STORE_SIGNATURE_WRONG')
      const { installUrl } = shop.installApp({ signature })
      const answer = await fetch(installUrl, { redirect: 'manual' })
      expect(answer.status).toBe(403)
      expect(failure.parse(await answer.json()).error.code).toBe('STORE_SIGNATURE_WRONG')
      expect(await counted('install', 'STORE_SIGNATURE_WRONG')).toBe(before + 1)
      expect(await database.db.selectFrom('storeHandshakes').selectAll().execute()).toEqual([])
    },
  )

  it('de koppeling zal alleen gegevens lezen en niets wijzigen', async () => {
    const id = await install({ creditInvoices: true })
    shop.placeRandomOrders({ count: 5, order: { lines: [mug] } })
    await workOff(id)
    await poll(there.engine, id)
    const writes = Object.entries(shop.ledger().requests).filter(
      ([name]) => !name.startsWith('GET '),
    )
    expect(writes).toEqual([['POST webhooks', 4]])
    expect(invoiced()).toHaveLength(5)
  })

  it('je kunt de koppeling stopzetten vanuit je SEOshop webwinkel', async () => {
    const id = await install()
    expect(await shop.uninstallApp()).toMatchObject({ answer: { status: 200, body: 'OK' } })
    const { state } = await database.db
      .selectFrom('integrations')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(state).toBe('stopped')
    const kept = await database.db
      .selectFrom('connections')
      .select('credentials')
      .where('integrationId', '=', id)
      .where('credentials', 'is not', null)
      .execute()
    expect(kept).toEqual([])
    expect(await counted('uninstall', 'accepted')).toBeGreaterThan(0)
  })

  it.each(['GET', 'POST'] as const)(
    'wie opzegt, houdt de koppeling tot het einde van de termijn (%s)',
    async (storeCallMethod) => {
      shop.setSwitches({ storeCallMethod })
      const id = await install()
      const before = await counted('cancel', 'accepted')
      const { cancel } = await shop.cancelApp()
      expect(cancel.answer).toMatchObject({ status: 200, body: 'OK' })
      expect(await counted('cancel', 'accepted')).toBe(before + 1)
      const { totalCents } = shop.placeOrder({ lines: [mug] })
      await workOff(id)
      expect(invoiced()).toEqual([totalCents])
      await shop.uninstallApp()
      shop.placeOrder({ lines: [mug] })
      await workOff(id)
      expect(invoiced()).toEqual([totalCents])
    },
  )

  it.each(['badly-signed', 'unsigned'] as const)(
    'maar niemand anders: een oproep die %s is, verandert niets',
    async (signature) => {
      const id = await install()
      const { answer } = await shop.uninstallApp({ signature })
      const { cancel } = await shop.cancelApp({ signature })
      expect([answer.status, cancel.answer.status]).toEqual([403, 403])
      const { totalCents } = shop.placeOrder({ lines: [mug] })
      await workOff(id)
      expect(invoiced()).toEqual([totalCents])
    },
  )
})

describe('§3 FAQ', () => {
  it('de inhoud van de bestelling slaan we niet op: wel het bestelnummer en de datum', async () => {
    const id = await install()
    shop.placeOrder({ lines: [mug], email: 'sofie@geheim.example', comment: 'Graag voor tien uur' })
    await workOff(id)
    const rows = await rowsOf(id)
    expect(rows).toMatchObject([{ reference: 'ORD00042' }])
    expect(rows[0]?.saleDate).not.toBeNull()
    const text = JSON.stringify(rows)
    for (const content of ['sofie', 'Peeters', 'Kerkstraat', 'Mok', 'tien uur']) {
      expect(text).not.toContain(content)
    }
  })

  it('bestaande bestellingen kun je op niet betaald - betaald zetten: de factuur wordt dan aangemaakt', async () => {
    const old = shop.placeOrder({ lines: [mug], createdAt: '2026-01-05T10:00:00Z' })
    const id = await install()
    await poll(there.engine, id)
    await workOff(id)
    expect(await rowsOf(id)).toEqual([])

    // Doorvoer books no sale from before its start unless it is told to (setting "Boek vanaf").
    await saveSettings(there.engine, id, 'webshop', 'seoshop', { startDate: '2026-01-01' })
    // The webhooks get lost; the hourly look does it.
    shop.changeOrder(old.id, { paymentStatus: 'not_paid', webhook: 'lost' })
    shop.changeOrder(old.id, { paymentStatus: 'paid', webhook: 'lost' })
    expect(await poll(there.engine, id)).toBe(1)
    await workOff(id)
    expect(invoiced()).toEqual([old.totalCents])
  })
})

it('een bestelling wordt maar één keer geboekt, hoe vaak en hoe laat er ook bericht van komt', async () => {
  const id = await install()
  const order = shop.placeOrder({ lines: [mug], webhook: 'twice' })
  await workOff(id)
  shop.changeOrder(order.id, { status: 'completed_shipped', webhook: 'twice' })
  await workOff(id)
  await poll(there.engine, id)
  await workOff(id)
  expect(invoiced()).toEqual([order.totalCents])
})

describe('creditfacturen (Doorvoer, niet in de handleiding)', () => {
  const sellAndCredit = async (settings: Record<string, unknown>) => {
    const id = await install(settings)
    const order = shop.placeOrder({ lines: [mug] })
    await workOff(id)
    shop.credit(order.id, { lines: [{ line: 0, quantity: 1 }] })
    await workOff(id)
    await poll(there.engine, id)
    await workOff(id)
    return id
  }

  it('staan uit', async () => {
    const id = await sellAndCredit({})
    expect(await statesOf(id)).toEqual([['booked', null]])
    expect(invoiced()).toEqual([2420])
  })

  it('worden geboekt zodra het wordt aangezet, betaald of niet', async () => {
    const id = await sellAndCredit({ creditInvoices: true })
    expect(await statesOf(id)).toEqual([
      ['booked', null],
      ['booked', null],
    ])
    expect(invoiced().sort((a, b) => a - b)).toEqual([-1210, 2420])
    const references = books.ledger().invoices.map(({ reference }) => reference[0])
    expect(references.some((text) => text.includes('C_ORD00042'))).toBe(true)
  })

  it('een tweede van dezelfde bestelling, ook van hetzelfde bedrag, is een eigen factuur', async () => {
    const id = await sellAndCredit({ creditInvoices: true })
    const [order] = shop.orders()
    shop.credit(order?.id ?? 0, { lines: [{ line: 0, quantity: 1 }] })
    await workOff(id)
    expect(invoiced().sort((a, b) => a - b)).toEqual([-1210, -1210, 2420])
    const rows = await rowsOf(id)
    expect(new Set(rows.map(({ remoteId }) => remoteId)).size).toBe(3)
    expect(rows.map(({ reference }) => reference).sort()).toEqual([
      'C_ORD00042',
      'C_ORD00042-2',
      'ORD00042',
    ])
  })

  const stateOf = async (id: string, wanted: 'order' | 'credit') => {
    const row = (await rowsOf(id)).find(({ kind }) => kind === wanted)
    return [row?.state, row?.reasonCode ?? null]
  }

  it('wachten tot hun bestelling geboekt is', async () => {
    const id = await install({ creditInvoices: true })
    const order = shop.placeOrder({ lines: [mug], paid: false })
    shop.credit(order.id, { lines: [{ line: 0, quantity: 1 }] })
    await workOff(id)
    expect(await stateOf(id, 'order')).toEqual(['open', 'STATUS_NOT_YET'])
    expect(await stateOf(id, 'credit')).toEqual(['open', 'CREDIT_BEFORE_SALE'])
    expect(invoiced()).toEqual([])

    shop.changeOrder(order.id, { paymentStatus: 'paid' })
    await workOff(id)
    there.clock.moveOn(31 * 60_000)
    await workOff(id)
    expect(invoiced()).toEqual([2420, -1210])
  })

  it('brengen zelf bericht van een bestelling waarvan nog niets bekend was', async () => {
    const id = await install({ creditInvoices: true })
    const order = shop.placeOrder({ lines: [mug], webhook: 'lost' })
    const note = shop.credit(order.id, { lines: [{ line: 0, quantity: 1 }], webhook: 'lost' })
    const ref = { kind: 'credit', id: String(note.id) } as const
    await there.engine.commits.see(id, [{ ref }], 'live')
    await workOff(id)
    expect(await stateOf(id, 'order')).toEqual(['booked', null])
    expect(await stateOf(id, 'credit')).toEqual(['open', 'CREDIT_BEFORE_SALE'])
    there.clock.moveOn(6 * 60_000)
    await workOff(id)
    expect(invoiced()).toEqual([2420, -1210])
  })

  it('vervallen met een bestelling die nooit geboekt werd', async () => {
    const id = await install({ creditInvoices: true })
    const order = shop.placeOrder({ lines: [mug], paid: false })
    shop.credit(order.id)
    shop.changeOrder(order.id, { status: 'cancelled' })
    await workOff(id)
    there.clock.moveOn(31 * 60_000)
    await workOff(id)
    expect(await stateOf(id, 'credit')).toEqual(['closed', 'SALE_CANCELLED'])
    expect(invoiced()).toEqual([])
  })
})
