import { describe, expect, test } from 'vitest'
import { invoiceTotals } from './totals.ts'
import { formatDecimal, parseDecimal } from './decimal.ts'
import { high, invoiceOf, noor, openSandbox } from './test-client.ts'

interface Record_ {
  id: number
  [member: string]: unknown
}

const made = (json: unknown, name: string): Record_ =>
  (json as Record<string, Record_>)[name] ?? { id: 0 }

const listed = (json: unknown, name: string): Record_[] =>
  (json as Record<string, Record_[]>)[name] ?? []

const messageOf = (json: unknown) => (json as { error: { message: string } }).error.message

describe('contacts', () => {
  test('a person is made, with a number, and empty members are null', async () => {
    const { inBooks } = await openSandbox({ isEmpty: true })
    const contact = { is_individual: true, contact_person_name: 'Noor', address: '' }
    const answer = await inBooks('POST', '/contacts', { contact })
    expect(answer.status).toBe(201)
    expect(made(answer.json(), 'contact')).toMatchObject({
      name: 'Noor',
      contact_number: 'K00001',
      address: null,
      company_name: null,
    })
  })
  test.each([
    [{}, 'Contact is invalid: Company name moet opgegeven zijn.'],
    [{ is_individual: true }, 'Contact is invalid: Contact person name moet opgegeven zijn.'],
    [
      { company_name: 'A', contact_number: 'K00017' },
      'Contact is invalid: Contact number is al in gebruik.',
    ],
    [{ company_name: 'A', country_code: 'Nederland' }, 'Contact is invalid: Land is ongeldig.'],
  ])('%j is refused', async (contact, message) => {
    const { inBooks } = await openSandbox()
    const answer = await inBooks('POST', '/contacts', { contact })
    expect([answer.status, answer.errorType()]).toEqual([422, 'client.parameters.validation'])
    expect(messageOf(answer.json())).toBe(message)
  })
  test('members nobody knows are refused, or ignored', async () => {
    const { inBooks, sandbox } = await openSandbox()
    const contact = { company_name: 'A', surprise: 1 }
    const refused = await inBooks('POST', '/contacts', { contact })
    expect([refused.status, refused.errorType()]).toEqual([
      400,
      'client.parameters.unpermitted_parameters',
    ])
    sandbox.switches.parameterStatus = 422
    expect((await inBooks('POST', '/contacts', { contact })).status).toBe(422)
    sandbox.switches.unknownMembers = 'ignore'
    expect((await inBooks('POST', '/contacts', { contact })).status).toBe(201)
  })
  test('bodies must be JSON under their name', async () => {
    const { inBooks } = await openSandbox()
    expect((await inBooks('POST', '/contacts', '{')).errorType()).toBe(
      'client.parameters.malformed_json',
    )
    expect((await inBooks('POST', '/contacts', { company_name: 'A' })).errorType()).toBe(
      'client.parameters.missing_parameter',
    )
  })
  test('are found by their exact address, in their own case or any', async () => {
    const { inBooks, sandbox } = await openSandbox()
    const count = async (query: string) =>
      listed((await inBooks('GET', `/contacts?${query}`)).json(), 'contacts').length
    const exact = 'search[contact_person_email_address]'
    expect(await count(`${exact}=noor@example.org`)).toBe(2)
    expect(await count(`${encodeURIComponent(exact)}=noor%40example.org`)).toBe(2)
    expect(await count(`${exact}=noor@example.or`)).toBe(0)
    expect(await count(`${exact}=Noor@example.org`)).toBe(0)
    sandbox.switches.emailCase = 'insensitive'
    expect(await count(`${exact}=Noor@example.org`)).toBe(2)
    expect(await count('search[q]=DAM')).toBe(2)
    expect(await count('selection=suppliers')).toBe(0)
  })
  test('can be changed and deleted', async () => {
    const { inBooks } = await openSandbox()
    const changed = await inBooks('PATCH', `/contacts/${noor}`, { contact: { city: 'Delft' } })
    expect(made(changed.json(), 'contact')).toMatchObject({ city: 'Delft', name: 'Noor van Dam' })
    expect((await inBooks('DELETE', `/contacts/${noor}`)).status).toBe(204)
    expect((await inBooks('GET', `/contacts/${noor}`)).status).toBe(404)
  })
})

describe('products', () => {
  const product = (line: Record<string, unknown>) => ({
    product: {
      has_stock: true,
      invoice_line: { description: 'Mok', price_per_unit: '1', ...line },
    },
  })
  test('are made and found by codes', async () => {
    const { inBooks } = await openSandbox({ isEmpty: true })
    for (const product_code of ['A', 'B', 'a']) {
      expect((await inBooks('POST', '/products', product({ product_code }))).status).toBe(201)
    }
    const answer = await inBooks(
      'GET',
      '/products?search[product_codes][]=A&search[product_codes][]=X',
    )
    expect(listed(answer.json(), 'products')).toMatchObject([
      {
        has_stock: true,
        invoice_line: { product_code: 'A', product_id: null, price_per_unit: '1.0' },
      },
    ])
  })
  test('need a price, and a code of at most a hundred characters', async () => {
    const { inBooks } = await openSandbox()
    const priceless = await inBooks('POST', '/products', { product: { invoice_line: {} } })
    expect(messageOf(priceless.json())).toBe('Product is invalid: Stuksprijs moet opgegeven zijn.')
    const long = await inBooks('POST', '/products', product({ product_code: 'x'.repeat(101) }))
    expect(long.status).toBe(422)
  })
  test('may need a code of its own, of letters and digits', async () => {
    const { inBooks, sandbox } = await openSandbox({ isEmpty: true })
    const make = async (product_code: string) =>
      (await inBooks('POST', '/products', product({ product_code }))).status
    expect([await make('A-1'), await make('A-1')]).toEqual([201, 201])
    sandbox.switches.productCodeUnique = true
    expect(await make('A-1')).toBe(422)
    sandbox.switches.productCodeCharacters = 'letters-digits'
    expect([await make('B-1'), await make('B1')]).toEqual([422, 201])
  })
})

describe('invoices', () => {
  test('the sample of the contract, to the cent', async () => {
    const { inBooks } = await openSandbox()
    const change = { api_reference: 'shop7:WEB-100234', date: '2026-03-14', due_date: '2026-03-28' }
    const answer = await inBooks('POST', '/sales_invoices', invoiceOf(change))
    expect(answer.status).toBe(201)
    expect(made(answer.json(), 'sales_invoice')).toMatchObject({
      status: 'concept',
      invoice_number: null,
      price_with_vat: '29.95',
      price_without_vat: '24.75',
      vat_amount: '5.2',
      currency: 'eur',
      currency_exchange_rate: '1.0',
      api_reference: 'shop7:WEB-100234',
      cached_contact: { name: 'Noor van Dam' },
      invoice_lines: [
        { price_per_unit: '10.33058', quantity: '2.0', price_with_vat: '25.0', vat_rate: '0.21' },
        { price_per_unit: '4.09091', quantity: '1.0', price_with_vat: '4.95', vat_amount: '0.86' },
      ],
    })
  })
  test('leave out what is not set', async () => {
    const { inBooks } = await openSandbox()
    const invoice = made(
      (await inBooks('POST', '/sales_invoices', invoiceOf())).json(),
      'sales_invoice',
    )
    expect(invoice).not.toHaveProperty('api_reference')
    expect(invoice).not.toHaveProperty('validates_vat_number')
    expect(invoice['date']).toBe('2026-03-14')
    expect(invoice['due_date']).toBe('2026-03-28')
  })
  test('a reference is taken once, and searched for', async () => {
    const { inBooks, sandbox } = await openSandbox()
    const make = () => inBooks('POST', '/sales_invoices', invoiceOf({ api_reference: 'W-1' }))
    expect((await make()).status).toBe(201)
    const twin = await make()
    expect([twin.status, messageOf(twin.json())]).toEqual([
      422,
      'Factuur is invalid: Api reference is al in gebruik.',
    ])
    const count = async (reference: string) => {
      const answer = await inBooks('GET', `/sales_invoices?search[api_reference]=${reference}`)
      return listed(answer.json(), 'sales_invoices').length
    }
    expect([await count('W-1'), await count('W-')]).toEqual([1, 0])
    sandbox.switches.referenceSearch = 'prefix'
    expect(await count('W-')).toBe(1)
  })
  test('a deleted concept frees its reference, or does not', async () => {
    const { inBooks, sandbox } = await openSandbox()
    const make = () => inBooks('POST', '/sales_invoices', invoiceOf({ api_reference: 'W-1' }))
    const { id } = made((await make()).json(), 'sales_invoice')
    expect((await inBooks('DELETE', `/sales_invoices/${id}`)).status).toBe(204)
    sandbox.switches.deletedReference = 'kept'
    expect((await make()).status).toBe(422)
    sandbox.switches.deletedReference = 'free'
    expect((await make()).status).toBe(201)
  })
  test('are published at once, or later, for good', async () => {
    const { inBooks } = await openSandbox()
    const direct = await inBooks('POST', '/sales_invoices', invoiceOf({ _publish: true }))
    expect(made(direct.json(), 'sales_invoice')).toMatchObject({
      status: 'published',
      invoice_number: '20260001',
    })
    const { id } = made(
      (await inBooks('POST', '/sales_invoices', invoiceOf())).json(),
      'sales_invoice',
    )
    expect((await inBooks('GET', `/sales_invoices/${id}/pdf`)).status).toBe(422)
    const publish = { sales_invoice: { _publish: true } }
    const later = await inBooks('PATCH', `/sales_invoices/${id}`, publish)
    expect(made(later.json(), 'sales_invoice')['invoice_number']).toBe('20260002')
    expect((await inBooks('GET', `/sales_invoices/${id}/pdf`)).text).toMatch(/^%PDF-/)
    expect((await inBooks('DELETE', `/sales_invoices/${id}`)).status).toBe(422)
    const late = { sales_invoice: { description: 'x' } }
    expect((await inBooks('PATCH', `/sales_invoices/${id}`, late)).status).toBe(422)
  })
  test('lines are changed, removed and added', async () => {
    const { inBooks } = await openSandbox()
    const invoice = made(
      (await inBooks('POST', '/sales_invoices', invoiceOf())).json(),
      'sales_invoice',
    )
    const [mug, shipping] = invoice['invoice_lines'] as { id: number }[]
    const invoice_lines = [
      { id: mug?.id, quantity: '1' },
      { id: shipping?.id, _destroy: true },
      { description: 'Doos', price_per_unit: '1' },
    ]
    const body = { sales_invoice: { invoice_lines } }
    const changed = await inBooks('PATCH', `/sales_invoices/${invoice.id}`, body)
    expect(made(changed.json(), 'sales_invoice')).toMatchObject({
      price_with_vat: '13.71',
      invoice_lines: [{ description: 'Mok blauw', quantity: '1.0' }, { description: 'Doos' }],
    })
  })
  test('the rate is ignored unless the type is a custom one', async () => {
    const { inBooks } = await openSandbox()
    const total = async (vat_type_id: number) => {
      const invoice_lines = [{ price_per_unit: '100', vat_rate: '0.05', vat_type_id }]
      const answer = await inBooks('POST', '/sales_invoices', invoiceOf({ invoice_lines }))
      return made(answer.json(), 'sales_invoice')['price_with_vat']
    }
    expect(await total(high)).toBe('121.0')
    expect(await total(300200108)).toBe('105.0')
  })
  test('negative prices and negative quantities make a credit', async () => {
    const { inBooks } = await openSandbox()
    for (const line of [
      { price_per_unit: '-10', quantity: '2' },
      { price_per_unit: '10', quantity: '-2' },
    ]) {
      const answer = await inBooks('POST', '/sales_invoices', invoiceOf({ invoice_lines: [line] }))
      expect(made(answer.json(), 'sales_invoice')['price_with_vat']).toBe('-24.2')
    }
    const credits = await inBooks('GET', '/sales_invoices?selection=credit_invoices')
    expect(listed(credits.json(), 'sales_invoices')).toHaveLength(2)
  })
  test.each([
    [{ contact_id: 1 }, 'Contact moet opgegeven zijn'],
    [{ date: '1989-12-31' }, 'Factuurdatum moet na 01/01/1990 liggen'],
    [{ currency: 'usd' }, 'Wisselkoers moet opgegeven zijn'],
    [{ template_id: 1 }, 'Sjabloon is ongeldig'],
    [{ vat_number: 'NL1' }, 'Btw-nummer is ongeldig'],
    [{ payment_method: 'pay_later' }, 'Betaalmethode is ongeldig'],
    [{ invoice_lines: [{ description: 'x' }] }, 'Stuksprijs moet opgegeven zijn'],
    [{ invoice_lines: [{ price_per_unit: '1', vat_type_id: 1 }] }, 'Btw-tarief is ongeldig'],
    [{ invoice_lines: [{ price_per_unit: '1', product_id: 1 }] }, 'Product is ongeldig'],
    [{ invoice_lines: [{ price_per_unit: '1', account_id: 1 }] }, 'Grootboekrekening is ongeldig'],
    [
      { invoice_lines: [{ price_per_unit: '1', vat_type_id: 300200105 }] },
      'Btw-nummer moet opgegeven zijn',
    ],
  ])('%j is refused', async (change, sentence) => {
    const { inBooks, sandbox } = await openSandbox()
    const answer = await inBooks('POST', '/sales_invoices', invoiceOf(change))
    expect(answer.status).toBe(422)
    expect(messageOf(answer.json())).toBe(`Factuur is invalid: ${sentence}.`)
    expect(sandbox.ledger().invoices).toEqual([])
  })
  test('a bad VAT number passes when nobody is to check it', async () => {
    const { inBooks } = await openSandbox()
    const change = { vat_number: 'NL1', validates_vat_number: false }
    const answer = await inBooks('POST', '/sales_invoices', invoiceOf(change))
    expect(made(answer.json(), 'sales_invoice')).toMatchObject(change)
  })
  test('payments need their own right, and settle the invoice', async () => {
    const { inBooks, sandbox } = await openSandbox()
    const body = invoiceOf({ payments: [{ amount: '29.95', paid_at: '2026-03-14' }] })
    const paid = await inBooks('POST', '/sales_invoices', body)
    expect(made(paid.json(), 'sales_invoice')).toMatchObject({
      payment_status: 'paid',
      open_amount: '0.0',
    })
    sandbox.account.personalScopes = ['manage:sales_invoices']
    expect((await inBooks('POST', '/sales_invoices', body)).status).toBe(403)
  })
  test('a plan may be full', async () => {
    const { inBooks } = await openSandbox({ switches: { quotaReached: true } })
    const answer = await inBooks('POST', '/sales_invoices', invoiceOf())
    expect([answer.status, answer.errorType()]).toEqual([403, 'client.quota_reached'])
  })
})

describe('totals', () => {
  const decimal = (text: string) => parseDecimal(text) ?? 0n
  const total = (rounding: 'line' | 'rate' | 'rounded-net', ...prices: string[]) =>
    invoiceTotals(
      prices.map((price) => ({
        quantity: decimal('1'),
        price: decimal(price),
        rate: decimal('0.21'),
      })),
      rounding,
    )
  test('are rounded per line, per rate, or from the rounded net amount', () => {
    expect(total('line', '37.5', '12.5').withVatCents).toBe(6051)
    expect(total('rate', '37.5', '12.5').withVatCents).toBe(6050)
    expect(total('line', '8.26446').withVatCents).toBe(1000)
    expect(total('rounded-net', '8.26446').withVatCents).toBe(999)
    expect(total('line', '-8.26446')).toEqual({ withVatCents: -1000, withoutVatCents: -826 })
  })
  test.each([
    ['363', '363.0'],
    ['0.21', '0.21'],
    ['-10.50', '-10.5'],
    ['0', '0.0'],
    ['10.33058', '10.33058'],
  ])('%s is written %s', (given, written) => expect(formatDecimal(decimal(given))).toBe(written))
  test.each(['1,5', '', 'x', '1e3', null, {}])('%j is no number', (given) => {
    expect(parseDecimal(given)).toBeUndefined()
  })
})

describe('control', () => {
  test('plants what a person would have made, twins too', async () => {
    const { control, sandbox } = await openSandbox({ isEmpty: true })
    const ids = (await control('POST', '/contacts', [{}, { company_name: 'B' }])).json() as number[]
    expect(ids).toHaveLength(2)
    const twin = { contact_id: ids[0], api_reference: 'W-1', _publish: true }
    expect((await control('POST', '/invoices', [twin, twin])).status).toBe(201)
    const ledger = sandbox.ledger()
    expect(ledger.invoices.map(({ reference }) => reference)).toEqual(['W-1', 'W-1'])
    expect(new Set(ledger.invoices.map(({ number }) => number)).size).toBe(2)
    expect((await control('GET', '/ledger')).json()).toEqual(JSON.parse(JSON.stringify(ledger)))
    expect((await control('POST', '/invoices', { company_id: 1 })).status).toBe(400)
  })
  test('switches and settings are checked, and a reset puts everything back', async () => {
    const { control, inBooks, sandbox } = await openSandbox()
    expect((await control('PUT', '/switches', { order: 'sideways' })).status).toBe(400)
    expect((await control('PUT', '/switches', { nothing: 1 })).status).toBe(400)
    expect((await control('PUT', '/account', { personalToken: 5 })).status).toBe(400)
    await control('PUT', '/switches', { rounding: 'rate' })
    await control('PUT', '/account', { limitPerMinute: 1000 })
    await inBooks('POST', '/sales_invoices', invoiceOf())
    expect(sandbox.ledger().invoices).toHaveLength(1)
    await control('POST', '/reset')
    expect(sandbox.switches.rounding).toBe('line')
    expect(sandbox.account.limitPerMinute).toBe(60)
    expect(sandbox.ledger()).toMatchObject({ invoices: [], requests: { total: 0 } })
    expect(sandbox.ledger().contacts).toHaveLength(2)
  })
  test('a person sees the books, with nothing in them that is markup', async () => {
    const { control, sandbox } = await openSandbox()
    await control('POST', '/contacts', { contact_person_name: '<b>x' })
    const { text } = await control('GET', '/')
    expect(text).toContain('Mokkenhuis')
    expect(text).toContain('&lt;b&gt;x')
    expect(text).not.toContain('<b>x')
    expect(sandbox.ledger().contacts).toHaveLength(3)
  })
})
