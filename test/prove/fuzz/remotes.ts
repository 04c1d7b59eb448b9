import type { AccountingConnector } from '../../../src/connectors/accounting.ts'
import type { HttpAnswer, HttpClient, HttpRequest } from '../../../src/connectors/http.ts'
import { accountings, webshops } from '../../../src/connectors/registry.ts'
import { defaultsOf, schemaOf } from '../../../src/connectors/settings.ts'
import type { WebshopConnector } from '../../../src/connectors/webshop.ts'
import { gate } from '../../../src/sale/gate.ts'
import { startBooksEnd } from '../ends/books.ts'
import type { BooksEnd, ShopEnd } from '../ends/end.ts'
import { startShopEnd } from '../ends/shops.ts'
import type { Chance } from '../simulate/world.ts'
import { mutated } from './mutate.ts'
import { throughTheDraft } from './through-the-draft.ts'
import type { Target, Way } from './target.ts'

const now = new Date('2026-03-02T10:00:00.000Z')
const clock = { now: () => now, monotonicMs: () => 0, sleep: () => Promise.resolve() }
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
  return [
    {
      name: 'read a sale',
      async run() {
        const sale = await connector.read(session, ref)
        if ('is' in sale) return
        // What was read goes on through everything that decides money.
        gate(sale, connector.trigger(session.settings))
        throughTheDraft(sale)
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

const must = <T>(value: T | undefined, id: string): T => {
  if (value === undefined) throw new Error(`no end of a proof is called ${id}`)
  return value
}

const options = (id: string) => ({ now: () => now, inProcessAs: `http://${id}.example` })

const fedThrough = (door: Door, ways: readonly Way[]): readonly Way[] =>
  ways.map((way) => ({
    name: way.name,
    run(chance) {
      door.chance = chance
      door.requests = 0
      return way.run(chance)
    },
  }))

/** Answers of all eight remotes, spoilt a little, through everything that reads them. */
export const remoteTargets: readonly Target[] = [
  ...webshops.map((connector): Target => ({
    name: connector.id,
    async open() {
      const end = await must(startShopEnd[connector.id], connector.id)(options(connector.id))
      const door = doorOf(end)
      return {
        ways: fedThrough(door, shopWays(connector, end, door)),
        inputs: () => door.spoilt,
        close: () => end.close(),
      }
    },
  })),
  ...accountings.map((connector): Target => ({
    name: connector.id,
    async open() {
      const end = await must(startBooksEnd[connector.id], connector.id)(options(connector.id))
      const door = doorOf(end)
      return {
        ways: fedThrough(door, booksWays(connector, end, door)),
        inputs: () => door.spoilt,
        close: () => end.close(),
      }
    },
  })),
]
