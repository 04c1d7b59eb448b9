import { describe, expect, it } from 'vitest'
import {
  type Answer,
  exampleMoment,
  invoiceOf,
  openSandbox,
  type TestClient,
} from './test-client.ts'

const sanne = {
  contact: 'Sanne Vermeer',
  address: 'Kerkstraat 9',
  zipcode: '3511 AB',
  city: 'Utrecht',
  phone: '0301234567',
  email: 'sanne@example.nl',
  tax_type: 'intax',
}

// The example of contract 3.4, request and answer, byte for byte.
const exampleRequest =
  '{"clientnr":"17","action":"send","sendmethod":"email","profile":1,"sent":"2026-03-02","alreadypaid":"full",' +
  '"alreadypaidmethod":"iDEAL","reference":{"line1":"100200","line2":"iDEAL"},' +
  '"lines":[{"amount":2,"description":"Mok blauw","tax_rate":21,"price":12.10},' +
  '{"amount":1,"description":"Verzendkosten","tax_rate":21,"price":6.05}]}'
const exampleInvoice =
  '{"invoice":{"id":"20260034","invoicenr_full":"20260034","invoicenr":"20260034",' +
  '"reference":{"line1":"100200","line2":"iDEAL","line3":""},' +
  '"lines":{"line1":{"amount":2,"amount_desc":"","description":"Mok blauw","tax_rate":21,"price":12.1,"discount_pct":0,"linetotal":24.2},' +
  '"line2":{"amount":1,"amount_desc":"","description":"Verzendkosten","tax_rate":21,"price":6.05,"discount_pct":0,"linetotal":6.05}},' +
  '"profile":"1","category":"0","discounttype":"percentage","discount":"0",' +
  '"paymentcondition":"Betaling binnen %PAYMENT_PERIOD% dagen o.v.v. %INVOICE_NUMBER%.","paymentperiod":"14",' +
  '"collection":"0","tax":"5.25","totalintax":"30.25","clientnr":"17","company":"","contact":"Sanne Vermeer",' +
  '"address":"Kerkstraat 9","zipcode":"3511 AB","city":"Utrecht","country":"146","phone":"0301234567","mobile":"",' +
  '"email":"sanne@example.nl","taxnumber":"","invoicenote":"","sent":"2026-03-02","uncollectible":"","lastreminder":"",' +
  '"open":"0.00","paiddate":"2026-03-02","taxes":{"tax1":{"rate":21,"sum":"5.25","sum_of":"25.00"}},' +
  '"tax_type":"intax","language":"nl","tax_shifted":"false",' +
  '"payment_url":"https:\\/\\/www.factuursturen.nl\\/pay?x1y2","duedate":"2026-03-16",' +
  '"history":{"item1":{"date":"2026-03-02","time":"10:56","description":"Factuur verstuurd via e-mail"}}}}'

/** A sandbox with one client, number 1, that has these fields. */
async function withClient(
  fields: Record<string, unknown> = {},
  options: Parameters<typeof openSandbox>[0] = {},
): Promise<TestClient> {
  const client = await openSandbox(options)
  const { status } = await client.control('POST', '/clients', fields)
  expect(status).toBe(201)
  return client
}

describe('the example of the contract', () => {
  it('comes out byte for byte', async () => {
    const { post, call } = await openSandbox({
      account: { firstClientNumber: 17, firstCounter: 34 },
    })
    await post('/clients', sanne)
    const created = await call('POST', '/invoices', exampleRequest)
    expect([created.status, created.text]).toEqual([201, '20260034'])
    const shown = await call('GET', '/invoices/20260034')
    expect(shown.text.replace(/pay\?[a-z0-9]+"/, 'pay?x1y2"')).toBe(exampleInvoice)
  })

  it('is mailed, in the ledger', async () => {
    const { call, post, sandbox } = await openSandbox({ account: { firstClientNumber: 17 } })
    await post('/clients', sanne)
    await call('POST', '/invoices/', exampleRequest)
    expect(sandbox.ledger().invoices).toMatchObject([
      {
        number: '20260001',
        clientnr: 17,
        reference: ['100200', 'iDEAL', ''],
        date: '2026-03-02',
        totalCents: 3025,
        taxCents: 525,
        openCents: 0,
        paidDate: '2026-03-02',
        alreadyPaidMethod: 'iDEAL',
        mailed: true,
        origin: 'api',
        createdAt: exampleMoment.toISOString(),
        lines: [
          { description: 'Mok blauw', amount: '2', price: '12.1', totalCents: 2420 },
          { description: 'Verzendkosten', amount: '1', price: '6.05', totalCents: 605 },
        ],
      },
    ])
  })
})

describe('what a create must have', () => {
  it.each([
    [{ clientnr: undefined }, 'clientnr is required'],
    [{ clientnr: 99 }, 'client not found'],
    [{ action: undefined }, 'action must be one of send, save, repeat'],
    [{ sendmethod: undefined }, 'sendmethod is required when action is send'],
    [{ sendmethod: 'fax' }, 'sendmethod must be one of mail, email, printcenter'],
    [{ lines: [] }, 'lines is required'],
    [{ lines: 'mok' }, 'lines is required'],
    [{ lines: ['mok'] }, 'a line is not an object'],
    [{ lines: [{ price: '12,10', tax_rate: 21 }] }, 'price is not a number'],
    [{ lines: [{ price: 1, tax_rate: 17 }] }, 'tax_rate 17 is not available'],
    [{ action: 'save' }, 'savename is required when action is save'],
    [{ profile: 9 }, 'profile 9 not found'],
    [{ category: 9 }, 'category 9 not found'],
    [{ sent: '2026-02-30' }, 'sent must be a date as YYYY-MM-DD'],
    [{ alreadypaid: 'some' }, 'alreadypaid is not a number'],
    [{ alreadypaidmethod: 'x'.repeat(33) }, 'alreadypaidmethod is longer than 32 characters'],
  ])('refuses %j', async (fields, message) => {
    const { post, sandbox } = await withClient()
    const answer = await post('/invoices', invoiceOf(1, fields))
    expect([answer.status, answer.text]).toEqual([400, message])
    expect(sandbox.ledger().invoices).toEqual([])
  })

  it('takes a form as PHP writes it, with lines by number', async () => {
    const { call, sandbox } = await withClient()
    const form =
      'clientnr=1&action=send&sendmethod=mail&reference[line1]=7' +
      '&lines[0][amount]=2&lines[0][price]=1.50&lines[0][tax_rate]=21&lines[1][description]=Dank'
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await call('POST', '/invoices', form, headers)).status).toBe(201)
    expect(sandbox.ledger().invoices).toMatchObject([
      { reference: ['7', '', ''], totalCents: 363, lines: [{ isText: false }, { isText: true }] },
    ])
  })

  it('takes lines as an object', async () => {
    const { post, sandbox } = await withClient()
    const lines = { line1: { price: 10, tax_rate: 21 }, line2: { price: 5, tax_rate: 9 } }
    expect((await post('/invoices', invoiceOf(1, { lines }))).status).toBe(201)
    expect(sandbox.ledger().invoices).toMatchObject([{ totalCents: 1210 + 545 }])
  })
})

describe('the number', () => {
  it('counts up with its layout, or answers the digits', async () => {
    const { post, call, get, sandbox } = await withClient(
      {},
      {
        account: { numberLayout: 'F{year}/{counter}' },
      },
    )
    expect((await post('/invoices', invoiceOf(1))).text).toBe('F2026/0001')
    sandbox.switches.createAnswer = 'digits'
    expect((await post('/invoices', invoiceOf(1))).text).toBe('20260002')
    expect(await get('/invoices/F2026%2F0001')).toMatchObject({
      invoice: { id: '20260001', invoicenr: 'F2026/0001' },
    })
    expect(await get('/invoices/20260002')).toMatchObject({ invoice: { invoicenr: 'F2026/0002' } })
    expect((await call('GET', '/invoices/20260003')).status).toBe(404)
  })

  it('is not the id on an old account', async () => {
    const { post, get } = await withClient({}, { account: { ids: 'sequence', firstCounter: 5 } })
    await post('/invoices', invoiceOf(1))
    const byId = await get('/invoices/1')
    expect(byId).toMatchObject({ invoice: { id: '1', invoicenr: '20260005' } })
    expect(await get('/invoices/20260005')).toEqual(byId)
  })

  it('can be forced once', async () => {
    const { post } = await withClient()
    expect((await post('/invoices', invoiceOf(1, { invoicenr: 2026_0500 }))).text).toBe('20260500')
    expect((await post('/invoices', invoiceOf(1, { invoicenr: 2026_0500 }))).status).toBe(400)
    expect((await post('/invoices', invoiceOf(1))).text).toBe('20260001')
  })

  it('answers an unknown one with the list, when it is not all digits', async () => {
    const { post, get } = await withClient()
    await post('/invoices', invoiceOf(1))
    expect(await get('/invoices/bogus')).toMatchObject([{ invoicenr: '20260001' }])
  })
})

describe('how the client decides', () => {
  it('reads prices without VAT for extax and with for intax', async () => {
    const { post, control, sandbox } = await withClient({ tax_type: 'extax' })
    await control('POST', '/clients', { tax_type: 'intax' })
    await post('/invoices', invoiceOf(1))
    await post('/invoices', invoiceOf(2))
    expect(sandbox.ledger().invoices).toMatchObject([
      { totalCents: 1210, taxCents: 210 },
      { totalCents: 1000, taxCents: 174 },
    ])
  })

  it('charges no VAT when it is shifted', async () => {
    const { post, get } = await withClient({ tax_shifted: true, taxnumber: 'BE0123456789' })
    await post('/invoices', invoiceOf(1))
    expect(await get('/invoices/20260001')).toMatchObject({
      invoice: {
        tax: '0.00',
        totalintax: '10.00',
        tax_shifted: 'true',
        taxes: { tax1: { rate: 0, sum: '0.00', sum_of: '10.00' } },
      },
    })
  })

  it('takes off the standing discount', async () => {
    const { post, sandbox } = await withClient({ stddiscount: 10 })
    await post('/invoices', invoiceOf(1))
    await post('/invoices', invoiceOf(1, { discount: 1, discounttype: 'amount' }))
    expect(sandbox.ledger().invoices).toMatchObject([
      { totalCents: 1089, discount: '10', discountType: 'percentage' },
      { totalCents: 1089, discount: '1', discountType: 'amount' },
    ])
  })

  it('sets the payment term and language, and remembers the last invoice', async () => {
    const { post, get } = await withClient({ top: 30, default_doclang: 'de' })
    await post('/invoices', invoiceOf(1, { sent: '2026-02-01' }))
    expect(await get('/invoices/20260001')).toMatchObject({
      invoice: { paymentperiod: '30', sent: '2026-02-01', duedate: '2026-03-03', language: 'de' },
    })
    expect(await get('/clients/1')).toMatchObject({ client: { lastinvoice: '2026-02-01' } })
  })

  it('keeps its address of the day on the invoice', async () => {
    const { post, call, get } = await withClient({ city: 'Utrecht' })
    await post('/invoices', invoiceOf(1))
    await call('PUT', '/clients/1', { city: 'Zeist' })
    expect(await get('/invoices/20260001')).toMatchObject({ invoice: { city: 'Utrecht' } })
  })
})

describe('tax rates', () => {
  it('can be accepted whatever they are', async () => {
    const { post, sandbox } = await withClient({}, { switches: { unknownTaxRate: 'accept' } })
    await post('/invoices', invoiceOf(1, { lines: [{ price: 100, tax_rate: 17.5 }] }))
    expect(sandbox.ledger().invoices).toMatchObject([{ totalCents: 11_750 }])
  })

  it('of abroad need tax_country and a client there', async () => {
    const { post, control, sandbox } = await withClient({ country: 50 })
    await control('POST', '/clients', { country: 146 })
    const line = (tax_rate: number, tax_country: boolean): unknown => ({
      lines: [{ price: 100, tax_rate, tax_country }],
    })
    const create = async (clientnr: number, more: unknown): Promise<string> =>
      (await post('/invoices', invoiceOf(clientnr, more as Record<string, unknown>))).text
    expect(await create(1, line(19, true))).toBe('20260001')
    expect(await create(1, line(19, false))).toBe('tax_rate 19 is not available')
    expect(await create(1, line(21, true))).toBe('tax_rate 21 is not available')
    expect(await create(2, line(21, true))).toMatch(/^tax_country can only be used/)
    expect(sandbox.ledger().invoices).toMatchObject([{ totalCents: 11_900 }])
  })
})

describe('payment', () => {
  it('on create may be part of it, or too much', async () => {
    const { post, get } = await withClient()
    await post('/invoices', invoiceOf(1, { alreadypaid: '5.00' }))
    await post('/invoices', invoiceOf(1, { alreadypaid: 20, paiddate: '2026-03-01' }))
    expect(await get('/invoices/20260001')).toMatchObject({
      invoice: { open: '7.10', paiddate: '' },
    })
    expect(await get('/invoices/20260002')).toMatchObject({
      invoice: { open: '-7.90', paiddate: '2026-03-01' },
    })
  })

  it('afterwards lowers what is open', async () => {
    const { post, get } = await withClient()
    await post('/invoices', invoiceOf(1))
    const pay = (body: unknown): Promise<Answer> => post('/invoices_payment/20260001', body)
    expect((await pay({ date: '2026-03-03', amount: '2.10' })).status).toBe(201)
    expect(await get('/invoices/20260001')).toMatchObject({
      invoice: { open: '10.00', paiddate: '' },
    })
    expect((await pay({ date: '2026-03-04', amount: 'full', method: 'bank' })).status).toBe(201)
    expect(await get('/invoices/20260001')).toMatchObject({
      invoice: { open: '0.00', paiddate: '2026-03-04' },
    })
  })

  it('needs a date, an amount and an invoice', async () => {
    const { post } = await withClient()
    await post('/invoices', invoiceOf(1))
    const path = '/invoices_payment/20260001'
    expect((await post(path, { amount: 'full' })).text).toBe('date is required')
    expect((await post(path, { date: '2026-03-03' })).text).toBe('amount is required')
    expect((await post(path, { date: '2026-03-03', amount: 'x' })).status).toBe(400)
    expect((await post('/invoices_payment/9', { date: '2026-03-03', amount: 'full' })).status).toBe(
      404,
    )
  })
})

describe('the invoice date', () => {
  it('is today in Amsterdam when left out', async () => {
    const now = (): Date => new Date('2026-12-31T23:30:00Z')
    const { post, sandbox } = await withClient({}, { now })
    expect((await post('/invoices', invoiceOf(1))).text).toBe('20270001')
    expect(sandbox.ledger().invoices).toMatchObject([{ date: '2027-01-01' }])
  })

  it('of the request is taken, ignored or refused', async () => {
    const { post, sandbox } = await withClient()
    const create = async (): Promise<number> =>
      (await post('/invoices', invoiceOf(1, { sent: '2026-01-05' }))).status
    await create()
    sandbox.switches.sentOnCreate = 'ignore'
    await create()
    sandbox.switches.sentOnCreate = 'refuse'
    expect(await create()).toBe(400)
    expect(sandbox.ledger().invoices.map(({ date }) => date)).toEqual(['2026-01-05', '2026-03-02'])
  })
})

describe('drafts', () => {
  const draft = {
    action: 'save',
    savename: 'order 100200',
    sendmethod: 'email',
    alreadypaid: 'full',
  }

  it('have a name and no number, under a key of choice', async () => {
    const { post, get, sandbox } = await withClient()
    expect(await post('/invoices', invoiceOf(1, draft))).toMatchObject({ status: 201, text: '1' })
    expect(await get('/invoices_saved')).toMatchObject([
      { name: 'order 100200', totalintax: '12.10' },
    ])
    sandbox.switches.draftKey = 'invoices_saved'
    const shown = await get('/invoices_saved/1')
    expect(shown).toMatchObject({
      invoices_saved: { profile_name: 'Standaard', datesaved: '2026-03-02', alreadypaid: 'full' },
    })
    expect(shown).not.toHaveProperty('invoices_saved.invoicenr')
    expect(sandbox.ledger()).toMatchObject({ invoices: [], drafts: [{ name: 'order 100200' }] })
  })

  it('are saved once by name, unless overwriting is asked', async () => {
    const { post, sandbox } = await withClient()
    await post('/invoices', invoiceOf(1, draft))
    expect((await post('/invoices', invoiceOf(1, draft))).text).toBe('savename order 100200 exists')
    const again = { ...draft, overwrite_if_exist: true, reference: { line1: 'new' } }
    expect((await post('/invoices', invoiceOf(1, again))).text).toBe('1')
    expect(sandbox.ledger().drafts).toMatchObject([{ reference: ['new', '', ''] }])
  })

  it('can be deleted but not sent', async () => {
    const { post, call, get } = await withClient()
    await post('/invoices', invoiceOf(1, draft))
    expect((await post('/invoices_saved/', {})).status).toBe(400)
    expect((await call('DELETE', '/invoices_saved/1')).status).toBe(200)
    expect(await get('/invoices_saved')).toEqual([])
  })

  it('that repeat are kept apart', async () => {
    const { post, get } = await withClient()
    await post('/invoices', invoiceOf(1, { ...draft, action: 'repeat' }))
    expect(await get('/invoices_saved')).toEqual([])
    expect(await get('/invoices_repeated')).toMatchObject([{ name: 'order 100200' }])
  })
})

it('prints a PDF', async () => {
  const { post, call } = await withClient()
  await post('/invoices', invoiceOf(1))
  const answer = await call('GET', '/invoices_pdf/20260001', undefined, { accept: '*/*' })
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  expect(answer.text).toMatch(/^%PDF-1\.4\n[^]*\(Total 12\.10\)[^]*%%EOF\n$/)
  const start = Number(/startxref\n(\d+)/.exec(answer.text)?.[1])
  expect(answer.text.slice(start, start + 4)).toBe('xref')
  expect((await call('GET', '/invoices_pdf/9')).status).toBe(404)
})

it('deletes an invoice and remembers that', async () => {
  const { post, call, sandbox } = await withClient()
  await post('/invoices', invoiceOf(1))
  expect((await call('DELETE', '/invoices/20260001')).status).toBe(200)
  expect((await call('GET', '/invoices/20260001')).status).toBe(404)
  expect(sandbox.ledger()).toMatchObject({ invoices: [], deleted: ['20260001'] })
})

it('can wait with the answer to a create that succeeded', async () => {
  const { post } = await withClient({}, { switches: { delayAfterCommitMs: 60 } })
  const timed = async (body: unknown): Promise<number> => {
    const start = performance.now()
    await post('/invoices', body)
    return performance.now() - start
  }
  expect(await timed(invoiceOf(1))).toBeGreaterThan(55)
  expect(await timed(invoiceOf(9))).toBeLessThan(55)
})
