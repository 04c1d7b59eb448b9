import type { Session } from '../../session.ts'
import type { WebshopConnector } from '../../webshop.ts'
import type { Kind } from '../magento/map.ts'
import { changes, history } from '../magento/polling.ts'
import { createApi, type ApiAccess } from './api.ts'
import { readChoices } from './choices.ts'
import { examineConnection } from './doctor.ts'
import { listsOf } from './lists.ts'
import { readAnswer } from './read-answer.ts'
import { creditStatus, readSale } from './read.ts'
import { credentials, settings, type Credentials, type Settings } from './settings.ts'
import { signIn } from './sign-in.ts'

type Shop = Session<Credentials, Settings>

const accessOf = ({ credentials: keys, http, clock }: Shop): ApiAccess => ({
  credentials: keys,
  http,
  clock,
})

const apiOf = (shop: Shop) => createApi(accessOf(shop))

const kindsOf = ({ credits }: Settings): readonly Kind[] =>
  credits ? ['invoice', 'credit'] : ['invoice']

const documentsOf = (shop: Shop) =>
  listsOf(apiOf(shop), kindsOf(shop.settings), shop.settings.timeZone)

/** Magento 1.9 and OpenMage LTS: invoices and credit memos, told by our own extension (contract §5). */
export const magento1: WebshopConnector<typeof credentials, typeof settings> = {
  id: 'magento1',
  title: 'Magento 1.9 / OpenMage',
  credentials,
  settings,
  capabilities: {
    documents: ['invoice', 'credit'],
    webhooks: false,
    changedSince: true,
    store: false,
    // No limit of its own; hosts have theirs, and these shops are old.
    pace: { calls: 60, windowMs: 60_000, concurrency: 2 },
  },
  check: (shop) => examineConnection(accessOf(shop), shop.settings),
  choices: async (shop) => readChoices(apiOf(shop)),
  changes: async function* (shop, since) {
    yield* changes(documentsOf(shop), shop.clock, shop.settings.timeZone, since)
  },
  history: async function* (shop, period, since) {
    yield* history(documentsOf(shop), shop.clock, shop.settings.timeZone, period, since)
  },
  read: async (shop, ref) => readSale(apiOf(shop), ref, shop.settings),
  readAnswer,
  trigger: ({ states, startDate, credits }) => ({
    statuses: [...states, ...(credits ? states.map(creditStatus) : [])],
    paidOnly: false,
    from: startDate === '' ? null : startDate,
  }),
  signIn,
}
