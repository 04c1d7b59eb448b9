import { json } from '../kit/message.ts'
import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { type Books } from './books.ts'
import { type RateLimit, type Turn } from './rate-limit.ts'
import { Refusal, unknownPath } from './refusal.ts'
import { answerV1 } from './v1.ts'
import { answerV2 } from './v2.ts'

type Version = 'v1' | 'v2'

const wrongKeys = 'Security code and API key do not match'

/** v1: mostly 200 with the error in the body (contract §3). */
function v1Error({ switches }: Books, { kind, error }: Refusal): SandboxAnswer {
  const body = { error }
  if (kind === 'auth') return json(body, switches.authFailure)
  if (kind === 'limit') return json(body, switches.limitAnswer)
  // An empty list is no failure, whatever failures look like.
  return json(body, switches.errorsAs200 || kind === 'empty' ? 200 : 400)
}

const v2Statuses: Readonly<Record<Refusal['kind'], number>> = {
  auth: 401,
  limit: 429,
  empty: 404,
  'unknown-path': 404,
  'not-found': 404,
  invalid: 422,
}

/** v2: honest statuses; what is invalid is told by field (contract §3). */
function v2Error({ kind, field, error }: Refusal): SandboxAnswer {
  const status = v2Statuses[kind]
  const isByField = status === 422 && field !== ''
  const texts: Partial<Record<Refusal['kind'], unknown>> = {
    'not-found': ['Resource niet gevonden.'],
    'unknown-path': ['Resource niet gevonden.'],
    auth: ['Authentication failed'],
  }
  const body = isByField ? { [field]: `${field} is verplicht of ongeldig.` } : texts[kind]
  return json({ error: body ?? error, response_code: status }, status)
}

const errorOf = (books: Books, version: Version, refusal: Refusal): SandboxAnswer =>
  version === 'v1' ? v1Error(books, refusal) : v2Error(refusal)

const withHeaders = (answer: SandboxAnswer, headers: Record<string, string>): SandboxAnswer => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
})

function limited(books: Books, version: Version, turn: Pick<Turn, 'headers' | 'waitMs'>) {
  const refusal = new Refusal('limit', ['Too many requests'])
  const seconds = String(Math.ceil(turn.waitMs / 1000))
  return withHeaders(errorOf(books, version, refusal), {
    ...turn.headers,
    ...(books.switches.retryAfter && { 'Retry-After': seconds }),
  })
}

function mayEnter({ account, switches }: Books, version: Version, request: SandboxRequest) {
  const { apikey, securitycode } = request.headers
  const matches =
    String(apikey ?? '') === account.apiKey &&
    String(securitycode ?? '').trim() === account.securityCode
  return matches && (version === 'v1' || switches.v2SameKey)
}

/** The remote's front door: who may enter, how often, and what is behind it. */
export function createRemote(books: Books, limit: RateLimit) {
  function answerVersion(version: Version, request: SandboxRequest, parts: string[]) {
    if (!mayEnter(books, version, request)) {
      books.requests.unauthorized += 1
      return errorOf(books, version, new Refusal('auth', wrongKeys))
    }
    const turn = limit.take()
    if (!turn.allowed) {
      books.requests.limited += 1
      return limited(books, version, turn)
    }
    try {
      const answer = version === 'v1' ? answerV1 : answerV2
      return withHeaders(answer(books, request, parts), turn.headers)
    } catch (error) {
      if (error instanceof Refusal) return withHeaders(errorOf(books, version, error), turn.headers)
      throw error
    }
  }

  return {
    rateLimited: () => limited(books, 'v1', { headers: {}, waitMs: 30_000 }),
    unauthorized: () => errorOf(books, 'v1', new Refusal('auth', wrongKeys)),
    handle: (request: SandboxRequest): SandboxAnswer => {
      // A slash at the end makes no difference (contract §1).
      const [version, ...parts] = request.path.replace(/^\/|\/+$/g, '').split('/')
      count(books, request.method, parts)
      if (version === 'v1' || version === 'v2') return answerVersion(version, request, parts)
      return errorOf(books, 'v1', unknownPath(request.path))
    },
  }
}

function count({ requests }: Books, method: string, parts: readonly string[]): void {
  const name = `${method} ${parts.filter((part) => !/^\d+$/.test(part)).join('/')}`
  requests.total += 1
  requests.byCall[name] = (requests.byCall[name] ?? 0) + 1
}
