import { onTestFinished } from 'vitest'
import {
  type EenvoudigfacturerenOptions,
  type EenvoudigfacturerenSandbox,
  startEenvoudigfactureren,
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
  sandbox: EenvoudigfacturerenSandbox
  /** A call of the API with a good key and JSON, unless headers say otherwise. */
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
  /** Makes a client and tells its id. */
  client: (more?: Record<string, unknown>) => Promise<string>
  /** Makes an invoice and reads it back. */
  invoice: (client: string, more?: Record<string, unknown>) => Promise<Record<string, unknown>>
}

/** The day of the contract's example. */
const exampleMoment = new Date('2026-03-02T09:56:00Z')

/** Starts a sandbox for one test, that ends with it. The clock stands at the example's day. */
export async function openSandbox(options: EenvoudigfacturerenOptions = {}): Promise<TestClient> {
  const sandbox = await startEenvoudigfactureren({ now: () => exampleMoment, ...options })
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
    'x-api-key': 'sandbox-key',
    accept: 'application/json',
    'content-type': 'application/json',
  }
  const call: TestClient['call'] = (method, path, body, headers = standard) =>
    send(method, `${sandbox.url}/api/v1${path}`, headers, body)
  const post: TestClient['post'] = (path, body) => call('POST', path, body)
  const get: TestClient['get'] = async (path) => (await call('GET', path)).json()

  return {
    sandbox,
    call,
    get,
    post,
    control: (method, path, body) => send(method, `${sandbox.url}/_sandbox${path}`, {}, body),
    client: async (more = {}) => {
      const made = await post('/clients', { name: 'Lien Maes', country_code: 'BE', ...more })
      if (made.status !== 201) throw new Error(made.text)
      return (made.json() as { client_id: string }).client_id
    },
    invoice: async (client, more = {}) => {
      const items = [{ description: 'Mok blauw', amount_with_tax: 12.1, quantity: 2, tax_rate: 21 }]
      const body = { client_id: client, tax_included: 'yes', items, ...more }
      const made = await post('/invoices', body)
      if (made.status !== 201) throw new Error(made.text)
      const { invoice_id } = made.json() as { invoice_id: string }
      return (await get(`/invoices/${invoice_id}`)) as Record<string, unknown>
    },
  }
}
