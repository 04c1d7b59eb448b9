import type { FastifyRequest } from 'fastify'
import { fromNodeHeaders } from 'better-auth/node'
import type { Selectable } from 'kysely'
import type { IntegrationTable } from '../database/schema.ts'
import { seatsOf, type Role } from '../merchants/people.ts'
import type { House } from './house.ts'
import { ProblemAnswer } from './problem-answer.ts'

export interface Visitor {
  userId: string
  name: string
  email: string
  language: 'nl' | 'en'
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
  }
}

export interface Seat {
  visitor: Visitor
  role: Role
  integration: Selectable<IntegrationTable>
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
  if (integration === undefined || seat === undefined) throw new ProblemAnswer('NOT_FOUND')
  return { visitor, role: seat.role, integration }
}

/** A seat that may change something. @throws ProblemAnswer READ_ONLY_SEAT besides those of seatAt */
export const workingSeatAt = async (
  house: House,
  request: FastifyRequest,
  integrationId: string,
): Promise<Seat> => {
  const seat = await seatAt(house, request, integrationId)
  if (seat.role === 'member') throw new ProblemAnswer('READ_ONLY_SEAT')
  return seat
}
