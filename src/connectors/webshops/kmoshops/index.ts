import type { Session } from '../../session.ts'
import type { ValuesOf } from '../../settings.ts'
import type { WebshopConnector } from '../../webshop.ts'
import { createApi, system, type ApiAccess } from './api.ts'
import { readChoices } from './choices.ts'
import { examineConnection } from './doctor.ts'
import { pace } from './limits.ts'
import { changes, history } from './polling.ts'
import { readAnswer, readSale } from './read.ts'
import { credentials, settings } from './settings.ts'
import { store } from './store.ts'
import { subscribe, unsubscribe } from './subscribing.ts'
import { verifyWebhook } from './webhook.ts'

type Shop = Session<ValuesOf<typeof credentials>, ValuesOf<typeof settings>>

const accessOf = (shop: Shop): ApiAccess => ({
  credentials: shop.credentials,
  http: shop.http,
  clock: shop.clock,
  // Anything but the one word that loosens it requires the signature.
  responseSignature: shop.settings.responseSignature === 'warn' ? 'warn' : 'require',
})

const apiOf = (shop: Shop) => createApi(accessOf(shop))

/**
 * KMO Shops, spoken as CCV Shop, its closest documented analogue. Not yet certified against a real shop
 * (contract §0): see README.md for what that means.
 */
export const kmoshops: WebshopConnector<typeof credentials, typeof settings> = {
  id: 'kmoshops',
  title: system,
  credentials,
  settings,
  capabilities: {
    documents: ['order'],
    webhooks: true,
    changedSince: false,
    store: true,
    pace,
  },
  check: (shop) => examineConnection(accessOf(shop)),
  choices: async (shop) => readChoices(apiOf(shop)),
  changes: async function* (shop, since, bookedFrom = '') {
    const { pollWindowDays: days, startDate: chosen } = shop.settings
    const startDate = chosen === '' && since === null ? bookedFrom : chosen
    yield* changes(apiOf(shop), shop.clock, { days, startDate }, since)
  },
  history: async function* (shop, period, since) {
    yield* history(apiOf(shop), shop.clock, period, since)
  },
  read: async (shop, ref) => readSale(apiOf(shop), ref),
  readAnswer,
  trigger: ({ statuses, paidOnly, startDate }) => ({
    statuses,
    paidOnly,
    from: startDate === '' ? null : startDate,
  }),
  subscribe: async (shop, address, known) =>
    subscribe(apiOf(shop), address, known, shop.settings.webhookSignedOver),
  unsubscribe: (shop, address, known) => unsubscribe(apiOf(shop), address, known),
  verifyWebhook,
  store,
}
