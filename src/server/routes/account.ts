import type { FastifyInstance } from 'fastify'
import {
  apiTokensOf,
  makeApiToken,
  revokeApiToken,
  tokensMax,
  type ApiToken,
} from '../../merchants/api-tokens.ts'
import { setName, waysIn } from '../../merchants/people.ts'
import { endSessions, sessionsOf } from '../../merchants/sessions.ts'
import type { House } from '../house.ts'
import { ProblemAnswer } from '../problem-answer.ts'
import { addRoute } from '../route.ts'
import { visitorOf, type Visitor } from '../seat.ts'

const tokenInShape = (token: ApiToken) => ({
  ...token,
  createdAt: token.createdAt.toISOString(),
  expiresAt: token.expiresAt?.toISOString() ?? null,
  lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
})

const sessionIdOf = ({ proof }: Visitor): string => (proof.by === 'session' ? proof.sessionId : '')

/** A person's own account: how they get in, where they are signed in, and their tokens. */
export const accountRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { engine, pool } = house

    addRoute(server, 'GET /api/account', async ({ request }) => {
      const visitor = await visitorOf(house, request)
      const { userId, name, email } = visitor
      const current = sessionIdOf(visitor)
      const ways = await waysIn(pool, userId)
      const sessions = await sessionsOf(pool, userId, engine.clock.now())
      return {
        name,
        email,
        hasPassword: ways.hasPassword,
        totp: ways.totp,
        passkeys: ways.passkeys.map(({ createdAt, ...each }) => ({
          ...each,
          createdAt: createdAt?.toISOString() ?? null,
        })),
        sessions: sessions.map((session) => ({
          ...session,
          current: session.id === current,
          createdAt: session.createdAt.toISOString(),
          updatedAt: session.updatedAt.toISOString(),
        })),
        tokens: (await apiTokensOf(engine.db, userId)).map(tokenInShape),
      }
    })

    addRoute(server, 'PATCH /api/account', async ({ request, body }) => {
      const { userId } = await visitorOf(house, request)
      await setName(pool, userId, body.name)
      return { name: body.name }
    })

    addRoute(server, 'POST /api/account/sessions/end', async ({ request, body }) => {
      const visitor = await visitorOf(house, request)
      const ending =
        'sessionId' in body
          ? { one: body.sessionId }
          : body.which === 'all'
            ? ('all' as const)
            : { allBut: sessionIdOf(visitor) }
      return { ended: await endSessions(pool, visitor.userId, ending) }
    })

    addRoute(server, 'POST /api/account/tokens', async ({ request, body }) => {
      const { userId } = await visitorOf(house, request)
      const made = await makeApiToken(engine, { userId, ...body })
      if (made === null) throw new ProblemAnswer('TOO_MANY_TOKENS', { max: tokensMax })
      return { token: made.token, made: tokenInShape(made.made) }
    })

    addRoute(server, 'DELETE /api/account/tokens/:tokenId', async ({ request, params }) => {
      const { userId } = await visitorOf(house, request)
      if (!(await revokeApiToken(engine.db, userId, params.tokenId))) {
        throw new ProblemAnswer('NOT_FOUND')
      }
      return { revoked: true as const }
    })
  }
