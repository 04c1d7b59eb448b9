import { z } from 'zod'
import { scopes } from '../../merchants/api-tokens.ts'
import { identifier, oneLine, moment, type RouteShape } from './shapes.ts'

const scope = z.enum(scopes)

const apiToken = z.object({
  id: identifier,
  name: z.string(),
  /** Its last four letters. */
  hint: z.string(),
  scopes: z.array(scope),
  createdAt: moment,
  expiresAt: moment.nullable(),
  lastUsedAt: moment.nullable(),
})

/** The account of whoever is signed in: never open to a token, which could else make itself more. */
export const accountApi = {
  'GET /api/account': {
    summary: 'How the signed-in user gets in: second factor, passkeys, sessions, tokens',
    access: 'session',
    answer: z.object({
      name: z.string(),
      email: z.string(),
      hasPassword: z.boolean(),
      totp: z.boolean(),
      passkeys: z.array(
        z.object({ id: z.string(), name: z.string(), createdAt: moment.nullable() }),
      ),
      sessions: z.array(
        z.object({
          id: z.string(),
          current: z.boolean(),
          createdAt: moment,
          updatedAt: moment,
          userAgent: z.string(),
          ipAddress: z.string(),
        }),
      ),
      tokens: z.array(apiToken),
    }),
  },
  'PATCH /api/account': {
    summary: 'Change the name of the signed-in user',
    access: 'session',
    body: z.object({ name: oneLine(100).min(1) }),
    answer: z.object({ name: z.string() }),
  },
  'POST /api/account/sessions/end': {
    summary: 'Sign out one session, all others, or everywhere',
    access: 'session',
    body: z.union([
      z.object({ sessionId: oneLine(100).min(1) }),
      z.object({ which: z.enum(['others', 'all']) }),
    ]),
    answer: z.object({ ended: z.number().int() }),
  },
  'POST /api/account/tokens': {
    summary: 'Make a token for the interface; it is shown in this answer only',
    access: 'session',
    perMinute: 10,
    body: z.object({
      name: oneLine(60).min(1),
      scopes: z.array(scope).min(1).max(scopes.length),
      /** null: until it is revoked. */
      days: z.number().int().min(1).max(730).nullable(),
    }),
    answer: z.object({ token: z.string(), made: apiToken }),
  },
  'DELETE /api/account/tokens/:tokenId': {
    summary: 'Revoke a token, at once',
    access: 'session',
    params: z.object({ tokenId: identifier }),
    answer: z.object({ revoked: z.literal(true) }),
  },
} as const satisfies Record<string, RouteShape>
