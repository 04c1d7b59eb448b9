import { type Paper } from '../magento2/documents.ts'
import { type Fields } from '../magento2/json.ts'
import { keepWritten } from '../magento2/keep-written.ts'
import { type Ledgers } from '../magento2/ledgers.ts'
import { type Order } from '../magento2/order.ts'
import { columnsOf } from './columns.ts'
import { documentValue } from './document-json.ts'
import { coreAddresses, coreComments, coreItem, coreOrder } from './order-json.ts'
import { type World } from './world.ts'

/** One resource of api2.xml with the values a path asks for. */
export interface Resource {
  /** Its name for the rights of the role. */
  name: string
  /** Never filtered by REST - Attributes (contract 5). */
  forced: ReadonlySet<string>
  /** Keyed by id, as the core's own collections are; lists otherwise (contract 4.2, 5). */
  keyed: boolean
  /** Tells how many there are in all: only our extension does. */
  counts: boolean
  /** What filters may name and what lists are ordered by; null: whatever there is. */
  filters: ReadonlySet<string> | null
  sorts: ReadonlySet<string> | null
}

export type Match =
  | { resource: Resource; is: 'collection'; all: () => Fields[] }
  | { resource: Resource; is: 'entity'; value: () => Fields | null }

const resource = (
  name: string,
  forced: readonly string[] = [],
  rest: Partial<Resource> = {},
): Resource => ({
  name,
  forced: new Set(forced),
  keyed: false,
  counts: false,
  filters: null,
  sorts: null,
  ...rest,
})

const orders = resource(
  'order',
  ['payment_method', 'addresses', 'order_items', 'order_comments', 'tax_name', 'tax_rate'],
  { keyed: true },
)
const ours = { counts: true }
const moments = ['created_at', 'updated_at']
const documents = {
  ...ours,
  filters: new Set(['entity_id', 'order_id', 'store_id', 'state', ...moments]),
  sorts: new Set(['entity_id', ...moments]),
}
const invoices = resource('accounting_invoice', ['items', 'order'], documents)
const creditMemos = resource('accounting_creditmemo', ['items', 'order'], documents)
const info = resource('accounting_info')
const taxRates = resource('accounting_taxrate', [], ours)
const paymentMethods = resource('accounting_paymentmethod', [], ours)

const ratesOfShop: readonly (readonly [number, string, string, string])[] = [
  [1, 'NL 21% hoog', 'NL', '21.0000'],
  [2, 'NL 9% laag', 'NL', '9.0000'],
  [3, 'DE 19%', 'DE', '19.0000'],
]

const methodsOfShop: readonly (readonly [string, string])[] = [
  ['checkmo', 'Check / Money order'],
  ['banktransfer', 'Bank Transfer Payment'],
  ['mpm_mollie_ideal', 'iDEAL'],
  ['paypal_express', 'PayPal'],
]

/** Every path below /api/rest that this shop knows (contract 4.4, 5). */
export function createResources(world: World, ledgers: Ledgers) {
  const php = () => world.switches.php
  const int = (value: number) => (php() === '7.4' ? String(value) : value)

  const switches = () => world.switches
  const orderValue = keepWritten(
    (order: Order) => ledgers.revisionOf(order),
    switches,
    (order) => coreOrder(order, ledgers.papersOf(order), world.switches),
  )
  const paperValue = keepWritten(
    ({ order }: Paper) => ledgers.revisionOf(order),
    switches,
    (paper) => documentValue(paper, world.switches),
  )

  const infoValue = (): Fields => ({
    extension_version: '1.0.0',
    magento_version: '1.9.4.5',
    openmage_version: world.switches.profile === 'openmage' ? '20.0.20' : null,
    php_version: php() === '7.4' ? '7.4.33' : '8.1.29',
    server_time_utc: world.now().toISOString().slice(0, 19).replace('T', ' '),
    stores: [
      {
        store_id: int(1),
        code: 'default',
        name: 'Default Store View',
        website_id: int(1),
        base_currency_code: 'EUR',
        country_id: 'NL',
        timezone: world.switches.timeZone,
        base_url: world.baseUrl,
        tax_algorithm: 'TOTAL_BASE_CALCULATION',
        prices_include_tax: '1',
        apply_tax_after_discount: '1',
      },
    ],
  })

  function core(parts: readonly string[]): Match | null {
    const [name, id, part, more] = parts
    if (name !== 'orders' || more !== undefined) return null
    if (id === undefined) {
      return {
        resource: orders,
        is: 'collection',
        all: () => [...ledgers.orders.values()].map(orderValue),
      }
    }
    const order = ledgers.orders.get(Number(id)) ?? null
    if (part === undefined) {
      return { resource: orders, is: 'entity', value: () => order && orderValue(order) }
    }
    const columns = order && columnsOf(order, php())
    const parted: Readonly<Record<string, () => Fields[]>> =
      order === null || columns === null
        ? {}
        : {
            items: () => order.items.map((item) => coreItem(order, item, columns)),
            addresses: () => coreAddresses(order),
            comments: () => coreComments(order, columns),
          }
    const names: Readonly<Record<string, string>> = {
      items: 'order_item',
      addresses: 'order_address',
      comments: 'order_comment',
    }
    const known = names[part]
    if (known === undefined) return null
    const all = parted[part]
    return all === undefined
      ? { resource: resource(known), is: 'entity', value: () => null }
      : { resource: resource(known), is: 'collection', all }
  }

  const papers = (kind: 'invoices' | 'creditMemos', id: string | undefined): Match => {
    const named = kind === 'invoices' ? invoices : creditMemos
    if (id === undefined) {
      return {
        resource: named,
        is: 'collection',
        all: () => [...ledgers[kind].values()].map(paperValue),
      }
    }
    const paper = ledgers[kind].get(Number(id))
    return {
      resource: named,
      is: 'entity',
      value: () => (paper === undefined ? null : paperValue(paper)),
    }
  }

  function extension(parts: readonly string[]): Match | null {
    const [, name, id, more] = parts
    if (!world.switches.extension || more !== undefined) return null
    if (name === 'invoices') return papers('invoices', id)
    if (name === 'creditmemos') return papers('creditMemos', id)
    if (id !== undefined) return null
    if (name === 'info') return { resource: info, is: 'entity', value: infoValue }
    if (name === 'taxrates') {
      const all = () =>
        ratesOfShop.map(([rateId, code, country, rate]): Fields => ({
          tax_calculation_rate_id: int(rateId),
          code,
          tax_country_id: country,
          tax_region_id: int(0),
          tax_postcode: '*',
          rate,
          zip_is_range: null,
          zip_from: null,
          zip_to: null,
        }))
      return { resource: taxRates, is: 'collection', all }
    }
    if (name === 'paymentmethods') {
      const all = () =>
        methodsOfShop.map(([code, title]): Fields => ({
          store_id: int(1),
          code,
          title,
          active: '1',
        }))
      return { resource: paymentMethods, is: 'collection', all }
    }
    return null
  }

  return {
    /** null where no route leads. */
    match(path: string): Match | null {
      const parts = path.split('/').filter((part) => part !== '')
      return parts[0] === 'accounting' ? extension(parts) : core(parts)
    },
  }
}
