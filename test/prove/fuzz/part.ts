import { isDeepStrictEqual } from 'node:util'
import type { AccountingConnector } from '../../../src/connectors/accounting.ts'
import type { HttpAnswer, HttpClient, HttpRequest } from '../../../src/connectors/http.ts'
import { accountings, webshops } from '../../../src/connectors/registry.ts'
import { defaultsOf, schemaOf } from '../../../src/connectors/settings.ts'
import type { WebshopConnector } from '../../../src/connectors/webshop.ts'
import {
  draftOptionsOf,
  readIntegrationSettings,
} from '../../../src/merchants/integration-settings.ts'
import { Trouble } from '../../../src/problems/reason.ts'
import { firstProblem, firstSaleProblem } from '../../../src/sale/checks/all.ts'
import { gate } from '../../../src/sale/gate.ts'
import { makeDraft } from '../../../src/sale/make-draft.ts'
import { startBooksEnd } from '../ends/books.ts'
import { startShopEnd } from '../ends/shops.ts'
import type { BooksEnd, ShopEnd } from '../ends/end.ts'
import { nothing, type Part } from '../part.ts'
import { chanceOf, type Chance } from '../simulate/world.ts'
import { mutated } from './mutate.ts'

const small = 150
const now = new Date('2026-03-02T10:00:00.000Z')
const clock = { now: () => now, monotonicMs: () => 0, sleep: () => Promise.resolve() }
const faultsMax = 20
/** More than any call makes of itself; an answer that leads on for ever is a fault too. */
const requestsMax = 5_000

/** Answers recorded once from a sandbox, so that an input costs only what reads it. */
interface Door extends HttpClient {
  /** From now on each answer is spoilt with this chance; null: none. */
  chance: Chance | null
  spoilt: number
  requests: number
}

const doorOf = (end: ShopEnd | BooksEnd): Door => {
  const kept = new Map<string, HttpAnswer>()
  const ask = async ({
    method,
    url,
    headers = {},
    body = '',
  }: HttpRequest): Promise<HttpAnswer> => {
    const { pathname, search, host } = new URL(url)
    const key = `${method} ${pathname}${search}`
    const known = kept.get(key)
    if (known !== undefined) return known
    const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
    const answer = await end.handle({
      method,
      path: pathname,
      query: new URLSearchParams(search),
      rawUrl: pathname + search,
      headers: { host, ...(Object.fromEntries(lower) as Record<string, string>) },
      body,
    })
    const answered = Object.entries(answer.headers ?? {}).map(([name, value]) => [
      name.toLowerCase(),
      value,
    ])
    const whole: HttpAnswer = {
      is: 'answer',
      status: answer.status,
      headers: Object.fromEntries(answered) as Record<string, string>,
      body: answer.body ?? '',
    }
    kept.set(key, whole)
    return whole
  }
  const door: Door = {
    chance: null,
    spoilt: 0,
    requests: 0,
    async send(request) {
      door.requests += 1
      if (door.requests > requestsMax) throw new Error('asks and asks')
      const answer = await ask(request)
      if (door.chance === null || !door.chance.happens(0.7)) return answer
      door.spoilt += 1
      return { ...answer, body: mutated(door.chance, answer.body) }
    },
  }
  return door
}

/** One way into a connector's parsers. @throws Trouble, which is how a remote's nonsense is told */
interface Way {
  name: string
  run(): Promise<unknown>
}

const isSpelt = (error: unknown): boolean => error instanceof Trouble

const shopWays = (connector: WebshopConnector, end: ShopEnd, door: Door): readonly Way[] => {
  const session = {
    credentials: schemaOf(connector.credentials).parse(end.credentials),
    settings: defaultsOf(connector.settings),
    http: door,
    clock,
  } as Parameters<WebshopConnector['read']>[0]
  const { ref } = end.place({
    email: 'k@klant.example',
    name: 'Klant',
    priceCents: 1210,
    quantity: 2,
    paid: true,
  })
  const options = draftOptionsOf(readIntegrationSettings({ homeCountry: 'BE' }))
  return [
    {
      name: 'read a sale',
      async run() {
        const sale = await connector.read(session, ref)
        if ('is' in sale) return
        // What was read goes on through everything that decides money.
        gate(sale, connector.trigger(session.settings))
        const books = {
          system: 'x',
          vatCodes: false,
          currencies: ['EUR'],
          creditInvoices: true,
          vatRates: null,
        }
        if (firstSaleProblem({ sale, books }) !== null) return
        const drafting = makeDraft(sale, options)
        const isSound =
          drafting.is === 'drafted' && firstProblem({ sale, draft: drafting.draft, books }) === null
        if (isSound) {
          const { gross } = drafting.draft.totals
          if (!isDeepStrictEqual(gross.toFixed(2), sale.total.toFixed(2))) {
            throw new Error(`a draft of ${gross.toFixed(2)} for a sale of ${sale.total.toFixed(2)}`)
          }
        }
      },
    },
    {
      name: 'list changes',
      async run() {
        let pages = 0
        for await (const page of connector.changes(session, null)) {
          JSON.stringify(page)
          pages += 1
          if (pages > 50) break
        }
      },
    },
    { name: 'look over', run: () => connector.check(session) },
    { name: 'read the choices', run: () => connector.choices(session) },
  ]
}

const booksWays = (connector: AccountingConnector, end: BooksEnd, door: Door): readonly Way[] => {
  const session = {
    credentials: schemaOf(connector.credentials).parse(end.credentials),
    settings: schemaOf(connector.settings).parse(end.settings),
    http: door,
    clock,
  } as Parameters<AccountingConnector['find']>[0]
  return [
    { name: 'find a debtor', run: () => connector.findDebtor(session, 'k@klant.example') },
    { name: 'read a debtor', run: () => connector.readDebtor(session, '1') },
    {
      name: 'list debtors',
      async run() {
        for await (const page of connector.changedDebtors?.(session, null) ?? []) {
          JSON.stringify(page)
        }
      },
    },
    {
      name: 'find an invoice',
      run: () => connector.find(session, 'W-1', { date: '2026-03-02', debtorId: '1' }),
    },
    { name: 'look over', run: () => connector.check(session) },
    { name: 'read the choices', run: () => connector.choices(session) },
  ]
}

/** Feeds one connector. @returns what went wrong, each once */
const feed = async (
  id: string,
  ways: readonly Way[],
  door: Door,
  { seed, inputs }: { seed: number; inputs: number },
): Promise<{ faults: string[]; told: number }> => {
  const faults = new Map<string, string>()
  let told = 0
  for (let count = 0; count < inputs && faults.size < faultsMax; count += 1) {
    const chance = chanceOf(seed + count)
    const way = chance.pick(ways)
    door.chance = chance
    door.requests = 0
    try {
      await way.run()
    } catch (error) {
      if (isSpelt(error)) {
        told += 1
        continue
      }
      const { message, stack = '' } = error as Error
      const where = stack.split('\n').find((line) => line.includes('/src/')) ?? ''
      const what = `${id}, ${way.name}: ${message} ${where.trim().replace(/file:.*\/src\//, 'src/')}`
      if (!faults.has(where)) {
        faults.set(
          where,
          `${what}\n    again: npm run prove -- fuzz --seed ${seed + count} --inputs 1`,
        )
      }
    }
  }
  return { faults: [...faults.values()], told }
}

const must = <T>(value: T | undefined, id: string): T => {
  if (value === undefined) throw new Error(`no end of a proof is called ${id}`)
  return value
}

export const fuzz: Part = {
  name: 'fuzz',
  what: 'answers of all eight remotes, changed a little, through every parser; --inputs for each remote',
  async run({ seed, inputs }, tell) {
    const wish = { seed, inputs: inputs ?? small }
    const faults: string[] = []
    const figures: string[] = []
    const note = (id: string, result: { faults: string[]; told: number }) => {
      faults.push(...result.faults)
      figures.push(`${id}: ${wish.inputs} inputs, ${result.told} told as trouble`)
      for (const fault of result.faults) tell(fault)
    }
    for (const connector of webshops) {
      const inProcessAs = `http://${connector.id}.example`
      const end = await must(
        startShopEnd[connector.id],
        connector.id,
      )({ now: () => now, inProcessAs })
      const door = doorOf(end)
      note(connector.id, await feed(connector.id, shopWays(connector, end, door), door, wish))
      await end.close()
    }
    for (const connector of accountings) {
      const inProcessAs = `http://${connector.id}.example`
      const end = await must(
        startBooksEnd[connector.id],
        connector.id,
      )({
        now: () => now,
        inProcessAs,
      })
      const door = doorOf(end)
      note(connector.id, await feed(connector.id, booksWays(connector, end, door), door, wish))
      await end.close()
    }
    return { ...nothing, faults, figures }
  },
}
