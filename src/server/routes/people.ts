import type { FastifyInstance } from 'fastify'
import { findAccounting, findWebshop } from '../../connectors/registry.ts'
import { seatsOf, setLanguage } from '../../merchants/people.ts'
import { isOperator } from '../../operator/operators.ts'
import { viewsOf } from '../../operator/views.ts'
import type { House } from '../house.ts'
import { inWords } from '../problem-answer.ts'
import { addRoute } from '../route.ts'
import { visitorOf } from '../seat.ts'

const titleOf = (side: 'webshop' | 'accounting', system: string) =>
  side === 'webshop' ? findWebshop(system).title : findAccounting(system).title

/** Who is signed in and what they may see. */
export const peopleRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { db } = house.engine

    addRoute(server, 'GET /api/me', async ({ request, query }) => {
      const visitor = await visitorOf(house, request)
      const seats = await seatsOf(house.pool, visitor.userId)
      const merchantIds = seats.map((seat) => seat.merchantId)
      const views = await viewsOf(house.engine, visitor)
      const viewed = views.map(({ integrationId }) => integrationId)
      const integrations = await db
        .selectFrom('integrations')
        .selectAll()
        .where((eb) =>
          eb.or([
            eb('merchantId', '=', eb.fn.any(eb.val(merchantIds))),
            eb('id', '=', eb.fn.any(eb.val(viewed))),
          ]),
        )
        .orderBy('createdAt')
        .execute()
      const ids = integrations.map((each) => each.id)
      const connections = await db
        .selectFrom('connections')
        .select([
          'integrationId',
          'side',
          'system',
          'dot',
          'problemCode',
          'problemParams',
          'checkedAt',
        ])
        .where('integrationId', '=', (eb) => eb.fn.any(eb.val(ids)))
        .execute()

      const connectionOf = (integrationId: string, side: 'webshop' | 'accounting') => {
        const row = connections.find(
          (each) => each.integrationId === integrationId && each.side === side,
        )
        if (row === undefined) throw new Error(`integration ${integrationId} has no ${side}`)
        return {
          system: row.system,
          title: titleOf(side, row.system),
          dot: row.dot,
          problem:
            row.problemCode === null
              ? null
              : inWords({ code: row.problemCode, params: row.problemParams ?? {} }, query.language),
          checkedAt: row.checkedAt?.toISOString() ?? null,
        }
      }
      return {
        user: {
          id: visitor.userId,
          name: visitor.name,
          email: visitor.email,
          language: visitor.language,
          operator: await isOperator(db, visitor.userId),
        },
        merchants: seats.map(({ merchantId, merchant, role }) => ({
          id: merchantId,
          name: merchant,
          role,
        })),
        integrations: integrations.map((each) => {
          const seat = seats.find(({ merchantId }) => merchantId === each.merchantId)
          const view =
            seat === undefined
              ? views.find(({ integrationId }) => integrationId === each.id)
              : undefined
          return {
            id: each.id,
            name: each.name,
            merchantId: each.merchantId,
            merchant: seat?.merchant ?? view?.merchant ?? '',
            role: seat?.role ?? (view?.escalatedAt == null ? 'member' : 'admin'),
            state: each.state,
            view: view === undefined ? null : { id: view.id, endsAt: view.endsAt.toISOString() },
            webshop: connectionOf(each.id, 'webshop'),
            accounting: connectionOf(each.id, 'accounting'),
          }
        }),
      }
    })

    addRoute(server, 'PATCH /api/me', async ({ request, body }) => {
      const visitor = await visitorOf(house, request)
      await setLanguage(house.pool, visitor.userId, body.language)
      return { language: body.language }
    })
  }
