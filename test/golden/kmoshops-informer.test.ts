import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startInformer, type InformerSandbox } from '../../sandbox/informer/index.ts'
import type { OrderSpec } from '../../sandbox/kmoshops/index.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { openKmoshops, type GoldenShop } from './kmoshops.ts'
import { bodyTo, listIn, openPair, type Pair, type Sent } from './pair.ts'

/**
 * The manual "KMO Shops and Informer": a test for each row of the tables "Field-level specification of the Informer
 * invoice" and "… of the Informer customer", in their order and by their names. Orders are placed in the shop's
 * sandbox, and each test looks at what the sandbox of the books was sent.
 */

let database: TestDatabase
let pair: Pair
let shop: GoldenShop
let books: InformerSandbox
let standard: string

/** What the merchant chose on the dashboard, by the ids of the sandbox's administration. */
const chosen = { template: '51002', paymentCondition: '66002' }

const rowOf = (destination: string, percent: string, vatCode: string) => ({
  destination,
  percent,
  vatCode,
  ledgers: { revenue: '90010', shipping: '90020', payment: '90021' },
})
const vatTable = [
  rowOf('NL', '21', '81001'),
  rowOf('NL', '9', '81002'),
  rowOf('DE', '21', '81001'),
  rowOf('ICP', '0', '81004'),
]

beforeAll(async () => {
  database = await createTestDatabase()
  pair = openPair(database, '2022-12-06T10:00:00Z')
  shop = await openKmoshops(pair.now, {
    number: 6224,
    numberPrefix: '',
    createdAt: '2022-12-06T10:00:00Z',
    lines: [{ name: '18-month extension', sku: 'EXT-18', unitPrice: 200, vatPercent: 21 }],
    firstName: 'Sophie',
    lastName: 'Fischer',
    street: 'Havenweg',
    housenumber: 8,
    housenumberSuffix: 'b',
    postcode: '3011 AB',
    city: 'Rotterdam',
    country: 'NL',
    phone: '0101234567',
  })
  books = await startInformer({ limits: 'off', now: pair.now })
  standard = await installed()
})
afterAll(async () => {
  await pair.close()
  await shop.close()
  await books.close()
  await database.close()
})

const installed = (
  settings: Record<string, unknown> = chosen,
  integration: Record<string, unknown> = {},
) =>
  pair.install(
    shop.end(),
    {
      system: 'informer',
      url: books.url,
      credentials: {
        securityCode: books.account.securityCode,
        apiKey: books.account.apiKey,
        baseUrl: books.url,
      },
      settings,
    },
    { settings: { vatTable, ...integration } },
  )

/** What is sent for the order of the manual's examples, with what is different. */
const booked = (change: Partial<OrderSpec> = {}, integration = standard): Promise<Sent[]> =>
  pair.book(integration, shop.place(change))

const invoiceOf = async (...order: Parameters<typeof booked>) =>
  bodyTo(await booked(...order), /\/invoice\/sales\/$/)
const lineOf = async (...order: Parameters<typeof booked>) =>
  listIn(await invoiceOf(...order), 'lines')[0]
const relationOf = async (...order: Parameters<typeof booked>) =>
  bodyTo(await booked(...order), /\/relation\/$/)

const lastInvoice = () => books.ledger().invoices.at(-1)
const lastRelation = () => books.ledger().relations.at(-1)

describe('Field-level specification of the Informer invoice', () => {
  test('relation_id 5366049: customer-id', async () => {
    expect((await invoiceOf())['relation_id']).toBe(lastRelation()?.id)
  })
  test('contact_name Sophie Fischer: first and last name of customer', async () => {
    expect((await invoiceOf())['contact_name']).toBe('Sophie Fischer')
  })
  test('reference 6224', async () => {
    expect((await invoiceOf({ number: 6_999 }))['reference']).toBe('6999')
  })
  test('invoice_date 2022-12-06: order date', async () => {
    expect((await invoiceOf())['invoice_date']).toBe('2022-12-06')
    const late = await invoiceOf({ createdAt: '2022-12-31T23:30:00Z' })
    expect(late['invoice_date']).toBe('2023-01-01')
  })
  test('payment_condition_id 564437: as configured on the dashboard', async () => {
    expect((await invoiceOf())['payment_condition_id']).toBe(66_002)
    // Not configured: the default of the administration.
    const unset = await installed({})
    expect((await invoiceOf({}, unset))['payment_condition_id']).toBe(66_001)
  })
  test('currency_id 63152: valuta', async () => {
    expect((await invoiceOf())['currency_id']).toBe(70_001)
    expect((await invoiceOf({ currency: 'GBP' }))['currency_id']).toBe(70_002)
  })
  test('vat_option incl: amounts are incl. VAT by default', async () => {
    expect((await invoiceOf())['vat_option']).toBe('incl')
    const net = { pricesIncludeVat: false, lines: [{ name: 'Jaar', unitPrice: 100 }] }
    expect((await invoiceOf(net))['vat_option']).toBe('incl')
    expect(lastInvoice()).toMatchObject({ totalCents: 12_100 })
    const excluding = await installed({ ...chosen, prices: 'excl' })
    expect((await invoiceOf(net, excluding))['vat_option']).toBe('excl')
  })
  test('template_id 442206: as set on the dashboard', async () => {
    expect((await invoiceOf())['template_id']).toBe(51_002)
    const unset = await installed({})
    expect((await invoiceOf({}, unset))['template_id']).toBe(51_001)
  })
  test('comment: remark order', async () => {
    expect((await invoiceOf())['comment']).toBe('')
    const comment = 'Graag bij de buren'
    expect((await invoiceOf({ comment }))['comment']).toBe(comment)
    expect(lastInvoice()).toMatchObject({ comment })
  })
  test('footer: empty by default', async () => {
    expect((await invoiceOf())['footer']).toBe('')
  })
  test('lines', async () => {
    const { lines } = await invoiceOf({ shipping: 4.95, paymentCosts: 1.21 })
    expect(lines).toMatchObject([
      { description: '18-month extension' },
      { description: 'Verzendkosten', amount: 4.95 },
      { description: 'Betaalkosten', amount: 1.21 },
    ])
    expect((await invoiceOf())['lines']).toHaveLength(1)
  })
  test('quantity 1: amount', async () => {
    expect((await lineOf())?.['qty']).toBe(1)
    const two = { lines: [{ name: 'Jaar', unitPrice: 12.5, quantity: 2 }] }
    expect(await lineOf(two)).toMatchObject({ qty: 2, amount: 12.5 })
  })
  test('description 18-month extension', async () => {
    expect((await lineOf())?.['description']).toBe('18-month extension')
  })
  test('amount 200: unit price', async () => {
    expect((await lineOf())?.['amount']).toBe(200)
    expect(lastInvoice()).toMatchObject({ totalCents: 20_000 })
  })
  test('discount 0: discount is included in the unit price', async () => {
    const reduced = { lines: [{ name: 'Jaar', unitPrice: 100, discountPerUnit: 10 }] }
    expect(await lineOf(reduced)).toMatchObject({ amount: 90, discount: 0 })
  })
  test('vat_id 698451: VAT code, as configured on the dashboard', async () => {
    expect((await lineOf())?.['vat_id']).toBe(81_001)
    const low = { lines: [{ name: 'Boek', unitPrice: 10.9, vatPercent: 9 }] }
    expect((await lineOf(low))?.['vat_id']).toBe(81_002)
  })
  test('ledger_id 5621485: ledger account, as configured on the dashboard', async () => {
    const lines = listIn(await invoiceOf({ shipping: 4.95, paymentCosts: 1.21 }), 'lines')
    expect(lines.map((line) => line['ledger_id'])).toEqual([90_010, 90_020, 90_021])
  })
  test('product_id 10023', async () => {
    // "It is not possible to post to products" unless the merchant links them: matched on the SKU.
    expect((await lineOf())?.['product_id']).toBe(0)
    const linking = await installed({ ...chosen, linkProducts: true })
    expect((await lineOf({}, linking))?.['product_id']).toBe(10_023)
    const other = { lines: [{ name: 'Iets', sku: 'ANDERS', unitPrice: 1 }] }
    expect((await lineOf(other, linking))?.['product_id']).toBe(0)
  })
  test('costs_id 0: cost center, empty; there is an option to set a default one', async () => {
    expect((await lineOf())?.['costs_id']).toBe(0)
    const centred = await installed({ ...chosen, costCentre: '61001' })
    expect((await lineOf({}, centred))?.['costs_id']).toBe(61_001)
  })
  test('and nothing else', async () => {
    const body = await invoiceOf()
    expect(Object.keys(body)).toEqual([
      'relation_id',
      'contact_name',
      'reference',
      'invoice_date',
      'payment_condition_id',
      'currency_id',
      'vat_option',
      'template_id',
      'comment',
      'footer',
      'lines',
    ])
    expect(Object.keys(listIn(body, 'lines')[0] ?? {})).toEqual([
      'qty',
      'description',
      'amount',
      'discount',
      'vat_id',
      'ledger_id',
      'product_id',
      'costs_id',
    ])
  })
})

describe('Field-level specification of the Informer customer', () => {
  test('relation number', async () => {
    // 0: Informer gives the next one.
    expect((await relationOf())['relation_number']).toBe(0)
    expect(Number(lastRelation()?.relation_number)).toBeGreaterThan(0)
  })
  test('relation type 1: if a company name is provided, the relation type is set to 0', async () => {
    expect((await relationOf())['relation_type']).toBe('1')
    expect((await relationOf({ company: 'Fischer B.V.' }))['relation_type']).toBe('0')
  })
  test('Company name [company]', async () => {
    expect((await relationOf())['company_name']).toBe('')
    expect((await relationOf({ company: 'Fischer B.V.' }))['company_name']).toBe('Fischer B.V.')
  })
  test('First name [firstname]: empty by default', async () => {
    expect((await relationOf())['firstname']).toBe('Sophie')
    expect((await relationOf({ firstName: '' }))['firstname']).toBe('')
  })
  test('Last name [lastname]: empty by default', async () => {
    expect((await relationOf())['surname']).toBe('Fischer')
    expect((await relationOf({ lastName: '' }))['surname']).toBe('')
  })
  test('Street [Address1] [Address2]: empty by default', async () => {
    expect((await relationOf())['street']).toBe('Havenweg')
    const nowhere = { street: '', housenumber: null, housenumberSuffix: '' }
    expect((await relationOf(nowhere))['street']).toBe('')
  })
  test('House number [housenr]: empty by default', async () => {
    expect(await relationOf()).toMatchObject({ house_number: '8', house_number_suffix: 'b' })
    const without = { street: 'Rue de la Loi', housenumber: null, housenumberSuffix: '' }
    expect(await relationOf(without)).toMatchObject({
      street: 'Rue de la Loi',
      house_number: '',
      house_number_suffix: '',
    })
  })
  test('Postal code [zipcode]', async () => {
    expect((await relationOf())['zip']).toBe('3011 AB')
  })
  test('City [city]', async () => {
    expect((await relationOf())['city']).toBe('Rotterdam')
  })
  test('Country [isocountry]', async () => {
    expect((await relationOf())['country']).toBe('NL')
    expect((await relationOf({ country: 'DE', postcode: '10115' }))['country']).toBe('DE')
  })
  test('Phone number [telnr]', async () => {
    expect((await relationOf())['phone_number']).toBe('0101234567')
    const mobile = { phone: '', mobile: '0612345678' }
    expect((await relationOf(mobile))['phone_number']).toBe('0612345678')
  })
  test('CoCnumber [coc]: empty by default', async () => {
    expect((await relationOf())['coc']).toBe('')
    expect((await relationOf({ coc: '11223344' }))['coc']).toBe('11223344')
  })
  test('VATnumber [VATnr]: empty by default', async () => {
    expect((await relationOf())['vat']).toBe('')
    const business = { company: 'Fischer B.V.', vatNumber: 'NL123456782B90' }
    expect((await relationOf(business))['vat']).toBe('NL123456782B90')
  })
  test('Email invoice [email]', async () => {
    const email = 'facturen@fischer.example'
    expect((await relationOf({ email }))['email_invoice']).toBe(email)
  })
  test('Email [email]', async () => {
    const email = 'sophie@fischer.example'
    expect((await relationOf({ email }))['email']).toBe(email)
  })
})

describe('the text around the tables', () => {
  test('a payment condition for new debtors, and the invoice layout', async () => {
    expect(await relationOf()).toMatchObject({
      payment_condition_id: 66_002,
      sales_invoice_template_id: 51_002,
    })
  })
  test('whether a corresponding VAT code exists in Informer for the VAT in each line', async () => {
    const without = await installed(chosen, { vatTable: vatTable.slice(1) })
    expect(await pair.refuse(without, shop.place({}))).toBe('VAT_CODE_MISSING')
  })
  test('International: 0% VAT is expected, otherwise the sale cannot be processed', async () => {
    // The manual's rule is a setting here: VAT that was shown is owed, so such a sale is booked at the rate at home.
    const swiss = { country: 'CH', postcode: '8001', city: 'Zürich' }
    const refusing = await installed(chosen, { exportWithVat: 'refuse' })
    expect(await pair.refuse(refusing, shop.place(swiss))).toBe('VAT_ON_EXPORT_REFUSED')
    expect((await lineOf(swiss))?.['vat_id']).toBe(81_001)
  })
  test('orders with a linked payment method are posted to the fixed debtor, and no debtor is created', async () => {
    await booked()
    const fixed = String(lastRelation()?.id)
    const linked = await installed(chosen, { fixedDebtors: { 2: fixed } })
    const sent = await booked({ paymentMethod: 'MollieIdeal' }, linked)
    expect(sent.map(({ path }) => path)).toEqual(['/v1/invoice/sales/'])
    expect(bodyTo(sent, /\/sales\/$/)['relation_id']).toBe(Number(fixed))
  })
  test('a debtor will always be created in Informer for an ICP order', async () => {
    await booked()
    const fixed = String(lastRelation()?.id)
    const linked = await installed(chosen, { fixedDebtors: { 2: fixed } })
    const icp = {
      paymentMethod: 'MollieIdeal',
      intraCommunity: true,
      company: 'Brasserie',
      vatNumber: 'BE0123456749',
      country: 'BE',
      postcode: '2800',
    }
    const sent = await booked(icp, linked)
    expect(bodyTo(sent, /\/relation\/$/)).toMatchObject({ vat: 'BE0123456749' })
    expect(bodyTo(sent, /\/sales\/$/)).toMatchObject({ lines: [{ vat_id: 81_004 }] })
  })
  test('the invoice is not sent to the debtor', async () => {
    await booked()
    expect(lastInvoice()).toMatchObject({ sent: [] })
  })
  test('a known customer is matched on e-mail address, used and not modified', async () => {
    const email = 'vaste.klant@fischer.example'
    await booked({ email })
    const before = lastRelation()
    const again = await booked({ email: 'Vaste.Klant@fischer.example', city: 'Delft' })
    expect(again.map(({ path }) => path)).toEqual(['/v1/invoice/sales/'])
    expect(bodyTo(again, /\/sales\/$/)['relation_id']).toBe(before?.id)
    expect(lastRelation()).toMatchObject({ city: 'Rotterdam' })
  })
})
