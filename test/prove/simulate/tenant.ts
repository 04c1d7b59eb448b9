import { findAccounting, findWebshop } from '../../../src/connectors/registry.ts'
import { schemaOf } from '../../../src/connectors/settings.ts'
import { examine } from '../../../src/merchants/connections.ts'
import { places } from '../../../src/merchants/vault.ts'
import { newIdentifier } from '../../../src/world/identifier.ts'
import type { BooksEnd, PlacedSale, ShopEnd } from '../ends/end.ts'
import { startBooksEnd } from '../ends/books.ts'
import { startShopEnd } from '../ends/shops.ts'
import type { Pair } from '../pairs.ts'
import type { Station } from './network.ts'
import type { Process, Site } from './process.ts'

/** A sale as the simulation remembers it. */
export interface Sale extends PlacedSale {
  email: string
  paid: boolean
  cancelled: boolean
}

/** One merchant: an integration, its two remotes, and what they hold. */
export interface Tenant {
  id: string
  pair: Pair
  shop: ShopEnd
  books: BooksEnd
  shopStation: Station
  booksStation: Station
  sales: Sale[]
}

const mustStart = <T>(starters: Readonly<Record<string, T>>, system: string): T => {
  const start = starters[system]
  if (start === undefined) throw new Error(`no end of a proof is called ${system}`)
  return start
}

/** A connection as it is stored. */
const connectionRow = (
  { engine }: Process,
  integrationId: string,
  side: 'webshop' | 'accounting',
  { system, credentials, settings }: Pick<ShopEnd, 'system' | 'credentials' | 'settings'>,
) => {
  const connector = side === 'webshop' ? findWebshop(system) : findAccounting(system)
  const valid = schemaOf(connector.credentials).parse(credentials)
  return {
    integrationId,
    side,
    system,
    account: null,
    credentials: engine.vault.seal(JSON.stringify(valid), places.credentials(integrationId, side)),
    subscriptions: null,
    settings: schemaOf(connector.settings).parse(settings) as Record<string, unknown>,
    choices: {},
    dot: 'new' as const,
    problemCode: null,
    problemParams: null,
    redSince: null,
    checkedAt: null,
  }
}

/** Opens a merchant's two remotes and puts its rows in the database; `examineTenant` then looks at them. */
export const openTenant = async (
  site: Site,
  office: Process,
  pair: Pair,
  happened: (tenant: Tenant, station: 'shop' | 'books', creates: boolean) => void,
): Promise<Tenant> => {
  const { world, network, server } = site
  const { engine } = office
  const { clock, random, vault } = engine
  const id = newIdentifier(clock, random)
  const now = () => world.now()
  const originOf = (what: string) => `http://${what}-${id}.example`
  const shop = await mustStart(startShopEnd, pair.webshop)({ now, inProcessAs: originOf('shop') })
  const books = await mustStart(
    startBooksEnd,
    pair.accounting,
  )({ now, inProcessAs: originOf('books') })
  const { invoice } = books.creates
  const createPath = new RegExp(invoice.path)

  const station = (end: ShopEnd | BooksEnd, side: 'shop' | 'books'): Station => ({
    name: `${side} ${end.system}`,
    origin: end.url,
    handle: (request) => end.handle(request),
    downUntilMs: 0,
    lockedUntilMs: 0,
    happened: ({ method, rawUrl }) =>
      happened(
        tenant,
        side,
        side === 'books' && method === invoice.method && createPath.test(rawUrl),
      ),
  })
  const tenant: Tenant = {
    id,
    pair,
    shop,
    books,
    shopStation: station(shop, 'shop'),
    booksStation: station(books, 'books'),
    sales: [],
  }
  network.add(tenant.shopStation)
  network.add(tenant.booksStation)

  const { db } = server
  db.table('integrations').put({
    id,
    merchantId: `merchant ${id}`,
    name: 'Test',
    state: 'active',
    webshop: pair.webshop,
    accounting: pair.accounting,
    licenceKey: id,
    hookKey: id,
    debtorKey: vault.seal(Buffer.from(random.bytes(32)).toString('base64'), places.debtorKey(id)),
    settings: { homeCountry: 'BE', vatTable: books.vatTable },
    configuredAt: clock.now(),
    configurationSavedAt: clock.now(),
    configurationVersion: 1,
    goAheads: 0,
    createdAt: clock.now(),
  })
  db.table('connections').put(connectionRow(office, id, 'webshop', shop))
  db.table('connections').put(connectionRow(office, id, 'accounting', books))
  db.table('mailboxes').put({
    integrationId: id,
    fence: 0,
    holder: null,
    leaseUntil: null,
    bell: false,
    restUntil: null,
    failures: 0,
  })
  db.table('polls').put({
    integrationId: id,
    cursor: null,
    startedAt: null,
    aliveAt: null,
    finishedAt: null,
  })
  return tenant
}

/** The doctor's visit to both ends, which also reads what can be chosen. @throws when an end is not well */
export const examineTenant = async ({ engine }: Process, { id }: Tenant): Promise<void> => {
  for (const side of ['webshop', 'accounting'] as const) {
    const findings = await examine(engine, engine.http, id, side)
    const problem = findings.find((finding) => finding.problem !== undefined)
    if (problem !== undefined) throw new Error(`${side}: ${JSON.stringify(problem)}`)
  }
}
