import { describe, expect, it } from 'vitest'
import { basic, exampleMoment, openSandbox } from './test-client.ts'

describe('credentials', () => {
  it.each([
    ['a wrong key', basic('sandbox', 'wrong')],
    ['a wrong user', basic('someone', 'sandbox-key')],
    ['another scheme', 'Bearer sandbox-key'],
    ['nothing', ''],
  ])('answers 401 to %s', async (_, authorization) => {
    const { call, sandbox } = await openSandbox()
    const answer = await call('GET', '/profiles', undefined, { authorization })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('x-ratelimit-remaining')).toBe('1000')
    expect(sandbox.ledger().requests).toMatchObject({ total: 1, unauthorized: 1 })
  })

  it('lets a key in no more once it is inactive', async () => {
    const { call, control } = await openSandbox()
    expect((await call('GET', '/profiles')).status).toBe(200)
    await control('PUT', '/account', { keyActive: false })
    expect((await call('GET', '/profiles')).status).toBe(401)
  })

  it('may be others than the standard ones', async () => {
    const { call } = await openSandbox({ account: { user: 'jan', apiKey: 'p:w' } })
    const headers = { authorization: basic('jan', 'p:w') }
    expect((await call('GET', '/profiles', undefined, headers)).status).toBe(200)
  })
})

describe('the rate limit', () => {
  it('counts down on every answer and ends in 403', async () => {
    const { call, sandbox } = await openSandbox({ account: { limitPerHour: 3 } })
    const answers = [
      await call('GET', '/profiles'),
      await call('GET', '/invoices/1'),
      await call('POST', '/invoices', {}),
      await call('GET', '/profiles'),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 400, 403])
    const remaining = answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))
    expect(remaining).toEqual(['2', '1', '0', '0'])
    expect(sandbox.ledger().requests.limited).toBe(1)
  })

  it('starts afresh at the next hour', async () => {
    let now = exampleMoment
    const { call } = await openSandbox({ account: { limitPerHour: 1 }, now: () => now })
    await call('GET', '/profiles')
    expect((await call('GET', '/profiles')).status).toBe(403)
    now = new Date('2026-03-02T10:00:00Z')
    expect((await call('GET', '/profiles')).status).toBe(200)
  })

  it('can be off, with the header still there', async () => {
    const { call } = await openSandbox({ account: { limitPerHour: 1 }, limits: 'off' })
    await call('GET', '/profiles')
    const answer = await call('GET', '/profiles')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-ratelimit-remaining')).toMatch(/^\d+$/)
  })

  it('is what the fault of that name plays', async () => {
    const { call, sandbox } = await openSandbox()
    sandbox.faults.add({ fault: 'rate-limit' })
    const answer = await call('GET', '/profiles')
    expect(answer.status).toBe(403)
    expect(answer.headers.get('x-ratelimit-remaining')).toBe('0')
  })
})

describe('the format', () => {
  it('is JSON only for who asks for it', async () => {
    const { call, sandbox } = await openSandbox()
    const xml = await call('GET', '/profiles', undefined, { accept: '*/*' })
    expect(xml.headers.get('content-type')).toMatch('application/xml')
    expect(xml.json).toThrow(SyntaxError)
    expect(xml.text).toMatch('<name>Standaard</name>')
    sandbox.switches.xmlWithoutAccept = false
    expect((await call('GET', '/profiles', undefined, { accept: '*/*' })).json()).toHaveLength(1)
  })

  it('of an error is plain text', async () => {
    const { call } = await openSandbox()
    const answer = await call('POST', '/invoices', '{"clientnr":')
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toMatch('text/plain')
    expect(answer.text).toBe('the body is not valid JSON')
  })
})

describe('paths', () => {
  it.each([
    ['GET', '/nothing'],
    ['GET', '/clients/email/pete@acme.com'],
    ['GET', ''],
  ])('%s %s is not there', async (method, path) => {
    const { call } = await openSandbox()
    expect((await call(method, path)).status).toBe(404)
  })

  it('may end in a slash', async () => {
    const { get } = await openSandbox()
    expect(await get('/invoices/')).toEqual([])
  })

  it('refuses a path that is not well encoded', async () => {
    const { call } = await openSandbox()
    expect((await call('GET', '/search/clients/email/%E0%A4%A')).status).toBe(400)
  })

  it('has no update of an invoice', async () => {
    const { call } = await openSandbox()
    expect((await call('PUT', '/invoices/1', {})).status).toBe(405)
  })
})
