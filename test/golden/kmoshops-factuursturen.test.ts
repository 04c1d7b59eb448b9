import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startFactuursturen, type FactuursturenSandbox } from '../../sandbox/factuursturen/index.ts'
import type { OrderSpec } from '../../sandbox/kmoshops/index.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { openKmoshops, type GoldenShop } from './kmoshops.ts'
import { bodyTo, listIn, openPair, type Pair, type Sent } from './pair.ts'

/**
 * The manual "KMO Shops and Factuursturen": a test for each row of both tables of its "Field-level specification
 * Factuursturen", in their order and by their names. Orders are placed in the shop's sandbox, and each test looks
 * at what the sandbox of the books was sent.
 */

let database: TestDatabase
let pair: Pair
let shop: GoldenShop
let books: FactuursturenSandbox
let standard: string

beforeAll(async () => {
  database = await createTestDatabase()
  pair = openPair(database, '2023-02-13T10:00:00Z')
  shop = await openKmoshops(pair.now, {
    number: 367_439,
    numberPrefix: '',
    createdAt: '2023-02-13T10:00:00Z',
    lines: [{ name: 'Bed Boxspring', sku: 'BED-1', unitPrice: 249, vatPercent: 21 }],
    paymentMethod: 'Creditcard',
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
  books = await startFactuursturen({ limits: 'off', now: pair.now })
  standard = await installed()
})
afterAll(async () => {
  await pair.close()
  await shop.close()
  await books.close()
  await database.close()
})

const installed = (settings?: Record<string, unknown>, shopSettings?: Record<string, unknown>) =>
  pair.install(shop.end(shopSettings), {
    system: 'factuursturen',
    url: books.url,
    credentials: {
      userName: books.account.user,
      apiKey: books.account.apiKey,
      baseUrl: `${books.url}/api/v1`,
    },
    ...(settings !== undefined && { settings }),
  })

/** What is sent for the order of the manual's examples, with what is different. */
const booked = (change: Partial<OrderSpec> = {}, integration = standard): Promise<Sent[]> =>
  pair.book(integration, shop.place(change))

const invoiceOf = async (...order: Parameters<typeof booked>) =>
  bodyTo(await booked(...order), /\/invoices$/)
const lineOf = async (...order: Parameters<typeof booked>) =>
  listIn(await invoiceOf(...order), 'lines')[0]
const clientOf = async (...order: Parameters<typeof booked>) =>
  bodyTo(await booked(...order), /\/clients$/)

/** What the customer of the last order is in the books. */
const lastClient = () => books.ledger().clients.at(-1)

describe('Field-level specification Factuursturen: the invoice', () => {
  test('clientnr 647: Factuursturen customer ID', async () => {
    const { clientnr } = await invoiceOf()
    expect(clientnr).toBe(String(lastClient()?.clientnr))
  })
  test('action send', async () => {
    expect((await invoiceOf())['action']).toBe('send')
  })
  test('sendmethod mail - Manual (default), or request email - automatic invoice sending', async () => {
    expect((await invoiceOf())['sendmethod']).toBe('mail')
    const mailing = await installed({ sendInvoice: 'email' })
    expect((await invoiceOf({}, mailing))['sendmethod']).toBe('email')
  })
  test('profile 1: as set on the dashboard; the default of Factuursturen when nothing is', async () => {
    expect(await invoiceOf()).not.toHaveProperty('profile')
    const chosen = await installed({ profile: '1' })
    expect((await invoiceOf({}, chosen))['profile']).toBe(1)
  })
  test('sent 2023-02-13: order date', async () => {
    expect((await invoiceOf())['sent']).toBe('2023-02-13')
    const late = await invoiceOf({ createdAt: '2023-12-31T23:30:00Z' })
    expect(late['sent']).toBe('2024-01-01')
  })
  test('alreadypaid full', async () => {
    expect((await invoiceOf())['alreadypaid']).toBe('full')
  })
  test('Paid price: sales amount if the status is paid', async () => {
    // "full" is the whole amount of the invoice; the field for an amount is for parts (contract 3.1).
    const paid = await invoiceOf()
    expect(paid).not.toHaveProperty('paidprice')
    expect(books.ledger().invoices.at(-1)).toMatchObject({ totalCents: 24_900 })
    const eager = await installed({}, { paidOnly: false })
    const unpaid = { paid: false, status: 2 }
    expect(await invoiceOf(unpaid, eager)).not.toHaveProperty('alreadypaid')
  })
  test('reference', async () => {
    expect(Object.keys((await invoiceOf())['reference'] as object)).toEqual(['line1', 'line2'])
  })
  test('line1 : 367439', async () => {
    // The number alone: it is what the invoice is found by again.
    expect((await invoiceOf({ number: 369_439 }))['reference']).toMatchObject({ line1: '369439' })
    const withPrefix = await invoiceOf({ number: 367_438, numberPrefix: 'W' })
    expect(withPrefix['reference']).toMatchObject({ line1: 'W-367438' })
  })
  test('line2 Payment method: Credit card, if name of the payment method is present', async () => {
    expect((await invoiceOf())['reference']).toMatchObject({ line2: 'Betaalmethode: Creditcard' })
    expect((await invoiceOf({ paymentMethod: '' }))['reference']).not.toHaveProperty('line2')
  })
  test('lines', async () => {
    const more = { shipping: 5.95, paymentCosts: 1.21 }
    const { lines } = await invoiceOf(more)
    expect(lines).toMatchObject([
      { description: 'Bed Boxspring', price: 249 },
      { description: 'Verzendkosten', price: 5.95 },
      { description: 'Betaalkosten', price: 1.21 },
    ])
    expect((await invoiceOf())['lines']).toHaveLength(1)
  })
  test('Amount 1', async () => {
    expect((await lineOf())?.['amount']).toBe(1)
    const three = { lines: [{ name: 'Kussen', unitPrice: 20, quantity: 3 }] }
    expect(await lineOf(three)).toMatchObject({ amount: 3, price: 20 })
  })
  test('description Bed Boxspring', async () => {
    expect((await lineOf())?.['description']).toBe('Bed Boxspring')
  })
  test('tax_rate 21.00: VAT percentage', async () => {
    expect((await lineOf())?.['tax_rate']).toBe(21)
    const low = { lines: [{ name: 'Boek', unitPrice: 10.9, vatPercent: 9 }] }
    expect((await lineOf(low))?.['tax_rate']).toBe(9)
  })
  test('price 249.00: incl. or excl. VAT depending on the VAT type of the debtor', async () => {
    expect((await lineOf())?.['price']).toBe(249)
    const email = 'al-bekend@wit.example'
    const net = { pricesIncludeVat: false, lines: [{ name: 'Bed', unitPrice: 100 }] }
    expect(await lineOf({ ...net, email })).toMatchObject({ price: 100, tax_rate: 21 })
    expect(lastClient()).toMatchObject({ tax_type: 'extax' })
    // The same debtor, an order with prices incl. VAT: converted, for the debtor is excl.
    const gross = { lines: [{ name: 'Bed', unitPrice: 121 }], email }
    expect(await lineOf(gross)).toMatchObject({ price: 100, tax_rate: 21 })
    expect(books.ledger().invoices.at(-1)).toMatchObject({ totalCents: 12_100 })
  })
})

describe('Field-level specification Factuursturen: the customer', () => {
  test('Contact [firstname][lastname]', async () => {
    expect((await clientOf())['contact']).toBe('Karin de Wit')
  })
  test('showcontact true', async () => {
    expect((await clientOf())['showcontact']).toBe(true)
  })
  test('company [company]', async () => {
    expect((await clientOf())['company']).toBe('')
    expect((await clientOf({ company: 'Bakkerij De Witte' }))['company']).toBe('Bakkerij De Witte')
  })
  test('address [address1] [address2] [house_number]', async () => {
    expect((await clientOf())['address']).toBe('Stationstraat 12')
    expect((await clientOf({ housenumberSuffix: 'B' }))['address']).toBe('Stationstraat 12B')
  })
  test('zipcode [zipcode]', async () => {
    expect((await clientOf())['zipcode']).toBe('1000 AA')
  })
  test('city [city]', async () => {
    expect((await clientOf())['city']).toBe('Amsterdam')
  })
  test('country [country]: two letters become the country; the Netherlands when there is none', async () => {
    // Factuursturen has a number for every country (contract 4): 146 is the Netherlands, 18 Belgium.
    expect((await clientOf())['country']).toBe(146)
    expect((await clientOf({ country: 'BE', postcode: '2800' }))['country']).toBe(18)
    const deliverTo = { country: 'NL', postcode: '1000 AA' }
    expect((await clientOf({ country: '', deliverTo }))['country']).toBe(146)
  })
  test('country: an order that names none at all is refused, for its VAT depends on it', async () => {
    // Against the manual, which assumes the Netherlands for the VAT too (contracts/vat.md §5.3).
    const refused = pair.refuse(standard, shop.place({ country: '' }))
    expect(await refused).toBe('COUNTRY_MISSING')
  })
  test('phone number [telnr]', async () => {
    expect((await clientOf())['phone']).toBe('0632281625')
  })
  test('mobile [mobile]', async () => {
    expect((await clientOf())['mobile']).toBe('')
    expect((await clientOf({ mobile: '0611111111' }))['mobile']).toBe('0611111111')
  })
  test('email [email]', async () => {
    expect((await clientOf({ email: 'info@sponiza.example' }))['email']).toBe(
      'info@sponiza.example',
    )
  })
  test('bank code: empty by default', async () => {
    expect((await clientOf())['bankcode']).toBe('')
  })
  test('VAT number [vatnumber]', async () => {
    expect((await clientOf())['taxnumber']).toBe('')
    const business = { company: 'Bakkerij', vatNumber: 'NL123456782B90' }
    expect((await clientOf(business))['taxnumber']).toBe('NL123456782B90')
  })
  test('tax_shifted false', async () => {
    expect((await clientOf())['tax_shifted']).toBe(false)
  })
  test('sendmethod [mail]; [email] if sendinvoice is equal to debtorsend', async () => {
    expect((await clientOf())['sendmethod']).toBe('mail')
    const mailing = await installed({ sendInvoice: 'email' })
    expect((await clientOf({}, mailing))['sendmethod']).toBe('email')
  })
  test("paymentmethod 'bank'", async () => {
    expect((await clientOf())['paymentmethod']).toBe('bank')
  })
  test('mailintro Dear [first_name] [last_name]', async () => {
    // In the language of the country: Dutch for the Netherlands and Belgium.
    expect((await clientOf())['mailintro']).toBe('Beste Karin de Wit')
    const german = { country: 'DE', postcode: '10115', lines: germanLines }
    expect((await clientOf(german))['mailintro']).toBe('Dear Karin de Wit')
  })
  test('reference Thank you for your order', async () => {
    expect((await clientOf())['reference']).toEqual({ line1: 'Bedankt voor uw bestelling' })
    const german = { country: 'DE', postcode: '10115', lines: germanLines }
    expect((await clientOf(german))['reference']).toEqual({ line1: 'Thank you for your order' })
  })
  test('notes_on_invoice false', async () => {
    expect((await clientOf())['notes_on_invoice']).toBe(false)
  })
  test('tax_type [extax]; [intax] if a priceincltax is passed', async () => {
    expect((await clientOf())['tax_type']).toBe('intax')
    const net = { pricesIncludeVat: false, lines: [{ name: 'Bed', unitPrice: 100 }] }
    expect((await clientOf(net))['tax_type']).toBe('extax')
  })
})

/** A German customer pays Dutch VAT below the threshold of distance sales. */
const germanLines = [{ name: 'Kissen', unitPrice: 12.1, vatPercent: 21 }]

describe('the text around the tables', () => {
  test('invoices are not automatically sent by Factuursturen', async () => {
    await booked()
    expect(books.ledger().invoices.at(-1)).toMatchObject({ sendMethod: 'mail' })
  })
  test('a known customer is matched on e-mail address, used and not modified', async () => {
    const email = 'vaste.klant@wit.example'
    await booked({ email })
    const before = lastClient()
    const again = await booked({ email: 'Vaste.Klant@wit.example', city: 'Utrecht' })
    expect(again.map(({ path }) => path)).toEqual(['/api/v1/invoices'])
    expect(bodyTo(again, /\/invoices$/)['clientnr']).toBe(String(before?.clientnr))
    expect(lastClient()).toMatchObject({ city: 'Amsterdam' })
  })
  test('the integration does not create products', async () => {
    const sent = await booked()
    expect(sent.map(({ path }) => path)).toEqual(['/api/v1/clients', '/api/v1/invoices'])
  })
})
