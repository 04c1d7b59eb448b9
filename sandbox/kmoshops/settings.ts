import { countryName } from './customers.ts'
import { collection, cut, isFailure, plainList, readPage } from './paging.ts'
import { found, type Resources, unknownId } from './resource.ts'
import { apiUrl, isoMoment, toJson, type World } from './world.ts'

/** Status ids of section 6.2 with the names a Dutch-language merchant gave them. */
export const statusNames = [
  'Nieuw',
  'In behandeling',
  'Wacht op fabrikant',
  'Wacht op betaling',
  'Verzonden',
  'Afgeleverd',
  'Voltooid',
  'Geannuleerd',
  'Wacht op leverancier',
  'Wordt ingepakt',
  'Klaar om af te halen',
  'Wordt samengesteld',
  'Nabestelling',
  'Gereserveerd',
]

const euRates: [string, number, number][] = [
  ['BE', 21, 6],
  ['NL', 21, 9],
  ['DE', 19, 7],
  ['FR', 20, 5.5],
  ['LU', 17, 8],
]
const outsideEu = ['CH', 'GB', 'US']

/** Everything a configuration screen reads (section 6.6), the status of the API, and its contents. */
export function settingsResources(world: World, names: () => string[]): Resources {
  return {
    webshops: {
      GET: ({ query }) => {
        const page = readPage(world, query)
        if (isFailure(page)) return page
        const write = (id: number) => toJson(world, webshopValue(world, id))
        return collection(world, 'webshops', query, page, cut(webshopIds(world), page, write))
      },
    },
    'webshops/:id': ofWebshop(world, (id) =>
      found('webshops', toJson(world, webshopValue(world, id))),
    ),
    'webshops/:id/settings': ofWebshop(world, (id) =>
      found('settings', toJson(world, settingsValue(world, id))),
    ),
    'webshops/:id/merchant': ofWebshop(world, (id) =>
      found('merchant', toJson(world, merchantValue(world, id))),
    ),
    'webshops/:id/geozonecountries': ofWebshop(world, (id) =>
      plainList(world, `webshops/${id}/geozonecountries`, countries()),
    ),
    'webshops/:id/domains': ofWebshop(world, (id) =>
      plainList(world, `webshops/${id}/domains`, [
        { id: 1, domainname: new URL(world.root).hostname, is_primary: true },
      ]),
    ),
    status: {
      GET: () => found('status', toJson(world, { status: 'ok', time: isoMoment(world.now()) })),
    },
    '': {
      GET: () => {
        const items = names().map((name) => ({
          href: apiUrl(world, `${name}/`),
          title: name,
          description: `Resource ${name}`,
          uri: `/${name}/`,
        }))
        return found('root', toJson(world, { href: apiUrl(world, ''), items }))
      },
    },
  }
}

function ofWebshop(world: World, get: (id: number) => ReturnType<typeof found>): Resources[string] {
  return { GET: ({ id }) => (webshopIds(world).includes(id) ? get(id) : unknownId()) }
}

/** A multishop system has several: to refuse, or to ask about. */
function webshopIds(world: World): number[] {
  return world.switches.multishop ? [1, 2] : [1]
}

function webshopValue(world: World, id: number): Record<string, unknown> {
  return {
    href: apiUrl(world, `webshops/${id}/`),
    id,
    name: id === 1 ? 'Demo KMO' : `Demo KMO ${id}`,
    is_multishop_system: world.switches.multishop,
    product_limit: 1000,
    product_limit_left: 900,
    api_root: world.root,
  }
}

function settingsValue(world: World, id: number): Record<string, unknown> {
  return {
    href: apiUrl(world, `webshops/${id}/settings/`),
    currency: 'EUR',
    // Spelled so in the schema.
    default_vat_rat: 21,
    prices_include_vat: true,
    languages: ['nl'],
    // Which of id and status an order refers to is not told: here they are the same number.
    order_status: statusNames.map((name, index) => namedStatus(index + 1, index + 1, name)),
    invoice_status: [
      namedStatus(1, 'paid', 'Betaald'),
      namedStatus(2, 'unpaid', 'Niet betaald'),
      namedStatus(3, 'reimbursed', 'Terugbetaald'),
    ],
    return_status: [
      namedStatus(1, 1, 'Nieuw'),
      namedStatus(6, 6, 'Geannuleerd'),
      namedStatus(7, 7, 'Voltooid'),
      namedStatus(8, 8, 'Gecrediteerd'),
    ],
  }
}

function namedStatus(id: number, status: number | string, name: string): Record<string, unknown> {
  return { id, status, status_name: name, text_color: '#000000', background_color: '#ffffff' }
}

function merchantValue(world: World, id: number): Record<string, unknown> {
  return {
    href: apiUrl(world, `webshops/${id}/merchant/`),
    company: 'Demo KMO BV',
    first_name: 'Mieke',
    last_name: 'Maes',
    address_line: 'Winkelstraat 1',
    zipcode: '3000',
    city: 'Leuven',
    country: 'België',
    country_code: 'BE',
    telephone: '16000000',
    email: 'winkel@demo-kmo.example',
    tax_number: 'BE0123456749',
    coc_number: '0123456749',
  }
}

/** The only place with VAT rates: there is no plain VAT resource (section 6.6). */
function countries(): Record<string, unknown>[] {
  const tariff = (type: string, percentage: number) => ({ type, percentage })
  const inside = euRates.map(([code, normal, reduced]) => ({
    country: countryName(code),
    code,
    geozone_id: 1,
    geozone_name: 'EU',
    tariffs: [tariff('normal', normal), tariff('reduced', reduced)],
  }))
  const outside = outsideEu.map((code) => ({
    country: countryName(code),
    code,
    geozone_id: 2,
    geozone_name: 'Buiten EU',
    tariffs: [tariff('normal', 0), tariff('reduced', 0)],
  }))
  return [...inside, ...outside]
}
