import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import {
  hasZodFastifySchemaValidationErrors,
  isResponseSerializationError,
} from 'fastify-type-provider-zod'
import { DatabaseFailed } from '../bookings/commit-errors.ts'
import { catalogue, explain, isProblemCode, type ProblemCode } from '../problems/catalogue.ts'
import type { Language } from '../problems/problem.ts'
import { reason, type Reason } from '../problems/reason.ts'
import { helpPathOf } from '../support/help/paths.ts'

/** Thrown by routes: the answer is the problem's own status and its text in the caller's language. */
export class ProblemAnswer extends Error {
  readonly reason: Reason
  constructor(code: ProblemCode, params: Reason['params'] = {}) {
    super(code)
    this.name = 'ProblemAnswer'
    this.reason = reason(code, params)
  }
}

/** The language a caller wants: asked for in the query, else as the browser prefers. */
export const languageOf = (request: FastifyRequest): Language => {
  const asked = (request.query as { language?: unknown } | undefined)?.language
  if (asked === 'nl' || asked === 'en') return asked
  const preferred = request.headers['accept-language'] ?? ''
  return /^\s*en/i.test(preferred) ? 'en' : 'nl'
}

/** A reason in words, as every route answers it. A stored code that no longer exists stays readable. */
export const inWords = (why: { code: string; params: Reason['params'] }, language: Language) =>
  isProblemCode(why.code)
    ? {
        code: why.code,
        params: why.params,
        ...explain(why.code, why.params, language),
        help: helpPathOf(why.code),
      }
    : { code: why.code, params: why.params, text: why.code, cause: '', remedy: '', help: '' }

/** Most problems are about a sale or a remote: the request was understood and can't be carried out. */
const statusOf = (code: ProblemCode): number => catalogue[code].httpStatus ?? 422

/** Addresses that Fastify can't even look up. */
const unreadableAddress = new Set([
  'FST_ERR_BAD_URL',
  'FST_ERR_MAX_PARAM_LENGTH',
  'FST_ERR_ASYNC_CONSTRAINT',
])

const bodyLimitMax = (request: FastifyRequest) => request.routeOptions.bodyLimit

/** What Fastify itself refuses, by its stable codes. */
const ownCodes: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'MEDIA_UNSUPPORTED',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'INPUT_INVALID',
  FST_ERR_CTP_INVALID_JSON_BODY: 'INPUT_INVALID',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'INPUT_INVALID',
}

/** PostgreSQL's classes for trouble that passes, and what Node says of a broken line. */
const databaseAway = /^(08|53|57P)|^(ECONN|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE)/

const isDatabaseTrouble = (error: { code?: unknown; message: string }) =>
  (typeof error.code === 'string' && databaseAway.test(error.code)) ||
  /timeout exceeded when trying to connect|Connection terminated|connection error/.test(
    error.message,
  )

/** Whatever a route threw, as a problem of the catalogue. */
export const reasonOf = (error: FastifyError, request: FastifyRequest): Reason => {
  if (error instanceof ProblemAnswer) return error.reason
  if (hasZodFastifySchemaValidationErrors(error)) {
    const field = error.validation[0]?.instancePath.replace(/^\//, '').replaceAll('/', '.') ?? ''
    return reason('INPUT_INVALID', {
      field: field === '' ? (error.validationContext ?? 'body') : field,
    })
  }
  const own = ownCodes[error.code]
  if (own === 'BODY_TOO_LARGE') return reason(own, { max: bodyLimitMax(request) })
  if (own !== undefined) return reason(own, { field: 'body' })
  if (error.statusCode === 429) return reason('TOO_MANY_REQUESTS')
  if (error instanceof DatabaseFailed || isDatabaseTrouble(error)) return reason('DATABASE_BUSY')
  if (unreadableAddress.has(error.code)) return reason('NOT_FOUND')
  if (error.statusCode === 400 || error instanceof SyntaxError) {
    return reason('INPUT_INVALID', { field: 'body' })
  }
  return reason('FAULT_IN_DOORVOER')
}

/** Turns whatever a route threw into a problem with a code; only our own faults are logged as errors. */
export const answerProblem = (
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  const why = reasonOf(error, request)
  const status = statusOf(why.code)
  if (status >= 500) request.log.error({ err: error }, 'a request failed')
  if (isResponseSerializationError(error)) request.log.error({ err: error.cause }, 'a wrong answer')
  return reply.status(status).send({ error: inWords(why, languageOf(request)) })
}
