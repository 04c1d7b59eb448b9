import { request as httpRequest } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { json } from './message.ts'
import { type Sandbox, startServer } from './server.ts'

let sandbox: Sandbox
let effects: string[] = []
let onEffect: () => void = () => undefined

beforeEach(async () => {
  effects = []
  sandbox = await startServer({
    name: 'test',
    options: {},
    handle: ({ method, rawUrl, body }) => {
      effects.push(`${method} ${rawUrl} ${body}`)
      onEffect()
      return json({ number: '20260001', padding: 'x'.repeat(100) }, 201)
    },
    backOffice: () => '',
    reset: () => undefined,
    rateLimited: () => ({ status: 403, headers: { 'x-ratelimit-remaining': '0' } }),
  })
})

afterEach(() => sandbox.close())

function post(signal?: AbortSignal): Promise<Response> {
  return fetch(`${sandbox.url}/invoices`, {
    method: 'POST',
    body: 'order 1',
    ...(signal === undefined ? {} : { signal }),
  })
}

/** The code of the network error a call ends in. */
async function failureOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } }
    return cause?.code ?? (error as Error).name
  }
  throw new Error('the call did not fail')
}

function elapsedMs(since: number): number {
  return performance.now() - since
}

describe('faults before the effect', () => {
  it.each([
    ['error-before', 503],
    ['rate-limit', 403],
    ['unauthorized', 401],
    ['html', 200],
  ] as const)('%s answers %i and nothing happens', async (fault, status) => {
    sandbox.faults.add({ fault })
    const response = await post()
    expect(response.status).toBe(status)
    expect(effects).toEqual([])
  })

  it('error-before takes another status', async () => {
    sandbox.faults.add({ fault: 'error-before', status: 500 })
    expect((await post()).status).toBe(500)
  })

  it('rate-limit is the answer of the system itself', async () => {
    sandbox.faults.add({ fault: 'rate-limit' })
    expect((await post()).headers.get('x-ratelimit-remaining')).toBe('0')
  })

  it('html is a page that calls itself a success', async () => {
    sandbox.faults.add({ fault: 'html' })
    const response = await post()
    expect(response.headers.get('content-type')).toMatch('text/html')
    expect(await response.text()).toMatch(/^<!doctype html>/)
  })

  it('reset-before cuts the connection', async () => {
    sandbox.faults.add({ fault: 'reset-before' })
    expect(await failureOf(post())).toBe('ECONNRESET')
    expect(effects).toEqual([])
  })

  it('timeout-before never answers', async () => {
    sandbox.faults.add({ fault: 'timeout-before' })
    expect(await failureOf(post(AbortSignal.timeout(60)))).toBe('TimeoutError')
    expect(effects).toEqual([])
  })

  it('timeout-before hangs up after its delay', async () => {
    sandbox.faults.add({ fault: 'timeout-before', delayMs: 30 })
    expect(await failureOf(post())).toBe('UND_ERR_SOCKET')
  })
})

describe('faults after the effect', () => {
  afterEach(() => expect(effects).toEqual(['POST /invoices order 1']))

  it('error-after answers 502', async () => {
    sandbox.faults.add({ fault: 'error-after' })
    expect((await post()).status).toBe(502)
  })

  it('timeout-after never answers', async () => {
    sandbox.faults.add({ fault: 'timeout-after' })
    expect(await failureOf(post(AbortSignal.timeout(60)))).toBe('TimeoutError')
  })

  it('reset-after cuts the connection', async () => {
    sandbox.faults.add({ fault: 'reset-after' })
    expect(await failureOf(post())).toBe('ECONNRESET')
  })

  it('bad-json keeps the status and type but spoils the body', async () => {
    sandbox.faults.add({ fault: 'bad-json' })
    const response = await post()
    expect(response.status).toBe(201)
    expect(response.headers.get('content-type')).toMatch('application/json')
    await expect(response.json()).rejects.toThrow(SyntaxError)
  })

  it('truncated announces more than it sends', async () => {
    sandbox.faults.add({ fault: 'truncated' })
    const response = await post()
    expect(response.status).toBe(201)
    expect(await failureOf(response.text())).toBe('UND_ERR_SOCKET')
  })

  it('truncated leaves the first half to a client that does not count', async () => {
    sandbox.faults.add({ fault: 'truncated' })
    const { announced, received } = await readRaw()
    expect(announced).toBeGreaterThan(100)
    expect(received).toBe(Math.floor(announced / 2))
  })

  it('latency answers as ever, later', async () => {
    sandbox.faults.add({ fault: 'latency', delayMs: 80 })
    const start = performance.now()
    expect((await post()).status).toBe(201)
    expect(elapsedMs(start)).toBeGreaterThan(75)
  })

  it('slow-body drips the whole body', async () => {
    sandbox.faults.add({ fault: 'slow-body', delayMs: 120 })
    const response = await post()
    const start = performance.now()
    expect(await response.json()).toMatchObject({ number: '20260001' })
    expect(elapsedMs(start)).toBeGreaterThan(60)
  })
})

describe('late-effect', () => {
  it('cuts the connection at once and has its effect later', async () => {
    const happened = new Promise<void>((resolve) => (onEffect = resolve))
    sandbox.faults.add({ fault: 'late-effect', delayMs: 60 })
    const start = performance.now()
    expect(await failureOf(post())).toBe('ECONNRESET')
    expect(effects).toEqual([])
    await happened
    expect(elapsedMs(start)).toBeGreaterThan(55)
    expect(effects).toEqual(['POST /invoices order 1'])
  })

  it('is called off by a reset', async () => {
    sandbox.faults.add({ fault: 'late-effect', delayMs: 40 })
    await failureOf(post())
    await fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' })
    // A fault that takes longer than the late effect would have.
    sandbox.faults.add({ fault: 'timeout-before', delayMs: 80 })
    await failureOf(post())
    expect(effects).toEqual([])
  })
})

it('works as ever after each fault', async () => {
  sandbox.faults.add({ fault: 'reset-after' })
  sandbox.faults.add({ fault: 'truncated' })
  await failureOf(post())
  await failureOf(post().then((response) => response.text()))
  expect((await post()).status).toBe(201)
})

/** Reads an answer with a client that takes whatever comes. */
function readRaw(): Promise<{ announced: number; received: number }> {
  return new Promise((resolve) => {
    const request = httpRequest(`${sandbox.url}/invoices`, { method: 'POST' }, (response) => {
      let received = 0
      response.on('data', (chunk: Buffer) => (received += chunk.length))
      response.on('error', () => undefined)
      response.on('close', () =>
        resolve({ announced: Number(response.headers['content-length']), received }),
      )
    })
    request.end('order 1')
  })
}
