import { documentValue } from './document-json.ts'
import { type Fields, type Value } from './json.ts'
import { keepWritten } from './keep-written.ts'
import { type Ledgers } from './ledgers.ts'
import { type Paper } from './documents.ts'
import { type Order } from './order.ts'
import { orderValue } from './order-json.ts'
import { withNulls } from './projection.ts'
import settings from './shop-settings.json' with { type: 'json' }
import { type World } from './world.ts'

/** A list of the shop: its documents, the right it takes and the columns it can be asked by. */
export interface Listed {
  right: string
  all(): Fields[]
  find(id: number): Fields | null
  columns: ReadonlySet<string>
}

const documentColumns = [
  ...['entity_id', 'increment_id', 'order_id', 'store_id', 'state', 'created_at', 'updated_at'],
  ...['grand_total', 'base_grand_total', 'tax_amount', 'base_tax_amount', 'subtotal', 'invoice_id'],
  ...['base_subtotal', 'order_currency_code', 'transaction_id', 'billing_address_id'],
]
const orderColumns = [
  ...documentColumns,
  ...['status', 'customer_id', 'customer_email', 'coupon_code', 'is_virtual', 'total_paid'],
]

const documentNulls = [
  'base_shipping_amount',
  'shipping_amount',
  'discount_description',
  'invoice_id',
]
const rowNulls = [
  ...['base_row_total', 'base_row_total_incl_tax', 'base_tax_amount', 'base_discount_amount'],
  ...['base_price_incl_tax', 'extension_attributes', 'additional_data', 'description'],
]
const orderNulls = ['customer_id', 'customer_taxvat', 'customer_note', 'coupon_code']

const right = (name: string) => `Magento_Sales::${name}`

/** Invoices, credit memos and orders by their plural names. */
export function salesResources(world: World, ledgers: Ledgers): Record<string, Listed> {
  const nulls = (value: Fields, names: readonly string[]): Fields => {
    if (!world.switches.nulls) return value
    const items = (value['items'] as Fields[]).map((item) => withNulls(item, rowNulls))
    return { ...withNulls(value, names), items }
  }
  const extra = (value: Fields): Fields =>
    world.switches.extraFields ? { ...value, new_module_field: { deep: [1, 'x', null] } } : value
  const switches = () => world.switches
  const writePaper = keepWritten(
    ({ order }: Paper) => ledgers.revisionOf(order),
    switches,
    (paper) => extra(nulls(documentValue(paper, world.switches), documentNulls)),
  )
  const papers = (name: 'invoices' | 'creditMemos', rightName: string): Listed => ({
    right: right(rightName),
    all: () => [...ledgers[name].values()].map(writePaper),
    find: (id) => {
      const paper = ledgers[name].get(id)
      return paper === undefined ? null : writePaper(paper)
    },
    columns: new Set(documentColumns),
  })
  const writeOrder = keepWritten(
    (order: Order) => ledgers.revisionOf(order),
    switches,
    (order) => {
      const discounted = world.profile().discountedOrderRows
      const value = orderValue(order, ledgers.papersOf(order), world.switches, discounted)
      return world.switches.nulls ? withNulls(value, orderNulls) : value
    },
  )
  return {
    invoices: papers('invoices', 'sales_invoice'),
    creditmemos: papers('creditMemos', 'sales_creditmemo'),
    orders: {
      right: right('actions_view'),
      all: () => [...ledgers.orders.values()].map(writeOrder),
      find: (id) => {
        const order = ledgers.orders.get(id)
        return order === undefined ? null : writeOrder(order)
      },
      columns: new Set(orderColumns),
    },
  }
}

/** What the shop tells about itself (contract 7.5 to 7.7); `right` is null where no one has to sign in. */
export function plainResources(
  world: World,
): Record<string, { right: string | null; value: () => Value }> {
  const said = (right: string | null, name: keyof typeof settings) => ({
    right,
    value: () => settings[name] as Value,
  })
  return {
    // Everybody may know these two (recordings hold what they tell).
    'directory/currency': said(null, 'directory/currency'),
    'directory/countries/NL': said(null, 'directory/countries/NL'),
    'taxClasses/search': said('Magento_Tax::manage_tax', 'taxClasses/search'),
    'taxRates/search': said('Magento_Tax::manage_tax', 'taxRates/search'),
    modules: {
      right: 'Magento_Backend::admin',
      value: () => ['Magento_Store', 'Magento_Directory', 'Magento_Sales', 'Magento_Tax'],
    },
    'store/storeConfigs': {
      right: 'Magento_Backend::store',
      value: () => [
        {
          id: 1,
          code: 'default',
          website_id: 1,
          locale: 'nl_NL',
          base_currency_code: 'EUR',
          default_display_currency_code: 'EUR',
          timezone: world.switches.timeZone,
          weight_unit: 'lbs',
          base_url: world.baseUrl,
          base_link_url: world.baseUrl,
          base_static_url: `${world.baseUrl}static/version1795212892/`,
          base_media_url: `${world.baseUrl}media/`,
          secure_base_url: world.baseUrl,
          secure_base_link_url: world.baseUrl,
          secure_base_static_url: `${world.baseUrl}static/version1795212892/`,
          secure_base_media_url: `${world.baseUrl}media/`,
        },
      ],
    },
    'store/storeViews': {
      right: 'Magento_Backend::store',
      value: () => [
        {
          id: 1,
          code: 'default',
          name: 'Default Store View',
          website_id: 1,
          store_group_id: 1,
          is_active: 1,
        },
        { id: 0, code: 'admin', name: 'Admin', website_id: 0, store_group_id: 0, is_active: 1 },
      ],
    },
  }
}
