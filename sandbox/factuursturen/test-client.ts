import { onTestFinished } from 'vitest'
import {
  type FactuursturenOptions,
  type FactuursturenSandbox,
  startFactuursturen,
} from './index.ts'

/** An answer with its body read. */
export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The body as JSON; throws when it is not. */
  json: () => unknown
}

/** A sandbox of one test, and the calls to make on it. */
export interface TestClient {
  sandbox: FactuursturenSandbox
  /** A call of the API with good credentials and JSON, unless headers say otherwise. */
  call: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>
  get: (path: string) => Promise<unknown>
  post: (path: string, body: unknown) => Promise<Answer>
  /** A call of the control routes. */
  control: (method: string, path: string, body?: unknown) => Promise<Answer>
}

/** The moment of the contract's example: 10:56 in Amsterdam. */
export const exampleMoment = new Date('2026-03-02T09:56:00Z')

/** The Authorization header of the standard account. */
const goodCredentials = basic('sandbox', 'sandbox-key')

/** Writes an Authorization header. */
export function basic(user: string, key: string): string {
  return `Basic ${Buffer.from(`${user}:${key}`).toString('base64')}`
}

/** Starts a sandbox for one test, that ends with it. The clock stands at the example's moment. */
export async function openSandbox(options: FactuursturenOptions = {}): Promise<TestClient> {
  const sandbox = await startFactuursturen({ now: () => exampleMoment, ...options })
  onTestFinished(() => sandbox.close())

  async function send(
    method: string,
    url: string,
    headers: Record<string, string>,
    body: unknown,
  ): Promise<Answer> {
    const content =
      body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
    const response = await fetch(url, { method, headers, ...content })
    const text = await response.text()
    const json = (): unknown => JSON.parse(text)
    return { status: response.status, headers: response.headers, text, json }
  }

  const standard = {
    authorization: goodCredentials,
    accept: 'application/json',
    'content-type': 'application/json',
  }
  const call: TestClient['call'] = (method, path, body, headers = {}) =>
    send(method, `${sandbox.url}/api/v1${path}`, { ...standard, ...headers }, body)

  return {
    sandbox,
    call,
    get: async (path) => (await call('GET', path)).json(),
    post: (path, body) => call('POST', path, body),
    control: (method, path, body) => send(method, `${sandbox.url}/_sandbox${path}`, {}, body),
  }
}

/** An invoice request with everything that must be there. */
export function invoiceOf(clientnr: string | number, more: Record<string, unknown> = {}): unknown {
  return {
    clientnr,
    action: 'send',
    sendmethod: 'mail',
    lines: [{ amount: 1, description: 'Mok', tax_rate: 21, price: 10 }],
    ...more,
  }
}
