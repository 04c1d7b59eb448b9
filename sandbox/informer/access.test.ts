import { describe, expect, test } from 'vitest'
import { exampleMoment, openSandbox } from './test-client.ts'

describe('the two keys', () => {
  test.each([{ Apikey: 'other' }, { Securitycode: 'other' }, { Apikey: '', Securitycode: '' }])(
    'must both be right: %j',
    async (headers) => {
      const { call, sandbox } = await openSandbox()
      const v1 = await call('GET', '/v1/administration/', undefined, headers)
      expect(v1.status).toBe(200)
      expect(v1.json()['error']).toMatch(/security code/i)
      const v2 = await call('GET', '/v2/administration', undefined, headers)
      expect(v2.status).toBe(401)
      expect(v2.json()).toMatchObject({ response_code: 401 })
      sandbox.switches.authFailure = 401
      expect((await call('GET', '/v1/vat/', undefined, headers)).status).toBe(401)
      expect(sandbox.ledger().requests.unauthorized).toBe(3)
    },
  )
  test('open the administration, with or without a slash at the end', async () => {
    const { call } = await openSandbox()
    for (const path of ['/v1/administration/', '/v1/administration']) {
      expect((await call('GET', path)).json()).toMatchObject({
        administration: { company_name: 'Mokkenhuis', trade_module: 'disabled' },
      })
    }
    expect((await call('GET', '/v2/administration')).json()).toMatchObject({
      company_name: 'Mokkenhuis',
      modules: { trade: false },
    })
  })
  test('of v1 may not open v2', async () => {
    const { call } = await openSandbox({ switches: { v2SameKey: false } })
    expect((await call('GET', '/v2/vat')).status).toBe(401)
    expect((await call('GET', '/v1/vat/')).json()).toHaveProperty('vat')
  })
})

describe('the limits', () => {
  const start = async (change: { limitPerMinute?: number; limitPerDay?: number }) => {
    let now = exampleMoment
    const client = await openSandbox({ now: () => now })
    Object.assign(client.sandbox.account, change)
    return {
      ...client,
      pass: (ms: number) => (now = new Date(now.getTime() + ms)),
      ask: () => client.call('GET', '/v1/administration/'),
    }
  }

  test('are told with every answer', async () => {
    const { ask } = await start({})
    await ask()
    const { headers } = await ask()
    const names = [
      'ratelimit-limit',
      'ratelimit-remaining',
      'dailylimit-limit',
      'dailylimit-remaining',
    ]
    expect(names.map((name) => headers.get(`x-${name}`))).toEqual(['60', '58', '5000', '4998'])
  })
  test('of a minute slide', async () => {
    const { ask, pass, sandbox } = await start({ limitPerMinute: 2 })
    await ask()
    pass(30_000)
    await ask()
    const limited = await ask()
    expect([limited.status, limited.json()]).toEqual([429, { error: ['Too many requests'] }])
    expect(limited.headers.get('retry-after')).toBeNull()
    pass(30_000)
    expect((await ask()).status).toBe(200)
    expect((await ask()).status).toBe(429)
    sandbox.switches.limitAnswer = 200
    sandbox.switches.retryAfter = true
    const told = await ask()
    expect([told.status, told.headers.get('retry-after')]).toEqual([200, '30'])
    expect(sandbox.ledger().requests.limited).toBe(3)
  })
  test('of a day last a day', async () => {
    const { ask, pass } = await start({ limitPerDay: 1 })
    await ask()
    pass(3_600_000)
    const limited = await ask()
    expect([limited.status, limited.headers.get('x-dailylimit-remaining')]).toEqual([429, '0'])
    pass(23 * 3_600_000)
    expect((await ask()).status).toBe(200)
  })
  test('are off, and not told, for an old key', async () => {
    const { call } = await openSandbox({ limits: 'off' })
    const { headers } = await call('GET', '/v1/vat/')
    expect(headers.get('x-ratelimit-limit')).toBeNull()
  })
})

describe('lists for a configuration screen', () => {
  test.each([
    ['vat', 'vat', '81011', { percentage: '21.00', invoice_type: '2' }],
    ['ledgers', 'ledgers', '90030', { blocked: '1', type: '1' }],
    ['templates', 'templates', '51003', { type: 'quotation', default: '1' }],
    ['payment-conditions', 'payment_conditions', '66001', { days: '14', default: '1' }],
    ['currencies', 'currencies', '70002', { currency: 'GBP' }],
    ['costs', 'costs', '61001', { description: 'Webwinkel' }],
    ['products', 'products', '10024', { product_code_sales: 'MOK-1' }],
  ])('%s', async (path, key, id, item) => {
    const { call } = await openSandbox()
    const body = (await call('GET', `/v1/${path}/`)).json()
    expect(body[key]).toMatchObject({ [id]: item })
    const v2 = JSON.parse((await call('GET', `/v2/${path}`)).text) as { id: number }[]
    expect(v2.map((each) => String(each.id))).toContain(id)
  })
  test('numbers may be numbers, and the payment conditions under another key', async () => {
    const { call } = await openSandbox({
      switches: { numbers: 'numbers', paymentConditionsKey: 'paymentconditions' },
    })
    const body = (await call('GET', '/v1/payment-conditions/')).json()
    expect(body).toMatchObject({ paymentconditions: { 66001: { days: 14, default: 1 } } })
  })
  test('an unknown path is told in a list, with 200 or by switch with 400', async () => {
    const { call, sandbox } = await openSandbox()
    const answer = await call('GET', '/v1/purchases/')
    expect([answer.status, answer.json()]).toEqual([
      200,
      { error: ['Request not found: purchases'] },
    ])
    sandbox.switches.errorsAs200 = false
    expect((await call('GET', '/v1/purchases/')).status).toBe(400)
    expect((await call('GET', '/v2/purchases')).json()).toEqual({
      error: ['Resource niet gevonden.'],
      response_code: 404,
    })
  })
})

describe('the control routes', () => {
  test('change switches and the account, and a reset puts them back', async () => {
    const { control, sandbox } = await openSandbox()
    await control('PUT', '/switches', { fieldNames: 'vat', maxRecords: 7 })
    await control('PUT', '/account', { apiKey: 'new', limitPerMinute: 3 })
    expect([sandbox.switches.maxRecords, sandbox.account.apiKey]).toEqual([7, 'new'])
    await control('POST', '/reset')
    expect([sandbox.switches.maxRecords, sandbox.account.apiKey]).toEqual([500, 'sandbox-key'])
  })
  test.each([
    ['/switches', { nothing: 1 }, /^no switch nothing/],
    ['/switches', { fieldNames: 'x' }, 'fieldNames must be one of: tax, vat'],
    ['/switches', { maxRecords: 0 }, 'maxRecords must be a whole number from 1'],
    ['/account', { vat: [] }, /^no setting vat/],
    ['/account', { apiKey: 1 }, 'apiKey must be a string'],
  ])('refuse %s %j in one line', async (path, body, text) => {
    const { control } = await openSandbox()
    const answer = await control('PUT', path, body)
    expect(answer.status).toBe(400)
    expect(answer.text).toMatch(text)
  })
  test('show a back office', async () => {
    const { control } = await openSandbox()
    const { text } = await control('GET', '/')
    expect(text).toContain('Mokkenhuis')
    expect(text).toContain('130 relations')
  })
})
