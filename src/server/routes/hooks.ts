import type { FastifyInstance } from 'fastify'
import { findWebshop } from '../../connectors/registry.ts'
import type { Subscription, Verified } from '../../connectors/webshop.ts'
import { openConnection } from '../../merchants/connections.ts'
import { failureLimit } from '../failure-limit.ts'
import type { House } from '../house.ts'
import { ProblemAnswer, reasonOf } from '../problem-answer.ts'
import { keepBodiesRaw, rawRequestOf } from '../raw-request.ts'

/** A SEOshop delivery holds the whole order, about a kilobyte a line; a thousand lines are enough. */
const bodyBytesMax = 1024 * 1024
/** The form of the keys we give out; nothing else is worth a question. */
const hookKeyForm = /^[\w-]{1,64}$/
const cachedMs = 30_000
const cachedMax = 5_000

interface Receiver {
  integrationId: string
  system: string
  subscriptions: readonly Subscription[]
  untilMs: number
}

/**
 * Webhooks: verified, written down with their wake-up, and answered only after that commit. The body is a
 * hint and never stored; a webhook that proves nothing leaves a count in the metrics and no row.
 */
export const hookRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    keepBodiesRaw(server)
    const { engine, meters } = house
    const limit = failureLimit(engine.clock)
    const receivers = new Map<string, Receiver>()

    const load = async (system: string, hookKey: string): Promise<Receiver | undefined> => {
      const integration = await engine.db
        .selectFrom('integrations')
        .select(['id', 'webshop', 'state'])
        .where('hookKey', '=', hookKey)
        .executeTakeFirst()
      if (integration?.webshop !== system || integration.state === 'stopped') return undefined
      const connection = await openConnection(engine, integration.id, 'webshop')
      if (connection === null) return undefined
      const receiver: Receiver = {
        integrationId: integration.id,
        system,
        subscriptions: connection.subscriptions,
        untilMs: engine.clock.monotonicMs() + cachedMs,
      }
      if (receivers.size >= cachedMax) receivers.clear()
      receivers.set(hookKey, receiver)
      return receiver
    }

    const fresh = (hookKey: string) => {
      const cached = receivers.get(hookKey)
      return cached !== undefined && cached.untilMs > engine.clock.monotonicMs()
        ? cached
        : undefined
    }

    server.post<{ Params: { system: string; hookKey: string } }>(
      '/hooks/:system/:hookKey',
      // Shops read this, no browser does: a burst of webhooks is spared the headers for browsers.
      { bodyLimit: bodyBytesMax, schema: { hide: true }, helmet: false },
      async (request, reply) => {
        const startedMs = engine.clock.monotonicMs()
        const { system, hookKey } = request.params
        const stranger = request.ip
        const impostor = `${request.ip} ${hookKey}`
        if (!hookKeyForm.test(hookKey)) throw new ProblemAnswer('WEBHOOK_UNKNOWN')
        // Who keeps failing costs no question to the database any more. A shop we know is still heard: its
        // signature tells it from somebody who fails at the same address.
        const blocked = limit.isBlocked(stranger) || limit.isBlocked(impostor)
        let receiver = fresh(hookKey)
        if (blocked && receiver === undefined) throw new ProblemAnswer('TOO_MANY_REQUESTS')
        const wasCached = receiver !== undefined
        receiver ??= await load(system, hookKey)
        if (receiver?.system !== system) {
          limit.failed(stranger)
          throw new ProblemAnswer('WEBHOOK_UNKNOWN')
        }
        const raw = rawRequestOf(request, house.publicUrl, engine.clock.now())
        const { verifyWebhook } = findWebshop(system)
        if (verifyWebhook === undefined) throw new ProblemAnswer('WEBHOOK_UNSUPPORTED')
        let verified: Verified = verifyWebhook(raw, receiver.subscriptions)
        if (verified.is === 'rejected' && blocked) throw new ProblemAnswer('TOO_MANY_REQUESTS')
        if (verified.is === 'rejected' && wasCached) {
          // The shop may have been reconnected a moment ago, with new keys.
          receiver = (await load(system, hookKey)) ?? receiver
          verified = verifyWebhook(raw, receiver.subscriptions)
        }
        if (verified.is === 'rejected') {
          limit.failed(impostor)
          throw new ProblemAnswer(verified.reason.code, verified.reason.params)
        }
        const heard = await engine.commits.see(receiver.integrationId, verified.mentions, 'live')
        if (heard === 'stopped') {
          receivers.delete(hookKey)
          throw new ProblemAnswer('WEBHOOK_UNKNOWN')
        }
        engine.announce(receiver.integrationId)
        meters.webhooks.inc({ system, result: 'accepted' })
        meters.acknowledgement.observe({ system }, (engine.clock.monotonicMs() - startedMs) / 1000)
        return reply.type('text/plain').send('OK')
      },
    )

    server.route({
      method: ['GET', 'PUT', 'PATCH', 'DELETE'],
      url: '/hooks/:system/:hookKey',
      schema: { hide: true },
      handler: () => {
        throw new ProblemAnswer('METHOD_NOT_ALLOWED')
      },
    })

    server.addHook('onError', (request, _reply, error, done) => {
      const { system } = request.params as { system?: string }
      const known = system !== undefined && system === receiverSystem(system) ? system : 'unknown'
      meters.webhooks.inc({ system: known, result: reasonOf(error, request).code })
      done()
    })
  }

/** A label may only be one of our own systems: a stranger must not be able to make new time series. */
const receiverSystem = (system: string): string | null => {
  try {
    return findWebshop(system).id
  } catch {
    return null
  }
}
