import { createHmac } from 'node:crypto'

/** An answer of the sandbox, read whole. */
export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The body as JSON; undefined when it is none. */
  json: unknown
}

export interface Client {
  get(path: string): Promise<Answer>
  send(method: string, path: string, body?: unknown): Promise<Answer>
  /** With headers of one's own choosing over the right ones. */
  raw(method: string, path: string, body: string, headers: Record<string, string>): Promise<Answer>
}

/**
 * A client of the contract's section 4, written from the contract and not with the sandbox's own signing
 * code: one misreading must not hide in both.
 */
export function apiClient(
  url: string,
  key: { apiPublic: string; apiSecret: string },
  now: () => Date = () => new Date(),
): Client {
  const raw: Client['raw'] = async (method, path, body, headers) => {
    const date = headers['x-date'] ?? now().toISOString()
    const hash = hmac(key.apiSecret, [key.apiPublic, method, path, body, date])
    return answerOf(
      await fetch(`${url}${path}`, {
        method,
        headers: { 'x-public': key.apiPublic, 'x-date': date, 'x-hash': hash, ...headers },
        ...(body === '' ? {} : { body }),
      }),
    )
  }
  return {
    get: (path) => raw('GET', path, '', {}),
    send: (method, path, body) =>
      raw(method, path, body === undefined ? '' : JSON.stringify(body), {
        'content-type': 'application/json',
      }),
    raw,
  }
}

export function hmac(secret: string, parts: string[]): string {
  return createHmac('sha512', secret).update(parts.join('|')).digest('hex')
}

/** A call to a control route. */
export async function control(
  url: string,
  method: string,
  route: string,
  body?: unknown,
): Promise<Answer> {
  const answer = await fetch(`${url}/_sandbox/${route}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return answerOf(answer)
}

async function answerOf(answer: Response): Promise<Answer> {
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, json: parse(text) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
