import { describe, expect, it } from 'vitest'
import { isStructuredMessage } from './invoice.ts'
import { openSandbox } from './test-client.ts'

const mug = { description: 'Mok blauw', amount_with_tax: '12.10', quantity: 2, tax_rate: 21 }

describe('making an invoice', () => {
  it('gives what the contract’s example has', async () => {
    const { client, invoice } = await openSandbox()
    const id = await client()
    expect(
      await invoice(id, {
        external_invoice_id: 'lightspeed-100200',
        reference: '100200',
        date: '2026-03-02',
        days_due: 14,
        payments: [{ remaining_amount: 'yes', description: 'Webshop' }],
      }),
    ).toMatchObject({
      external_invoice_id: 'lightspeed-100200',
      client_id: id,
      client_name: 'Lien Maes',
      type: 'invoice',
      number: '2026-0001',
      reference: '100200',
      date: '2026-03-02',
      status: 'closed',
      days_due: 14,
      date_overdue: '2026-03-16',
      tax_included: 'yes',
      tax_calculation: 'total',
      items: [
        {
          description: 'Mok blauw',
          amount: '10.00',
          quantity: 2,
          unit: null,
          total_without_tax: '20.00',
          tax_rate: 21,
          total_with_tax: '24.20',
        },
      ],
      total_without_tax: '20.00',
      tax_rate_1: 21,
      total_tax_1: '4.20',
      tax_rate_2: 12,
      total_tax_2: '0.00',
      total_with_tax: '24.20',
      total_paid: '24.20',
      payments: [{ amount: '24.20', description: 'Webshop' }],
    })
  })
  it('answers the id, never the number; ids are text or numbers', async () => {
    const { client, post, sandbox } = await openSandbox()
    const id = await client()
    const text = (await post('/invoices', { client_id: id, items: [mug] })).json()
    expect(Object.keys(text as object)).toEqual(['success', 'invoice_id', 'uri'])
    sandbox.switches.ids = 'numbers'
    const numbers = (await post('/invoices', { client_id: id, items: [mug] })).json()
    expect(numbers).toMatchObject({ invoice_id: expect.any(Number) as number })
  })
  it.each([
    [{ client_id: undefined }, 'client_id is required'],
    [{ client_id: 7 }, 'client_id unknown'],
    [{ items: [] }, 'items cannot be empty'],
    [{ items: [{ amount: 1 }] }, 'description is required'],
    [{ items: [{ description: 'x' }] }, 'amount is required'],
    [{ items: [{ ...mug, tax_rate: 9 }] }, 'tax_rate unknown'],
    [{ items: [{ ...mug, tax_rate_special_status: 'ICL' }] }, 'tax_rate_special_status invalid'],
    [{ items: [{ ...mug, unit: '3 m' }] }, 'unit invalid'],
    [{ external_invoice_id: 'x'.repeat(51) }, 'external_invoice_id too long'],
    [{ structured_message: '123' }, 'structured_message too short'],
    [{ payments: [{ amount: 0 }] }, 'amount can not be 0.00'],
    [{ date: '2026-02-30' }, 'date invalid'],
    [{ layout_id: 1 }, 'layout_id unknown'],
  ])('refuses %j and keeps nothing', async (change, error) => {
    const { client, post, sandbox } = await openSandbox()
    const refused = await post('/invoices', { client_id: await client(), items: [mug], ...change })
    expect(refused.json()).toEqual({ error })
    expect(refused.status).toBe(400)
    expect(sandbox.ledger().invoices).toEqual([])
  })
  it('takes a number once', async () => {
    const { client, invoice, post } = await openSandbox()
    const id = await client()
    expect(await invoice(id, { number: 'W-1' })).toMatchObject({ number: 'W-1' })
    const again = await post('/invoices', { client_id: id, number: 'W-1', items: [mug] })
    expect(again.json()).toEqual({ error: 'number not unique' })
    expect(await invoice(id)).toMatchObject({ number: '2026-0001' })
  })
  it('is a credit note below zero, and gives a structured message that checks', async () => {
    const { client, invoice } = await openSandbox()
    const credit = await invoice(await client(), { items: [{ ...mug, quantity: -2 }] })
    expect(credit).toMatchObject({ type: 'creditnote', total_with_tax: '-24.20' })
    expect(isStructuredMessage(String(credit['structured_message']))).toBe(true)
    expect(isStructuredMessage('123456789003')).toBe(false)
    expect(isStructuredMessage('123456789002')).toBe(true)
  })
})

describe('adding up', () => {
  it.each([
    [{ grossArithmetic: 'gross', lineTotals: 'cents' }, '10.00'],
    [{ grossArithmetic: 'net', lineTotals: 'exact' }, '10.00'],
    [{ grossArithmetic: 'net', lineTotals: 'cents' }, '9.99'],
  ] as const)('€ 10.00 incl. VAT under %j comes to %s', async (switches, total) => {
    const { client, invoice } = await openSandbox({ switches })
    const items = [{ ...mug, amount_with_tax: 10, quantity: 1 }]
    expect(await invoice(await client(), { items })).toMatchObject({ total_with_tax: total })
  })
  it.each([
    ['total', '60.50'],
    ['item', '60.51'],
  ])('37.50 and 12.50 excl. VAT per %s come to %s', async (tax_calculation, total) => {
    const { client, invoice } = await openSandbox()
    const items = ['37.50', '12.50'].map((amount) => ({ description: 'x', amount, tax_rate: 21 }))
    const made = await invoice(await client(), { tax_included: 'no', tax_calculation, items })
    expect(made).toMatchObject({ total_without_tax: '50.00', total_with_tax: total })
  })
  it('of two prices the one that tax_included names counts', async () => {
    const { client, invoice } = await openSandbox()
    const items = [{ description: 'x', amount: 10, amount_with_tax: 99, tax_rate: 21 }]
    const id = await client()
    expect(await invoice(id, { tax_included: 'no', items })).toMatchObject({
      total_with_tax: '12.10',
    })
    expect(await invoice(id, { tax_included: true, items })).toMatchObject({
      total_with_tax: '99.00',
    })
  })
})

describe('afterwards', () => {
  it('is found by id, not by number, and closed by payments', async () => {
    const { client, invoice, call, get, post } = await openSandbox()
    const { invoice_id, number } = await invoice(await client())
    expect((await call('GET', `/invoices/${String(number)}`)).status).toBe(404)
    const path = `/invoices/${String(invoice_id)}`
    expect(await get(path)).toMatchObject({ status: 'open', total_paid: '0.00' })
    await post(`${path}/payments`, { amount: 24.2, method: 'bancontact' })
    expect(await get(path)).toMatchObject({ status: 'closed', total_paid: '24.20' })
    await post(`${path}/payments`, { amount: 24.2 })
    expect(await get(path)).toMatchObject({ total_paid: '48.40' })
  })
  it('GET of all fails on a large account, whatever else is asked', async () => {
    const { call, sandbox } = await openSandbox({ switches: { largeAccount: true } })
    expect((await call('GET', '/invoices?take=1&client_id=4')).status).toBe(500)
    expect((await call('GET', '/invoices?filter=reference__eq__1&take=1')).status).toBe(200)
    expect(sandbox.ledger().requests.total).toBe(2)
  })
  it('gives a PDF with a name', async () => {
    const { client, invoice, call } = await openSandbox()
    const { invoice_id } = await invoice(await client())
    const pdf = await call('GET', `/invoices/${String(invoice_id)}?format=pdf`)
    expect(pdf.text).toMatch(/^%PDF/)
    expect(pdf.headers.get('content-disposition')).toMatch('filename=2026-0001.pdf')
  })
})

describe('sending', () => {
  const business = { tax_code: 'BE 0468.561.072', email_address: 'info@example.be' }
  const both = { methods: { peppol: [], email: { recipient: 'main_contact' } } }

  it.each([
    ['/sendemail', { recipient: 'main_contact' }, 'email', 'info@example.be'],
    ['?send_mail', { recipient: 'a@x.be b@x.be' }, 'email', 'a@x.be b@x.be'],
    ['/send', both, 'peppol', ''],
    ['?send_peppol', {}, 'peppol', ''],
  ])('%s', async (spelling, body, by, recipients) => {
    const { client, invoice, post, sandbox } = await openSandbox()
    const { invoice_id } = await invoice(await client(business))
    const path = `/invoices/${String(invoice_id)}${spelling}`
    expect((await post(path, body)).status).toBe(200)
    await post(path, body)
    expect(sandbox.ledger().sendings).toMatchObject([
      { by, recipients },
      { by, recipients },
    ])
  })
  it('goes by mail to who Peppol can’t reach, and to nobody without an address', async () => {
    const { client, invoice, post, sandbox } = await openSandbox()
    const person = await invoice(await client({ email_address: 'lien@example.be' }))
    await post(`/invoices/${String(person['invoice_id'])}/send`, both)
    expect(sandbox.ledger().sendings).toMatchObject([{ by: 'email' }])
    const nobody = await invoice(await client())
    const refused = await post(`/invoices/${String(nobody['invoice_id'])}/send`, both)
    expect(refused.json()).toEqual({ error: 'recipient is required' })
  })
  it('Peppol takes no negative price', async () => {
    const { client, invoice, post, sandbox } = await openSandbox()
    const items = [mug, { ...mug, amount_with_tax: -1, quantity: 1 }]
    const { invoice_id } = await invoice(await client(business), { items })
    const refused = await post(`/invoices/${String(invoice_id)}/send`, both)
    expect(refused.text).toMatch('BR-27')
    expect(sandbox.ledger().sendings).toEqual([])
  })
})
