import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { isShut, mayKnock, openAgain } from '../../merchants/knocks.ts'
import type { House } from '../house.ts'
import { ProblemAnswer } from '../problem-answer.ts'
import { keepBodiesRaw } from '../raw-request.ts'

const bodyBytesMax = 64 * 1024

/**
 * The doors of better-auth that are open. The others (organisations, listing sessions with their keys,
 * its own mails) have routes of ours, which know seats and tell nobody who exists.
 */
const doors: readonly string[] = [
  'GET get-session',
  'POST sign-in/email',
  'POST sign-out',
  'POST change-password',
  'POST two-factor/enable',
  'POST two-factor/disable',
  'POST two-factor/verify-totp',
  'POST two-factor/verify-backup-code',
  'POST two-factor/generate-backup-codes',
  'GET passkey/generate-register-options',
  'GET passkey/generate-authenticate-options',
  'POST passkey/verify-registration',
  'POST passkey/verify-authentication',
  'POST passkey/delete-passkey',
  'POST passkey/update-passkey',
]

const passwordDoor = 'POST sign-in/email'

const named = z.object({ email: z.email().max(254) })

/** Whose password is tried, whether there is such a person or not; null where nobody is named. */
const addressIn = (body: unknown): string | null => {
  try {
    return named.parse(JSON.parse(String(body))).email
  } catch {
    // Better-auth refuses it in its own words.
    return null
  }
}

/** What lies under /api/auth is better-auth's own. */
export const signInRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    keepBodiesRaw(server)
    const { db, clock } = house.engine
    server.route({
      method: ['GET', 'POST'],
      url: '/api/auth/*',
      bodyLimit: bodyBytesMax,
      schema: { hide: true },
      async handler(request, reply) {
        const [path = ''] = request.url.split('?')
        const door = `${request.method} ${path.slice('/api/auth/'.length)}`
        if (!doors.includes(door)) throw new ProblemAnswer('NOT_FOUND')
        const guessed = door === passwordDoor ? addressIn(request.body) : null
        if (guessed !== null && (await isShut(db, clock, 'wrong-password', guessed))) {
          throw new ProblemAnswer('TOO_MANY_REQUESTS')
        }
        const headers = fromNodeHeaders(request.headers)
        // The address better-auth limits its rates by; a caller can't choose it.
        headers.set('x-forwarded-for', request.ip)
        const answer = await house.signIn.handler(
          new Request(new URL(request.url, house.publicUrl), {
            method: request.method,
            headers,
            ...(typeof request.body === 'string' && request.body !== '' && { body: request.body }),
          }),
        )
        if (guessed !== null && answer.status === 401) {
          await mayKnock(db, clock, 'wrong-password', guessed)
        }
        if (guessed !== null && answer.ok) await openAgain(db, 'wrong-password', guessed)
        // It answers a broken database like a fault of its own; for the person that passes by itself.
        if (answer.status >= 500) await house.pool.query('select 1')
        reply.status(answer.status)
        for (const [name, value] of answer.headers) {
          if (name !== 'set-cookie') reply.header(name, value)
        }
        const cookies = answer.headers.getSetCookie()
        if (cookies.length > 0) reply.header('set-cookie', cookies)
        return reply.send(await answer.text())
      },
    })
  }
