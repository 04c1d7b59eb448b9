import type { FastifyInstance } from 'fastify'
import { leaveWebshop } from '../../merchants/connect.ts'
import { activateWhenComplete, stopIntegration } from '../../merchants/integrations.ts'
import { deleteMerchant, exportMerchant } from '../../merchants/merchant-data.ts'
import {
  confirmedAddresses,
  notificationsOf,
  saveNotifications,
  type Notifications,
} from '../../merchants/notifications.ts'
import { changeSeat, holdersOf, mayChangeSeat, type SeatChange } from '../../merchants/seats.ts'
import { acceptedTerms, acceptTerms, currentVersion } from '../../merchants/terms.ts'
import { askAddresses } from '../../support/mail/confirm-address.ts'
import {
  offerSeat,
  offersMax,
  offersOf,
  withdrawOffer,
  type SeatOffer,
} from '../../support/people/seat-offers.ts'
import { zipOf } from '../../world/zip.ts'
import { filesOf } from '../data-files.ts'
import type { House } from '../house.ts'
import { ProblemAnswer } from '../problem-answer.ts'
import { addRoute, securityOf } from '../route.ts'
import { merchantSeatAt, seatAt, workingSeatAt } from '../seat.ts'
import { z } from 'zod'

const offerInShape = (offer: SeatOffer) => ({
  ...offer,
  offeredAt: offer.offeredAt.toISOString(),
  expiresAt: offer.expiresAt.toISOString(),
})

/** What a change of a seat that did not happen is answered with. */
const refusals = {
  'no-seat': 'NOT_FOUND',
  'not-allowed': 'SEAT_NOT_YOURS_TO_GIVE',
  'last-owner': 'LAST_OWNER',
} as const satisfies Record<Exclude<SeatChange, 'changed'>, string>

const orRefuse = (change: SeatChange): void => {
  if (change !== 'changed') throw new ProblemAnswer(refusals[change])
}

const merchantParams = z.object({ merchantId: z.string().min(1).max(100) })

/** Who works at a merchant, who is told what, the terms, and the way out with or without one's data. */
export const profileRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { engine, publicUrl } = house
    const { db } = engine

    addRoute(server, 'GET /api/merchants/:merchantId/people', async ({ request, params }) => {
      await merchantSeatAt(house, request, params.merchantId)
      const people = await holdersOf(db, params.merchantId)
      const offers = await offersOf(engine, params.merchantId)
      return {
        people: people.map((person) => ({ ...person, since: person.since.toISOString() })),
        offers: offers.map(offerInShape),
      }
    })

    addRoute(
      server,
      'POST /api/merchants/:merchantId/offers',
      async ({ request, params, body }) => {
        const { visitor, role } = await merchantSeatAt(house, request, params.merchantId)
        if (role === 'member') throw new ProblemAnswer('READ_ONLY_SEAT')
        if (!mayChangeSeat(role, null, body.role)) throw new ProblemAnswer('SEAT_NOT_YOURS_TO_GIVE')
        const offered = await offerSeat(engine, publicUrl, {
          merchantId: params.merchantId,
          ...body,
          by: { ...visitor, id: visitor.userId },
        })
        if (offered.is === 'has-seat') throw new ProblemAnswer('SEAT_TAKEN')
        if (offered.is === 'too-often') {
          throw new ProblemAnswer('TOO_MANY_OFFERS', { max: offersMax })
        }
        return { offer: offerInShape(offered.offer) }
      },
    )

    addRoute(
      server,
      'DELETE /api/merchants/:merchantId/offers/:offerId',
      async ({ request, params }) => {
        const { role } = await merchantSeatAt(house, request, params.merchantId)
        if (role === 'member') throw new ProblemAnswer('READ_ONLY_SEAT')
        if (!(await withdrawOffer(engine, params.merchantId, params.offerId))) {
          throw new ProblemAnswer('NOT_FOUND')
        }
        return { withdrawn: true as const }
      },
    )

    addRoute(
      server,
      'PATCH /api/merchants/:merchantId/people/:userId',
      async ({ request, params, body }) => {
        const { role } = await merchantSeatAt(house, request, params.merchantId)
        if (role === 'member') throw new ProblemAnswer('READ_ONLY_SEAT')
        orRefuse(await changeSeat(db, { ...params, actor: role, wanted: body.role }))
        return { role: body.role }
      },
    )

    addRoute(
      server,
      'DELETE /api/merchants/:merchantId/people/:userId',
      async ({ request, params }) => {
        const { visitor, role } = await merchantSeatAt(house, request, params.merchantId)
        const leaves = params.userId === visitor.userId
        if (!leaves && role === 'member') throw new ProblemAnswer('READ_ONLY_SEAT')
        orRefuse(await changeSeat(db, { ...params, actor: leaves ? null : role, wanted: null }))
        return { removed: true as const }
      },
    )

    addRoute(server, 'DELETE /api/merchants/:merchantId', async ({ request, params, body }) => {
      const { merchantId } = params
      const { role, merchant } = await merchantSeatAt(house, request, merchantId)
      if (role === 'member') throw new ProblemAnswer('READ_ONLY_SEAT')
      if (role !== 'owner') throw new ProblemAnswer('SEAT_NOT_YOURS_TO_GIVE')
      if (body.company.trim() !== merchant.trim()) throw new ProblemAnswer('NAME_DIFFERS')
      const integrations = await db
        .selectFrom('integrations')
        .select('id')
        .where('merchantId', '=', merchantId)
        .execute()
      for (const { id } of integrations) {
        await leaveWebshop(engine, engine.http, publicUrl, id)
        await stopIntegration(engine, id)
      }
      await deleteMerchant(engine, merchantId)
      return { deleted: true as const }
    })

    server.get(
      '/api/merchants/:merchantId/data.zip',
      {
        config: { access: 'session', rateLimit: { max: 5, timeWindow: 60_000 } },
        schema: {
          params: merchantParams,
          summary: 'Everything that is kept of a merchant, as JSON and CSV in a zip',
          tags: ['merchants'],
          security: securityOf('session'),
        },
      },
      async (request, reply) => {
        const { merchantId } = merchantParams.parse(request.params)
        const { role } = await merchantSeatAt(house, request, merchantId)
        if (role === 'member') throw new ProblemAnswer('READ_ONLY_SEAT')
        const tables = await exportMerchant(db, merchantId)
        return reply
          .type('application/zip')
          .header('content-disposition', 'attachment; filename="doorvoer-data.zip"')
          .send(zipOf(filesOf(tables, engine.clock.now())))
      },
    )

    const unconfirmedOf = async (integrationId: string, { addresses }: Notifications) => {
      const confirmed = await confirmedAddresses(db, integrationId)
      return addresses.filter((each) => !confirmed.has(each))
    }

    addRoute(
      server,
      'GET /api/integrations/:integrationId/notifications',
      async ({ request, params }) => {
        await seatAt(house, request, params.integrationId)
        const kept = await notificationsOf(db, params.integrationId)
        return { ...kept, unconfirmed: await unconfirmedOf(params.integrationId, kept) }
      },
    )

    addRoute(
      server,
      'PUT /api/integrations/:integrationId/notifications',
      async ({ request, params, body }) => {
        const { integration } = await workingSeatAt(house, request, params.integrationId)
        const { was, ...wanted } = body
        const kept = await saveNotifications(db, params.integrationId, wanted, was)
        if (kept === null) throw new ProblemAnswer('CONFIGURATION_CHANGED')
        const unconfirmed = await unconfirmedOf(params.integrationId, kept)
        await askAddresses(engine, publicUrl, integration, unconfirmed, kept.language)
        return { ...kept, unconfirmed }
      },
    )

    const accepted = async (integrationId: string) => {
      const terms = await acceptedTerms(db, integrationId)
      return terms && { version: terms.version, acceptedAt: terms.acceptedAt.toISOString() }
    }

    addRoute(server, 'GET /api/integrations/:integrationId/terms', async ({ request, params }) => {
      await seatAt(house, request, params.integrationId)
      return {
        current: currentVersion(engine.clock),
        accepted: await accepted(params.integrationId),
      }
    })

    addRoute(
      server,
      'POST /api/integrations/:integrationId/terms',
      async ({ request, params, body }) => {
        const { visitor } = await workingSeatAt(house, request, params.integrationId)
        if (body.version !== currentVersion(engine.clock)) throw new ProblemAnswer('TERMS_CHANGED')
        await acceptTerms(engine, { ...params, ...body, userId: visitor.userId })
        await activateWhenComplete(engine, params.integrationId)
        const done = await accepted(params.integrationId)
        if (done === null) throw new Error('the terms were accepted and are not there')
        return done
      },
    )
  }
