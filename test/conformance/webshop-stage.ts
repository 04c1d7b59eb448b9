import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createHttpClient, type HttpClient } from '../../src/connectors/http.ts'
import { defaultsOf } from '../../src/connectors/settings.ts'
import type { Cursor, Page, RawRequest, WebshopConnector } from '../../src/connectors/webshop.ts'
import { sum, withVat, zero, type Amount } from '../../src/money/amount.ts'
import { Trouble } from '../../src/problems/reason.ts'
import type { Gone, Sale } from '../../src/sale/sale.ts'
import {
  isUnsupported,
  type Feature,
  type OptionalFeature,
  type Placed,
  type RunningShop,
  type Values,
  type WebshopSystem,
} from './webshop-system.ts'

/** The one moment of every test. */
export const now = new Date('2026-11-20T10:00:00Z')

export type Session = Parameters<WebshopConnector['check']>[0]

export interface Stage {
  shop: RunningShop
  /** A client that gives up soon, for a remote that is silent on purpose. */
  hasty: () => HttpClient
  callbackUrl: string
  /** What arrived at our address, oldest first. */
  received: readonly RawRequest[]
  /** A session with the right keys and default settings, but for these. */
  session: (change?: { credentials?: Values; settings?: Values }) => Session
}

type Closer = () => Promise<void>
const closers: Closer[] = []

// A test that fails must not leave a server behind.
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A server that keeps what it gets and answers OK. */
const startReceiver = async () => {
  const received: RawRequest[] = []
  const server = createServer((message, response) => {
    const chunks: Buffer[] = []
    message.on('data', (chunk: Buffer) => chunks.push(chunk))
    message.on('end', () => {
      const url = new URL(message.url ?? '/', callbackUrl)
      received.push({
        method: message.method ?? '',
        address: url.origin + url.pathname,
        query: url.searchParams,
        headers: Object.fromEntries(
          Object.entries(message.headers).map(([name, value]) => [name, value?.toString()]),
        ),
        body: Buffer.concat(chunks).toString('utf8'),
        receivedAt: now,
      })
      response.end('OK')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const callbackUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return { callbackUrl, received }
}

/** A fresh shop with a fresh session; all of it is closed after the test. */
export const setStage = async (system: WebshopSystem): Promise<Stage> => {
  const { callbackUrl, received } = await startReceiver()
  const shop = await system.start({ now, callbackUrl, received })
  closers.push(() => shop.close())
  const client = (budgetMs: number) => {
    const http = createHttpClient({ privateAllowed: ['127.0.0.0/8'], budgetMs })
    closers.push(() => http.close())
    return http
  }
  const http = client(10_000)
  return {
    shop,
    hasty: () => client(250),
    callbackUrl,
    received,
    session: ({ credentials = {}, settings = {} } = {}) => ({
      credentials: { ...shop.credentials, ...credentials },
      settings: { ...defaultsOf(system.connector.settings), ...settings },
      http,
      clock: { now: () => now, monotonicMs: () => 0, sleep: () => Promise.resolve() },
    }),
  }
}

/** Makes a test of what a system may lack, and none where it does. */
export const itWhere =
  ({ lacks }: WebshopSystem, feature: OptionalFeature) =>
  (title: string, test: () => Promise<void>): void => {
    if (!lacks.includes(feature)) it(title, test)
  }

/** A feature that the system has. @throws Error when it lacks it: then nobody was to ask */
export const offered = <T extends object>(feature: Feature<T>): T => {
  if (isUnsupported(feature)) throw new Error(`not offered: ${feature.unsupported}`)
  return feature
}

/** The Trouble that `act` throws; null when it throws none. It never carries a secret or a person. */
export const troubleOf = async (act: () => Promise<unknown>, stage: Stage) => {
  try {
    await act()
    return null
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
    const told = `${error.message} ${JSON.stringify(error.reason)}`
    for (const secret of Object.values(stage.shop.credentials)) {
      if (typeof secret === 'string' && secret !== '') expect(told).not.toContain(secret)
    }
    expect(told).not.toContain('@')
    return error
  }
}

export const collect = async (pages: AsyncIterable<Page>): Promise<Page[]> => {
  const found: Page[] = []
  for await (const page of pages) found.push(page)
  return found
}

export const idsOf = (pages: readonly Page[]): string[] =>
  pages.flatMap(({ mentions }) => mentions.map(({ ref }) => ref.id))

export const cursorOf = (pages: readonly Page[]): Cursor => pages.at(-1)?.cursor ?? null

const isSale = (read: Sale | Gone): read is Sale => !('is' in read)

/** Reads a sale and checks what every sale of every shop has to keep. */
export const readSound = async (
  system: WebshopSystem,
  session: Session,
  order: Placed,
): Promise<Sale> => {
  const sale = await system.connector.read(session, order.ref)
  if (!isSale(sale)) throw new Error(`order ${order.ref.id} is gone`)
  expectSound(system, sale, order)
  return sale
}

const half = 0.005

/** How far VAT that is rounded in parts may be from VAT that is rounded once (contracts/vat.md §7 A). */
const allowanceOf = (system: WebshopSystem, sale: Sale): number => {
  const rates = new Set(sale.lines.map(({ vatPercent }) => vatPercent?.toString()))
  const parts = { once: 1, 'per-rate': rates.size, 'per-line': sale.lines.length }
  return Math.min(parts[system.vatRounding] * half, 0.05)
}

const expectSound = (system: WebshopSystem, sale: Sale, { ref, totalCents }: Placed): void => {
  expect(sale.ref).toEqual(ref)
  expect(sale.orderNumber).not.toBe('')
  expect(sale.date).toMatch(/^\d{4}-\d\d-\d\d$/)
  expect(sale.currency).toMatch(/^[A-Z]{3}$/)
  for (const { amount, vatPercent } of sale.lines) {
    expect(amount.decimalPlaces()).toBeLessThanOrEqual(2)
    expect(vatPercent).not.toBeNull()
  }
  expect(sale.total.toFixed(2)).toBe((totalCents / 100).toFixed(2))
  const gross = (line: Sale['lines'][number]): Amount =>
    sale.pricesIncludeVat ? line.amount : withVat(line.amount, line.vatPercent ?? zero)
  const off = sum(sale.lines.map(gross)).minus(sale.total).abs().toNumber()
  expect(off).toBeLessThanOrEqual(sale.pricesIncludeVat ? 0 : allowanceOf(system, sale))
}
