import type { FastifyRequest } from 'fastify'
import { fromNodeHeaders } from 'better-auth/node'
import type { Selectable } from 'kysely'
import type { IntegrationTable } from '../database/schema.ts'
import { seatsOf, type Role } from '../merchants/people.ts'
import { isStrong } from '../merchants/session-factor.ts'
import { writeLog } from '../operator/log.ts'
import { viewsOf, type MerchantView } from '../operator/views.ts'
import type { House } from './house.ts'
import { ProblemAnswer } from './problem-answer.ts'

export interface Visitor {
  userId: string
  name: string
  email: string
  language: 'nl' | 'en'
  /** Whether the session was begun with a second factor. */
  strong: boolean
}

/** Who is signed in. @throws ProblemAnswer NOT_SIGNED_IN */
export const visitorOf = async (house: House, request: FastifyRequest): Promise<Visitor> => {
  const headers = fromNodeHeaders(request.headers)
  const session = await house.signIn.api.getSession({ headers }).catch(async (error: unknown) => {
    // It says the same of a broken database as of a fault of its own; the database says which it is.
    await house.pool.query('select 1')
    throw error
  })
  if (session === null) throw new ProblemAnswer('NOT_SIGNED_IN')
  const { user } = session
  return {
    userId: user.id,
    name: user.name,
    email: user.email,
    language: user.language === 'en' ? 'en' : 'nl',
    strong: isStrong(session.session.factor),
  }
}

export interface Seat {
  visitor: Visitor
  role: Role
  integration: Selectable<IntegrationTable>
  /** An operator sits here as the merchant. */
  view: MerchantView | null
}

/**
 * The visitor's seat at an integration. Somebody else's integration does not exist for them.
 * @throws ProblemAnswer NOT_SIGNED_IN, NOT_FOUND
 */
export const seatAt = async (
  house: House,
  request: FastifyRequest,
  integrationId: string,
): Promise<Seat> => {
  const visitor = await visitorOf(house, request)
  const integration = await house.engine.db
    .selectFrom('integrations')
    .selectAll()
    .where('id', '=', integrationId)
    .executeTakeFirst()
  const seats = await seatsOf(house.pool, visitor.userId)
  const seat = seats.find((each) => each.merchantId === integration?.merchantId)
  if (integration === undefined) throw new ProblemAnswer('NOT_FOUND')
  if (seat !== undefined) return { visitor, role: seat.role, integration, view: null }
  const [view] = await viewsOf(house.engine, visitor, integrationId)
  if (view === undefined) throw new ProblemAnswer('NOT_FOUND')
  return { visitor, role: view.escalatedAt === null ? 'member' : 'admin', integration, view }
}

/** A seat that may change something. @throws ProblemAnswer READ_ONLY_SEAT besides those of seatAt */
export const workingSeatAt = async (
  house: House,
  request: FastifyRequest,
  integrationId: string,
): Promise<Seat> => {
  const seat = await seatAt(house, request, integrationId)
  if (seat.role === 'member') throw new ProblemAnswer('READ_ONLY_SEAT')
  if (seat.view !== null) {
    await writeLog(house.engine, seat.visitor, {
      deed: 'change-as-merchant',
      integrationId,
      params: { route: `${request.method} ${request.routeOptions.url ?? ''}` },
      reason: seat.view.reason,
    })
  }
  return seat
}
