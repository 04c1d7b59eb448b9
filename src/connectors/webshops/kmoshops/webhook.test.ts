import { describe, expect, it } from 'vitest'
import type { RawRequest, Subscription } from '../../webshop.ts'
import { sign } from './signing.ts'
import { verifyWebhook } from './webhook.ts'

const address = 'https://koppel.example.test/kmo/hook/c-1001'
const key = 'whk-5b1f0c7e'
const vectorBody =
  '{"triggered_at":"2026-03-02T09:20:00Z","href":"https://demo-kmo.example.test/api/rest/v1/orders/500123","id":500123,"order_number":1042,"ordernumber_prefix":"W","ordernumber_full":"W-1042","total_price":177.96,"previous_status":4,"status":2,"customer_email":"jan@bakkerij.example","customer_mobile":""}'
const vectorHash =
  '55d1a2151c818b822e04a8cd58bf82d6b084e2aa0e646a12b8ad25f52ce41903a0d33be8340e4ae0f05e841a022959968e7e387fe952b548b10134f402cb11b7'

const subscription = (signedOver = 'any', host = 'demo-kmo.example.test'): Subscription => ({
  event: 'orders.updated.status',
  remoteId: '812',
  key,
  facts: { host, signedOver },
})

const request = (change: Partial<RawRequest> = {}): RawRequest => ({
  method: 'POST',
  address,
  query: new URLSearchParams(),
  headers: { 'x-hash': vectorHash },
  body: vectorBody,
  receivedAt: new Date('2026-03-02T09:20:01Z'),
  ...change,
})

/** A delivery of `body` that carries a right signature. */
const signed = (body: string): RawRequest =>
  request({ body, headers: { 'x-hash': sign(key, address, body) } })

const codeOf = (raw: RawRequest, subscriptions = [subscription()]) => {
  const verified = verifyWebhook(raw, subscriptions)
  return verified.is === 'rejected' ? verified.reason.code : verified
}

const verified = { is: 'verified', mentions: [{ ref: { kind: 'order', id: '500123' } }] }

describe('verifyWebhook', () => {
  it('accepts the vector of the contract (§7)', () => {
    expect(vectorBody).toHaveLength(302)
    expect(codeOf(request())).toEqual(verified)
    expect(codeOf(request({ headers: { 'x-hash': vectorHash.toUpperCase() } }))).toEqual(verified)
  })

  it('accepts any of several subscriptions', () => {
    const others = ['a', 'b'].map((other) => ({ ...subscription(), key: other }))
    expect(codeOf(request(), [...others, subscription()])).toEqual(verified)
  })

  it('accepts the form that is pinned, and only that', () => {
    const overBody = request({ headers: { 'x-hash': sign(key, vectorBody) } })
    const wrong = 'WEBHOOK_SIGNATURE_WRONG'
    expect(codeOf(overBody)).toEqual(verified)
    expect(codeOf(overBody, [subscription('body')])).toEqual(verified)
    expect(codeOf(overBody, [subscription('address-and-body')])).toBe(wrong)
    expect(codeOf(request(), [subscription('address-and-body')])).toEqual(verified)
    expect(codeOf(request(), [subscription('body')])).toBe(wrong)
  })

  it('fails closed', () => {
    const wrong = 'WEBHOOK_SIGNATURE_WRONG'
    expect(codeOf(request({ headers: {} }))).toBe('WEBHOOK_UNSIGNED')
    expect(codeOf(request({ headers: { 'x-hash': '' } }))).toBe('WEBHOOK_UNSIGNED')
    expect(codeOf(request({ headers: { 'x-hash': vectorHash.slice(2) } }))).toBe(wrong)
    expect(codeOf(request({ body: `${vectorBody} ` }))).toBe(wrong)
    expect(codeOf(request({ address: `${address}2` }))).toBe(wrong)
    expect(codeOf(request(), [])).toBe(wrong)
    expect(codeOf(request(), [{ ...subscription(), key: 'whk-other' }])).toBe(wrong)
    expect(codeOf(request(), [{ ...subscription(), facts: {} }])).toBe(wrong)
    expect(codeOf(request(), [subscription('whatever')])).toBe(wrong)
    // Anybody can sign with an empty key.
    const empty = request({ headers: { 'x-hash': sign('', address, vectorBody) } })
    expect(codeOf(empty, [{ ...subscription(), key: '' }])).toBe(wrong)
  })

  it('refuses what is about another shop', () => {
    expect(codeOf(request(), [subscription('any', 'other.example')])).toBe('WEBHOOK_FOREIGN')
    expect(codeOf(request(), [subscription('any', 'demo-kmo.example.test:81')])).toBe(
      'WEBHOOK_FOREIGN',
    )
    expect(codeOf(signed('{"id":1,"href":"no address"}'))).toBe('WEBHOOK_FOREIGN')
  })

  it.each(['', 'null', '[]', '{}', '"x"', '{"id":', '{"id":"../1"}', '{"id":-1}', '{"id":1.5}'])(
    'refuses a signed body that names no order: %s',
    (body) => {
      expect(codeOf(signed(body))).toBe('WEBHOOK_MALFORMED')
    },
  )

  it('refuses another method', () => {
    expect(codeOf(request({ method: 'GET' }))).toBe('WEBHOOK_MALFORMED')
  })

  it('takes an id as text, and does without an href', () => {
    expect(codeOf(signed('{"id":"500123"}'))).toEqual(verified)
  })

  it('turns a delivery away that was triggered more than an hour ago', () => {
    const atTheHour = request({ receivedAt: new Date('2026-03-02T10:20:00Z') })
    expect(codeOf(atTheHour)).toEqual(codeOf(request()))
    const late = request({ receivedAt: new Date('2026-03-02T10:20:01Z') })
    expect(codeOf(late)).toBe('WEBHOOK_REPLAYED')
  })
})
