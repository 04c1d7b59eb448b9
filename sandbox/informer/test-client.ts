import { onTestFinished } from 'vitest'
import { type InformerOptions, type InformerSandbox, startInformer } from './index.ts'

/** An answer with its body read. */
export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The body as JSON; throws when it is not. */
  json: () => Record<string, unknown>
}

/** A sandbox of one test, and the calls to make on it. */
export interface TestClient {
  sandbox: InformerSandbox
  /** A call, with the right keys unless headers say otherwise; `path` begins with the version. */
  call: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>
  /** A post of the control routes. */
  control: (method: string, path: string, body?: unknown) => Promise<Answer>
}

export const exampleMoment = new Date('2026-03-14T10:00:00Z')

/** Starts a sandbox for one test, that ends with it. The clock stands still unless given. */
export async function openSandbox(options: InformerOptions = {}): Promise<TestClient> {
  const sandbox = await startInformer({ now: () => exampleMoment, ...options })
  onTestFinished(() => sandbox.close())

  async function send(
    method: string,
    url: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<Answer> {
    const content =
      body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
    const response = await fetch(url, { method, headers, ...content })
    const text = await response.text()
    const json = () => JSON.parse(text) as Record<string, unknown>
    return { status: response.status, headers: response.headers, text, json }
  }

  const keys = { Apikey: 'sandbox-key', Securitycode: '123456' }
  return {
    sandbox,
    call: (method, path, body, headers = {}) =>
      send(method, sandbox.url + path, { ...keys, ...headers }, body),
    control: (method, path, body) => send(method, `${sandbox.url}/_sandbox${path}`, {}, body),
  }
}

/** The body of a private relation with what it needs (contract §6). */
export const relationOf = (change: Record<string, unknown> = {}) => ({
  relation_number: 0,
  relation_type: '1',
  firstname: 'Noor',
  surname: 'Dam',
  street: 'Havenweg',
  house_number: '8',
  zip: '3011 AB',
  city: 'Rotterdam',
  country: 'NL',
  email: 'noor@example.org',
  ...change,
})

/** The invoice of the contract (§7), of the first relation that is there at the start. */
export const invoiceOf = (change: Record<string, unknown> = {}) => ({
  relation_id: 4410021,
  contact_name: 'Noor van Dam',
  reference: 'WEB-100234',
  invoice_date: '2026-03-14',
  payment_condition_id: 66001,
  currency_id: 70001,
  vat_option: 'incl',
  template_id: 51001,
  comment: '',
  footer: '',
  lines: [
    lineOf({ qty: 2, description: 'Mok blauw', amount: 12.5 }),
    lineOf({ description: 'Verzendkosten', amount: 4.95, ledger_id: 90020 }),
  ],
  ...change,
})

export const lineOf = (change: Record<string, unknown> = {}) => ({
  qty: 1,
  description: 'Mok',
  amount: 1,
  discount: 0,
  vat_id: 81001,
  ledger_id: 90010,
  product_id: 0,
  costs_id: 0,
  ...change,
})
