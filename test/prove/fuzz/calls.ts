import { findWebshop } from '../../../src/connectors/registry.ts'
import { sign } from '../../../src/connectors/webshops/kmoshops/signing.ts'
import { md5, signedText } from '../../../src/connectors/webshops/seoshop/signing.ts'
import type { RawRequest, StoreApp, Subscription } from '../../../src/connectors/webshop.ts'
import type { Chance } from '../simulate/world.ts'
import { mutated } from './mutate.ts'
import { targetOf, type Target, type Way } from './target.ts'

/*
 * What anybody may send us: webhooks, calls of app stores, shops that are activated. Most inputs are signed as the
 * remote would, so that they get past the signature and into what reads them; the others must not be believed.
 */

const receivedAt = new Date('2026-03-02T10:00:00.000Z')
const address = 'https://doorvoer.example/hooks/x/key'
const secret = 'a secret of the remote'
const host = 'winkel.example'

const app: StoreApp = {
  id: 'app',
  secret,
  handshakeUrl: 'https://doorvoer.example/store/x/handshake',
  installUrl: 'https://doorvoer.example/store/x/install',
  uninstallUrl: 'https://doorvoer.example/store/x/uninstall',
}

/** What no remote of ours signs with, and what comes where headers and parameters are mixed up. */
const strangers = [
  '',
  ' ',
  '0',
  'null',
  'a'.repeat(300),
  '0'.repeat(128),
  '\u0000',
  '[object Object]',
]

const methods = ['POST', 'POST', 'POST', 'POST', 'GET', 'PUT', 'post', ''] as const

const request = (chance: Chance, change: Partial<RawRequest>): RawRequest => ({
  method: chance.pick(methods),
  address,
  query: new URLSearchParams(),
  headers: {},
  body: '',
  receivedAt,
  ...change,
})

interface Answer {
  is: string
}

/** @throws Error when somebody is believed who did not sign, or what was verified says nothing */
const judge = (answer: Answer, isSigned: boolean): Answer => {
  if (answer.is === 'verified' && !isSigned) throw new Error('believed what nobody signed')
  if (answer.is !== 'verified' && answer.is !== 'rejected') throw new Error(`it is ${answer.is}`)
  return answer
}

/** The last digit of a signature turned into another: of the right form, and wrong. */
const nearly = (right: string): string => right.slice(0, -1) + (right.endsWith('0') ? '1' : '0')

/** A signature that is right, mostly. */
const signature = (chance: Chance, right: string): string => {
  if (chance.happens(0.75)) return right
  if (chance.happens(0.6)) return nearly(right)
  return chance.pick([...strangers, right.slice(1), `${right}0`])
}

/** A body that is spoilt, mostly: what nobody spoilt must not be believed unsigned either. */
const bodyOf = (chance: Chance, body: string): string =>
  chance.happens(0.6) ? mutated(chance, body) : body

const mustFind = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('a shop lost what is tried here')
  return value
}

const kmoshops = (): readonly Way[] => {
  const { verifyWebhook, store } = findWebshop('kmoshops')
  const verify = mustFind(verifyWebhook)
  const calls = mustFind(store)
  const subscription: Subscription = {
    event: 'order',
    remoteId: '1',
    key: secret,
    facts: { host, signedOver: 'both' },
  }
  const ways = ['both', 'body', 'address-and-body'].map((signedOver) => ({
    ...subscription,
    facts: { host, signedOver },
  }))
  const delivery = JSON.stringify({
    id: 31,
    href: `https://${host}/api/orders/31`,
    triggered_at: '2026-03-02T09:59:00+01:00',
  })
  const shake = JSON.stringify({
    api_public: 'sleutel',
    api_secret: 'geheim',
    api_root: `https://${host}/api`,
    return_url: `https://${host}/admin/apps`,
  })
  return [
    {
      name: 'a webhook',
      run(chance) {
        const body = bodyOf(chance, delivery)
        const right = chance.happens(0.5) ? sign(secret, address, body) : sign(secret, body)
        const given = signature(chance, right)
        judge(
          verify(request(chance, { body, headers: { 'x-hash': given } }), [chance.pick(ways)]),
          given === right,
        )
      },
    },
    {
      name: 'a handshake of the store',
      run(chance) {
        const body = bodyOf(chance, shake)
        const right = sign(secret, app.handshakeUrl, body)
        const given = signature(chance, right)
        const sent = request(chance, { body, headers: { 'x-hash': given } })
        const answer = mustFind(calls.handshake?.(sent, app))
        judge(answer, given === right)
        if (answer.is !== 'verified') return
        const { apiRoot = '', returnUrl = '' } = answer.credentials
        if (new URL(apiRoot).host !== new URL(returnUrl).host) throw new Error('it leads elsewhere')
      },
    },
    {
      name: 'a browser from the store',
      run(chance) {
        const account = chance.pick(['sleutel', ...strangers])
        const right = sign(secret, app.installUrl, account)
        const given = signature(chance, right)
        const query = new URLSearchParams({ api_public: account, 'x-hash': given })
        if (chance.happens(0.2)) query.append(chance.pick(['api_public', 'x-hash']), 'another')
        judge(calls.open(request(chance, { method: 'GET', query }), app), given === right)
      },
    },
    {
      name: 'an app that was removed',
      run(chance) {
        const body = bodyOf(chance, JSON.stringify({ api_public: 'sleutel' }))
        const right = sign(secret, app.uninstallUrl, body)
        const given = signature(chance, right)
        judge(
          calls.uninstall(request(chance, { body, headers: { 'x-hash': given } }), app),
          given === right,
        )
      },
    },
  ]
}

const seoshop = (): readonly Way[] => {
  const { verifyWebhook, store } = findWebshop('seoshop')
  const verify = mustFind(verifyWebhook)
  const calls = mustFind(store)
  const ends: readonly [string, (request: RawRequest) => Answer][] = [
    ['a browser from the store', (request) => calls.open(request, app)],
    ['a subscription that ends', (request) => mustFind(calls.cancel?.(request, app))],
    ['an app that was removed', (request) => calls.uninstall(request, app)],
  ]
  const subscriptions: readonly Subscription[] = [
    { event: 'orders', remoteId: '1', key: secret, facts: { shopId: '100' } },
  ]
  const deliveries = [
    JSON.stringify({
      order: { id: 31, number: 'ORD00031', status: 'processing_awaiting_shipment' },
    }),
    JSON.stringify({ invoice: { id: 32, isCreditNote: true, number: 'INV00032' } }),
  ]
  const seconds = String(receivedAt.getTime() / 1000)
  const call = (chance: Chance): { query: URLSearchParams; isSigned: boolean } => {
    const own: Record<string, string> = { language: 'nl', shop_id: '100', timestamp: seconds }
    if (chance.happens(0.5)) own['token'] = 'abc'
    const name = chance.pick(Object.keys(own))
    if (chance.happens(0.5))
      own[name] = chance.pick([...strangers, '-1', '1e9', 'NL', '9'.repeat(30)])
    const right = md5(signedText(own) + secret)
    const given = signature(chance, right)
    const query = new URLSearchParams({
      ...own,
      cluster_id: chance.pick(['eu1', 'us1', '__proto__', '']),
    })
    query.append('signature', given)
    if (chance.happens(0.1)) query.append(chance.pick([...query.keys()]), 'another')
    // Whether it counts as signed is the store's to say for the parameters it names; a wrong one never does.
    return { query, isSigned: given === right }
  }
  return [
    {
      name: 'a webhook',
      run(chance) {
        const body = bodyOf(chance, chance.pick(deliveries))
        const right = md5(body + secret)
        const given = signature(chance, right)
        const shop = chance.happens(0.9) ? '100' : chance.pick(strangers)
        const headers = { 'x-signature': given, 'x-shop-id': shop }
        judge(
          verify(request(chance, { body, headers }), subscriptions),
          given === right && shop === '100',
        )
      },
    },
    ...ends.map(([name, end]): Way => ({
      name,
      run(chance) {
        const { query, isSigned } = call(chance)
        const isForm = chance.happens(0.3)
        const change = isForm
          ? { method: 'POST', body: query.toString() }
          : { method: 'GET', query }
        judge(end(request(chance, change)), isSigned)
      },
    })),
  ]
}

/** Nothing of these calls is signed: what they say is only believed after consent. */
const activations = (): readonly Way[] =>
  ['magento1', 'magento2'].flatMap((id) => {
    const { activation } = findWebshop(id)
    if (activation === undefined) return []
    const key = 'k'.repeat(32)
    const form = {
      oauth_consumer_key: key,
      oauth_consumer_secret: key,
      oauth_verifier: key,
      store_base_url: `https://${host}/`,
    }
    const browser = { oauth_consumer_key: key, success_call_back: `https://${host}/admin` }
    const spoilt = (chance: Chance, fields: Record<string, string>): URLSearchParams => {
      const whole = { ...fields }
      const name = chance.pick(Object.keys(whole))
      const values = [
        ...strangers,
        'javascript:alert(1)',
        '//evil.example',
        'https://a:b@c.example',
        'http://[::1',
        '%',
      ]
      if (chance.happens(0.7)) whole[name] = chance.pick(values)
      const query = new URLSearchParams(whole)
      if (chance.happens(0.1)) query.append(name, 'another')
      if (chance.happens(0.1)) query.delete(name)
      return query
    }
    return [
      {
        name: `keys that ${id} hands over`,
        run(chance: Chance) {
          const body = spoilt(chance, form).toString()
          return judge(activation.receive(request(chance, { body })), true)
        },
      },
      {
        name: `a browser from ${id}`,
        run(chance: Chance) {
          const query = spoilt(chance, browser)
          const answer = activation.open(request(chance, { method: 'GET', query }))
          judge(answer, true)
          if (answer.is !== 'verified') return
          const { protocol } = new URL(answer.returnUrl)
          if (protocol !== 'https:' && protocol !== 'http:') throw new Error(`back to ${protocol}`)
        },
      },
    ]
  })

export const callTargets: readonly Target[] = [
  targetOf('calls of kmoshops', kmoshops()),
  targetOf('calls of seoshop', seoshop()),
  targetOf('activations', activations()),
]
