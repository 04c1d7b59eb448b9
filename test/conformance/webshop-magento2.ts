import { startMagento2 } from '../../sandbox/magento2/index.ts'
import { magento2 } from '../../src/connectors/webshops/magento2/index.ts'
import { known, running, switched, wrongKeysOf } from './webshop-magento.ts'
import type { RunningShop, StartWish, WebshopSystem } from './webshop-system.ts'
import { heard } from './webshop-system.ts'

const rights: readonly (readonly [string, string])[] = [
  ['invoices', 'Magento_Sales::sales_invoice'],
  ['creditmemos', 'Magento_Sales::sales_creditmemo'],
  ['orders', 'Magento_Sales::actions_view'],
  ['stores', 'Magento_Backend::store'],
]

const another = 'z9y8x7w6v5u4t3s2r1q0p9o8n7m6l5k4'

const start = async (wish: StartWish): Promise<RunningShop> => {
  const shop = await startMagento2({ now: () => wish.now })
  const credentials = { shopUrl: shop.url, ...shop.fourValues }
  return {
    ...running(shop, rights),
    credentials,
    wrongKeys: wrongKeysOf(another, 'shopUrl'),
    oddities: [
      ...switched(
        shop,
        { profile: '2.1' },
        { profile: '2.3.3' },
        { profile: '2.4.3' },
        { profile: '2.4.9' },
        { nulls: true },
        { floatNoise: true },
        { zeroDummies: true },
        { fourDecimals: true },
        { extraFields: true },
        { translated: true },
        { pageSizeMax: 300 },
      ),
      {
        title: 'an address with index.php, folder and slash',
        make: () => {
          credentials.shopUrl = `${shop.url}/index.php/`
        },
      },
    ],
  }
}

export const magento2System: WebshopSystem = {
  ...known,
  connector: magento2,
  start,
  pageSize: 50,
  inFile: (answers) => ({
    invoice: heard(answers, /V1\/invoices.*entity_id/),
    order: heard(answers, /V1\/orders/),
  }),
  optionalFields: [
    'company',
    'telephone',
    'customer_taxvat',
    'vat_id',
    'discount_description',
    'customer_note',
    'base_discount_tax_compensation_amount',
    'payment_additional_info',
    'base_adjustment',
    'region',
  ],
  slippedIsMentioned: 'twice',
  secondPage: '/V1/invoices\\?.*currentPage%5D=2',
}
