import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authorization, type SignOptions } from '../magento2/testing/client.ts'
import { type Magento1, startMagento1 } from './index.ts'
import recorded from './fixtures/answers.json' with { type: 'json' }

/**
 * Every request that was recorded at a real shop (OpenMage 20.0.20), made again here, in a shop of as many orders at
 * the same moments: the answers are the same, but for the orders in a list, of which the ids are compared. What is
 * in an order is in `recordings.test.ts`. Not played: customers and products, which nothing here reads.
 */

const now = new Date('2026-11-20T22:30:00Z')
const { answers } = recorded
type Name = keyof typeof answers
const names = Object.keys(answers) as Name[]

interface Answer {
  status: number
  content_type: string | null
  told: unknown
}

const filled = async (php: '8.1' | '7.4'): Promise<Magento1> => {
  const shop = await startMagento1({ now: () => now, switches: { php } })
  for (const [index, { at, pieces }] of recorded.orders.entries()) {
    shop.place({
      lines: [{ name: 'Mok', sku: 'MOK-1', unitPrice: 12.1, quantity: pieces }],
      placedAt: `${at.replace(' ', 'T')}Z`,
      customerId: 1,
      // The fifth waits and the sixth was cancelled before it was invoiced.
      invoice: index !== 4 && index !== 5,
    })
  }
  const at = '2026-11-20T22:03:03Z'
  shop.credit(2, { quantities: { '2': 1 }, at })
  shop.credit(4, { adjustmentNegative: 1.5, at })
  return shop
}

let shop: Magento1
let older: Magento1
beforeAll(async () => {
  ;[shop, older] = await Promise.all([filled('8.1'), filled('7.4')])
})
afterAll(async () => {
  await Promise.all([shop.close(), older.close()])
})

/** Orders by their ids, and what is in their parts by its keys, as they are in the fixture. */
const inShort = (value: unknown): unknown => {
  if (Array.isArray(value))
    return value.length === 0 ? [] : [Object.keys(value[0] as object).sort()]
  if (typeof value !== 'object' || value === null) return value
  const keys = Object.keys(value)
  return keys.every((key) => /^\d+$/.test(key)) ? keys.map(Number) : value
}

const ask = async (
  request: string,
  sign: SignOptions | 'not-at-all' | { authorization: string } = {},
  { accept, at = shop }: { accept?: string; at?: Magento1 } = {},
): Promise<Answer & { value: unknown }> => {
  const url = at.url + request
  const options = { algorithm: 'sha1' as const }
  const header =
    sign === 'not-at-all'
      ? undefined
      : 'authorization' in sign
        ? sign.authorization
        : authorization(url, at.fourValues, now.getTime(), { ...options, ...sign })
  const answer = await fetch(url, {
    headers: {
      ...(header !== undefined && { authorization: header }),
      ...(accept !== undefined && { accept }),
    },
  })
  const text = await answer.text()
  const value: unknown = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text
  return {
    status: answer.status,
    content_type: answer.headers.get('content-type'),
    told: inShort(value),
    value,
  }
}

const oauth = (change: Record<string, string | undefined>): SignOptions => ({ oauth: change })
const seconds = (offset: number) => String(Math.floor(now.getTime() / 1000) + offset)
const orders = '/api/rest/orders'
const first = `${orders}?limit=1`

/** How the requests that are not plainly signed were made. */
const special: Partial<Record<Name, () => Promise<Answer>>> = {
  'badsig-then': () => ask(first, { spoil: true }),
  'err-badsig': () => ask(orders, { spoil: true }),
  'err-ckey': () => ask(orders, oauth({ oauth_consumer_key: 'a'.repeat(32) })),
  'err-ckeyshort': () => ask(orders, oauth({ oauth_consumer_key: 'abc' })),
  'err-futurets': () => ask(orders, oauth({ oauth_timestamp: seconds(3_600) })),
  'err-method': () => ask(orders, { algorithm: 'sha256' }),
  'err-nononce': () => ask(orders, oauth({ oauth_nonce: undefined })),
  'err-nosig': () => ask(orders, oauth({ oauth_signature: undefined })),
  'err-notoken': () => ask(orders, oauth({ oauth_token: undefined })),
  'err-nots': () => ask(orders, oauth({ oauth_timestamp: undefined })),
  'err-token': () => ask(orders, oauth({ oauth_token: 'a'.repeat(32) })),
  'err-tokenshort': () => ask(orders, oauth({ oauth_token: 'abc' })),
  'err-version': () => ask(orders, oauth({ oauth_version: '2.0' })),
  'err-nonce-reuse': async () => {
    const nonce = oauth({ oauth_nonce: 'a-nonce-that-was-used' })
    await ask(first, nonce)
    return ask(first, nonce)
  },
  'nonce-reuse-later-ts': async () => {
    const oauth_nonce = '2855344c7e3c1e3f013ff9a4a55171b7'
    await ask(first, oauth({ oauth_nonce }))
    return ask(first, oauth({ oauth_nonce, oauth_timestamp: seconds(5) }))
  },
  'retry-same-nonce-after-badsig': async () => {
    const nonce = oauth({ oauth_nonce: 'a-nonce-of-a-bad-one' })
    await ask(first, { ...nonce, spoil: true })
    return ask(first, nonce)
  },
  longnonce: () => ask(first, oauth({ oauth_nonce: 'n'.repeat(64) })),
  'ok-noversion': () => ask(first, oauth({ oauth_version: undefined })),
  'ok-oldts': () => ask(first, oauth({ oauth_timestamp: seconds(-86_400) })),
  'ok-shortnonce': () => ask(first, oauth({ oauth_nonce: 'a1' })),
  'orders-accept-star': () => ask(first, {}, { accept: '*/*' }),
  // Signed as a sender who writes a space as a plus would.
  'orders-filter-date-plus': async () => {
    const { request } = answers['orders-filter-date-plus']
    const meant = shop.url + request.replaceAll('+', '%20')
    const header = authorization(meant, shop.fourValues, now.getTime(), { algorithm: 'sha1' })
    return ask(request, { authorization: header })
  },
  'orders-xml': () => ask(first, {}, { accept: 'text/xml' }),
  'php7style-order-1': () => ask(answers['php7style-order-1'].request, {}, { at: older }),
  'php7style-orders': () => ask(answers['php7style-orders'].request, {}, { at: older }),
}

/** What an answer holds where it is this shop's own. */
const own: Partial<Record<Name, (told: unknown) => void>> = {
  // The recorded shop had sent its first order, which makes it complete; nothing is sent here.
  'orders-filter-status': (told) => expect(told).toEqual([4]),
  'orders-xml': (told) =>
    expect(told).toMatch(/^<\?xml version="1.0"\?>\n<magento_api>\s*<data_item>\s*<entity_id>1</),
  'php7style-order-1': (told) => expect(told).toMatchObject({ entity_id: '1', customer_id: '1' }),
}

describe('the recorded requests', () => {
  it.each(names)('%s', async (name) => {
    const { request, status, content_type, told } = answers[name]
    const made = await (special[name]?.() ?? ask(request))
    expect([made.status, made.content_type]).toEqual([status, content_type])
    const check = own[name]
    if (check !== undefined) check(made.told)
    else if (told === 'one') expect(made.told).toHaveProperty('increment_id')
    else expect(made.told).toEqual(told)
  })
})

it('takes who sends no header for a guest (recordings, README)', async () => {
  const { status, told } = await ask(orders, 'not-at-all')
  const denied = { messages: { error: [{ code: 403, message: 'Access denied' }] } }
  expect([status, told]).toEqual([403, denied])
})
