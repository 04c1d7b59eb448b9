import { describe, expect, it } from 'vitest'
import { openSandbox } from './test-client.ts'

const basic = (login: string): string => `Basic ${Buffer.from(login).toString('base64')}`

describe('who may enter', () => {
  it.each([
    [{ 'x-api-key': 'sandbox-key' }, 200],
    [{ 'x-api-key': 'other' }, 401],
    [{}, 401],
    [{ authorization: basic('owner@example.be:sandbox-password') }, 200],
    [{ authorization: basic('owner@example.be:wrong') }, 401],
    [{ authorization: basic('owner@example.be:sandbox-password'), 'x-accountid': 'CB' }, 401],
  ])('%j gets %i', async (headers, status) => {
    const { call } = await openSandbox()
    const answer = await call('GET', '/accounts/current', undefined, {
      accept: 'application/json',
      ...(headers as Record<string, string>),
    })
    expect(answer.status).toBe(status)
    if (status === 401) expect(answer.json()).toEqual({ error: 'not authenticated' })
  })
  it('a key without the right gets 403, for that domain only', async () => {
    const { sandbox, call } = await openSandbox()
    sandbox.account.rights = ['clients']
    expect((await call('GET', '/clients')).status).toBe(200)
    const refused = await call('GET', '/layouts')
    expect(refused.status).toBe(403)
    expect(refused.json()).toEqual({ error: 'no access' })
  })
})

describe('formats', () => {
  it('answers XML unless JSON was asked for', async () => {
    const { call } = await openSandbox()
    const key = { 'x-api-key': 'sandbox-key' }
    const xml = await call('GET', '/clients/1', undefined, key)
    expect(xml.headers.get('content-type')).toMatch('application/xml')
    expect(xml.text).toMatch('<data><error>client_id unknown</error></data>')
    const json = await call('GET', '/clients?format=json', undefined, key)
    expect(json.json()).toEqual([])
  })
  it('takes XML and answers in it', async () => {
    const { call, sandbox } = await openSandbox()
    const headers = { 'x-api-key': 'sandbox-key', 'content-type': 'application/xml' }
    const client = '<client><name>Lien &amp; Co</name></client>'
    const made = await call('POST', '/clients', client, headers)
    const id = /<client_id>(\d+)</.exec(made.text)?.[1] ?? ''
    expect(made.status).toBe(201)
    const item = '<item><description>Mok</description><amount>10</amount></item>'
    const invoice = `<invoice><client_id>${id}</client_id><items>${item}${item}</items></invoice>`
    expect((await call('POST', '/invoices', invoice, headers)).status).toBe(201)
    expect(sandbox.ledger()).toMatchObject({
      clients: [{ name: 'Lien & Co' }],
      invoices: [{ totalCents: 2000 }],
    })
  })
  it('writes JSON as PHP does: slashes and accents escaped', async () => {
    const { call, client } = await openSandbox()
    const id = await client()
    const { text } = await call('GET', `/clients/${id}`)
    expect(text).toContain('https:\\/\\/eenvoudigfactureren.be')
    expect(text).toContain('"country":"Belgi\\u00eb"')
  })
  it('answers malformed JSON with 200 and the error inside', async () => {
    const { call, sandbox } = await openSandbox()
    const masked = await call('POST', '/clients', '{"name":')
    expect(masked.status).toBe(200)
    expect(masked.json()).toEqual({ code: 400, error: 'Syntax error' })
    sandbox.switches.maskedErrors = false
    expect((await call('POST', '/clients', '{"name":')).status).toBe(400)
  })
  it('lives with doubled slashes and a doubled prefix', async () => {
    const { call } = await openSandbox()
    expect((await call('GET', '//settings')).status).toBe(200)
    expect((await call('GET', '/api/v1/settings?fields=taxes')).status).toBe(200)
    expect((await call('GET', '/nothing')).status).toBe(404)
  })
})

describe('too many calls', () => {
  it.each([
    [429, /too many requests/],
    [403, /^<html>/],
  ] as const)('are blocked for a while with %i', async (status, body) => {
    let now = new Date('2026-03-02T09:56:00Z')
    const { call, sandbox } = await openSandbox({ now: () => now })
    sandbox.account.burst = { calls: 3, seconds: 10, blockSeconds: 60 }
    sandbox.switches.blockStatus = status
    for (let each = 0; each < 3; each += 1) await call('GET', '/layouts')
    const blocked = await call('GET', '/layouts')
    expect(blocked.status).toBe(status)
    expect(blocked.text).toMatch(body)
    now = new Date(now.getTime() + 61_000)
    expect((await call('GET', '/layouts')).status).toBe(200)
  })
  it('are not counted when limits are off', async () => {
    const { call, sandbox } = await openSandbox({ limits: 'off' })
    sandbox.account.burst = { calls: 1, seconds: 10, blockSeconds: 60 }
    await call('GET', '/layouts')
    expect((await call('GET', '/layouts')).status).toBe(200)
  })
})

describe('control', () => {
  it('shows the back office, the ledger, and goes back to the start', async () => {
    const { client, control, invoice, sandbox } = await openSandbox()
    await invoice(await client({ name: '<b>Lien</b>' }))
    expect((await control('GET', '/')).text).toMatch('&lt;b&gt;Lien')
    expect((await control('GET', '/ledger')).json()).toMatchObject({
      invoices: [{ origin: 'api' }],
    })
    sandbox.switches.largeAccount = true
    await control('POST', '/reset')
    expect(sandbox.ledger()).toMatchObject({ invoices: [], clients: [] })
    expect(sandbox.switches.largeAccount).toBe(false)
  })
  it('reads switches and account, and says in a line what is wrong with them', async () => {
    const { control } = await openSandbox()
    expect((await control('PUT', '/switches', { ids: 'numbers' })).status).toBe(200)
    expect((await control('PUT', '/account', { rights: ['clients'] })).status).toBe(200)
    for (const [path, body, message] of [
      ['/switches', { nothing: 1 }, /no switch nothing/],
      ['/switches', { ids: 'roman' }, /ids must be one of: text, numbers/],
      ['/switches', { priceDecimals: 7 }, /from 2 to 6/],
      ['/account', { rights: ['kitchen'] }, /rights must be like/],
    ] as const) {
      const answer = await control('PUT', path, body)
      expect(answer.status).toBe(400)
      expect(answer.text).toMatch(message)
    }
  })
  it('plants what a person would type, at any rate and for anybody', async () => {
    const { control, sandbox } = await openSandbox()
    const [id] = (await control('POST', '/clients', { email_address: 'a@b.be' })).json() as number[]
    const items = [{ description: 'Hand', amount: 10, tax_rate: 19 }]
    const body = { client_id: id, reference: 'Order 7', items }
    expect((await control('POST', '/invoices', body)).status).toBe(201)
    expect(sandbox.ledger().invoices).toMatchObject([
      { origin: 'hand', reference: 'Order 7', totalCents: 1190 },
    ])
  })
})
