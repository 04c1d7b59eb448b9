import { onTestFinished } from 'vitest'
import { startVies, type ViesOptions, type ViesSandbox } from './index.ts'

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
  sandbox: ViesSandbox
  /** A call of the API. */
  call: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>
  /** A check in the POST shape; the number with its country code. */
  post: (number: string, more?: Record<string, unknown>) => Promise<Answer>
  /** The same check in the GET shape. */
  get: (number: string, query?: Record<string, string>) => Promise<Answer>
  /** The code a check comes to in either shape: VALID, INVALID or a failure code. */
  verdict: (number: string, shape?: 'post' | 'get') => Promise<string>
  /** A call of the control routes. */
  control: (method: string, path: string, body?: unknown) => Promise<Answer>
}

/** Where the sandbox's clock stands in these tests. */
export const exampleMoment = new Date('2026-11-20T09:10:11.123Z')

/** A merchant who asks, in the names of REST. */
export const requester = { requesterMemberStateCode: 'NL', requesterNumber: '810433941B01' }

/** Starts a sandbox for one test, that ends with it. */
export async function openSandbox(options: ViesOptions = {}): Promise<TestClient> {
  const sandbox = await startVies({ now: () => exampleMoment, ...options })
  onTestFinished(() => sandbox.close())

  const call: TestClient['call'] = (method, path, body, headers = {}) =>
    send(method, `${sandbox.apiUrl}${path}`, body, headers)
  const post: TestClient['post'] = (number, more = {}) =>
    call('POST', '/check-vat-number', { ...split(number), ...more })
  const get: TestClient['get'] = (number, query = {}) => {
    const { countryCode, vatNumber } = split(number)
    const search = new URLSearchParams(query).toString()
    const path = `/ms/${countryCode}/vat/${encodeURIComponent(vatNumber)}`
    return call('GET', search === '' ? path : `${path}?${search}`)
  }
  return {
    sandbox,
    call,
    post,
    get,
    verdict: async (number, shape = 'post') =>
      codeOf((await (shape === 'post' ? post(number) : get(number))).json()),
    control: (method, path, body) => send(method, `${sandbox.url}/_sandbox${path}`, body, {}),
  }
}

/** The code in a body of either shape. */
export function codeOf(body: unknown): string {
  const { valid, userError, errorWrappers } = body as {
    valid?: boolean
    userError?: string
    errorWrappers?: { error: string }[]
  }
  if (userError !== undefined) return userError
  if (valid !== undefined) return valid ? 'VALID' : 'INVALID'
  return errorWrappers?.[0]?.error ?? 'nothing'
}

function split(number: string): { countryCode: string; vatNumber: string } {
  return { countryCode: number.slice(0, 2), vatNumber: number.slice(2) }
}

async function send(
  method: string,
  url: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const content =
    body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
  const type: Record<string, string> =
    body === undefined ? {} : { 'content-type': 'application/json' }
  const response = await fetch(url, { method, headers: { ...type, ...headers }, ...content })
  const text = await response.text()
  const json = (): unknown => JSON.parse(text)
  return { status: response.status, headers: response.headers, text, json }
}
