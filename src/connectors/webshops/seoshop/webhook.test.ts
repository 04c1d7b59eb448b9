import { describe, expect, it } from 'vitest'
import type { RawRequest, Subscription } from '../../webshop.ts'
import { vector } from './fixtures/scripted-shop.ts'
import { md5 } from './signing.ts'
import { verifyWebhook } from './webhook.ts'

const subscription: Subscription = {
  event: 'orders/created',
  remoteId: '64674',
  key: vector.secret,
  facts: { shopId: '123456' },
}

const delivery = (body: string, headers: Record<string, string | undefined> = {}): RawRequest => ({
  method: 'POST',
  address: 'https://doorvoer.example/hooks/seoshop/k',
  query: new URLSearchParams(),
  headers: { 'x-signature': md5(body + vector.secret), 'x-shop-id': '123456', ...headers },
  body,
  receivedAt: new Date('2026-03-02T10:00:00Z'),
})

const verdict = (request: RawRequest) => {
  const verified = verifyWebhook(request, [subscription])
  return verified.is === 'rejected' ? verified.reason.code : verified.mentions
}

describe('a delivery', () => {
  it('of the contract’s vector names its order', () => {
    const request = delivery(vector.webhookBody, { 'x-signature': vector.webhookSignature })
    expect(verdict(request)).toEqual([{ ref: { kind: 'order', id: '31596701' } }])
  })

  it('about a credit invoice names that one, about another invoice nothing', () => {
    const invoice = (isCreditNote: unknown) => JSON.stringify({ invoice: { id: 7, isCreditNote } })
    expect(verdict(delivery(invoice(true)))).toEqual([{ ref: { kind: 'credit', id: '7' } }])
    expect(verdict(delivery(invoice(false)))).toEqual([])
  })

  it('has to name our shop: one secret signs for all shops of an app', () => {
    const of = (shop: string | undefined) =>
      verdict(delivery(vector.webhookBody, { 'x-shop-id': shop }))
    expect(of('000123456')).toEqual([{ ref: { kind: 'order', id: '31596701' } }])
    for (const other of ['123457', '', undefined]) expect(of(other)).toBe('WEBHOOK_FOREIGN')
  })

  it('is signed over the raw bytes: the same value written otherwise is another delivery', () => {
    const escaped = '{"order":{"id":1,"link":"https:\\/\\/x"}}'
    const plain = escaped.replaceAll('\\/', '/')
    expect(verdict(delivery(escaped))).toEqual([{ ref: { kind: 'order', id: '1' } }])
    expect(verdict({ ...delivery(escaped), body: plain })).toBe('WEBHOOK_SIGNATURE_WRONG')
  })

  it('by another method is none', () => {
    expect(verdict({ ...delivery(vector.webhookBody), method: 'PUT' })).toBe('WEBHOOK_MALFORMED')
  })
})
