import { setTimeout as pause } from 'node:timers/promises'
import { html } from '../kit/message.ts'
import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { dress, failed, type Reply } from './answer.ts'
import { Unreadable } from './body.ts'
import { type Books } from './books.ts'
import { type Burst } from './burst.ts'
import { answerCall, nameCall } from './calls.ts'
import { Refusal } from './refusal.ts'

/** The remote's front door: who may enter, how fast, and how the answer is dressed. */
export interface Remote {
  handle(request: SandboxRequest): SandboxAnswer | Promise<SandboxAnswer>
  rateLimited(): SandboxAnswer
  unauthorized(): SandboxAnswer
}

const asJson = { 'content-type': 'application/json; charset=utf-8' }

/** Makes the front door of some books. */
export function createRemote(books: Books, burst: Burst): Remote {
  const { switches } = books
  const blocked = (): SandboxAnswer =>
    switches.blockStatus === 429
      ? { status: 429, headers: asJson, body: '{"error":"too many requests"}' }
      : html('<html><head><title>403 Forbidden</title></head><body>Forbidden</body></html>', 403)

  return {
    rateLimited: blocked,
    unauthorized: () => ({ status: 401, headers: asJson, body: '{"error":"not authenticated"}' }),
    handle: (request) => {
      const { requests } = books
      const name = nameCall(request)
      requests.total += 1
      requests.byCall[name] = (requests.byCall[name] ?? 0) + 1
      if (!burst.take()) {
        requests.blocked += 1
        return blocked()
      }
      const reply = isAuthorized(books, request)
        ? replyTo(books, request)
        : failed(401, 'not authenticated')
      if (reply.status === 401) requests.unauthorized += 1
      const answer = dress(reply, request, switches)
      const isCommitted = request.method === 'POST' && answer.status === 201
      const delayMs = switches.delayAfterCommitMs
      return delayMs > 0 && isCommitted ? pause(delayMs, answer, { ref: false }) : answer
    },
  }
}

function replyTo(books: Books, request: SandboxRequest): Reply {
  try {
    return answerCall(books, request)
  } catch (error) {
    if (error instanceof Refusal) return failed(error.status, error.message)
    if (error instanceof Unreadable) {
      // Recorded with 200 and the code inside the body (contract 1.3).
      const status = books.switches.maskedErrors ? 200 : 400
      return { status, value: { code: 400, error: error.message } }
    }
    throw error
  }
}

/** A key, or a user with a password and perhaps the number of an account (contract 1). */
function isAuthorized({ account }: Books, { headers }: SandboxRequest): boolean {
  const key = headers['x-api-key']
  if (key !== undefined) return key === account.apiKey
  const [, encoded] = /^basic +(\S+)$/i.exec(headers.authorization ?? '') ?? []
  if (encoded === undefined) return false
  const chosen = headers['x-accountid'] ?? account.number
  const login = Buffer.from(encoded, 'base64').toString('utf8')
  return login === `${account.email}:${account.password}` && chosen === account.number
}
