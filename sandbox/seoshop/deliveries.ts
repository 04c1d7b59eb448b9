import { createTimers } from '../kit/timers.ts'
import { invoiceJson } from './invoice-json.ts'
import { type Invoices } from './invoices.ts'
import { type Keys } from './keys.ts'
import { type Happening } from './model.ts'
import { type WebhookMode } from './order-spec.ts'
import { orderJson } from './order-json.ts'
import { callOut } from './outgoing.ts'
import { type Webhook, type Webhooks } from './webhooks.ts'
import { md5, toJson, type World } from './world.ts'

const keptMax = 20_000

/** One message to one webhook. */
export interface Delivery {
  id: number
  webhookId: number
  event: string
  /** Of the order or invoice. */
  itemId: number
  address: string
  state: 'waiting' | 'delivered' | 'given-up' | 'lost'
  /** Status of each attempt, 0 for no answer. */
  attempts: number[]
}

export interface Deliveries {
  send(happenings: readonly Happening[]): void
  /** The last 20,000, oldest first. */
  list(): readonly Delivery[]
  /** Resolves when nothing is on its way any more: no attempt, no retry, no late one. */
  settled(): Promise<void>
  /** Calls off everything on its way. */
  clear(): void
}

interface Message {
  id: number
  headers: Record<string, string>
  body: string
}

/** Webhook deliveries, in the background and without order among them (section 7). */
export function createDeliveries(
  world: World,
  parts: { webhooks: Webhooks; keys: Keys; invoices: () => Invoices },
): Deliveries {
  const timers = createTimers()
  let deliveries: Delivery[] = []
  let lastId = 0
  let open = 0
  // What was on its way before a clear() must not count or retry after it.
  let era = 0
  let waiters: (() => void)[] = []

  /** The same JSON as GET of the thing, with what belongs to it; of a deleted one only the id. */
  function bodyOf(happening: Happening): string {
    if (happening.group === 'invoices') {
      return plain(toJson(world, { invoice: invoiceJson(world, happening.invoice) }))
    }
    const { order, action } = happening
    const whole = () =>
      orderJson(world, order, { invoices: parts.invoices(), embed: world.switches.embedInSingle })
    return plain(toJson(world, { order: action === 'deleted' ? { id: order.id } : whole() }))
  }

  function plain(body: string): string {
    return world.switches.plainLinksInWebhooks ? body.replaceAll('https:', 'http:') : body
  }

  /** md5 of the raw body and the secret of the app or key that registered it (section 7). */
  function signature(webhook: Webhook, body: string): Record<string, string> {
    const secret = parts.keys.ofOwner(webhook.owner)?.secret ?? ''
    const how = world.switches.webhookSignature
    if (how === 'missing') return {}
    return { 'X-Signature': md5(body + (how === 'right' ? secret : 'another secret')) }
  }

  function messageOf(happening: Happening, webhook: Webhook): Message {
    const body = bodyOf(happening)
    const { group, action } = happening
    const { id } = group === 'orders' ? happening.order : happening.invoice
    return {
      id,
      body,
      headers: {
        'Content-Type': 'application/json',
        'X-Shop-Id': String(world.shopId),
        'X-Cluster-Id': world.clusterId,
        'X-Event': `${group}/${action}`,
        'X-Format': 'json',
        'X-Language': webhook.language,
        'X-Request-Id': `r-${lastId + 1}`,
        [group === 'orders' ? 'X-Order-Id' : 'X-Invoice-Id']: String(id),
        ...signature(webhook, body),
      },
    }
  }

  function send(happenings: readonly Happening[]): void {
    const inOrder = world.switches.webhooksReversed ? [...happenings].reverse() : happenings
    for (const happening of inOrder) {
      for (const webhook of parts.webhooks.listening(happening.group, happening.action)) {
        const message = messageOf(happening, webhook)
        const copies = happening.mode === 'twice' ? 2 : 1
        for (let copy = 0; copy < copies; copy += 1) {
          start(webhook, `${happening.group}/${happening.action}`, message, happening.mode)
        }
      }
    }
  }

  function start(webhook: Webhook, event: string, message: Message, mode: WebhookMode): void {
    const delivery: Delivery = {
      id: ++lastId,
      webhookId: webhook.id,
      event,
      itemId: message.id,
      address: webhook.address,
      state: mode === 'lost' ? 'lost' : 'waiting',
      attempts: [],
    }
    deliveries.push(delivery)
    if (deliveries.length > keptMax * 1.5) deliveries = deliveries.slice(-keptMax)
    if (delivery.state === 'lost') return
    open += 1
    if (mode === 'late')
      timers.after(world.switches.webhookLateMs, () => attempt(delivery, message))
    else attempt(delivery, message)
  }

  function attempt(delivery: Delivery, message: Message): void {
    const started = era
    const { webhookTimeoutMs: timeoutMs, webhookRetryDelaysMs } = world.switches
    const { headers, body } = message
    void callOut({ method: 'POST', address: delivery.address, headers, body, timeoutMs }).then(
      ({ status }) => {
        if (started !== era) return
        delivery.attempts.push(status)
        const retryMs = webhookRetryDelaysMs[delivery.attempts.length - 1]
        const isDelivered = status >= 200 && status < 300
        if (!isDelivered && retryMs !== undefined) {
          timers.after(retryMs, () => attempt(delivery, message))
          return
        }
        delivery.state = isDelivered ? 'delivered' : 'given-up'
        open -= 1
        if (open === 0) release()
      },
    )
  }

  function release(): void {
    const released = waiters
    waiters = []
    for (const resolve of released) resolve()
  }

  return {
    send,
    list: () => deliveries,
    settled: () =>
      new Promise((resolve) => {
        if (open === 0) resolve()
        else waiters.push(resolve)
      }),
    clear: () => {
      era += 1
      timers.clear()
      deliveries = []
      lastId = 0
      open = 0
      release()
    },
  }
}
