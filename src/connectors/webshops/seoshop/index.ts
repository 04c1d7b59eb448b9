import type { Session } from '../../session.ts'
import type { ValuesOf } from '../../settings.ts'
import type { WebshopConnector } from '../../webshop.ts'
import { createApi, system } from './api.ts'
import { readChoices } from './choices.ts'
import { examineConnection } from './doctor.ts'
import { pace } from './limits.ts'
import { changes, history } from './polling.ts'
import { readAnswer } from './read-answer.ts'
import { readSale } from './read.ts'
import { credentials, settings } from './settings.ts'
import { creditStatus } from './statuses.ts'
import { store } from './store.ts'
import { subscribe } from './subscribing.ts'
import { verifyWebhook } from './webhook.ts'

type Shop = Session<ValuesOf<typeof credentials>, ValuesOf<typeof settings>>

const apiOf = ({ credentials: keys, http, clock }: Shop) =>
  createApi({ credentials: keys, http, clock })

/** SEOshop, today Lightspeed eCom C-Series. What is certain and what is guessed: README.md. */
export const seoshop: WebshopConnector<typeof credentials, typeof settings> = {
  id: 'seoshop',
  title: system,
  credentials,
  settings,
  capabilities: {
    documents: ['order', 'credit'],
    webhooks: true,
    changedSince: true,
    store: true,
    pace,
  },
  check: (shop) => examineConnection(shop),
  choices: async (shop) => readChoices(apiOf(shop)),
  changes: async function* (shop, since, bookedFrom = '') {
    const { settings: wanted } = shop
    const startDate = wanted.startDate === '' && since === null ? bookedFrom : wanted.startDate
    yield* changes(apiOf(shop), shop.clock, { ...wanted, startDate }, since)
  },
  history: async function* (shop, period, since) {
    yield* history(apiOf(shop), shop.clock, shop.settings, period, since)
  },
  read: async (shop, ref) => readSale(apiOf(shop), ref),
  readAnswer,
  trigger: ({ statuses, paidOnly, creditInvoices, startDate }) => ({
    statuses: creditInvoices ? [...statuses, creditStatus.id] : statuses,
    paidOnly,
    from: startDate === '' ? null : startDate,
  }),
  subscribe: async (shop, address, known) =>
    subscribe(apiOf(shop), address, known, shop.settings.creditInvoices),
  verifyWebhook,
  store,
}
