import { Agent, type Dispatcher } from 'undici'
import { addressGuard, AddressRefused, type AddressPolicy } from './private-address.ts'

/** One request to a remote. Headers and body are sent exactly as given: signatures depend on it. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Absolute, http or https. */
  url: string
  headers?: Readonly<Record<string, string>>
  body?: string
  /** Time for everything: name look-up, connection, request and the whole answer. */
  budgetMs?: number
  /**
   * Asked by the door of a lease when the request's turn has come and it is about to leave: false keeps it
   * here, surely not sent. What must be true while it is on its way is made true here, as fresh as the request.
   */
  mayLeave?: () => Promise<boolean>
}

/** A complete answer, whatever its status. Header names are lower case. */
export interface HttpAnswer {
  is: 'answer'
  status: number
  headers: Readonly<Record<string, string | undefined>>
  body: string
}

export type SilenceCause =
  | 'time-out'
  | 'connection-refused'
  | 'connection-lost'
  | 'name-not-found'
  | 'certificate'
  | 'address-refused'
  | 'bad-url'
  | 'too-large'
  | 'not-sent'

/** No complete answer came. `mayHaveArrived` false means: the remote surely saw nothing of the request. */
export interface HttpSilence {
  is: 'silence'
  cause: SilenceCause
  mayHaveArrived: boolean
}

/**
 * The only way out of this house. Never follows a redirect and never repeats anything that is not a GET:
 * a POST that got no answer may have happened, and only a look-up can tell.
 */
export interface HttpClient {
  send(request: HttpRequest): Promise<HttpAnswer | HttpSilence>
}

export interface HttpOptions extends AddressPolicy {
  /** Connections per origin. */
  connectionsMax?: number
  /** Budget of a request that names none. Shorter than a mailbox lease (design §3). */
  budgetMs?: number
  bodyBytesMax?: number
}

const budgetMsDefault = 20_000
const bodyBytesDefault = 16 * 1024 * 1024
const connectTimeoutMs = 5_000

/** Error codes of Node and undici that mean: no byte of the request reached the remote. */
const neverSent: Readonly<Record<string, SilenceCause>> = {
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'connection-refused',
  ENETUNREACH: 'connection-refused',
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  UND_ERR_CONNECT_TIMEOUT: 'time-out',
  CERT_HAS_EXPIRED: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  EPROTO: 'certificate',
  ERR_SSL_WRONG_VERSION_NUMBER: 'certificate',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'certificate',
  UND_ERR_INVALID_ARG: 'not-sent',
  ERR_INVALID_CHAR: 'not-sent',
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const silenceOf = (error: unknown): HttpSilence => {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if (each instanceof AddressRefused) {
      return { is: 'silence', cause: 'address-refused', mayHaveArrived: false }
    }
    const cause = neverSent[codeOf(each)]
    if (cause !== undefined) return { is: 'silence', cause, mayHaveArrived: false }
    if (each.name === 'TimeoutError' || each.name === 'AbortError') {
      return { is: 'silence', cause: 'time-out', mayHaveArrived: true }
    }
  }
  return { is: 'silence', cause: 'connection-lost', mayHaveArrived: true }
}

class BodyTooLarge extends Error {}

/** Where nothing says how long the body of a success is, its end and a connection that broke look the same. */
class EndUnknown extends Error {}

const tellsItsEnd = ({ status, headers }: Omit<HttpAnswer, 'body'>): boolean =>
  status < 200 ||
  status === 204 ||
  status > 299 ||
  'content-length' in headers ||
  'transfer-encoding' in headers

class OutOfTime extends Error {
  override name = 'TimeoutError'
}

const flatten = (headers: Readonly<Record<string, string | string[] | undefined>>) => {
  const flat: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(headers)) {
    flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}

/** One request and its whole answer, without a stream in between. @throws whatever went wrong */
const exchange = (
  agent: Agent,
  request: Dispatcher.DispatchOptions,
  limits: { budgetMs: number; bytesMax: number },
): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    let answer: Omit<HttpAnswer, 'body'> | null = null
    let isLate = false
    let abort = () => {
      isLate = true
    }
    const timer = setTimeout(() => {
      abort()
      // Before there is a connection there is nothing to abort.
      reject(new OutOfTime())
    }, limits.budgetMs)
    const fail = (error: Error) => {
      clearTimeout(timer)
      reject(error)
    }
    agent.dispatch(
      { ...request, headersTimeout: 0, bodyTimeout: 0 },
      {
        onRequestStart(controller) {
          // It waited for a connection until nobody waits for it any more: it may not go out now.
          if (isLate) controller.abort(new OutOfTime())
          abort = () => controller.abort(new OutOfTime())
        },
        onResponseStart(_controller, status, headers) {
          answer = { is: 'answer', status, headers: flatten(headers) }
        },
        onResponseData(controller, chunk) {
          bytes += chunk.length
          if (bytes > limits.bytesMax) controller.abort(new BodyTooLarge())
          else chunks.push(chunk)
        },
        onResponseEnd() {
          clearTimeout(timer)
          if (answer === null) reject(new Error('an end without a beginning'))
          // Half the number of an invoice reads like a whole one.
          else if (request.method !== 'GET' && !tellsItsEnd(answer)) reject(new EndUnknown())
          else resolve({ ...answer, body: Buffer.concat(chunks).toString('utf8') })
        },
        onResponseError: (_controller, error) => fail(error),
      },
    )
  })

/**
 * Talks HTTP through one pool of keep-alive connections per origin.
 * @returns a client, and `close` for the end of the process
 */
export const createHttpClient = (
  options: HttpOptions = {},
): HttpClient & { close(): Promise<void> } => {
  const guard = addressGuard(options)
  const bytesMax = options.bodyBytesMax ?? bodyBytesDefault
  const agent = new Agent({
    connections: options.connectionsMax ?? 64,
    connect: { timeout: connectTimeoutMs, lookup: guard.lookup },
    // Shorter than the five seconds after which common servers hang up, so that we rarely write into a
    // connection that is just being closed.
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 4_000,
  })

  const once = async (
    request: HttpRequest,
    budgetMs: number,
  ): Promise<HttpAnswer | HttpSilence> => {
    try {
      const url = new URL(request.url)
      if (url.protocol !== 'https:' && url.protocol !== 'http:') {
        return { is: 'silence', cause: 'bad-url', mayHaveArrived: false }
      }
      guard.checkLiteral(url.hostname)
      return await exchange(
        agent,
        {
          origin: url.origin,
          path: url.pathname + url.search,
          method: request.method,
          headers: request.headers ?? {},
          ...(request.body !== undefined && { body: request.body }),
        },
        { budgetMs, bytesMax },
      )
    } catch (error) {
      if (error instanceof BodyTooLarge) {
        return { is: 'silence', cause: 'too-large', mayHaveArrived: true }
      }
      if (error instanceof TypeError && codeOf(error) === 'ERR_INVALID_URL') {
        return { is: 'silence', cause: 'bad-url', mayHaveArrived: false }
      }
      return silenceOf(error)
    }
  }

  return {
    async send(request) {
      const budgetMs = request.budgetMs ?? options.budgetMs ?? budgetMsDefault
      const startedMs = performance.now()
      const first = await once(request, budgetMs)
      // A kept connection that the server closed at the same moment; a second GET does no harm.
      const repeat =
        request.method === 'GET' && first.is === 'silence' && first.cause === 'connection-lost'
      const leftMs = Math.floor(budgetMs - (performance.now() - startedMs))
      return repeat && leftMs > 0 ? once(request, leftMs) : first
    },
    close: () => agent.destroy(),
  }
}
