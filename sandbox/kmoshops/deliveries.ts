import { createTimers } from '../kit/timers.ts'
import { emailOf } from './customers.ts'
import { eventHead, type OrderEvent } from './orders.ts'
import { type Outgoing } from './outgoing.ts'
import { sign } from './signing.ts'
import { type Webhook, type Webhooks } from './webhooks.ts'
import { apiUrl, isoMoment, toJson, type World } from './world.ts'

const inFlightMax = 32
const keptMax = 20_000

export interface Attempt {
  at: string
  /** 0 when there was no whole answer. */
  status: number
  error?: string
}

/** One message to one webhook. */
export interface Delivery {
  id: number
  webhookId: number
  event: string
  orderId: number
  address: string
  body: string
  state: 'waiting' | 'delivered' | 'given-up' | 'lost'
  attempts: Attempt[]
}

export interface Deliveries {
  send(event: OrderEvent): void
  /** The last 20,000, oldest first. */
  list(): readonly Delivery[]
  /** Resolves when nothing is on its way any more: no attempt, no retry, no late one. */
  settled(): Promise<void>
  /** Calls off everything on its way. */
  clear(): void
}

/**
 * Webhook deliveries, in the background and without order among them. A delivery is tried once and then
 * after each of the switch `webhookRetryDelaysMs`; what the platform really does is unknown (section 7).
 */
export function createDeliveries(world: World, webhooks: Webhooks, outgoing: Outgoing): Deliveries {
  const timers = createTimers()
  let deliveries: Delivery[] = []
  let waiting: (() => void)[] = []
  let next = 0
  let inFlight = 0
  let open = 0
  let lastId = 0
  // What was on its way before a clear() must not count or retry after it.
  let era = 0
  let waiters: (() => void)[] = []

  function send(event: OrderEvent): void {
    const listening = webhooks.listening(event.name)
    if (listening.length === 0) return
    const body = eventBody(world, event)
    for (const webhook of listening) {
      const copies = event.mode === 'twice' ? 2 : 1
      for (let copy = 0; copy < copies; copy += 1) start(webhook, event, body)
    }
  }

  function start(webhook: Webhook, event: OrderEvent, body: string): void {
    const delivery: Delivery = {
      id: ++lastId,
      webhookId: webhook.id,
      event: event.name,
      orderId: event.order.id,
      address: webhook.address,
      body,
      state: event.mode === 'lost' ? 'lost' : 'waiting',
      attempts: [],
    }
    deliveries.push(delivery)
    // Cut in large bites: shifting one by one costs too much in a bench.
    if (deliveries.length > keptMax * 1.5) deliveries = deliveries.slice(-keptMax)
    if (delivery.state === 'lost') return
    open += 1
    const headers = signedHeaders(world, webhook, body)
    const go = () => enqueue(() => attempt(delivery, headers))
    if (event.mode === 'late') timers.after(world.switches.webhookLateMs, go)
    else go()
  }

  function enqueue(job: () => void): void {
    waiting.push(job)
    pump()
  }

  function pump(): void {
    while (inFlight < inFlightMax && next < waiting.length) {
      const job = waiting[next]
      next += 1
      inFlight += 1
      job?.()
    }
    if (next !== waiting.length) return
    waiting = []
    next = 0
  }

  function attempt(delivery: Delivery, headers: Record<string, string>): void {
    const started = era
    const at = world.now().toISOString()
    const { address, body } = delivery
    const timeoutMs = world.switches.webhookTimeoutMs
    void outgoing.post({ address, headers, body, timeoutMs }).then(({ status, error }) => {
      if (started !== era) return
      inFlight -= 1
      delivery.attempts.push({ at, status, ...(error === undefined ? {} : { error }) })
      decide(delivery, headers, status)
      pump()
    })
  }

  function decide(delivery: Delivery, headers: Record<string, string>, status: number): void {
    const retryMs = world.switches.webhookRetryDelaysMs[delivery.attempts.length - 1]
    if (status >= 200 && status < 300) delivery.state = 'delivered'
    else if (retryMs === undefined) delivery.state = 'given-up'
    else {
      timers.after(retryMs, () => enqueue(() => attempt(delivery, headers)))
      return
    }
    open -= 1
    if (open === 0) release()
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
      waiting = []
      next = 0
      inFlight = 0
      open = 0
      lastId = 0
      release()
    },
  }
}

/** The recorded bodies of section 7: a head, what happened, and whose order it is. */
export function eventBody(world: World, { name, order, details }: OrderEvent): string {
  // The body of orders.created was not recorded: the common head only.
  const whose = { customer_email: emailOf(order.spec), customer_mobile: '' }
  return toJson(world, {
    triggered_at: isoMoment(world.now()),
    // Without a trailing slash, unlike the links of the order itself.
    href: apiUrl(world, `orders/${order.id}`),
    ...eventHead(order),
    ...details,
    ...(name === 'orders.created' ? {} : whose),
  })
}

/** The string to sign is not documented; all other calls of the platform sign address|body (section 7). */
export function signedHeaders(
  world: World,
  webhook: Pick<Webhook, 'key' | 'address'>,
  body: string,
): Record<string, string> {
  const { webhookSignature, dialect } = world.switches
  const type = { 'content-type': 'application/json' }
  const name = dialect.headers.hash
  switch (webhookSignature) {
    case 'address-body':
      return { ...type, [name]: sign(webhook.key, webhook.address, body) }
    case 'body':
      return { ...type, [name]: sign(webhook.key, body) }
    case 'wrong':
      return { ...type, [name]: sign('another key', webhook.address, body) }
    case 'missing':
      return type
  }
}
