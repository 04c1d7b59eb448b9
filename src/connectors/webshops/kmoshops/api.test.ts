import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Trouble } from '../../../problems/reason.ts'
import { createApi } from './api.ts'
import {
  lastPage,
  scriptedShop,
  vectorCredentials,
  type Call,
  type ScriptedAnswer,
} from './fixtures/scripted-shop.ts'

const anything = z.looseObject({})

const api = (
  script: (call: Call, count: number) => ScriptedAnswer,
  responseSignature: 'require' | 'warn' = 'require',
) => {
  const { session, calls } = scriptedShop(script)
  return { shop: createApi({ ...session, responseSignature }), calls }
}

const troubleOf = async (act: Promise<unknown>) => {
  try {
    await act
  } catch (error) {
    if (error instanceof Trouble) return error
    throw error
  }
  throw new Error('no trouble came')
}

const error = (status: number, code: string): ScriptedAnswer => ({
  status,
  body: { status, code, developermessage: 'x' },
  signature: 'missing',
})

describe('request signatures (contract §4, vectors)', () => {
  const headersOf = (calls: readonly Call[]) => calls[0]?.headers

  it('signs a GET over path and query', async () => {
    const { shop, calls } = api(() => lastPage([]))
    for await (const _ of shop.pages('orders', anything, { is_paid: 'true' }));
    expect(calls[0]?.target).toBe('/api/rest/v1/orders/?is_paid=true&start=0&size=100')
    expect(headersOf(calls)).toMatchObject({
      'x-public': '9fQ2mXc7Lr0ZtB4vWk8Y',
      'x-date': '2026-03-02T09:15:00+00:00',
      'x-hash':
        '4bb87d01cfbbaded316688f34f2fbb87bfbc258e80b5449bc9830e58e61d96cafc24b74d27b5e5eea6ae7850a3ffb6028a724eeb88f4bd2de5d7f1a9c67ee688',
    })
  })

  it('signs a POST over the exact bytes of its body', async () => {
    const { shop, calls } = api(() => ({ status: 201, body: { id: 812 } }))
    const address = 'https://koppel.example.test/kmo/hook/c-1001'
    await shop.create('webhooks', { event: 'orders.created', address, is_active: true }, anything)
    expect(calls[0]?.body).toBe(
      '{"event":"orders.created","address":"https://koppel.example.test/kmo/hook/c-1001","is_active":true}',
    )
    expect(headersOf(calls)?.['x-hash']).toBe(
      '73b144a20a494a7a4cffcd92cf89c16d83c09db46132a1a314a817743adcffc0dc949ab6bb148c033b45438cb214c34b0a13966267b805cf9f7919a378403fc2',
    )
  })

  it('signs a PATCH', async () => {
    const { shop, calls } = api(() => ({ status: 204 }))
    await shop.change('apps/77', { is_installed: true })
    expect(headersOf(calls)?.['x-hash']).toBe(
      'ea4e35da30a6aec65c712178b9f609d8d78f7a749999a2539d9b0e864589f79263e09ac79943bfbb52ce5f6469403477c931e5ef924f20e7e3114ea46be9e755',
    )
  })
})

describe('response signatures', () => {
  it.each(['missing', 'wrong', 'short'] as const)('refuses one that is %s', async (signature) => {
    const { shop } = api(() => ({ body: {}, signature }))
    const trouble = await troubleOf(shop.get('status', anything))
    expect(trouble).toMatchObject({
      cure: 'reconnect',
      reason: { code: 'RESPONSE_SIGNATURE_WRONG' },
    })
  })

  it('wants one under an empty 204 too', async () => {
    const { shop } = api(() => ({ status: 204, signature: 'missing' }))
    const trouble = await troubleOf(shop.change('apps/77', {}))
    expect(trouble.reason.code).toBe('RESPONSE_SIGNATURE_WRONG')
  })

  it('counts the wrong ones when told only to report', async () => {
    const { shop } = api(() => ({ body: {}, signature: 'missing' }), 'warn')
    await shop.get('status', anything)
    expect(shop.countUnverified()).toBe(1)
  })

  it('tells a page of a firewall and a cut-off answer from a forged one', async () => {
    const { shop: page } = api(() => ({ body: '<!doctype html><p>wait', signature: 'missing' }))
    expect(await troubleOf(page.get('status', anything))).toMatchObject({
      cure: 'later',
      reason: { code: 'REMOTE_HTML' },
    })
    const { shop: cut } = api(() => ({ body: '{"a":', signature: 'wrong' }))
    expect(await troubleOf(cut.get('status', anything))).toMatchObject({
      cure: 'later',
      reason: { code: 'REMOTE_NOT_JSON' },
    })
  })
})

describe('errors (contract §5)', () => {
  it.each([
    ['429.10', 429, 'later', 'RATE_LIMITED', 60_000],
    ['429.11', 429, 'later', 'RATE_LIMITED', 60_000],
    ['401.10', 401, 'reconnect', 'CREDENTIALS_REFUSED', undefined],
    ['401.30', 401, 'reconnect', 'CREDENTIALS_REFUSED', undefined],
    ['403.10', 403, 'reconnect', 'RIGHT_MISSING', undefined],
    ['500.90', 500, 'reconnect', 'RIGHT_MISSING', undefined],
    ['500.20', 500, 'never', 'REMOTE_REFUSES', undefined],
    ['500.40', 500, 'never', 'REMOTE_REFUSES', undefined],
    ['501.20', 501, 'never', 'REMOTE_REFUSES', undefined],
    ['405.10', 405, 'never', 'REMOTE_REFUSES', undefined],
    ['404.20', 404, 'never', 'REMOTE_REFUSES', undefined],
    ['500.77', 500, 'later', 'REMOTE_TROUBLE', undefined],
    ['503.10', 503, 'later', 'REMOTE_TROUBLE', undefined],
  ] as const)('%s with status %i: %s, %s', async (code, status, cure, expected, retryAfterMs) => {
    const { shop } = api(() => error(status, code))
    const trouble = await troubleOf(shop.get('orders/1', anything))
    expect(trouble).toMatchObject({ cure, reason: { code: expected } })
    expect(trouble.retryAfterMs).toBe(retryAfterMs)
  })

  it.each([
    [500, 'later', 'REMOTE_TROUBLE'],
    [502, 'later', 'REMOTE_TROUBLE'],
    [504, 'later', 'REMOTE_TROUBLE'],
    [429, 'later', 'RATE_LIMITED'],
    [401, 'reconnect', 'CREDENTIALS_REFUSED'],
    [403, 'reconnect', 'RIGHT_MISSING'],
    [302, 'reconnect', 'REMOTE_REDIRECTS'],
    [400, 'never', 'REMOTE_REFUSES'],
  ])('a status %i without readable code: %s, %s', async (status, cure, code) => {
    const { shop } = api(() => ({ status, body: '<h1>Oops', signature: 'missing' }))
    expect(await troubleOf(shop.get('orders/1', anything))).toMatchObject({
      cure,
      reason: { code },
    })
  })

  it('knows that only the API itself can say that a thing does not exist', async () => {
    expect(await api(() => error(404, '404.10')).shop.find('orders/1')).toBeNull()
    const unknownResource = api(() => error(404, '404.20')).shop.find('orders/1')
    expect(await troubleOf(unknownResource)).toMatchObject({ cure: 'never' })
    const pages = [
      ['<html>not found', 'REMOTE_HTML'],
      ['not found', 'REMOTE_NOT_JSON'],
      ['{"error":"x"}', 'REMOTE_TROUBLE'],
    ]
    for (const [body, code] of pages) {
      const find = api(() => ({ status: 404, body, signature: 'missing' })).shop.find('orders/1')
      expect(await troubleOf(find)).toMatchObject({ cure: 'later', reason: { code } })
    }
  })

  it('removes what is gone already', async () => {
    await expect(api(() => error(404, '404.10')).shop.remove('webhooks/1')).resolves.toBeUndefined()
  })
})

describe('paging (contract §6.1)', () => {
  const page = (next: unknown, id: number) => ({ body: { next, items: [{ id }] } })

  it('follows the absolute link on the shop itself, never to its host', async () => {
    const { shop, calls } = api((_, count) =>
      count === 1
        ? page('https://evil.example/api/rest/v1/orders/?start=100&size=100', 1)
        : page(null, 2),
    )
    expect(await shop.all('orders', anything)).toHaveLength(2)
    expect(calls.map(({ host }) => host)).toEqual([
      'demo-kmo.example.test',
      'demo-kmo.example.test',
    ])
    expect(calls[1]?.target).toBe('/api/rest/v1/orders/?start=100&size=100')
  })

  it.each(['//evil.example/x', 'https://evil.example/', 'javascript:alert(1)', '/admin/?x'])(
    'refuses a link outside the API: %s',
    async (next) => {
      const { shop, calls } = api(() => page(next, 1))
      expect(await troubleOf(shop.all('orders', anything))).toMatchObject({
        reason: { code: 'REMOTE_SHAPE', params: { field: 'next' } },
      })
      expect(calls).toHaveLength(1)
    },
  )

  it('stops at a bound when links never end', async () => {
    const { shop, calls } = api(() => page('/api/rest/v1/orders/?start=0&size=100', 1))
    const trouble = await troubleOf(shop.all('orders', anything))
    expect(trouble.reason).toMatchObject({ code: 'REMOTE_SHAPE', params: { field: 'next' } })
    expect(calls).toHaveLength(2_000)
  })

  it('never takes a page that does not say what comes next for the last one', async () => {
    const { shop } = api(() => page(undefined, 1))
    expect(await troubleOf(shop.all('orders', anything))).toMatchObject({
      reason: { code: 'REMOTE_SHAPE', params: { field: 'next' } },
    })
  })
})

describe('the address of the shop', () => {
  it.each([
    ['https://shop.example/', 'https://shop.example'],
    ['https://shop.example/admin?x=1#y', 'https://shop.example'],
    ['https://user:pass@shop.example:8443', 'https://shop.example:8443'],
  ])('%s is %s', (apiRoot, root) => {
    const { session } = scriptedShop(() => ({}))
    const credentials = { ...vectorCredentials, apiRoot }
    expect(createApi({ ...session, credentials, responseSignature: 'require' }).root).toBe(root)
  })

  it('is told when it is none', () => {
    const { session } = scriptedShop(() => ({}))
    const credentials = { ...vectorCredentials, apiRoot: 'shop.example' }
    expect(() => createApi({ ...session, credentials, responseSignature: 'require' })).toThrow(
      Trouble,
    )
  })
})
