import { startMagento1 } from '../../sandbox/magento1/index.ts'
import { magento1 } from '../../src/connectors/webshops/magento1/index.ts'
import { known, running, switched, wrongKeysOf } from './webshop-magento.ts'
import type { RunningShop, StartWish, WebshopSystem } from './webshop-system.ts'
import { heard } from './webshop-system.ts'

const rights: readonly (readonly [string, string])[] = [
  ['info', 'accounting_info'],
  ['paymentmethods', 'accounting_paymentmethod'],
  ['invoices', 'accounting_invoice'],
]

const another = '0f1e2d3c4b5a69788796a5b4c3d2e1f0'

const start = async (wish: StartWish): Promise<RunningShop> => {
  const shop = await startMagento1({ now: () => wish.now })
  const credentials = { adminUrl: shop.adminUrl, signedOrigin: '', ...shop.fourValues }
  const common = running(shop, rights)
  return {
    ...common,
    credentials,
    changes: [
      ...common.changes,
      {
        title: 'credited',
        make: ({ ref }) =>
          shop.credit(Number(ref.id), { at: new Date(wish.now.getTime() + 1_000).toISOString() }),
      },
    ],
    wrongKeys: [
      ...wrongKeysOf(another, 'adminUrl'),
      {
        title: 'never connected',
        credentials: { accessToken: '', accessTokenSecret: '' },
        code: 'CREDENTIALS_REFUSED',
      },
    ],
    oddities: [
      ...switched(
        shop,
        { profile: 'magento-1.9' },
        { php: '7.4' },
        { totalHeader: false },
        { zeroDummies: true },
        { fourDecimals: false },
        { extraFields: true },
      ),
      {
        title: 'an admin behind index.php, as the browser shows it',
        make: () => {
          credentials.adminUrl = `${shop.url}/index.php/admin/dashboard/index/key/5f0c2a9d/`
        },
      },
    ],
  }
}

export const magento1System: WebshopSystem = {
  ...known,
  connector: magento1,
  start,
  pageSize: 100,
  inFile: (answers) => ({ invoice: heard(answers, /entity_id/) }),
  optionalFields: [
    'company',
    'telephone',
    'customer_taxvat',
    'vat_id',
    'coupon_code',
    'payment_title',
    'payment_additional_info',
    'discount_description',
    'base_adjustment',
    'sku',
    'middlename',
  ],
  // What was on an earlier page is dropped by its id.
  slippedIsMentioned: 'once',
  secondPage: '/accounting/invoices\\?.*page=2',
}
