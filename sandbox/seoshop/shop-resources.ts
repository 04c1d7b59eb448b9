import { found } from './answer.ts'
import { type ApiCall, type Group, type Routes } from './api.ts'
import { countryOf } from './countries.ts'
import { type Limits } from './limits.ts'
import { languageJson } from './order-json.ts'
import { isoMoment, type World } from './world.ts'

const groups: readonly Group[] = [
  'content',
  'products',
  'customers',
  'orders',
  'settings',
  'tracking',
]

/** Account, shop and the lists of the configuration screen (section 6.5). */
export function shopResources(world: World, limits: Limits): Routes {
  const get = (
    resource: string,
    guard: () => Group | null,
    act: (call: ApiCall) => unknown,
  ): Routes[string] => ({ resource, guard, methods: { GET: (call) => found(act(call)) } })
  const free = () => null
  const ofSettings = () => 'settings' as const
  const guards = () => world.switches.guards
  const since = isoMoment(new Date('2014-07-01T08:00:00Z'))

  const shop = () => ({
    id: world.switches.shopId === 'number' ? world.shopId : String(world.shopId).padStart(6, '0'),
    createdAt: since,
    status: 'live',
    isB2b: false,
    isRetail: false,
    subDomain: `shop${world.shopId}`,
    mainDomain: `www.shop${world.shopId}.example`,
    email: 'info@shop.example',
    phone: '+32 15 00 00 00',
    country: countryOf('be'),
    vatNumber: 'BE0123456749',
    cocNumber: '',
    currency: {
      shortcode: 'eur',
      symbol: '€',
      title: 'Euro',
      isDefault: true,
      currencyRate: '1.0000',
    },
  })

  return {
    account: get('account', free, () => ({
      account: { id: 1, signout: { date: false, reason: false }, appId: 1, apiKey: false },
    })),
    'account/permissions': get('account', free, () => ({
      accountPermissions: Object.fromEntries(
        groups.map((group) => [
          group,
          world.switches.permissions[group] ?? { read: false, write: false },
        ]),
      ),
    })),
    'account/ratelimit': get('account', free, ({ caller }) => limits.describe(caller.user)),
    shop: get('shop', ofSettings, () => ({ shop: shop() })),
    'shop/company': get('shop', ofSettings, () => ({
      shopCompany: { name: 'Demo BV', vatNumber: 'BE0123456749', bankName: '', bankAccount: '' },
    })),
    languages: get('languages', ofSettings, () => ({
      languages: world.languages.map((code, index) => ({
        ...(languageJson() as object),
        id: index + 1,
        isActive: true,
        isDefault: index === 0,
        code,
      })),
    })),
    taxes: get(
      'taxes',
      () => guards().taxes,
      () => ({
        taxes: [
          { id: 26_998, isDefault: true, rate: 0.21, title: 'BTW hoog' },
          { id: 26_999, isDefault: false, rate: 0.06, title: 'BTW laag' },
        ],
      }),
    ),
    'taxes/:id/overrides': get(
      'taxes',
      () => guards().taxes,
      () => ({ taxOverrides: [] }),
    ),
    paymentmethods: get(
      'paymentmethods',
      () => guards().paymentmethods,
      () => ({
        paymentmethods: [
          { id: 126, key: 'invoice', title: 'Op rekening' },
          { id: 127, key: 'bancontact', title: 'Bancontact' },
          { id: 128, key: 'ideal', title: 'iDEAL' },
          { id: 129, key: 'paypal', title: 'PayPal' },
        ],
      }),
    ),
    shippingmethods: get('shippingmethods', ofSettings, () => ({
      shippingmethods: [{ id: 33_265, key: 'core', title: 'Bpost' }],
    })),
  }
}
