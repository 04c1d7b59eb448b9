import type { FastifyInstance } from 'fastify'
import { writeLog } from '../../operator/log.ts'
import { listTariffs, setTariff } from '../../merchants/tariffs.ts'
import type { Reason } from '../../problems/reason.ts'
import { markPaid, markPaidBack, offerNumber } from '../../support/billing/payments.ts'
import { calendarDay } from '../../world/calendar-day.ts'
import type { House } from '../house.ts'
import { addOperatorRoute } from '../operator-route.ts'
import { inWords, ProblemAnswer } from '../problem-answer.ts'

const rowsMax = 200

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

    addOperatorRoute(server, house, 'GET /api/operator/offers', async () => {
      const offers = await db
        .selectFrom('offers')
        .selectAll()
        .where('state', '=', 'open')
        .orderBy('id', 'desc')
        .limit(rowsMax)
        .execute()
      return offers.map(({ id, integrationId, service, quantity, unitCents, madeAt }) => ({
        ...{ id, integrationId, service, quantity },
        number: offerNumber(id),
        netCents: unitCents * quantity,
        madeAt: madeAt.toISOString(),
      }))
    })

    addOperatorRoute(
      server,
      house,
      'POST /api/operator/offers/:offerId/paid',
      async ({ params, body, operator }) => {
        const answer = doneOr(await markPaid(selling(), params.offerId))
        await writeLog(engine, operator, {
          deed: 'offer-marked-paid',
          params: { offer: offerNumber(params.offerId) },
          reason: body.reason,
        })
        return answer
      },
    )

    addOperatorRoute(server, house, 'GET /api/operator/payments', async ({ query }) => {
      const payments = await db
        .selectFrom('payments')
        .selectAll()
        .where('trouble', 'is not', null)
        .orderBy('id', 'desc')
        .limit(rowsMax)
        .execute()
      return payments.map((each) => ({
        id: each.id,
        integrationId: each.integrationId,
        remoteId: each.remoteId,
        grossCents: each.grossCents,
        keptCents: each.keptCents,
        problem: inWords({ code: each.trouble ?? '', params: {} }, query.language),
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
  }
