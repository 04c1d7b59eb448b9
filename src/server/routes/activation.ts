import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isHealthy } from '../../connectors/finding.ts'
import { findWebshop, webshops } from '../../connectors/registry.ts'
import type { Activation } from '../../connectors/webshop.ts'
import {
  findWaiting,
  finishActivation,
  integrationOfLicence,
  keepWaiting,
} from '../../merchants/activation.ts'
import { activateWhenComplete } from '../../merchants/integrations.ts'
import { reason, Trouble, type Reason } from '../../problems/reason.ts'
import { activationPage, activationPageCsp, type PageState } from '../activation-page.ts'
import { failureLimit } from '../failure-limit.ts'
import type { House } from '../house.ts'
import { inWords, languageOf, ProblemAnswer } from '../problem-answer.ts'
import { keepBodiesRaw, rawRequestOf } from '../raw-request.ts'
import { addRoute } from '../route.ts'
import { seatAt, withoutKeys } from '../seat.ts'

const bodyBytesMax = 16 * 1024

/** What a merchant fills in in the shop's admin. The shop puts its own parameters behind the second one. */
export const activationAddresses = (publicUrl: string, system: string, licenceKey: string) => ({
  callbackUrl: `${publicUrl}/connect/${system}/activation/${licenceKey}`,
  identityUrl: `${publicUrl}/connect/${system}/identity`,
})

const activationOf = (system: string): Pick<Activation<never>, 'receive' | 'open'> => {
  const activation = webshops.some(({ id }) => id === system)
    ? findWebshop(system).activation
    : undefined
  if (activation === undefined) throw new ProblemAnswer('NOT_FOUND')
  return activation
}

/** Its name for people. */
const titleOf = (system: string): string => findWebshop(system).title

/** A domain as people type it: with or without https, www or a path. '' when it is none. */
const hostOf = (typed: string): string => {
  const text = typed.trim()
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`)
  return url?.host.replace(/^www\./, '') ?? ''
}

/** The shop's page that closes the popup; only where it is the shop's own. */
const wayBack = (returnUrl: string, shopUrl: string): string | null =>
  hostOf(returnUrl) === hostOf(shopUrl) ? returnUrl : null

type Params = { Params: { system: string } }

/** What the consent page sends. */
interface Consent {
  shop: string
  licence: string
  allowed: boolean
}

const consentOf = (form: URLSearchParams): Consent => ({
  shop: form.get('shop') ?? '',
  licence: form.get('licence') ?? '',
  allowed: form.get('consent') === 'yes',
})

/**
 * A shop that is activated from its own admin (contract §3.1): its server hands over keys, then the
 * administrator's browser opens our page, where the domain and the licence key prove whose shop it is.
 */
export const activationRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    keepBodiesRaw(server)
    const { engine } = house
    const limit = failureLimit(engine.clock)
    const options = { bodyLimit: bodyBytesMax, schema: { hide: true } }

    const rawOf = (request: FastifyRequest) =>
      rawRequestOf(request, house.publicUrl, engine.clock.now())

    /** Whoever keeps guessing licence keys is not heard any more. */
    const guarded = (request: FastifyRequest): void => {
      if (limit.isBlocked(request.ip)) throw new ProblemAnswer('TOO_MANY_REQUESTS')
    }

    const integrationOf = async (request: FastifyRequest, system: string, licence: string) => {
      const integration = await integrationOfLicence(engine, licence)
      if (integration?.webshop === system) return integration.id
      limit.failed(request.ip)
      return null
    }

    const show = (
      request: FastifyRequest<Params>,
      reply: FastifyReply,
      state: PageState,
      status = 200,
    ) => {
      return reply
        .status(status)
        .type('text/html; charset=utf-8')
        .header('content-security-policy', activationPageCsp)
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .send(activationPage(state, languageOf(request), titleOf(request.params.system)))
    }

    const inPlain = (why: Reason, request: FastifyRequest) => inWords(why, languageOf(request))

    server.post<{ Params: { system: string; licenceKey: string } }>(
      '/connect/:system/activation/:licenceKey',
      options,
      async (request, reply) => {
        guarded(request)
        const { system, licenceKey } = request.params
        const activation = activationOf(system)
        const integrationId = await integrationOf(request, system, licenceKey)
        if (integrationId === null)
          throw new ProblemAnswer('ACTIVATION_UNKNOWN', { system: titleOf(system) })
        const received = activation.receive(rawOf(request))
        if (received.is === 'rejected') {
          limit.failed(request.ip)
          throw new ProblemAnswer(received.reason.code, received.reason.params)
        }
        const { key, kept } = received
        await keepWaiting(engine, system, integrationId, { key, kept })
        return reply.type('text/plain').send('OK')
      },
    )

    server.get<Params>('/connect/:system/identity', options, async (request, reply) => {
      const { system } = request.params
      const opened = activationOf(system).open(rawOf(request))
      if (opened.is === 'rejected') {
        const state = { is: 'refused', problem: inPlain(opened.reason, request) } as const
        return show(request, reply, state, 400)
      }
      return show(request, reply, {
        is: 'form',
        wrong: null,
        shop: '',
        action: `/connect/${system}/identity`,
        hidden: Object.fromEntries(rawOf(request).query),
      })
    })

    server.post<Params>('/connect/:system/identity', options, async (request, reply) => {
      guarded(request)
      const { origin } = request.headers
      if (origin !== undefined && origin !== new URL(house.publicUrl).origin) {
        throw new ProblemAnswer('FOREIGN_ORIGIN')
      }
      const { system } = request.params
      const raw = rawOf(request)
      const form = new URLSearchParams(raw.body)
      const consent = consentOf(form)
      for (const name of ['shop', 'licence', 'consent']) form.delete(name)
      // What the shop gave the browser came along unseen: it is judged as if the browser had brought it.
      const opened = activationOf(system).open({ ...raw, method: 'GET', query: form })
      if (opened.is === 'rejected') {
        const state = { is: 'refused', problem: inPlain(opened.reason, request) } as const
        return show(request, reply, state, 400)
      }
      const params = { system: titleOf(system) }
      const unknown = () => reason('ACTIVATION_UNKNOWN', params)
      const again = (wrong: Reason) =>
        show(
          request,
          reply,
          {
            is: 'form',
            wrong: inPlain(wrong, request),
            shop: consent.shop,
            action: `/connect/${system}/identity`,
            hidden: Object.fromEntries(form),
          },
          422,
        )
      if (!consent.allowed) return again(reason('ACTIVATION_NOT_ALLOWED'))
      const integrationId = await integrationOf(request, system, consent.licence)
      const found =
        integrationId === null ? null : await findWaiting(engine, system, integrationId, opened.key)
      if (integrationId === null || found === null) return again(unknown())
      const { kept } = found.waiting
      const shopUrl = kept['shopUrl'] ?? ''
      if (hostOf(consent.shop) !== hostOf(shopUrl)) {
        limit.failed(request.ip)
        return again(reason('ACTIVATION_OTHER_SHOP', params))
      }
      // Taken before anything is asked of the shop: keys are exchanged once.
      if (!(await found.take())) return again(unknown())
      try {
        const wanted = { system, integrationId, kept }
        const findings = await finishActivation(engine, engine.http, house.publicUrl, wanted)
        await activateWhenComplete(engine, integrationId)
        if (isHealthy(findings)) {
          return await show(request, reply, {
            is: 'connected',
            backTo: wayBack(opened.returnUrl, shopUrl),
          })
        }
        const problems = findings.flatMap(({ problem }) =>
          problem ? [inPlain(problem, request)] : [],
        )
        return await show(request, reply, { is: 'incomplete', problems })
      } catch (error) {
        if (!(error instanceof Trouble)) throw error
        return show(request, reply, { is: 'refused', problem: inPlain(error.reason, request) }, 422)
      }
    })
  }

/** The addresses for the dashboard's page. */
export const activationApiRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    addRoute(
      server,
      'GET /api/integrations/:integrationId/activation',
      async ({ request, params }) => {
        const seat = await seatAt(house, request, params.integrationId)
        const { integration, role } = withoutKeys(seat)
        const { webshop, licenceKey } = integration
        const isOffered = findWebshop(webshop).activation !== undefined && role !== 'member'
        return {
          activation: isOffered ? activationAddresses(house.publicUrl, webshop, licenceKey) : null,
        }
      },
    )
  }
