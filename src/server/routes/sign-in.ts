import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyInstance } from 'fastify'
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

/** What lies under /api/auth is better-auth's own. */
export const signInRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    keepBodiesRaw(server)
    server.route({
      method: ['GET', 'POST'],
      url: '/api/auth/*',
      bodyLimit: bodyBytesMax,
      schema: { hide: true },
      async handler(request, reply) {
        const [path = ''] = request.url.split('?')
        if (!doors.includes(`${request.method} ${path.slice('/api/auth/'.length)}`)) {
          throw new ProblemAnswer('NOT_FOUND')
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
