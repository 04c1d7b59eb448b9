import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { type Ledger } from './index.ts'
import { defaultSwitches } from './switches.ts'
import { exampleMoment, invoiceOf, openSandbox } from './test-client.ts'

describe('the ledger', () => {
  it('is typed natively over HTTP too', async () => {
    const { post, control } = await openSandbox()
    await post('/clients', { contact: 'Jo', tax_shifted: 'false', top: '8' })
    await post('/invoices', invoiceOf(1, { sendmethod: 'email' }))
    const ledger = (await control('GET', '/ledger')).json() as Ledger
    expect(ledger.clients).toMatchObject([
      { clientnr: 1, tax_shifted: false, top: 8, country: 146, origin: 'api' },
    ])
    // A client without an e-mail address cannot be mailed.
    expect(ledger.invoices).toMatchObject([
      { clientnr: 1, totalCents: 1210, mailed: false, createdAt: exampleMoment.toISOString() },
    ])
    expect(ledger.requests).toEqual({
      total: 2,
      unauthorized: 0,
      limited: 0,
      byCall: { 'POST /clients': 1, 'POST /invoices': 1 },
    })
  })

  it('tells a lost answer from nothing done', async () => {
    const { post, sandbox } = await openSandbox()
    await post('/clients', { contact: 'Jo' })
    sandbox.faults.add({ match: { method: 'POST', path: '/invoices$' }, fault: 'reset-after' })
    await expect(post('/invoices', invoiceOf(1))).rejects.toThrow()
    sandbox.faults.add({ match: { method: 'POST', path: '/invoices$' }, fault: 'reset-before' })
    await expect(post('/invoices', invoiceOf(1))).rejects.toThrow()
    expect(sandbox.ledger().invoices).toHaveLength(1)
  })
})

describe('planting', () => {
  it('puts clients in that the API would refuse', async () => {
    const { control, get } = await openSandbox()
    const planted = await control('POST', '/clients', [
      { clientnr: 50, zipcode: '12345-6789', email: 'a@b.nl', active: false },
      { email: 'a@b.nl', country: 'Atlantis' },
    ])
    expect([planted.status, planted.json()]).toEqual([201, [50, 51]])
    expect(await get('/clients/50')).toMatchObject({
      client: { zipcode: '12345-6789', active: 'false' },
    })
    expect(await get('/search/clients/email/a@b.nl')).toHaveLength(2)
  })

  it('changes a client that is there, as a person would', async () => {
    const { control, get } = await openSandbox()
    await control('POST', '/clients', { contact: 'Jo', stddiscount: 5 })
    await control('POST', '/clients', { clientnr: 1, tax_shifted: true })
    expect(await get('/clients/1')).toMatchObject({
      client: { contact: 'Jo', stddiscount: '5', tax_shifted: 'true' },
    })
  })

  it('puts in invoices of any kind, mailing nobody', async () => {
    const { control, sandbox, get } = await openSandbox()
    const planted = await control('POST', '/invoices', [
      {
        reference: { line1: '100200' },
        date: '2025-12-31',
        sendmethod: 'email',
        lines: [{ price: 10, tax_rate: 17 }],
      },
      {},
    ])
    expect(planted.json()).toEqual(['20260001', '20260002'])
    expect(sandbox.ledger().invoices).toMatchObject([
      { origin: 'hand', mailed: false, date: '2025-12-31', totalCents: 1170 },
      { origin: 'hand', totalCents: 0, clientnr: 0 },
    ])
    expect(await get('/invoices?since=2025-12-31&until=2025-12-31')).toHaveLength(1)
  })

  it('says what is wrong', async () => {
    const { control } = await openSandbox()
    expect(await control('POST', '/clients', 'x')).toMatchObject({
      status: 400,
      text: 'the body is not JSON',
    })
    expect((await control('POST', '/invoices', [1])).status).toBe(400)
  })
})

describe('switches and account', () => {
  it('can be read and changed', async () => {
    const { control, sandbox } = await openSandbox()
    const changed = await control('PUT', '/switches', { vatRounding: 'line', paging: 'offset' })
    expect(changed.json()).toMatchObject({ vatRounding: 'line', paging: 'offset' })
    expect(sandbox.switches.vatRounding).toBe('line')
    await control('PUT', '/account', { taxes: [] })
    expect((await control('GET', '/account')).json()).toMatchObject({ taxes: [] })
  })

  it.each([
    ['/switches', { colour: 'red' }, 'no switch colour'],
    ['/switches', { vatRounding: 'never' }, 'vatRounding must be one of: rate, line'],
    ['/switches', { delayAfterCommitMs: -1 }, 'delayAfterCommitMs must be a number'],
    ['/switches', [], 'send an object of switches'],
    ['/account', { colour: 'red' }, 'no setting colour'],
    ['/account', { taxes: {} }, 'taxes must be a list'],
  ])('refuse %s %j', async (path, body, message) => {
    const { control } = await openSandbox()
    const answer = await control('PUT', path, body)
    expect(answer.status).toBe(400)
    expect(answer.text).toMatch(message)
  })

  it('work at once', async () => {
    const { post, control } = await openSandbox()
    await post('/clients', {})
    await control('PUT', '/account', { taxes: [] })
    expect((await post('/invoices', invoiceOf(1))).text).toBe('tax_rate 21 is not available')
  })
})

it('has every switch and its default in the README', async () => {
  const readme = await readFile(new URL('README.md', import.meta.url), 'utf8')
  for (const [name, value] of Object.entries(defaultSwitches)) {
    expect(readme).toMatch(new RegExp(`\\| \`${name}\` +\\| \`${value}\` +\\|`))
  }
})

it('resets to how it started', async () => {
  const { post, control, sandbox } = await openSandbox({
    account: { limitPerHour: 5 },
    switches: { paging: 'start' },
  })
  await post('/clients', { contact: 'Jo' })
  await post('/invoices', invoiceOf(1))
  sandbox.switches.paging = 'both'
  sandbox.account.apiKey = 'other'
  await control('POST', '/reset')
  expect(sandbox.ledger()).toMatchObject({ clients: [], invoices: [], requests: { total: 0 } })
  expect(sandbox.switches.paging).toBe('start')
  const created = await post('/clients', { contact: 'Jo' })
  expect(created.text).toBe('1')
  expect(created.headers.get('x-ratelimit-remaining')).toBe('4')
})

it('has a back office to look at', async () => {
  const { post, control } = await openSandbox()
  await post('/clients', { company: '<Acme>' })
  await post('/invoices', invoiceOf(1, { reference: { line1: '100200' } }))
  const { text } = await control('GET', '/')
  expect(text).toMatch('100200')
  expect(text).toMatch('&lt;Acme&gt;')
  expect(text).not.toMatch('<Acme>')
})
