import { z } from 'zod'
import { reason, Trouble, type Reason } from '../../../problems/reason.ts'
import type { Finding } from '../../finding.ts'
import { createApi, type Api, type ApiAccess } from './api.ts'
import * as wire from './wire.ts'

/** The reason why `act` failed; null when it did not. Only Trouble is a finding; a bug is thrown on. */
const problemOf = async (act: () => unknown): Promise<Reason | null> => {
  try {
    await act()
    return null
  } catch (error) {
    if (error instanceof Trouble) return error.reason
    throw error
  }
}

const anything = z.array(z.unknown())
const one = { limit: '1' }

/** Every right we need, by reading with it; the words are those of README.md. */
const attempts: Readonly<Record<string, (api: Api) => Promise<unknown>>> = {
  shop: (api) => api.get('shop', wire.shop),
  orders: (api) => api.get('orders', anything, one),
  invoices: (api) => api.get('invoices', anything, one),
  webhooks: (api) => api.get('webhooks', anything, one),
  paymentmethods: (api) => api.get('paymentmethods', anything),
}

/**
 * Every shop has a `shop`. When it is said to be unknown or badly asked for, it is the language in the
 * address that the shop does not have (contract §1; which status that gives is unknown).
 */
const isAboutLanguage = ({ code, params }: Reason): boolean =>
  (code === 'REMOTE_TROUBLE' && params['status'] === 404) || code === 'REMOTE_REFUSES'

const explained = (problem: Reason | null): Reason | null =>
  problem !== null && isAboutLanguage(problem) ? reason('SHOP_LANGUAGE_UNKNOWN') : problem

const finding = (subject: string, problem: Reason | null): Finding =>
  problem === null ? { subject } : { subject, problem }

/** Tries every right we need, one finding each. */
export const examineConnection = async (access: ApiAccess): Promise<Finding[]> =>
  Promise.all(
    Object.entries(attempts).map(async ([subject, attempt]) => {
      const problem = await problemOf(() => attempt(createApi(access)))
      return finding(subject, subject === 'shop' ? explained(problem) : problem)
    }),
  )
