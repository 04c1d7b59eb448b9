import { describe, expect, test } from 'vitest'
import { exampleMoment, free, openSandbox, paid } from './test-client.ts'

describe('rights', () => {
  test('companies come with what may be done in them', async () => {
    const { call } = await openSandbox()
    const { companies } = (await call('GET', '/companies')).json() as {
      companies: { id: number; access_control: { api_accessible: boolean } }[]
    }
    const open = companies.map(({ id, access_control }) => [id, access_control.api_accessible])
    expect(open).toEqual([
      [418223903, true],
      [free, false],
      [paid, true],
    ])
  })
  test('the free plan is listed and shut', async () => {
    const { call } = await openSandbox()
    const answer = await call('GET', `/companies/${free}/contacts`)
    expect([answer.status, answer.errorType()]).toEqual([403, 'client.authorization.access_denied'])
  })
  test('a right must be in the token and in the company', async () => {
    const { call, sandbox } = await openSandbox()
    const there = await call('GET', '/companies/418223903/products')
    expect([there.status, there.errorType()]).toEqual([403, 'client.authorization.invalid_scope'])
    sandbox.account.personalScopes = ['public']
    expect((await call('GET', `/companies/${paid}/products`)).status).toBe(403)
    expect((await call('GET', `/companies/${paid}/vat_types`)).status).toBe(200)
    expect((await call('GET', '/me')).status).toBe(403)
  })
  test.each(['', 'Bearer nobody', 'Basic sandbox-token'])(
    'nobody enters with %j',
    async (given) => {
      const { call } = await openSandbox()
      const answer = await call('GET', '/companies', undefined, { authorization: given })
      expect([answer.status, answer.errorType()]).toEqual([
        401,
        'client.authentication.invalid_token',
      ])
    },
  )
  test.each([
    '/companies/1/contacts',
    `/companies/${paid}/contacts/1`,
    `/companies/${paid}/nothing`,
  ])('there is no %s', async (path) => {
    const { call } = await openSandbox()
    const answer = await call('GET', path)
    expect(answer.status).toBe(404)
    expect(answer.errorType()).toMatch(/^client\.not_found\./)
  })
})

describe('the limit', () => {
  test('is a number of calls a minute, and says how long to wait', async () => {
    let now = exampleMoment
    const { call, sandbox } = await openSandbox({ now: () => now })
    sandbox.account.limitPerMinute = 2
    await call('GET', '/companies')
    await call('GET', '/companies')
    now = new Date(now.getTime() + 20_000)
    const limited = await call('GET', '/companies')
    expect([limited.status, limited.errorType()]).toEqual([429, 'client.rate_limit'])
    expect(limited.headers.get('retry-after')).toBe('40')
    now = new Date(now.getTime() + 40_000)
    expect((await call('GET', '/companies')).status).toBe(200)
  })
})

describe('lists', () => {
  test('have forty on a page, at most a hundred, and say how many there are', async () => {
    const { inBooks } = await openSandbox()
    const page = async (query: string) => {
      const answer = await inBooks('GET', `/accounts?selection=revenue${query}`)
      const { accounts } = answer.json() as { accounts: unknown[] }
      const headers = ['x-page', 'x-per-page', 'x-total'].map((name) => answer.headers.get(name))
      return [accounts.length, ...headers]
    }
    expect(await page('')).toEqual([40, '1', '40', '48'])
    expect(await page('&page=2')).toEqual([8, '2', '40', '48'])
    expect(await page('&per_page=500')).toEqual([48, '1', '100', '48'])
    expect((await inBooks('GET', '/accounts?page=0')).status).toBe(400)
  })
  test('have the newest first, or the oldest', async () => {
    const { inBooks, sandbox } = await openSandbox()
    const first = async () => {
      const body = (await inBooks('GET', '/templates')).json()
      return (body as { templates: { name: string }[] }).templates[0]?.name
    }
    expect(await first()).toBe('Webwinkel')
    sandbox.switches.order = 'oldest'
    expect(await first()).toBe('Standaard')
  })
  test('of accounts may refuse to be paged', async () => {
    const { inBooks } = await openSandbox({ switches: { accountsPaging: 'refuse' } })
    expect((await inBooks('GET', '/accounts?selection=revenue&page=1')).status).toBe(400)
    expect((await inBooks('GET', '/accounts?selection=revenue')).status).toBe(200)
  })
  test('of accounts hold HTML entities, and VAT types texts', async () => {
    const { inBooks } = await openSandbox()
    expect((await inBooks('GET', '/accounts?selection=costs')).text).toContain('&amp;')
    const { vat_types } = (await inBooks('GET', '/vat_types')).json() as {
      vat_types: { name: string; value: string }[]
    }
    expect(vat_types.find(({ name }) => name === 'vat_high')?.value).toBe('0.21')
    expect(vat_types.find(({ name }) => name === 'vat_zero')?.value).toBe('0.0')
  })
})
