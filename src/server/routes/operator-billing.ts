import type { FastifyInstance } from 'fastify'
import { stopIntegration } from '../../merchants/integrations.ts'
import { listTariffs, setTariff } from '../../merchants/tariffs.ts'
import { listTerms, termsOf } from '../../merchants/terms.ts'
import { countTerms } from '../../operator/count-terms.ts'
import { listLicences } from '../../operator/list-licences.ts'
import { listOffers } from '../../operator/list-offers.ts'
import { writeLog } from '../../operator/log.ts'
import type { Reason } from '../../problems/reason.ts'
import { withdrawOffer } from '../../support/billing/offers.ts'
import { markPaid, markPaidBack, offerNumber } from '../../support/billing/payments.ts'
import { listTroubled } from '../../support/billing/troubled-payments.ts'
import { offerService } from '../../support/billing/service-offers.ts'
import { consoleTopic } from '../../support/tickets/ticket-room.ts'
import { calendarDay } from '../../world/calendar-day.ts'
import type { House } from '../house.ts'
import { addOperatorRoute } from '../operator-route.ts'
import { licenceInShape, offerInShape } from '../operator-shapes.ts'
import { inWords, ProblemAnswer } from '../problem-answer.ts'

/** Licences as the operator sees them. Every change is in the operator's log, with its reason. */
export const operatorBillingRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { engine } = house
    const { db, clock } = engine
    const selling = () => {
      if (house.billing === null) throw new ProblemAnswer('LICENCES_NOT_SOLD')
      return house.billing
    }
    const doneOr = (objection: Reason | null) => {
      if (objection !== null) throw new ProblemAnswer(objection.code, objection.params)
      return { done: true as const }
    }
    const integrationOf = async (integrationId: string) => {
      const found = await db
        .selectFrom('integrations')
        .select(['id', 'merchantId', 'state'])
        .where('id', '=', integrationId)
        .executeTakeFirst()
      if (found === undefined) throw new ProblemAnswer('NOT_FOUND')
      return found
    }
    const integrationOfOffer = async (offerId: string): Promise<string> => {
      const found = await db
        .selectFrom('offers')
        .select('integrationId')
        .where('id', '=', offerId)
        .executeTakeFirst()
      if (found === undefined) throw new ProblemAnswer('NOT_FOUND')
      return found.integrationId
    }

    addOperatorRoute(server, house, 'GET /api/operator/licences', async ({ query }) => {
      const today = calendarDay(clock.now())
      const page = await listLicences(db, today, query)
      return { ...page, items: page.items.map((row) => licenceInShape(row, today)) }
    })

    addOperatorRoute(
      server,
      house,
      'POST /api/operator/integrations/:integrationId/stop',
      async ({ operator, params: { integrationId }, body }) => {
        const { state } = await integrationOf(integrationId)
        if (state === 'stopped') throw new ProblemAnswer('INTEGRATION_STOPPED')
        await stopIntegration(engine, integrationId, 'operator')
        await writeLog(engine, operator, {
          deed: 'integration-stopped',
          integrationId,
          reason: body.reason,
        })
        engine.announce(integrationId)
        engine.announce(consoleTopic)
        return { done: true as const }
      },
    )

    addOperatorRoute(
      server,
      house,
      'POST /api/operator/integrations/:integrationId/offers',
      async ({ operator, params: { integrationId }, body: { service, quantity, reason } }) => {
        const { merchantId, state } = await integrationOf(integrationId)
        if (state === 'stopped') throw new ProblemAnswer('INTEGRATION_STOPPED')
        const offer = await offerService(selling(), {
          ...{ integrationId, merchantId, service, quantity },
        })
        if (offer === null) throw new ProblemAnswer('SERVICE_FREE')
        const number = offerNumber(offer.id)
        await writeLog(engine, operator, {
          deed: 'offer-made',
          integrationId,
          params: { offer: number, service, quantity },
          reason,
        })
        return { id: offer.id, number, payPath: `/pay/${offer.token}` }
      },
    )

    addOperatorRoute(server, house, 'GET /api/operator/offers', async ({ query }) => {
      const { state, ...page } = query
      const listed = await listOffers(db, { ...page, state: state === 'all' ? null : state })
      return { ...listed, items: listed.items.map(offerInShape) }
    })

    addOperatorRoute(
      server,
      house,
      'POST /api/operator/offers/:offerId/paid',
      async ({ params: { offerId }, body, operator }) => {
        const room = selling()
        const integrationId = await integrationOfOffer(offerId)
        const answer = doneOr(await markPaid(room, offerId))
        await writeLog(engine, operator, {
          deed: 'offer-marked-paid',
          integrationId,
          params: { offer: offerNumber(offerId) },
          reason: body.reason,
        })
        engine.announce(integrationId)
        return answer
      },
    )

    addOperatorRoute(
      server,
      house,
      'POST /api/operator/offers/:offerId/withdraw',
      async ({ params: { offerId }, body, operator }) => {
        await integrationOfOffer(offerId)
        const integrationId = await withdrawOffer(db, offerId, clock.now())
        if (integrationId === null) throw new ProblemAnswer('OFFER_CLOSED')
        await writeLog(engine, operator, {
          deed: 'offer-withdrawn',
          integrationId,
          params: { offer: offerNumber(offerId) },
          reason: body.reason,
        })
        engine.announce(integrationId)
        return { done: true as const }
      },
    )

    addOperatorRoute(server, house, 'GET /api/operator/payments', async ({ query }) => {
      const payments = await listTroubled(db)
      return payments.map(({ trouble, name, merchant, integrationId, ...each }) => ({
        ...each,
        integration: { id: integrationId, name, merchant },
        problem: inWords({ code: trouble, params: {} }, query.language),
        changedAt: each.changedAt.toISOString(),
      }))
    })

    addOperatorRoute(
      server,
      house,
      'POST /api/operator/payments/:paymentId/paid-back',
      async ({ params, body, operator }) => {
        const answer = doneOr(await markPaidBack(selling(), params.paymentId, body.cents))
        await writeLog(engine, operator, {
          deed: 'payment-given-back',
          params: { cents: body.cents },
          reason: body.reason,
        })
        return answer
      },
    )

    addOperatorRoute(server, house, 'GET /api/operator/tariffs', () => listTariffs(db))

    addOperatorRoute(server, house, 'PUT /api/operator/tariffs', async ({ body, operator }) => {
      const { reason, ...tariff } = body
      if (!(await setTariff(db, tariff, calendarDay(clock.now())))) {
        throw new ProblemAnswer('TARIFF_INVALID')
      }
      await writeLog(engine, operator, { deed: 'tariff-set', params: tariff, reason })
      return { done: true as const }
    })

    addOperatorRoute(server, house, 'GET /api/operator/terms', async () => {
      const counts = new Map(
        (await countTerms(db)).map(({ version, integrations }) => [version, integrations]),
      )
      return {
        versions: listTerms(clock).map(({ version, state }) => ({
          ...{ version, state },
          hashes: { nl: termsOf(version, 'nl').hash, en: termsOf(version, 'en').hash },
          integrations: counts.get(version) ?? 0,
        })),
        without: counts.get(null) ?? 0,
      }
    })
  }
