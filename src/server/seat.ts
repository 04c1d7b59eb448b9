import type { FastifyRequest } from 'fastify'
import { fromNodeHeaders } from 'better-auth/node'
import type { Selectable } from 'kysely'
import type { IntegrationTable } from '../database/schema.ts'
import { openApiToken } from '../merchants/api-tokens.ts'
import { seatsOf, userById, type Role } from '../merchants/people.ts'
import { isStrong } from '../merchants/session-factor.ts'
import { writeLog } from '../operator/log.ts'
import { viewsOf, type MerchantView } from '../operator/views.ts'
import type { House } from './house.ts'
import { ProblemAnswer } from './problem-answer.ts'

/** How somebody proved who they are. */
type Proof = { by: 'session'; sessionId: string } | { by: 'token' }

export interface Visitor {
  userId: string
  name: string
  email: string
  language: 'nl' | 'en'
  proof: Proof
  /** Whether the session was begun with a second factor. */
  strong: boolean
}

const languageIn = (text: unknown): 'nl' | 'en' => (text === 'en' ? 'en' : 'nl')

/** A token is only good for what its scopes say; what takes a person takes no token at all. */
const visitorByToken = async (
  house: House,
  request: FastifyRequest,
  token: string,
): Promise<Visitor> => {
  const opened = await openApiToken(house.engine, token)
  if (opened === null) throw new ProblemAnswer('TOKEN_UNKNOWN')
  const access = request.routeOptions.config.access ?? 'session'
  if (access === 'session') throw new ProblemAnswer('PERSON_NEEDED')
  if (access !== 'public' && !opened.scopes.includes(access)) {
    throw new ProblemAnswer('TOKEN_SCOPE_MISSING', { scope: access })
  }
  const user = await userById(house.pool, opened.userId)
  if (user === null) throw new ProblemAnswer('TOKEN_UNKNOWN')
  return { ...user, userId: user.id, proof: { by: 'token' }, strong: false }
}

const visitorBySession = async (house: House, request: FastifyRequest): Promise<Visitor> => {
  const headers = fromNodeHeaders(request.headers)
  const found = await house.signIn.api.getSession({ headers }).catch(async (error: unknown) => {
    // It says the same of a broken database as of a fault of its own; the database says which it is.
    await house.pool.query('select 1')
    throw error
  })
  if (found === null) throw new ProblemAnswer('NOT_SIGNED_IN')
  const { user, session } = found
  return {
    userId: user.id,
    name: user.name,
    email: user.email,
    language: languageIn(user.language),
    proof: { by: 'session', sessionId: session.id },
    strong: isStrong(session.factor),
  }
}

/** Who was found for a request; the guard and the route ask the same question. */
const found = new WeakMap<FastifyRequest, Promise<Visitor>>()

/**
 * Who asks: by the token in `Authorization: Bearer`, else by the session.
 * @throws ProblemAnswer NOT_SIGNED_IN, TOKEN_UNKNOWN, TOKEN_SCOPE_MISSING, PERSON_NEEDED
 */
export const visitorOf = (house: House, request: FastifyRequest): Promise<Visitor> => {
  const known = found.get(request)
  if (known !== undefined) return known
  const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const visitor =
    token === undefined ? visitorBySession(house, request) : visitorByToken(house, request, token)
  found.set(request, visitor)
  return visitor
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

/** Whoever calls with a token is shown what a seat is that only looks: the licence key opens doors. */
export const withoutKeys = (seat: Seat): Seat =>
  seat.visitor.proof.by === 'session' ? seat : { ...seat, role: 'member' }

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

/**
 * The visitor's seat at a merchant. Somebody else's merchant does not exist for them.
 * @throws ProblemAnswer NOT_SIGNED_IN, NOT_FOUND
 */
export const merchantSeatAt = async (
  house: House,
  request: FastifyRequest,
  merchantId: string,
): Promise<{ visitor: Visitor; role: Role; merchant: string }> => {
  const visitor = await visitorOf(house, request)
  const seats = await seatsOf(house.pool, visitor.userId)
  const seat = seats.find((each) => each.merchantId === merchantId)
  if (seat === undefined) throw new ProblemAnswer('NOT_FOUND')
  return { visitor, role: seat.role, merchant: seat.merchant }
}
