import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  startEenvoudigfactureren,
  type EenvoudigfacturerenSandbox,
} from '../../sandbox/eenvoudigfactureren/index.ts'
import type { OrderSpec } from '../../sandbox/kmoshops/index.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { openKmoshops, type GoldenShop } from './kmoshops.ts'
import { bodyTo, listIn, openPair, type Merchant, type Pair, type Sent } from './pair.ts'

/**
 * The manual "KMO Shops and Eenvoudigfactureren": a test for each row of both tables of its "Field-level
 * specification Eenvoudigfactureren", in their order and by their names. Orders are placed in the shop's sandbox,
 * and each test looks at what the sandbox of the books was sent.
 */

let database: TestDatabase
let pair: Pair
let shop: GoldenShop
let books: EenvoudigfacturerenSandbox
let standard: string

beforeAll(async () => {
  database = await createTestDatabase()
  pair = openPair(database, '2024-05-23T10:00:00Z')
  shop = await openKmoshops(pair.now, {
    number: 298,
    numberPrefix: '',
    createdAt: '2024-05-23T10:00:00Z',
    lines: [{ name: 'Bicycle', sku: 'BIKE-1', quantity: 2, unitPrice: 19.99, vatPercent: 21 }],
    company: 'Bakery De Witte',
    firstName: 'Karin',
    lastName: 'de Wit',
    street: 'Stationstraat',
    housenumber: 12,
    housenumberSuffix: '',
    postcode: '1000 AA',
    city: 'Amsterdam',
    country: 'NL',
    phone: '0632281625',
  })
  books = await startEenvoudigfactureren({ limits: 'off', now: pair.now })
  standard = await installed()
})
afterAll(async () => {
  await pair.close()
  await shop.close()
  await books.close()
  await database.close()
})

const installed = (settings: Record<string, unknown> = {}, merchant: Merchant = {}) =>
  pair.install(
    shop.end(),
    {
      system: 'eenvoudigfactureren',
      url: books.url,
      credentials: { apiKey: books.account.apiKey, baseUrl: `${books.url}/api/v1` },
      settings,
    },
    merchant,
  )

/** What is sent for the order of the manual's examples, with what is different. */
const booked = (change: Partial<OrderSpec> = {}, integration = standard): Promise<Sent[]> =>
  pair.book(integration, shop.place(change))

const invoiceOf = async (...order: Parameters<typeof booked>) =>
  bodyTo(await booked(...order), /\/invoices$/)
const itemOf = async (...order: Parameters<typeof booked>) =>
  listIn(await invoiceOf(...order), 'items')[0]
const clientOf = async (...order: Parameters<typeof booked>) =>
  bodyTo(await booked(...order), /\/clients$/)
const contactOf = async (...order: Parameters<typeof booked>) =>
  listIn(await clientOf(...order), 'contacts')[0]

const lastInvoice = () => books.ledger().invoices.at(-1)
const lastClient = () => books.ledger().clients.at(-1)

const consumer = { company: '' }

describe('Field-level specification Eenvoudigfactureren: the invoice', () => {
  test('Customer identifier 1234567: customer identifier within Eenvoudigfactureren', async () => {
    expect((await invoiceOf())['client_id']).toBe(lastClient()?.client_id)
  })
  test('Invoice number: empty by default, can be filled with order number upon request', async () => {
    expect(await invoiceOf()).not.toHaveProperty('number')
    expect(lastInvoice()?.number).toMatch(/^2024-\d{4}$/)
    const byOrder = await installed({ invoiceNumber: 'order' })
    expect((await invoiceOf({ number: 5_298 }, byOrder))['number']).toBe('5298')
    expect(lastInvoice()?.number).toBe('5298')
  })
  test('Payment period 14: not adjustable', async () => {
    expect((await invoiceOf())['days_due']).toBe(14)
  })
  test('Reference: order number, adjustable', async () => {
    expect((await invoiceOf({ number: 6_298 }))['reference']).toBe('6298')
    const adjusted = await installed({}, { settings: { referenceTemplate: 'Webshop {number}' } })
    expect((await invoiceOf({ number: 7_298 }, adjusted))['reference']).toBe('Webshop 7298')
  })
  test('Date 2024-05-23: sales date, the order date in KMO Shops', async () => {
    expect((await invoiceOf())['date']).toBe('2024-05-23')
    expect((await invoiceOf({ createdAt: '2024-05-31T22:30:00Z' }))['date']).toBe('2024-06-01')
  })
  test('Amounts incl. VAT yes: upon request, amounts excl. VAT can be processed', async () => {
    expect((await invoiceOf())['tax_included']).toBe('yes')
    const excl = await installed({ amounts: 'excl' })
    const net = { pricesIncludeVat: false, lines: [{ name: 'Bicycle', unitPrice: 100 }] }
    const body = await invoiceOf(net, excl)
    expect(body['tax_included']).toBe('no')
    expect(listIn(body, 'items')[0]).toMatchObject({ amount: 100 })
    expect(lastInvoice()).toMatchObject({ taxIncluded: false, totalCents: 12_100 })
  })
  test('Invoice lines', async () => {
    const { items } = await invoiceOf({ shipping: 5.95, paymentCosts: 1.21 })
    expect(items).toMatchObject([
      { description: 'Bicycle', quantity: 2 },
      { description: 'Verzendkosten', quantity: 1, amount_with_tax: 5.95 },
      { description: 'Betaalkosten', quantity: 1, amount_with_tax: 1.21 },
    ])
    expect((await invoiceOf())['items']).toHaveLength(1)
  })
  test('Product name Bicycle: as on the line in the sale', async () => {
    expect((await itemOf())?.['description']).toBe('Bicycle')
  })
  test('VAT percentage 21: depending on the VAT percentage in the sales line', async () => {
    expect((await itemOf())?.['tax_rate']).toBe(21)
    const belgian = await installed({}, { homeCountry: 'BE' })
    const book = { lines: [{ name: 'Boek', unitPrice: 10.6, vatPercent: 6 }] }
    const order = { ...book, country: 'BE', postcode: '2800' }
    expect((await itemOf(order, belgian))?.['tax_rate']).toBe(6)
  })
  test('Amount 2', async () => {
    expect((await itemOf())?.['quantity']).toBe(2)
  })
  test('Unit price 19.99', async () => {
    expect((await itemOf())?.['amount_with_tax']).toBe(19.99)
    expect(lastInvoice()).toMatchObject({ totalCents: 3_998 })
  })
  test('and nothing else but what makes it found again and exact', async () => {
    expect(Object.keys(await invoiceOf()).sort()).toEqual([
      'client_id',
      'currency',
      'date',
      'date_delivery',
      'days_due',
      'external_invoice_id',
      'items',
      'reference',
      'tax_calculation',
      'tax_included',
    ])
  })
})

describe('Field-level specification Eenvoudigfactureren: the customer', () => {
  test('Name Bakery De Witte: without company name the first name plus last name', async () => {
    expect((await clientOf())['name']).toBe('Bakery De Witte')
    expect((await clientOf(consumer))['name']).toBe('Karin de Wit')
  })
  test('To the attention of Karin de Wit: empty without company name', async () => {
    expect((await clientOf())['attention']).toBe('Karin de Wit')
    expect((await clientOf(consumer))['attention']).toBe('')
  })
  test('Address line 1 Stationstraat 12', async () => {
    expect((await clientOf())['street']).toBe('Stationstraat 12')
  })
  test('Postal code 1000 AA', async () => {
    expect((await clientOf())['postal_code']).toBe('1000 AA')
  })
  test('City Amsterdam', async () => {
    expect((await clientOf())['city']).toBe('Amsterdam')
  })
  test('Email info@sponiza.nl', async () => {
    const email = 'info@sponiza.example'
    expect((await clientOf({ email }))['email_address']).toBe(email)
  })
  test('Telnr 0632281625', async () => {
    expect((await clientOf())['phone_number']).toBe('0632281625')
    const mobile = { phone: '', mobile: '0611111111' }
    expect((await clientOf(mobile))['phone_number']).toBe('0611111111')
  })
  test('Contacts', async () => {
    expect((await clientOf())['contacts']).toHaveLength(1)
  })
  test('Contact name Karin de Wit', async () => {
    expect((await contactOf())?.['contact_name']).toBe('Karin de Wit')
  })
  test('Contacts, Email info@sponiza.nl', async () => {
    const email = 'contact@sponiza.example'
    expect((await contactOf({ email }))?.['email_address']).toBe(email)
  })
  test('Contacts, Telnr 0632281625', async () => {
    expect((await contactOf())?.['phone_number']).toBe('0632281625')
  })
  test('and nothing else but the country and the VAT number, which Peppol needs', async () => {
    expect(Object.keys(await clientOf()).sort()).toEqual([
      'attention',
      'city',
      'contacts',
      'country_code',
      'email_address',
      'name',
      'phone_number',
      'postal_code',
      'street',
      'tax_code',
    ])
  })
})

describe('the text around the tables', () => {
  test('the VAT percentages are transferred directly, and it is not possible to post to products', async () => {
    const sent = await booked()
    expect(sent.map(({ path }) => path)).toEqual(['/api/v1/clients', '/api/v1/invoices'])
  })
  test('it will not automatically send the invoice to the debtor; this is possible', async () => {
    await booked()
    expect(books.ledger().sendings).toEqual([])
    const mailing = await installed({ sendInvoice: 'email' })
    await booked({}, mailing)
    expect(books.ledger().sendings).toMatchObject([{ invoiceId: lastInvoice()?.id }])
  })
  test('a known customer is matched on e-mail address, used and not modified', async () => {
    const email = 'vaste.klant@wit.example'
    await booked({ email })
    const before = lastClient()
    const again = await booked({ email: 'Vaste.Klant@wit.example', city: 'Utrecht' })
    expect(again.map(({ path }) => path)).toEqual(['/api/v1/invoices'])
    expect(bodyTo(again, /\/invoices$/)['client_id']).toBe(before?.client_id)
    expect(lastClient()).toMatchObject({ city: 'Amsterdam' })
  })
})
