import { describe, expect, it, vi } from 'vitest'
import type { FaultKind } from '../../sandbox/kit/faults.ts'
import type { RawRequest, Subscription, Verified } from '../../src/connectors/webshop.ts'
import type { WebhookSide } from './webshop-system.ts'
import { webshopSystems } from './webshop-systems.ts'
import {
  itWhere,
  now,
  offered,
  readSound,
  setStage,
  troubleOf,
  type Stage,
} from './webshop-stage.ts'

const mug = { name: 'Mok', unitPrice: 12.1, vatPercent: 21 }

const codeOf = (verified: Verified) => (verified.is === 'rejected' ? verified.reason.code : 'ok')

/** Those whose platform sends webhooks. */
const calling = Object.entries(webshopSystems).filter(
  ([, { lacks }]) => !lacks.includes('webhooks'),
)

describe.each(calling)('%s', (_, system) => {
  const { connector } = system

  interface WebhookStage extends Stage {
    side: WebhookSide
    address: string
    subscribe(known?: readonly Subscription[], address?: string): Promise<Subscription[]>
    verify(request: RawRequest, subscriptions: readonly Subscription[]): Verified
  }

  const setWebhookStage = async (): Promise<WebhookStage> => {
    const stage = await setStage(system)
    const side = offered(stage.shop.webhooks)
    const subscribe = connector.subscribe?.bind(connector)
    const verifyWebhook = connector.verifyWebhook?.bind(connector)
    if (subscribe === undefined || verifyWebhook === undefined) {
      throw new Error('a connector without the webhooks of its platform')
    }
    const address = `${stage.callbackUrl}/hook/c-1001`
    return {
      ...stage,
      side,
      address,
      subscribe: (known = [], at = address) => subscribe(stage.session(), at, known),
      verify: verifyWebhook,
    }
  }

  /** A stage with one real delivery about one order. */
  const deliver = async (stage: WebhookStage) => {
    const subscriptions = await stage.subscribe()
    const order = stage.shop.place({ lines: [mug] })
    stage.side.happens(order)
    await stage.side.settled()
    const [request] = stage.received
    const [subscription] = subscriptions
    if (request === undefined || subscription === undefined)
      throw new Error('nothing was delivered')
    return { subscriptions, subscription, order, request }
  }

  const exactlyOurs = (stage: WebhookStage, address = stage.address) => {
    const found = stage.side.registered().filter((each) => each.address === address)
    expect(found.map(({ event }) => event).sort()).toEqual([...stage.side.events].sort())
    expect(found.every(({ isActive }) => isActive)).toBe(true)
  }

  it('verifies what the platform really sends, and the order can be read', async () => {
    const stage = await setWebhookStage()
    const { subscriptions, order } = await deliver(stage)
    expect(stage.received.length).toBeGreaterThan(1)
    for (const request of stage.received) {
      const verified = stage.verify(request, subscriptions)
      expect(verified).toEqual({ is: 'verified', mentions: [{ ref: order.ref }] })
    }
    await readSound(system, stage.session(), order)
  })

  it('verifies and registers whatever way the shop does it', async () => {
    const { side } = await setWebhookStage()
    for (const { title } of side.oddities) {
      const stage = await setWebhookStage()
      stage.side.oddities.find((each) => each.title === title)?.make()
      const { subscriptions, request } = await deliver(stage)
      expect([title, codeOf(stage.verify(request, subscriptions))]).toEqual([title, 'ok'])
      expect(await stage.subscribe(subscriptions)).toEqual(subscriptions)
      await stage.subscribe([])
      exactlyOurs(stage)
    }
  })

  it('accepts a copy while it is fresh, which tells nothing new', async () => {
    const stage = await setWebhookStage()
    const { subscriptions, request } = await deliver(stage)
    const first = stage.verify(request, subscriptions)
    expect(codeOf(first)).toBe('ok')
    expect(stage.verify(request, subscriptions)).toEqual(first)
  })

  itWhere(system, 'staleWebhooks')('turns a stale copy away (docs/decisions/0007)', async () => {
    const stage = await setWebhookStage()
    const { afterMs } = offered(stage.side.stale)
    const { subscriptions, request } = await deliver(stage)
    const after = (ms: number) => ({ ...request, receivedAt: new Date(now.getTime() + ms) })
    expect(codeOf(stage.verify(after(afterMs), subscriptions))).toBe('ok')
    expect(codeOf(stage.verify(after(afterMs + 1_000), subscriptions))).toBe('WEBHOOK_REPLAYED')
  })

  it('refuses what was tampered with', async () => {
    const stage = await setWebhookStage()
    const { subscriptions, subscription, order, request } = await deliver(stage)
    const { signatureHeader: header } = stage.side
    const signature = request.headers[header] ?? ''
    const withSignature = (value: string | undefined): RawRequest => ({
      ...request,
      headers: { ...request.headers, [header]: value },
    })
    expect(codeOf(stage.verify(request, subscriptions))).toBe('ok')
    for (const absent of [withSignature(undefined), withSignature('')]) {
      expect(codeOf(stage.verify(absent, subscriptions))).toBe('WEBHOOK_UNSIGNED')
    }
    const tampered: Record<string, RawRequest> = {
      'a short signature': withSignature(signature.slice(2)),
      'a long signature': withSignature(`${signature}00`),
      'another signature': withSignature('0'.repeat(signature.length)),
      'odd characters': withSignature('é'.repeat(signature.length)),
      'another body': { ...request, body: `${request.body} ` },
      'another order': { ...request, body: request.body.replaceAll(order.ref.id, '1') },
    }
    for (const [title, raw] of Object.entries(tampered)) {
      const code = codeOf(stage.verify(raw, subscriptions))
      expect([title, code]).toEqual([title, 'WEBHOOK_SIGNATURE_WRONG'])
    }
    for (const known of [
      [],
      [{ ...subscription, key: 'another' }],
      [{ ...subscription, key: '' }],
    ]) {
      expect(codeOf(stage.verify(request, known))).toBe('WEBHOOK_SIGNATURE_WRONG')
    }
  })

  it('refuses what a platform signs wrongly or not at all', async () => {
    for (const how of ['wrong', 'missing'] as const) {
      const stage = await setWebhookStage()
      stage.side.missign(how)
      const { subscriptions, request } = await deliver(stage)
      const code = { wrong: 'WEBHOOK_SIGNATURE_WRONG', missing: 'WEBHOOK_UNSIGNED' }[how]
      expect(codeOf(stage.verify(request, subscriptions))).toBe(code)
    }
  })

  it('refuses a delivery about another shop, even when it is signed', async () => {
    const stage = await setWebhookStage()
    const { subscriptions, subscription, order, request } = await deliver(stage)
    const { address, side } = stage
    const good = side.about(subscription, address, order.ref.id, 'this')
    expect(codeOf(stage.verify(good, subscriptions))).toBe('ok')
    const foreign = side.about(subscription, address, order.ref.id, 'another')
    expect(codeOf(stage.verify(foreign, subscriptions))).toBe('WEBHOOK_FOREIGN')
    // The same, meant for another shop of this platform; the sandbox gives both the same keys.
    const other = await setWebhookStage()
    const theirs = await other.subscribe()
    expect(other.verify(request, theirs).is).toBe('rejected')
  })

  it('refuses signed bodies that name no order', async () => {
    const stage = await setWebhookStage()
    const { subscriptions, subscription } = await deliver(stage)
    for (const body of stage.side.malformedBodies) {
      const request = stage.side.forge(subscription, stage.address, body)
      expect([body, codeOf(stage.verify(request, subscriptions))]).toEqual([
        body,
        'WEBHOOK_MALFORMED',
      ])
    }
  })

  describe('subscribe', () => {
    it('leaves exactly one of each, however often it is called', async () => {
      const stage = await setWebhookStage()
      const first = await stage.subscribe()
      exactlyOurs(stage)
      expect(await stage.subscribe(first)).toEqual(first)
      // Also when what we knew was lost.
      const afresh = await stage.subscribe([])
      exactlyOurs(stage)
      expect(afresh.map(({ event }) => event)).toEqual(first.map(({ event }) => event))
      expect(stage.side.registered()).toHaveLength(stage.side.events.length)
    })

    it('moves when our address moves, and leaves others alone', async () => {
      const stage = await setWebhookStage()
      const neighbour = `${stage.callbackUrl}/hook/c-1002`
      await stage.subscribe([], neighbour)
      const old = await stage.subscribe([], `${stage.callbackUrl}/old/c-1001`)
      await stage.subscribe(old)
      exactlyOurs(stage)
      exactlyOurs(stage, neighbour)
      expect(stage.side.registered()).toHaveLength(2 * stage.side.events.length)
    })

    const lostAnswers: FaultKind[] = [
      'error-after',
      'reset-after',
      'bad-json',
      'truncated',
      'late-effect',
    ]
    it.for(lostAnswers)('recovers from a lost answer: %s', async (fault) => {
      const stage = await setWebhookStage()
      const { registration: match } = stage.side
      stage.shop.faults.add({ fault, match, delayMs: 20 })
      const trouble = await troubleOf(() => stage.subscribe(), stage)
      expect(trouble?.cure).toBe('later')
      // The effect took place all the same, now or a moment later.
      await vi.waitFor(() => expect(stage.side.registered()).toHaveLength(1))
      await stage.subscribe()
      exactlyOurs(stage)
    })
  })
})
