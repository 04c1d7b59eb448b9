import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OrderSpec } from '../../sandbox/magento2/index.ts'
import { startRompslomp, type RompslompSandbox } from '../../sandbox/rompslomp/index.ts'
import type { SaleRef } from '../../src/sale/sale.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { magentos, type GoldenMagento, type PlacedInvoice } from './magento.ts'
import { bodyTo, listIn, openPair, type Pair, type Sent } from './pair.ts'

/**
 * The manual "Magento and Rompslomp": a test for each row of its five tables, in their order and by their names, and
 * for either Magento. Orders are placed and invoiced in the shop's sandbox, and each test looks at what the sandbox
 * of the books was sent. What recorded answers of real shops become is in the connectors' own `manual.test.ts`.
 */

/** The paid administration of the sandbox. */
const administration = '418223901'

/** What the merchant chose on the dashboard, by the ids of the sandbox's administration. */
const rowOf = (destination: string, percent: string, vatCode: string) => ({
  destination,
  percent,
  vatCode,
  ledgers: { revenue: '940011', shipping: '940012', payment: '940010' },
})
const vatTable = [
  rowOf('NL', '21', '300200101'),
  rowOf('NL', '9', '300200102'),
  rowOf('DE', '19', '300200107'),
  rowOf('DE', '21', '300200101'),
  rowOf('ICP', '0', '300200105'),
  rowOf('INTERNATIONAL', '0', '300200103'),
]

/** What each word of the manual for a payment method is linked to, to see it from outside. */
const words = ['banktransfer', 'ideal', 'paypal', 'afterpay', 'mistercash', 'creditcard', 'default']

const extension = { name: '14 days extension', sku: 'EXT-14', unitPrice: 15, vatPercent: 21 }
const netExtension = { includesVat: false, lines: [{ ...extension, unitPrice: 12.4 }] }

/** The invoice of the manual's examples. */
const standardOrder: OrderSpec = {
  placedAt: '2023-01-02T10:00:00Z',
  ...netExtension,
  firstName: 'Noor',
  lastName: 'van Dam',
  phone: '0101234567',
  billing: { street: ['Havenweg 8b'], postcode: '3011 AB', city: 'Rotterdam', country: 'NL' },
}

const sumOf = (numbers: readonly number[]) =>
  Math.round(numbers.reduce((total, each) => total + each, 0) * 100) / 100

describe.each(magentos)('%s', (_, startShop) => {
  let database: TestDatabase
  let pair: Pair
  let shop: GoldenMagento
  let books: RompslompSandbox
  let standard: string
  let placed = 0

  beforeAll(async () => {
    database = await createTestDatabase()
    pair = openPair(database, '2023-01-02T09:00:00Z')
    shop = await startShop(pair.now)
    books = await startRompslomp({ limits: 'off', now: pair.now })
    standard = await installed()
  })
  afterAll(async () => {
    await pair.close()
    await shop.close()
    await books.close()
    await database.close()
  })

  const installed = (
    change: {
      books?: Record<string, unknown>
      shop?: Record<string, unknown>
      integration?: Record<string, unknown>
      homeCountry?: 'NL' | 'BE'
    } = {},
  ) =>
    pair.install(
      shop.end(change.shop),
      {
        system: 'rompslomp',
        url: books.url,
        credentials: { apiToken: books.account.personalToken, baseUrl: `${books.url}/api/v1` },
        settings: { administration, ...change.books },
      },
      {
        ...(change.homeCountry !== undefined && { homeCountry: change.homeCountry }),
        settings: { vatTable, ...change.integration },
      },
    )

  const place = (change: Partial<OrderSpec> = {}): PlacedInvoice => {
    placed += 1
    return shop.place({ ...standardOrder, email: `klant-${placed}@klant.example`, ...change })
  }
  const booked = (change: Partial<OrderSpec> = {}, integration = standard): Promise<Sent[]> =>
    pair.book(integration, place(change).ref)
  const bookedCredit = async (
    change: Partial<OrderSpec> = {},
    wish: Parameters<GoldenMagento['credit']>[1] = {},
    integration = standard,
  ) => {
    const { orderId } = place(change)
    return pair.book(integration, shop.credit(orderId, wish).ref)
  }

  const invoiceIn = (sent: readonly Sent[]) =>
    bodyTo(sent, /\/sales_invoices$/)['sales_invoice'] as Sent['body']
  const linesIn = (sent: readonly Sent[]) => listIn(invoiceIn(sent), 'invoice_lines')
  const invoiceOf = async (...order: Parameters<typeof booked>) => invoiceIn(await booked(...order))
  const linesOf = async (...order: Parameters<typeof booked>) => linesIn(await booked(...order))
  const lineOf = async (...order: Parameters<typeof booked>) => (await linesOf(...order))[0]
  const contactOf = async (...order: Parameters<typeof booked>) =>
    bodyTo(await booked(...order), /\/contacts$/)['contact'] as Sent['body']
  const productIn = (sent: readonly Sent[]) =>
    bodyTo(sent, /\/products$/)['product'] as Sent['body'] & { invoice_line: Sent['body'] }
  let articles = 0
  /** The product that is made for an article nobody sold before. */
  const productOf = async (change: Partial<OrderSpec['lines'][number]> = {}) => {
    articles += 1
    const line = { ...extension, sku: `NIEUW${articles}`, unitPrice: 12.4, ...change }
    return productIn(await booked({ lines: [line] }))
  }
  /** Magento's amounts excl. VAT: pieces times price. */
  const netsIn = (lines: readonly Sent['body'][]) =>
    lines.map((line) => sumOf([Number(line['quantity']) * Number(line['price_per_unit'])]))
  const lastInvoice = () => books.ledger().invoices.at(-1)
  const numbersIn = (lines: readonly Sent['body'][], name: string) =>
    lines.map((line) => Number(line[name]))
  const refused = (ref: SaleRef, integration = standard) => pair.refuse(integration, ref)

  describe('Specification Magento invoices', () => {
    test('Factor for multiplying amounts: 1 for debit invoices, -1 for credit invoices', async () => {
      const { orderId, ref } = place()
      expect(netsIn(linesIn(await pair.book(standard, ref)))).toEqual([12.4])
      const debit = lastInvoice()?.totalCents ?? 0
      const sent = await pair.book(standard, shop.credit(orderId).ref)
      // The sign is the price's: what a client of Rompslomp was seen to send (contract §9).
      expect(netsIn(linesIn(sent))).toEqual([-12.4])
      expect(lastInvoice()?.totalCents).toBe(-debit)
    })

    test('Invoice-identifier [entity_id]: with a 1 before that of the credit invoice', async () => {
      const { orderId, ref } = place()
      await pair.book(standard, ref)
      const credit = shop.credit(orderId).ref
      expect(credit.id).toMatch(/^1\d+$/)
      expect(invoiceIn(await pair.book(standard, credit))['description']).toMatch(/^Credit/)
    })

    test('Invoice number [increment_id] from the Magento invoice', async () => {
      const byInvoice = await installed({ integration: { leadingNumber: 'invoice' } })
      const { ref, invoiceNumber, orderId } = place()
      const body = invoiceIn(await pair.book(byInvoice, ref))
      expect(body).toMatchObject({ description: invoiceNumber, api_reference: invoiceNumber })
      // Credit invoices have a sequence of their own: without the 1 their numbers repeat those of invoices.
      const credit = shop.credit(orderId)
      const memo = invoiceIn(await pair.book(byInvoice, credit.ref))
      expect(memo['api_reference']).toBe(`1${credit.number}`)
    })

    test('Orderid [order_id]', async () => {
      const [first, second] = [place(), place()]
      for (const { ref, orderNumber } of [second, first]) {
        const body = invoiceIn(await pair.book(standard, ref))
        expect(body['api_reference']).toBe(orderNumber)
      }
    })

    test('Order number [increment_id] from the Magento order: C_ where it is leading', async () => {
      const { ref, orderId, orderNumber } = place()
      const body = invoiceIn(await pair.book(standard, ref))
      expect(body['api_reference']).toBe(orderNumber)
      const memo = invoiceIn(await pair.book(standard, shop.credit(orderId).ref))
      expect(memo['api_reference']).toBe(`C_${orderNumber}`)
    })

    test('Affiliate number: the value at key channel_id; Rompslomp has no field for it', async () => {
      const { ref } = place({ paymentInfo: { other: 'x', channel_id: 'AFF-2231' } })
      const sent = await pair.book(standard, ref)
      expect(JSON.stringify(sent)).not.toContain('AFF-2231')
      expect((await pair.draftOf(standard, ref)).affiliateNumber).toBe('AFF-2231')
    })

    test('Order-identifier: the order that the invoice belongs to', async () => {
      const { ref } = place({
        firstName: 'Alleen',
        lastName: 'van Deze',
        email: 'deze@klant.example',
      })
      const contact = bodyTo(await pair.book(standard, ref), /\/contacts$/)['contact']
      expect(contact).toMatchObject({ contact_person_name: 'Alleen van Deze' })
    })

    test('Invoice date [created_at]', async () => {
      expect((await invoiceOf())['date']).toBe('2023-01-02')
      // In the time zone of the shop: Magento tells UTC.
      expect((await invoiceOf({ placedAt: '2023-01-31T23:30:00Z' }))['date']).toBe('2023-02-01')
    })

    const business = { company: 'Brasserie', vatNumber: 'BE0123456749' }
    const untaxed = { lines: [{ ...extension, vatPercent: 0 }] }
    const belgian = { billing: { country: 'BE', postcode: '1000' }, ...business, ...untaxed }

    test('ICP indication: no VAT, and an EU country other than the sales country', async () => {
      expect(await lineOf(belgian)).toMatchObject({ vat_type_id: 300200105, vat_rate: '0' })
      const atHome = await installed({ homeCountry: 'BE' })
      expect(await refused(place(belgian).ref, atHome)).toBe('DOMESTIC_REVERSE_CHARGE_OFF')
    })
    test('ICP indication: not for what is sold under the margin scheme', async () => {
      const margin = await installed({ integration: { products: { margin: ['EXT-14'] } } })
      const code = await refused(place(belgian).ref, margin)
      expect(code).toBe('VAT_CODE_MISSING')
    })

    test('International indication: no VAT, and a country outside the EU', async () => {
      const swiss = { billing: { country: 'CH', postcode: '8001' }, ...untaxed }
      expect(await lineOf(swiss)).toMatchObject({ vat_type_id: 300200103, vat_rate: '0' })
    })

    describe('Payment method', () => {
      /** An integration that books each word on a debtor of its own; and the debtors' ids. */
      const linked = async (methods: readonly string[], shopSettings = {}) => {
        const ids = new Map<string, string>()
        for (const method of methods) {
          const email = `vast-${method}@books.example`
          await booked({ email })
          const contact = books
            .ledger()
            .contacts.find((each) => each.contact_person_email_address === email)
          ids.set(method, String(contact?.id))
        }
        const fixedDebtors = Object.fromEntries(ids)
        const integration = await installed({ shop: shopSettings, integration: { fixedDebtors } })
        return async (paymentMethod: string): Promise<string | undefined> => {
          const sent = await booked({ paymentMethod }, integration)
          const { contact_id: id } = invoiceIn(sent)
          return [...ids].find(([, each]) => each === String(id))?.[0]
        }
      }
      let wordOf: Awaited<ReturnType<typeof linked>>
      beforeAll(async () => {
        wordOf = await linked(words)
      })

      test('occurs in the credentials settings: hyphens and capital letters are ignored', async () => {
        const own = await linked(['mollie-Methods-KBC'], { paymentMethods: ['mollie-Methods-KBC'] })
        expect(await own('mollie-methods-k-b-c')).toBe('mollie-Methods-KBC')
      })
      test.each([
        ['the word transfer', 'mollie_methods_transfer', 'banktransfer'],
        ['the word back', 'cashback', 'banktransfer'],
        ['the word invoice', 'klarna_Invoice', 'banktransfer'],
        ['the word rekening', 'op_rekening', 'banktransfer'],
        ['the word ideal', 'mollie_methods_iDEAL', 'ideal'],
        ['the word paypal', 'paypal_express', 'paypal'],
        ['the word afterpay', 'afterpay_nl', 'afterpay'],
        ['the words mister and cash', 'mister_cash', 'mistercash'],
        ['the words credit and card', 'mollie_methods_creditcard', 'creditcard'],
        ['the word maestro', 'adyen_maestro', 'creditcard'],
        ['the word visa', 'visa_checkout', 'creditcard'],
        ['the word mastercard', 'mastercard', 'creditcard'],
        ['in all other cases', 'checkmo', 'default'],
      ])('%s: %s becomes %s', async (_words, code, word) => {
        expect(await wordOf(code)).toBe(word)
      })
    })

    test('Paymentmethod-id [paymethod_id]: the code of the method is what it is recognised by', async () => {
      const { ref } = place({ paymentMethod: 'mollie_methods_ideal', paymentTitle: 'Bankkeuze' })
      await pair.book(standard, ref)
      const { paymentMethod } = await pair.draftOf(standard, ref)
      expect(paymentMethod).toEqual({ id: 'ideal', label: 'Bankkeuze' })
    })

    test('Total amounts incl or excl VAT: both come to the total of the shop', async () => {
      const lines = [{ ...extension, unitPrice: 9.99, quantity: 7 }]
      await booked({ includesVat: true, lines })
      expect(lastInvoice()?.totalCents).toBe(6_993)
      await booked({ includesVat: false, lines })
      expect(lastInvoice()?.totalCents).toBe(8_462)
    })

    test("Total incl [base_grand_total]: in the webshop's base currency", async () => {
      const body = await invoiceOf({ currency: 'USD', currencyRate: 1.08 })
      expect(body['currency']).toBe('eur')
      expect(lastInvoice()).toMatchObject({ totalCents: 1_500, currency: 'eur' })
    })

    test('Total VAT [base_tax_amount]', async () => {
      await booked({ currency: 'USD', currencyRate: 1.08 })
      expect(lastInvoice()?.vatCents).toBe(260)
    })

    test('Total excl: Total incl VAT - Total VAT', async () => {
      const lines = await linesOf()
      const { totalCents = 0, vatCents = 0 } = lastInvoice() ?? {}
      expect(sumOf(numbersIn(lines, 'price_per_unit')) * 100).toBe(totalCents - vatCents)
    })

    test('Shopping cart values [base_subtotal] and [base_subtotal_inc_tax]: the goods alone', async () => {
      const lines = [extension, { ...extension, sku: 'EXT-28', unitPrice: 12.1, quantity: 2 }]
      const sent = await linesOf({ includesVat: true, lines, shipping: 6.05 })
      expect(sumOf(netsIn(sent.slice(0, 2)))).toBe(32.4)
      expect(lastInvoice()?.totalCents).toBe(1_500 + 2_420 + 605)
    })
  })

  describe('Specification Magento invoices lines', () => {
    test('Name product [name]', async () => {
      const name = 'Lamp "Helder" & Co, ’t licht'
      expect((await lineOf({ lines: [{ ...extension, name }] }))?.['description']).toBe(name)
    })
    test('Name product: special characters are removed as much as possible', async () => {
      // Only what no invoice can print: Rompslomp takes all others.
      const name = 'Regel 1\nRegel 2\u0007\tvan de naam'
      const description = (await lineOf({ lines: [{ ...extension, name }] }))?.['description']
      expect(description).toBe('Regel 1 Regel 2 van de naam')
    })
    test('Amount [qty]', async () => {
      const lines = [{ ...extension, quantity: 3 }]
      expect((await lineOf({ lines }))?.['quantity']).toBe('3')
    })
    test('Amount incl VAT [base_row_total_incl_tax]; divided by the quantity', async () => {
      const lines = [{ ...extension, unitPrice: 12.1, quantity: 3 }]
      const line = await lineOf({ includesVat: true, lines })
      expect(line).toMatchObject({ quantity: '3', price_per_unit: '10' })
      expect(lastInvoice()?.totalCents).toBe(3_630)
    })
    test('Amount excl VAT [base_row_total]; divided by the quantity', async () => {
      const lines = [{ ...extension, unitPrice: 12.4, quantity: 3 }]
      expect(await lineOf({ lines })).toMatchObject({ quantity: '3', price_per_unit: '12.4' })
    })
    test('VAT Amount with discount [base_row_total_incl_tax] - [base_row_total]', async () => {
      const lines = [{ ...extension, unitPrice: 12.1, quantity: 10 }]
      await booked({ includesVat: true, lines, coupon: { code: 'TIEN', percent: 10 } })
      expect(lastInvoice()).toMatchObject({ totalCents: 10_890, vatCents: 1_890 })
    })
    test('VAT percentage, default: from two decimals, never 20 % or 22 % for a small amount', async () => {
      const lines = [{ ...extension, unitPrice: 0.06 }]
      expect(await lineOf({ includesVat: true, lines })).toMatchObject({
        vat_rate: '0.21',
        vat_type_id: 300200101,
      })
    })
    test('VAT percentage, workaround 4-decimals', async () => {
      const lines = [{ ...extension, unitPrice: 0.05, vatPercent: 9 }]
      const line = await lineOf({ includesVat: true, lines })
      expect(line).toMatchObject({ vat_rate: '0.09', vat_type_id: 300200102 })
    })
    test('Discount [base_discount_amount] - [base_discount_tax_compensation_amount]', async () => {
      const lines = [{ ...extension, unitPrice: 12.1, quantity: 10 }]
      const order = { includesVat: true, lines, coupon: { code: 'TIEN', percent: 10 } }
      const [goods, discount] = await linesOf(order)
      expect(goods).toMatchObject({ quantity: '10', price_per_unit: '10' })
      expect(discount).toMatchObject({ description: 'Korting TIEN', vat_rate: '0.21' })
      expect(netsIn([discount ?? {}])).toEqual([-10])
    })
    test('Line prices incl and excl discount: unit prices stay those of the shop', async () => {
      const lines = [
        { ...extension, unitPrice: 49.95 },
        { ...extension, sku: 'BOEK1', unitPrice: 17.95, quantity: 3, vatPercent: 9 },
      ]
      const sent = await linesOf({ includesVat: true, lines, coupon: { code: 'VIJF', amount: 5 } })
      expect(sent.slice(0, 2).map(({ quantity }) => quantity)).toEqual(['1', '3'])
      expect(numbersIn(sent.slice(0, 2), 'price_per_unit')[0]).toBeCloseTo(49.95 / 1.21, 2)
      expect(sent.slice(2).map(({ description }) => description)).toEqual([
        'Korting VIJF',
        'Korting VIJF',
      ])
      expect(lastInvoice()?.totalCents).toBe(4_995 + 5_385 - 500)
    })
    test('The shipping costs are added as a separate invoice line, for an amount other than 0', async () => {
      const [, shipping, ...more] = await linesOf({ shipping: 5 })
      expect(shipping).toMatchObject({ description: 'Verzendkosten', vat_rate: '0.21' })
      expect(Number(shipping?.['price_per_unit'])).toBe(5)
      expect(more).toEqual([])
      expect(await linesOf({ shipping: 0 })).toHaveLength(1)
    })
    test('The payment costs are added as a separate invoice line, for an amount other than 0', async () => {
      const extra = { paymethod_costs: 1.21, extra_payment_option_price: 2.42 }
      const sent = await linesOf({ extra, statedTotal: 18.63, statedTax: 3.23 })
      expect(sent.slice(1)).toMatchObject([
        { description: 'Betaalkosten', price_per_unit: '1', account_id: 940010 },
        { description: 'Betaaloptie', price_per_unit: '2', account_id: 940010 },
      ])
      const none = { paymethod_costs: 0, extra_payment_option_price: 0 }
      expect(await linesOf({ extra: none })).toHaveLength(1)
    })
    test('The surcharges are added as separate lines to the invoice, at most 2', async () => {
      const extra = { extra_costs: 2.42, credit_point_discount: 1.21 }
      const sent = await linesOf({ extra, statedTotal: 16.21, statedTax: 2.81 })
      expect(sent.slice(1).map(({ description }) => description)).toEqual([
        'Toeslag',
        'Spaarpunten',
      ])
      expect(netsIn(sent.slice(1))).toEqual([2, -1])
      const none = { extra_costs: 0, credit_point_discount: 0 }
      expect(await linesOf({ extra: none })).toHaveLength(1)
    })
    test('Accounts and VAT codes: by settings, delivery country and VAT percentage', async () => {
      const german = { billing: { country: 'DE', postcode: '10115' } }
      const lines = [{ ...extension, vatPercent: 19 }]
      const sent = await linesOf({ ...german, lines, shipping: 5, shippingVatPercent: 19 })
      expect(sent.map((line) => [line['vat_type_id'], line['account_id']])).toEqual([
        [300200107, 940011],
        [300200107, 940012],
      ])
    })
  })

  describe('Field-level specification of the Rompslomp invoice', () => {
    test('sales_invoice', async () => {
      const body = bodyTo(await booked(), /\/sales_invoices$/)
      expect(Object.keys(body)).toEqual(['sales_invoice'])
      expect(Object.keys(invoiceIn([{ path: '/sales_invoices', body }])).sort()).toEqual([
        '_publish',
        'api_reference',
        'contact_id',
        'currency',
        'date',
        'description',
        'due_date',
        'invoice_lines',
        'validates_vat_number',
      ])
    })
    test('date 2023-01-02: Invoicedate', async () => {
      expect((await invoiceOf())['date']).toBe('2023-01-02')
    })
    test('due_date 2023-01-16: two weeks after the Invoicedate', async () => {
      expect((await invoiceOf())['due_date']).toBe('2023-01-16')
    })
    test('contact_id 4556686965: customer number from Rompslomp', async () => {
      expect((await invoiceOf())['contact_id']).toBe(books.ledger().contacts.at(-1)?.id)
    })
    test('Valuta eur', async () => {
      expect((await invoiceOf())['currency']).toBe('eur')
    })
    test('Description 298: Order number, on request invoice number', async () => {
      const { ref, orderNumber } = place()
      const body = invoiceIn(await pair.book(standard, ref))
      expect(body['description']).toBe(orderNumber)
      const byInvoice = await installed({ integration: { leadingNumber: 'invoice' } })
      const other = place()
      const again = invoiceIn(await pair.book(byInvoice, other.ref))
      expect(again['description']).toBe(other.invoiceNumber)
    })
    test('Description with a negative order: Credit order number, on request invoice number', async () => {
      const { orderId, orderNumber } = place()
      const credit = shop.credit(orderId)
      const memo = invoiceIn(await pair.book(standard, credit.ref))
      expect(memo['description']).toBe(`Credit ${orderNumber}`)
      const byInvoice = await installed({ integration: { leadingNumber: 'invoice' } })
      const other = shop.credit(place().orderId)
      const again = invoiceIn(await pair.book(byInvoice, other.ref))
      expect(again['description']).toBe(`Credit 1${other.number}`)
    })
    test('invoice_lines', async () => {
      const lines = await linesOf({ shipping: 5 })
      expect(lines).toHaveLength(2)
      expect(Object.keys(lines[0] ?? {}).sort()).toEqual([
        'account_id',
        'description',
        'price_per_unit',
        'product_id',
        'quantity',
        'vat_rate',
        'vat_type_id',
      ])
    })
    test('product_id 4970548064: product id from Rompslomp', async () => {
      const sku = 'MANUAL1'
      const line = await lineOf({ lines: [{ ...extension, sku }] })
      const product = books.ledger().products.find(({ code }) => code === sku)
      expect(line?.['product_id']).toBe(product?.id)
    })
    test('quantity 1', async () => {
      expect((await lineOf())?.['quantity']).toBe('1')
    })
    test('vat_rate 0.21: VAT percentage', async () => {
      expect((await lineOf())?.['vat_rate']).toBe('0.21')
    })
    test('vat_type_id 701184043: VAT code', async () => {
      expect((await lineOf())?.['vat_type_id']).toBe(300200101)
    })
    test('account_id 5464900859', async () => {
      expect((await lineOf())?.['account_id']).toBe(940011)
    })
    test('price_per_unit 12.40: Unit price excl. VAT', async () => {
      // With five decimals only where those of the shop would not come to its total.
      expect((await lineOf())?.['price_per_unit']).toBe('12.4')
      const including = {
        includesVat: true,
        lines: [{ ...extension, unitPrice: 12.5, quantity: 2 }],
      }
      expect((await lineOf(including))?.['price_per_unit']).toBe('10.33')
      expect(lastInvoice()?.totalCents).toBe(2_500)
    })
    test('description 14 days extension: Description', async () => {
      expect((await lineOf())?.['description']).toBe('14 days extension')
    })
    test('template_id 4460540845', async () => {
      expect(await invoiceOf()).not.toHaveProperty('template_id')
      const chosen = await installed({ books: { template: '720002' } })
      expect((await invoiceOf({}, chosen))['template_id']).toBe(720002)
      expect(lastInvoice()?.templateId).toBe(720002)
    })
    test('validates_vat_number', async () => {
      expect((await invoiceOf())['validates_vat_number']).toBe(false)
    })
  })

  describe('Field-level specification of the Rompslomp customer', () => {
    const company = { company: 'Van Dam B.V.' }
    test('is individual true', async () => {
      expect((await contactOf())['is_individual']).toBe(true)
    })
    test('address [address][housenumber]', async () => {
      expect((await contactOf())['address']).toBe('Havenweg 8b')
      const parts = { ...standardOrder.billing, street: ['Havenweg', '8b', '2 hoog'] }
      expect((await contactOf({ billing: parts }))['address']).toBe('Havenweg 8b 2 hoog')
    })
    test('Postal code [zipcode]', async () => {
      expect((await contactOf())['zipcode']).toBe('3011 AB')
    })
    test('City [city]', async () => {
      expect((await contactOf())['city']).toBe('Rotterdam')
    })
    test('Country [isocountry]', async () => {
      expect((await contactOf())['country_code']).toBe('NL')
      const german = { billing: { country: 'DE', postcode: '10115' } }
      expect((await contactOf(german))['country_code']).toBe('DE')
    })
    test('CoCnumber [coc]: empty, for Magento has none', async () => {
      expect((await contactOf(company))['kvk_number']).toBe('')
    })
    test('VATnumber [VATnr]: empty by default', async () => {
      expect((await contactOf())['vat_number']).toBe('')
      const business = { ...company, vatNumber: 'NL123456782B90' }
      expect((await contactOf(business))['vat_number']).toBe('NL123456782B90')
    })
    test('contact person name [firstname][lastname]', async () => {
      expect((await contactOf())['contact_person_name']).toBe('Noor van Dam')
    })
    test('Email [email]', async () => {
      const email = 'noor@dam.example'
      expect((await contactOf({ email }))['contact_person_email_address']).toBe(email)
    })
    test('Phone number [telnr]', async () => {
      expect((await contactOf())['phone']).toBe('0101234567')
    })
    test('Company name [company]: then is_individual -> false', async () => {
      expect((await contactOf())['company_name']).toBe('')
      expect(await contactOf(company)).toMatchObject({
        company_name: 'Van Dam B.V.',
        is_individual: false,
      })
    })
  })

  describe('Field-level specification of the Rompslomp product', () => {
    test('product', async () => {
      expect(Object.keys(await productOf()).sort()).toEqual(['has_stock', 'invoice_line'])
    })
    test('in stock true', async () => {
      expect((await productOf()).has_stock).toBe(true)
    })
    test('lines', async () => {
      expect(Object.keys((await productOf()).invoice_line).sort()).toEqual([
        'description',
        'price_per_unit',
        'product_code',
        'vat_rate',
        'vat_type_id',
      ])
    })
    test('description: product name', async () => {
      expect((await productOf()).invoice_line['description']).toBe('14 days extension')
    })
    test('VATpercentage [Taxpercentage]', async () => {
      expect((await productOf()).invoice_line['vat_rate']).toBe('0.21')
    })
    test('VATtype id [VAT ID]', async () => {
      expect((await productOf()).invoice_line['vat_type_id']).toBe(300200101)
    })
    test('price per piece [priceExcl]', async () => {
      const { invoice_line: line } = await productOf({ quantity: 3 })
      expect(line['price_per_unit']).toBe('12.4')
    })
    test('Productcode [articlekey]: numbers and letters only', async () => {
      const { invoice_line: line } = await productOf({ sku: 'MOK-1 (blauw)/é' })
      expect(line['product_code']).toMatch(/^MOK1blauwX[0-9a-f]{8}$/)
    })
  })

  describe('the text around the tables', () => {
    test('credit invoices: a credit has the VAT of what it takes back', async () => {
      const sent = linesIn(await bookedCredit({ shipping: 5 }))
      expect(sent.map((line) => line['vat_rate'])).toEqual(['0.21', '0.21'])
      expect(netsIn(sent)).toEqual([-12.4, -5])
      expect(lastInvoice()?.totalCents).toBe(-2_105)
    })
    test('adding credit amounts - adjustments - in credit invoices: the VAT information is missing', async () => {
      const { orderId } = place()
      const { ref } = shop.credit(orderId, { adjustmentPositive: 2 })
      expect(await refused(ref)).toBe('ADJUSTMENT_WITHOUT_VAT')
    })
    test('if the amount excl. VAT is 0, the VAT percentage defaults to 21%', async () => {
      const gift = { name: 'Gratis sticker', sku: 'GIFT1', unitPrice: 0, vatPercent: 21 }
      const sent = await linesOf({ lines: [{ ...extension, unitPrice: 12.4 }, gift] })
      expect(sent[1]).toMatchObject({ price_per_unit: '0', vat_rate: '0.21' })
    })
    test('the integration adds Shipping costs, Payment costs, Surcharge and Discount as products', async () => {
      await booked({ shipping: 5, coupon: { code: 'EEN', amount: 1 } })
      await booked({
        extra: { paymethod_costs: 1.21, extra_costs: 2.42 },
        statedTotal: 18.63,
        statedTax: 3.23,
      })
      const products = books.ledger().products.map(({ description }) => description)
      expect(products).toEqual(
        expect.arrayContaining(['Verzendkosten', 'Betaalkosten', 'Toeslag', 'Korting']),
      )
    })
    test('a product that exists is not added again', async () => {
      const lines = [{ ...extension, sku: 'EENMAAL', unitPrice: 12.4 }]
      productIn(await booked({ lines }))
      const again = await booked({ lines })
      expect(again.filter(({ path }) => path.endsWith('/products'))).toEqual([])
    })
    test('the VAT percentage of the invoice, even if the product in Rompslomp has another', async () => {
      const line = { ...extension, sku: 'TARIEF', unitPrice: 12.4 }
      await booked({ lines: [line] })
      const low = await lineOf({ lines: [{ ...line, vatPercent: 9 }] })
      expect(low).toMatchObject({ vat_rate: '0.09', vat_type_id: 300200102 })
    })
    test('the invoice will not automatically be sent to the debtor; on request it is', async () => {
      await booked()
      expect(lastInvoice()?.mailed).toBe(false)
      const mailing = await installed({ books: { mailInvoice: true } })
      await booked({}, mailing)
      expect(lastInvoice()?.mailed).toBe(true)
    })
    test('a known customer is matched on e-mail address, used and not modified', async () => {
      const email = 'vaste.klant@dam.example'
      await booked({ email })
      const contact = books.ledger().contacts.at(-1)
      const again = await booked({ email: 'Vaste.Klant@dam.example', firstName: 'Anders' })
      expect(again.map(({ path }) => path.split('/').at(-1))).toEqual(['sales_invoices'])
      expect(invoiceIn(again)['contact_id']).toBe(contact?.id)
      expect(books.ledger().contacts.at(-1)).toMatchObject({ contact_person_name: 'Noor van Dam' })
    })
  })
})
