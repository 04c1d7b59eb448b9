import { setTimeout as pause } from 'node:timers/promises'
import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { type Books } from './books.ts'
import { answerCall, nameCall } from './calls.ts'
import { type RateLimit } from './rate-limit.ts'
import { Refusal } from './refusal.ts'
import { type Reply, textReply } from './reply.ts'
import { toXml } from './xml.ts'

/** The remote's front door: who may enter, how often, and how the answer is dressed. */
export interface Remote {
  handle(request: SandboxRequest): SandboxAnswer | Promise<SandboxAnswer>
  rateLimited(): SandboxAnswer
  unauthorized(): SandboxAnswer
}

/** Makes the front door of some books. */
export function createRemote(books: Books, limit: RateLimit): Remote {
  const limited = (): SandboxAnswer => ({
    // 403 and not 429 (contract 1.4).
    ...dress(textReply(403, 'rate limit exceeded'), { isJson: true, remaining: 0 }),
  })
  const unauthorized = (): SandboxAnswer =>
    dress(textReply(401, 'unauthorized'), { isJson: true, remaining: limit.remaining() })

  return {
    rateLimited: limited,
    unauthorized,
    handle: (request) => {
      count(books, request)
      if (!isAuthorized(books, request)) {
        books.requests.unauthorized += 1
        return unauthorized()
      }
      if (!limit.take()) {
        books.requests.limited += 1
        return limited()
      }
      const reply = replyTo(books, request)
      const isJson = !books.switches.xmlWithoutAccept || asksForJson(request)
      const answer = dress(reply, { isJson, remaining: limit.remaining() })
      const delayMs = books.switches.delayAfterCommitMs
      const isCommitted = request.method === 'POST' && answer.status === 201
      return delayMs > 0 && isCommitted ? pause(delayMs, answer, { ref: false }) : answer
    },
  }
}

function replyTo(books: Books, request: SandboxRequest): Reply {
  try {
    return answerCall(books, request)
  } catch (error) {
    if (error instanceof Refusal) return textReply(error.status, error.message)
    throw error
  }
}

/** Dresses a reply as HTTP; the rate limit's header is on every answer (contract 1.4). */
function dress(reply: Reply, how: { isJson: boolean; remaining: number }): SandboxAnswer {
  const headers = { 'X-RateLimit-Remaining': String(how.remaining) }
  switch (reply.is) {
    case 'text':
      return {
        status: reply.status,
        headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' },
        body: reply.text,
      }
    case 'pdf':
      return {
        status: 200,
        headers: { ...headers, 'content-type': 'application/pdf' },
        body: reply.pdf,
      }
    case 'json': {
      const type = how.isJson ? 'application/json' : 'application/xml'
      return {
        status: 200,
        headers: { ...headers, 'content-type': `${type}; charset=utf-8` },
        body: how.isJson ? reply.json : toXml(JSON.parse(reply.json)),
      }
    }
  }
}

function isAuthorized({ account }: Books, request: SandboxRequest): boolean {
  const [, encoded] = /^basic +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
  if (encoded === undefined || !account.keyActive) return false
  return Buffer.from(encoded, 'base64').toString('utf8') === `${account.user}:${account.apiKey}`
}

function asksForJson(request: SandboxRequest): boolean {
  return request.headers.accept?.includes('application/json') === true
}

function count(books: Books, request: SandboxRequest): void {
  const { requests } = books
  const name = nameCall(request)
  requests.total += 1
  requests.byCall[name] = (requests.byCall[name] ?? 0) + 1
}
