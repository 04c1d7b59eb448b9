import { createHmac } from 'node:crypto'
import { Pool } from 'undici'
import { monotonicMs, pause } from './moment.ts'
import { factsOf, type Sale } from './sales.ts'
import type { Hook, Shop } from './shops-process.ts'

/** A webhook ready to be sent. */
export interface Webhook {
  sale: Sale
  url: URL
  headers: Readonly<Record<string, string>>
  body: string
}

/** What became of a webhook; times of the monotonic clock. */
export interface Sent {
  sale: Sale
  /** When it was to be sent: what the shop's own clock would say, however late we were. */
  dueMs: number
  sentMs: number
  answeredMs: number
}

/** Signed as the platform does: hex(HMAC-SHA512(key, address|body)) (contract kmoshops §7). */
export const webhooksOf = (
  sales: readonly Sale[],
  hooks: readonly Hook[],
  shops: readonly Shop[],
): Webhook[] =>
  sales.map((sale) => {
    const hook = hooks[sale.integration]
    const shop = shops[sale.integration]
    if (hook === undefined || shop === undefined) throw new Error('there is no such integration')
    const { orderNumber, reference } = factsOf(sale.orderId)
    const body = JSON.stringify({
      triggered_at: `${new Date().toISOString().slice(0, 19)}Z`,
      href: `${shop.url}/api/rest/v1/orders/${sale.orderId}`,
      id: sale.orderId,
      order_number: orderNumber,
      ordernumber_prefix: 'W',
      ordernumber_full: reference,
      total_price: 86.15,
    })
    const hash = createHmac('sha512', hook.key).update(`${hook.address}|${body}`).digest('hex')
    return {
      sale,
      url: new URL(hook.address),
      headers: { 'content-type': 'application/json', 'x-hash': hash },
      body,
    }
  })

const budgetMs = 30_000

/** Sends the webhooks of a run to one server over kept connections. @throws Error when one is refused */
export interface Sender {
  /**
   * Open loop: each leaves at its own time whether or not earlier ones were answered, and its time counts
   * from then on, so that a server that falls behind can't slow down the question.
   */
  steadily(perSecond: number): Promise<Sent[]>
  /** As fast as `atOnce` at a time are answered. */
  burst(atOnce: number): Promise<Sent[]>
  /** One of them alone. */
  one(webhook: Webhook): Promise<Sent>
  close(): Promise<void>
}

export const senderTo = (webhooks: readonly Webhook[]): Sender => {
  const [first] = webhooks
  if (first === undefined) throw new Error('there is nothing to send')
  const pool = new Pool(first.url.origin, {
    connections: 256,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    headersTimeout: budgetMs,
    bodyTimeout: budgetMs,
  })

  const send = async (webhook: Webhook, dueMs: number): Promise<Sent> => {
    const sentMs = monotonicMs()
    const { pathname: path } = webhook.url
    const { headers, body } = webhook
    const answer = await pool.request({ path, method: 'POST', headers, body })
    await answer.body.dump()
    const { statusCode } = answer
    if (statusCode !== 200) throw new Error(`a webhook was answered with ${statusCode}`)
    return { sale: webhook.sale, dueMs, sentMs, answeredMs: monotonicMs() }
  }

  return {
    async steadily(perSecond) {
      const startMs = monotonicMs() + 10
      const underWay: Promise<Sent>[] = []
      while (underWay.length < webhooks.length) {
        const nowMs = monotonicMs()
        for (let next = webhooks[underWay.length]; next !== undefined;) {
          const dueMs = startMs + (underWay.length * 1000) / perSecond
          if (dueMs > nowMs) break
          const sent = send(next, dueMs)
          // Told at the end, with all the others; until then it is not unhandled.
          sent.catch(() => undefined)
          underWay.push(sent)
          next = webhooks[underWay.length]
        }
        await pause(1)
      }
      return Promise.all(underWay)
    },
    async burst(atOnce) {
      const waiting = [...webhooks].reverse()
      const sent: Sent[] = []
      const lane = async () => {
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
          sent.push(await send(next, monotonicMs()))
        }
      }
      await Promise.all(Array.from({ length: atOnce }, lane))
      return sent
    },
    one: (webhook) => send(webhook, monotonicMs()),
    close: () => pool.destroy(),
  }
}
