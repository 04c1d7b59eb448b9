import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMagento2, type Magento2 } from './index.ts'
import { authorization, type SignOptions } from './testing/client.ts'
import recorded from './fixtures/answers.json' with { type: 'json' }

/**
 * Every request that was recorded at a real shop (Magento 2.4.6), made again here, in a shop of as many invoices at
 * the same moments: the answers are the same, but for the documents in a list, of which the ids are compared.
 * What is in a document is in `recordings.test.ts`. Not played: customers and products, which nothing here reads.
 */

const now = new Date('2026-11-20T22:20:00Z')
const { answers } = recorded
type Name = keyof typeof answers
const names = Object.keys(answers) as Name[]

interface Answer {
  status: number
  content_type: string | null
  told: unknown
}

let shop: Magento2
beforeAll(async () => {
  shop = await startMagento2({ now: () => now })
  const orders = new Map<number, number>()
  const mugs = (quantity: number) => [{ name: 'Mok', sku: 'MOK-1', unitPrice: 12.1, quantity }]
  const count = Math.max(...recorded.invoices.map(({ order }) => order))
  for (let order = 1; order <= count; order += 1) {
    const pieces = recorded.invoices.filter((each) => each.order === order).length
    const placed = shop.place({ lines: mugs(Math.max(1, pieces)), invoice: false })
    orders.set(order, placed.orderId)
  }
  for (const { order, at } of recorded.invoices) {
    const quantities = { [order]: 1 }
    shop.invoice(orders.get(order) ?? 0, { quantities, at: `${at.replace(' ', 'T')}Z` })
  }
  const creditedAt = '2026-11-20T22:16:58Z'
  shop.credit(2, { at: creditedAt })
  shop.credit(4, { at: creditedAt })
})
afterAll(() => shop.close())

/** The documents of a list by their ids, as they are in the fixture. */
const withIds = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !('items' in value)) return value
  if (!('search_criteria' in value) || !Array.isArray(value.items)) return value
  const items = value.items.map((item: Record<string, unknown>) => item['entity_id'] ?? item)
  return { ...value, items }
}

const ask = async (
  request: string,
  sign: SignOptions | 'not-at-all' | { authorization: string } = {},
  init: { method?: string; accept?: string; key?: string } = {},
): Promise<Answer> => {
  const url = shop.url + request
  const header =
    sign === 'not-at-all'
      ? undefined
      : 'authorization' in sign
        ? sign.authorization
        : authorization(url, shop.fourValues, now.getTime(), sign)
  const answer = await fetch(url, {
    ...(init.method !== undefined && { method: init.method }),
    headers: {
      ...(header !== undefined && { authorization: header }),
      ...(init.accept !== undefined && { accept: init.accept }),
    },
  })
  const text = await answer.text()
  const isJson = text.startsWith('{') || text.startsWith('[')
  return {
    status: answer.status,
    content_type: answer.headers.get('content-type'),
    told: isJson ? withIds(JSON.parse(text)) : text,
  }
}

const oauth = (change: Record<string, string | undefined>): SignOptions => ({ oauth: change })
const seconds = (offset: number) => String(Math.floor(now.getTime() / 1000) + offset)
const invoice1 = '/rest/V1/invoices/1'

/** How the requests that are not plainly signed were made. */
const special: Partial<Record<Name, () => Promise<Answer>>> = {
  'accept-star': () => ask(invoice1, {}, { accept: '*/*' }),
  'badsig-then': () => ask(invoice1, { spoil: true }),
  'bearer-integration-token': () =>
    ask(invoice1, { authorization: `Bearer ${shop.fourValues.accessToken}` }),
  'bearer-nonsense': () => ask(invoice1, { authorization: 'Bearer nonsense' }),
  'err-badsig': () => ask(invoice1, { spoil: true }),
  'err-ckey': () => ask(invoice1, oauth({ oauth_consumer_key: 'a'.repeat(32) })),
  'err-ckeyshort': () => ask(invoice1, oauth({ oauth_consumer_key: 'abc' })),
  'err-futurets': () => ask(invoice1, oauth({ oauth_timestamp: seconds(3_600) })),
  'err-nononce': () => ask(invoice1, oauth({ oauth_nonce: undefined })),
  'err-nosig': () => ask(invoice1, oauth({ oauth_signature: undefined })),
  'err-notoken': () => ask(invoice1, oauth({ oauth_token: undefined })),
  'err-nots': () => ask(invoice1, oauth({ oauth_timestamp: undefined })),
  'err-sha1': () => ask(invoice1, { algorithm: 'sha1' }),
  'err-token': () => ask(invoice1, oauth({ oauth_token: 'a'.repeat(32) })),
  'err-tokenshort': () => ask(invoice1, oauth({ oauth_token: 'abc' })),
  'err-version': () => ask(invoice1, oauth({ oauth_version: '2.0' })),
  'err-nonce-reuse': async () => {
    const nonce = oauth({ oauth_nonce: 'a-nonce-that-was-used' })
    await ask(invoice1, nonce)
    return ask(invoice1, nonce)
  },
  'nonce-reuse-later-ts': async () => {
    const oauth_nonce = 'a-nonce-of-before'
    await ask(invoice1, oauth({ oauth_nonce }))
    return ask(invoice1, oauth({ oauth_nonce, oauth_timestamp: seconds(5) }))
  },
  'retry-same-nonce-after-badsig': async () => {
    const nonce = oauth({ oauth_nonce: 'a-nonce-of-a-bad-one' })
    await ask(invoice1, { ...nonce, spoil: true })
    return ask(invoice1, nonce)
  },
  head: () => ask(invoice1, { method: 'HEAD' }, { method: 'HEAD' }),
  longnonce: () => ask(invoice1, oauth({ oauth_nonce: 'n'.repeat(64) })),
  noauth: () => ask(invoice1, 'not-at-all'),
  'ok-noversion': () => ask(invoice1, oauth({ oauth_version: undefined })),
  oldts: () => ask(invoice1, oauth({ oauth_timestamp: seconds(-86_400) })),
  shortnonce: () => ask(invoice1, oauth({ oauth_nonce: 'a1' })),
  // Signed as a sender who writes a space as a plus would.
  'invoices-plus-space': async () => {
    const { request } = answers['invoices-plus-space']
    const meant = authorization(
      shop.url + request.replaceAll('+', '%20'),
      shop.fourValues,
      now.getTime(),
    )
    return ask(request, { authorization: meant })
  },
  xml: () => ask(invoice1, {}, { accept: 'application/xml' }),
}

/** What an answer holds where it is this shop's own: a document, a log entry, a list of modules. */
const own: Partial<Record<Name, (told: unknown) => void>> = {
  'invoices-badfield': (told) =>
    expect(told).toEqual({
      message: expect.stringMatching(
        /^Internal Error\. Details are available in Magento log file\. Report ID: webapi-[0-9a-f]{13}$/,
      ) as unknown,
    }),
  'invoices-fields': (told) =>
    expect(told).toEqual({
      items: [
        { grand_total: 12.1, increment_id: '000000001' },
        { grand_total: 12.1, increment_id: '000000002' },
      ],
      total_count: 23,
    }),
  modules: (told) => expect(told).toEqual(expect.arrayContaining(['Magento_Store'])),
  xml: (told) =>
    expect(told).toMatch(
      /^<\?xml version="1.0"\?>\n<response>\n {2}<base_currency_code>EUR<\/base_currency_code>/,
    ),
}

describe('the recorded requests', () => {
  it.each(names)('%s', async (name) => {
    const { request, status, content_type, told } = answers[name]
    const made = await (special[name]?.() ?? ask(request))
    expect([made.status, made.content_type]).toEqual([status, content_type])
    const check = own[name]
    if (check !== undefined) check(made.told)
    else if (told === 'one') expect(made.told).toMatchObject({ entity_id: 1, order_id: 1 })
    else expect(made.told).toEqual(told ?? '')
  })
})
