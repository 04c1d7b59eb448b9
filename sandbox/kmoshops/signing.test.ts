import { describe, expect, test } from 'vitest'
import { eventBody, signedHeaders } from './deliveries.ts'
import { installLink } from './install-link.ts'
import { settle } from './order.ts'
import { createRowNumbers } from './order-rows.ts'
import { presets } from './presets.ts'
import { readMoment, sameHash, sign, signMessage } from './signing.ts'
import { defaultSwitches } from './switches.ts'
import { createWorld } from './world.ts'

const appSecret = 'k3Jq8ZtW1nVb5LxR0cYd7Gh2Ms9Pf4Ea'
const key = {
  apiPublic: '9fQ2mXc7Lr0ZtB4vWk8Y',
  apiSecret: 'S3cr3tS3cr3tS3cr3tS3cr3tS3cr3t00',
}
const date = '2026-03-02T09:15:00+00:00'

function world() {
  const now = () => new Date('2026-03-02T09:20:00Z')
  const made = createWorld({ now, seed: 1, switches: defaultSwitches })
  made.root = 'https://demo-kmo.example.test'
  return made
}

describe('vectors of section 3.4', () => {
  test('handshake', () => {
    const url = 'https://koppel.example.test/kmo/handshake'
    const body =
      '{"api_public":"9fQ2mXc7Lr0ZtB4vWk8Y","api_secret":"S3cr3tS3cr3tS3cr3tS3cr3tS3cr3t00","api_root":"https://demo-kmo.example.test","return_url":"https://demo-kmo.example.test/onderhoud/apps?done=1"}'
    expect(sign(appSecret, url, body)).toBe(
      'ca5e6fdc5df59e13b2e76c058f6b0641b4102fa5f4d548b090d6da028c5cbfb99e11346f9c1c9ecf9a0e95b4d188a1180722f93d601519ec4294e0d80c2e7cc9',
    )
  })

  test('install link', () => {
    const installUrl = 'https://koppel.example.test/kmo/install'
    const link = installLink(world(), appSecret, {
      installUrl,
      apiPublic: key.apiPublic,
      language: 'nl',
      signature: 'signed',
    })
    expect(new URL(link).searchParams.get('x-hash')).toBe(
      'ad04bfaab88ab4c419c52b2e48c9cda59e72dbed4ac76f6f99fd28578527fe788d06d8336838cc1a1e0c422030ae390b78cf500abd5e32b71d61f78053fe54b2',
    )
  })

  test('uninstall', () => {
    const url = 'https://koppel.example.test/kmo/uninstall'
    expect(sign(appSecret, url, '{"api_public":"9fQ2mXc7Lr0ZtB4vWk8Y"}')).toBe(
      '0e21d30be70a51c1d9eeda90015aa2bf4071db2f0bad0917ec7da6567719660930f61e3b24c5c4ac2068a3dc5f982a4994d172af02039be803ff31e97789a480',
    )
  })
})

describe('vectors of section 4', () => {
  test.each([
    {
      method: 'GET',
      pathWithQuery: '/api/rest/v1/orders/?is_paid=true&start=0&size=100',
      body: '',
      hash: '4bb87d01cfbbaded316688f34f2fbb87bfbc258e80b5449bc9830e58e61d96cafc24b74d27b5e5eea6ae7850a3ffb6028a724eeb88f4bd2de5d7f1a9c67ee688',
    },
    {
      method: 'POST',
      pathWithQuery: '/api/rest/v1/webhooks',
      body: '{"event":"orders.created","address":"https://koppel.example.test/kmo/hook/c-1001","is_active":true}',
      hash: '73b144a20a494a7a4cffcd92cf89c16d83c09db46132a1a314a817743adcffc0dc949ab6bb148c033b45438cb214c34b0a13966267b805cf9f7919a378403fc2',
    },
    {
      method: 'PATCH',
      pathWithQuery: '/api/rest/v1/apps/77',
      body: '{"is_installed":true}',
      hash: 'ea4e35da30a6aec65c712178b9f609d8d78f7a749999a2539d9b0e864589f79263e09ac79943bfbb52ce5f6469403477c931e5ef924f20e7e3114ea46be9e755',
    },
  ])('$method $pathWithQuery', ({ method, pathWithQuery, body, hash }) => {
    expect(signMessage(key, { method, pathWithQuery, body, date })).toBe(hash)
  })
})

test('vector of section 7: the status body, to the byte, and its signature', () => {
  const shop = world()
  const { spec, ...settled } = settle(shop, createRowNumbers(), {
    id: 500123,
    spec: presets['coupon'] ?? { lines: [] },
  })
  const order = {
    id: 500123,
    number: 1042,
    status: 2,
    paid: true,
    completed: true,
    createdAtMs: 0,
    invoiceNumber: null,
    trackAndTrace: null,
    spec,
    ...settled,
  }
  const body = eventBody(shop, {
    name: 'orders.updated.status',
    order,
    details: { previous_status: 4, status: 2 },
    mode: 'send',
  })
  expect(body).toBe(
    '{"triggered_at":"2026-03-02T09:20:00Z","href":"https://demo-kmo.example.test/api/rest/v1/orders/500123","id":500123,"order_number":1042,"ordernumber_prefix":"W","ordernumber_full":"W-1042","total_price":177.96,"previous_status":4,"status":2,"customer_email":"jan@bakkerij.example","customer_mobile":""}',
  )
  expect(Buffer.byteLength(body)).toBe(302)
  const address = 'https://koppel.example.test/kmo/hook/c-1001'
  expect(signedHeaders(shop, { key: 'whk-5b1f0c7e', address }, body)['x-hash']).toBe(
    '55d1a2151c818b822e04a8cd58bf82d6b084e2aa0e646a12b8ad25f52ce41903a0d33be8340e4ae0f05e841a022959968e7e387fe952b548b10134f402cb11b7',
  )
})

test.each([
  '2026-03-02T09:15:00+00:00',
  '2026-03-02T09:15:00+0000',
  '2026-03-02T09:15:00Z',
  '2026-03-02T09:15:00.000Z',
  '2026-03-02T09:15:00.000000+00:00',
  '2026-03-02T10:15:00+01:00',
])('x-date %s is understood', (form) => {
  expect(readMoment(form)).toBe(Date.parse('2026-03-02T09:15:00Z'))
})

test.each([
  '',
  '2026-03-02',
  'Mon, 02 Mar 2026 09:15:00 GMT',
  '2026-13-02T09:15:00Z',
  '1772442900',
])('x-date "%s" is refused', (form) => {
  expect(readMoment(form)).toBeUndefined()
})

test('hashes compare without regard to case, and of unequal length without an error', () => {
  expect(sameHash('AB12', 'ab12')).toBe(true)
  expect(sameHash('ab12', 'ab13')).toBe(false)
  expect(sameHash('ab12', '')).toBe(false)
})
