import type { Session } from '../../session.ts'
import type { ValuesOf } from '../../settings.ts'
import type { WebshopConnector } from '../../webshop.ts'
import { activation } from './activation.ts'
import { changes, history } from '../magento/polling.ts'
import { createApi, type ApiAccess } from './api.ts'
import { readChoices } from './choices.ts'
import { examineConnection } from './doctor.ts'
import { listsOf } from './lists.ts'
import { readAnswer } from './read-answer.ts'
import { readSale } from './read.ts'
import { credentials, settings } from './settings.ts'

type Shop = Session<ValuesOf<typeof credentials>, ValuesOf<typeof settings>>

const accessOf = ({ credentials: keys, http, clock }: Shop): ApiAccess => ({
  credentials: keys,
  http,
  clock,
})

const apiOf = (shop: Shop) => createApi(accessOf(shop))

/** Magento 2.1 and later: its invoices and credit memos, each read with its order (contract §6). */
export const magento2: WebshopConnector<typeof credentials, typeof settings> = {
  id: 'magento2',
  title: 'Magento 2',
  credentials,
  settings,
  capabilities: {
    documents: ['invoice', 'credit'],
    webhooks: false,
    changedSince: true,
    store: false,
    // No limit of its own; hosts have theirs, and lists are slow (contract §8).
    pace: { calls: 120, windowMs: 60_000, concurrency: 2 },
  },
  check: (shop) => examineConnection(accessOf(shop)),
  choices: async (shop) => readChoices(apiOf(shop)),
  changes: async function* (shop, since) {
    yield* changes(
      listsOf(apiOf(shop), shop.settings.timeZone),
      shop.clock,
      shop.settings.timeZone,
      since,
    )
  },
  history: async function* (shop, period, since) {
    yield* history(
      listsOf(apiOf(shop), shop.settings.timeZone),
      shop.clock,
      shop.settings.timeZone,
      period,
      since,
    )
  },
  read: async (shop, ref) => readSale(apiOf(shop), ref, shop.settings),
  readAnswer,
  trigger: ({ states, startDate }) => ({
    statuses: states,
    paidOnly: false,
    from: startDate === '' ? null : startDate,
  }),
  activation,
}
