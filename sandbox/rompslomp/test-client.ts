import { onTestFinished } from 'vitest'
import { type RompslompOptions, type RompslompSandbox, startRompslomp } from './index.ts'

/** An answer with its body read. */
export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The body as JSON; throws when it is not. */
  json: () => unknown
  /** The type of the error in the body. */
  errorType: () => string
}

/** A sandbox of one test, and the calls to make on it. */
export interface TestClient {
  sandbox: RompslompSandbox
  /** A call of the API; with the personal token, unless headers say otherwise. */
  call: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>
  /** The same, within the paid administration. */
  inBooks: (method: string, path: string, body?: unknown) => Promise<Answer>
  /** A call of the control routes. */
  control: (method: string, path: string, body?: unknown) => Promise<Answer>
  /** A post of the token endpoint. */
  token: (form: Record<string, string>) => Promise<Answer>
}

export const paid = 418223901
export const free = 418223902
export const noor = 500000017
export const high = 300200101

export const exampleMoment = new Date('2026-03-14T09:56:00Z')
export const redirectUri = 'http://127.0.0.1:3000/connect/rompslomp/return'
export const app = { client_id: 'sandbox-app', client_secret: 'sandbox-secret' }

/** Starts a sandbox for one test, that ends with it. The clock stands still unless given. */
export async function openSandbox(options: RompslompOptions = {}): Promise<TestClient> {
  const sandbox = await startRompslomp({ now: () => exampleMoment, ...options })
  onTestFinished(() => sandbox.close())

  async function send(
    method: string,
    url: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<Answer> {
    const content =
      body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
    const response = await fetch(url, { method, headers, redirect: 'manual', ...content })
    const text = await response.text()
    const json = (): unknown => JSON.parse(text)
    const errorType = () => (json() as { error: { type: string } }).error.type
    return { status: response.status, headers: response.headers, text, json, errorType }
  }

  const standard = { authorization: 'Bearer sandbox-token', 'content-type': 'application/json' }
  const call: TestClient['call'] = (method, path, body, headers = {}) =>
    send(method, `${sandbox.url}/api/v1${path}`, { ...standard, ...headers }, body)
  return {
    sandbox,
    call,
    inBooks: (method, path, body) => call(method, `/companies/${paid}${path}`, body),
    control: (method, path, body) => send(method, `${sandbox.url}/_sandbox${path}`, {}, body),
    token: (form) =>
      send(
        'POST',
        `${sandbox.url}/oauth/token`,
        { 'content-type': 'application/x-www-form-urlencoded' },
        new URLSearchParams(form).toString(),
      ),
  }
}

/** The body of an invoice with what it needs. */
export const invoiceOf = (change: Record<string, unknown> = {}): unknown => ({
  sales_invoice: {
    contact_id: noor,
    invoice_lines: [
      { description: 'Mok blauw', quantity: '2', price_per_unit: '10.33058', vat_type_id: high },
      { description: 'Verzendkosten', price_per_unit: '4.09091', vat_type_id: high },
    ],
    ...change,
  },
})
