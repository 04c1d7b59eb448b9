import { describe, expect, test } from 'vitest'
import { invoiceOf, lineOf, openSandbox } from './test-client.ts'

const path = '/v1/invoice/sales/'

describe('an invoice', () => {
  test('of the contract is made as a draft, and read back as it is written there', async () => {
    const { call } = await openSandbox()
    expect((await call('POST', path, invoiceOf())).json()).toEqual({
      invoice_id: 7712345,
      invoice_url: 'https://app.informer.eu/invoices/sales/view/7712345',
    })
    const body = (await call('GET', `${path}7712345/`)).json()
    expect(body).toMatchObject({
      sales: {
        7712345: {
          relation_id: '4410021',
          number: '',
          date: '2026-03-14',
          expiry_date: '2026-03-28',
          total_price_excl_tax: '24.75',
          total_price_incl_tax: '29.95',
          tax_option: 'incl',
          reference: 'WEB-100234',
          concept: '1',
          line: {
            990001: {
              qty: '2.00',
              amount: '12.50',
              tax_id: '81001',
              tax_percentage: '21.00',
              ledger_account_id: '90010',
            },
            990002: { description: 'Verzendkosten' },
          },
        },
      },
    })
  })
  test('may be spelt with vat, and have numbers and an empty error', async () => {
    const { call } = await openSandbox({
      switches: { fieldNames: 'vat', numbers: 'numbers', emptyError: true, emptyMap: 'list' },
    })
    await call('POST', path, invoiceOf())
    expect((await call('GET', '/v1/invoices/sales/')).json()).toMatchObject({
      error: [],
      sales: {
        7712345: {
          total_price_incl_vat: 29.95,
          vat_option: 'incl',
          concept: 1,
          attachments: [],
          line: { 990001: { vat_id: 81001, vat_percentage: 21, qty: 2 } },
        },
      },
    })
  })
  test.each([
    [{ relation_id: 0 }, 'Required field is empty: relation_id'],
    [{ invoice_date: '2026-02-30' }, 'Invalid value: invoice_date'],
    [{ invoice_date: '' }, 'Required field is empty: invoice_date'],
    [{ vat_option: 'shifted' }, 'Invalid value: vat_option'],
    [{ template_id: 51003 }, 'Invalid value: template_id'],
    [{ currency_id: 1 }, 'Invalid value: currency_id'],
    [{ payment_condition_id: 0 }, 'Required field is empty: payment_condition_id'],
    [{ lines: [] }, 'Required field is empty: lines'],
    [{ lines: [[lineOf()]] }, 'Invalid value: lines'],
    [{ lines: [lineOf({ amount: 1.234 })] }, 'Invalid value: amount'],
    [{ lines: [lineOf({ vat_id: 81011 })] }, 'Invalid value: vat_id'],
    [{ lines: [lineOf({ ledger_id: 90030 })] }, 'Invalid value: ledger_id'],
    [{ lines: [lineOf({ costs_id: 5 })] }, 'Invalid value: costs_id'],
    [{ lines: [lineOf({ product_id: 5 })] }, 'Invalid value: product_id'],
    [{ lines: [lineOf({ description: '' })] }, 'Required field is empty: description'],
  ])('with %j is refused: %s', async (change, text) => {
    const { call, sandbox } = await openSandbox()
    const { json } = await call('POST', path, invoiceOf(change))
    expect(Object.values(json()['error'] as object)).toEqual([text])
    expect(sandbox.ledger().invoices).toEqual([])
  })
  test('of an unknown relation is refused', async () => {
    const { call } = await openSandbox()
    const body = invoiceOf({ relation_id: '9' })
    expect((await call('POST', path, body)).json()).toEqual({ error: 'Relation not found' })
    expect((await call('POST', '/v2/invoices/sales', body)).status).toBe(404)
  })
  test('takes ids and amounts as texts, a text line, and a discount', async () => {
    const { call, sandbox } = await openSandbox()
    const lines = [
      lineOf({ qty: '2.00', amount: '10.00', discount: '25', vat_id: '81002' }),
      { info: true, description: 'Dank u wel' },
    ]
    await call('POST', path, invoiceOf({ relation_id: '4410021', lines }))
    expect(sandbox.ledger().invoices).toMatchObject([{ totalCents: 1500, vatCents: 124 }])
  })
  test.each([
    ['quantity', [lineOf({ qty: -1 })], [lineOf({ amount: -1 })]],
    ['amount', [lineOf({ amount: -1 })], [lineOf({ qty: -1 })]],
  ] as const)('below zero is possible by its %s only, if so switched', async (way, good, bad) => {
    const { call, sandbox } = await openSandbox({ switches: { negatives: way } })
    expect((await call('POST', path, invoiceOf({ lines: bad }))).json()).toHaveProperty('error')
    await call('POST', path, invoiceOf({ lines: good }))
    expect(sandbox.ledger().invoices).toMatchObject([{ totalCents: -100 }])
  })
  test('of half a piece is possible, unless switched off', async () => {
    const { call, sandbox } = await openSandbox()
    const half = invoiceOf({ lines: [lineOf({ qty: 0.5 })] })
    expect((await call('POST', path, half)).json()).toHaveProperty('invoice_id')
    sandbox.switches.fractionalQuantity = 'refuse'
    expect((await call('POST', path, half)).json()).toHaveProperty('error')
  })
})

describe('totals', () => {
  const total = async (body: unknown, switches = {}) => {
    const { call, sandbox } = await openSandbox({ switches })
    await call('POST', path, body)
    const [invoice] = sandbox.ledger().invoices
    return [invoice?.totalCents, invoice?.vatCents]
  }
  const net = invoiceOf({
    vat_option: 'excl',
    lines: [lineOf({ amount: 37.5 }), lineOf({ amount: 12.5 })],
  })
  test('round VAT on the sum of a rate, or line by line', async () => {
    expect(await total(net)).toEqual([6050, 1050])
    expect(await total(net, { vatRounding: 'line' })).toEqual([6051, 1051])
  })
  test('round each line, or only the sum', async () => {
    const half = lineOf({ qty: 0.5, amount: 0.01 })
    const halves = invoiceOf({ lines: [half, half, half] })
    expect(await total(halves)).toEqual([3, 1])
    expect(await total(halves, { lineTotals: 'exact' })).toEqual([2, 0])
  })
})

describe('the list', () => {
  test('has all, or drafts, or what is open; nothing found is an error', async () => {
    const { call, control, sandbox } = await openSandbox()
    const ids = async (query: string) =>
      Object.keys((await call('GET', `/v1/invoices/sales/${query}`)).json()['sales'] ?? {})
    expect((await call('GET', '/v1/invoices/sales/')).json()).toEqual({
      error: 'No sales invoice found',
    })
    await control('POST', '/invoices', [
      { relation_id: 4410021, final: true, last_edit: '2026-03-01T12:00:00Z' },
      { relation_id: 4410021 },
    ])
    expect(await ids('')).toEqual(['7712345', '7712346'])
    expect(await ids('?filter=draft')).toEqual(['7712346'])
    expect(await ids('?filter=open')).toEqual(['7712345'])
    expect(await ids('?last_edit=2026-03-02')).toEqual(['7712346'])
    expect(await ids('?records=1&page=1')).toEqual(['7712346'])
    expect((await call('GET', '/v1/invoices/sales/?filter=x')).json()).toHaveProperty('error')
    sandbox.switches.draftsInDefaultList = false
    expect(await ids('')).toEqual(['7712345'])
  })
  test('of v2 is filtered by relation, and has the newest first', async () => {
    const { call, control } = await openSandbox()
    const invoices = [4410021, 4410022, 4410021].map((id) => ({ relation_id: id }))
    await control('POST', '/invoices', invoices)
    const answer = await call('GET', '/v2/invoices/sales?relation_id=4410021&sort=created.desc')
    expect(answer.json()).toMatchObject({
      pagination: { page: 1, records: 20, total: 2, pages: 1 },
      invoices: [
        { id: 7712347, concept: '1', totals: { incl_vat: 1, vat: 0.17 } },
        { id: 7712345, lines: [{ vat: { id: 81001, percentage: 21 } }] },
      ],
    })
    expect((await call('GET', '/v2/invoices/sales?filter=concept&page=2')).json()).toMatchObject({
      invoices: [],
    })
  })
})

describe('sending', () => {
  const send = '/v1/invoice/sales/send/'

  test('gives the draft its number, and by switch the date of today', async () => {
    const { call, sandbox } = await openSandbox()
    for (const dateOnSend of ['today', 'keep'] as const) {
      sandbox.switches.dateOnSend = dateOnSend
      await call('POST', path, invoiceOf({ invoice_date: '2026-03-01' }))
    }
    sandbox.switches.dateOnSend = 'today'
    const mark = { invoice_id: 7712345, method: 'mark' }
    expect((await call('POST', send, mark)).json()).toHaveProperty('message')
    sandbox.switches.dateOnSend = 'keep'
    await call('POST', send, { invoice_id: 7712346, method: 'email', email_address: 'a@b.nl' })
    expect(sandbox.ledger().invoices).toMatchObject([
      { number: '20260001', concept: false, date: '2026-03-14', sent: [{ method: 'mark' }] },
      { number: '20260002', date: '2026-03-01', sent: [{ method: 'email', email: 'a@b.nl' }] },
    ])
  })
  test('twice mails twice, and marks once', async () => {
    const { call, sandbox } = await openSandbox()
    await call('POST', path, invoiceOf())
    const mail = { invoice_id: 7712345, method: 'email', email_address: '' }
    await call('POST', send, mail)
    await call('POST', send, mail)
    const marked = await call('POST', send, { invoice_id: 7712345, method: 'mark' })
    expect(marked.json()).toHaveProperty('error')
    expect(sandbox.ledger().invoices).toMatchObject([
      { number: '20260001', sent: [{ email: 'noor@example.org' }, { email: 'noor@example.org' }] },
    ])
  })
})

test('a lost answer leaves one invoice in the books', async () => {
  const { call, sandbox } = await openSandbox()
  sandbox.faults.add({ fault: 'reset-after', match: { method: 'POST', path: '/invoice/sales/$' } })
  await expect(call('POST', path, invoiceOf())).rejects.toThrow()
  expect(sandbox.ledger().invoices).toMatchObject([{ reference: 'WEB-100234', origin: 'api' }])
})
