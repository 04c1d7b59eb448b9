import { afterEach } from 'vitest'
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import { type Seoshop, type SeoshopOptions, startSeoshop } from './index.ts'

type Closer = () => Promise<void>
const closers: Closer[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

export interface Answer {
  status: number
  headers: Headers
  /** The JSON of the body; its text when it is none. */
  body: unknown
}

export interface TestShop {
  shop: Seoshop
  /** A call of the merchant's own key; `path` like "orders" or "orders/1". */
  call: (method: string, path: string, body?: unknown) => Promise<Answer>
  /** The value in the one envelope key. */
  get: <T>(path: string) => Promise<T>
}

export const now = new Date('2026-03-02T09:14:05Z')

export const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

export const ask = async (address: string, init: RequestInit = {}): Promise<Answer> => {
  const answer = await fetch(address, init)
  const text = await answer.text()
  let body: unknown = text
  try {
    body = JSON.parse(text)
  } catch {
    // Not every answer is JSON.
  }
  return { status: answer.status, headers: answer.headers, body }
}

/** A shop that is closed after the test, and a third party's way of talking to it. */
export const openShop = async (options: SeoshopOptions = {}): Promise<TestShop> => {
  const shop = await startSeoshop({ now: () => now, limits: 'off', ...options })
  closers.push(() => shop.close())
  const authorization = basic(shop.credentials.key, shop.credentials.secret)
  const call: TestShop['call'] = (method, path, body) => {
    const [name = '', query] = path.split('?')
    return ask(`${shop.url}/nl/${name}.json${query === undefined ? '' : `?${query}`}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }
  return {
    shop,
    call,
    get: async <T>(path: string) => {
      const { body } = await call('GET', path)
      const [value] = Object.values(body as Record<string, T>)
      return value as T
    },
  }
}

export interface Received {
  method: string
  url: URL
  headers: Record<string, string | undefined>
  body: string
}

/** Somebody to call: keeps what it gets and answers with `status`. */
export const openReceiver = async (status = 200) => {
  const received: Received[] = []
  const server = createServer((message, response) => {
    const chunks: Buffer[] = []
    message.on('data', (chunk: Buffer) => chunks.push(chunk))
    message.on('end', () => {
      received.push({
        method: message.method ?? '',
        url: new URL(message.url ?? '/', 'http://receiver'),
        headers: Object.fromEntries(
          Object.entries(message.headers).map(([name, value]) => [name, value?.toString()]),
        ),
        body: Buffer.concat(chunks).toString('utf8'),
      })
      response.writeHead(status).end('OK')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received }
}
