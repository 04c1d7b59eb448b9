import { z } from 'zod'
import { reason, Trouble, type Reason } from '../../../problems/reason.ts'
import type { Finding } from '../../finding.ts'
import { createApi, system, type Api, type ApiAccess } from './api.ts'
import * as wire from './wire.ts'

type Attempt<T> = { problem: null; value: T } | { problem: Reason }

/** What came of `act`. Only Trouble is a finding; a bug is thrown on. */
const attempt = async <T>(act: () => Promise<T> | T): Promise<Attempt<T>> => {
  try {
    return { problem: null, value: await act() }
  } catch (error) {
    if (error instanceof Trouble) return { problem: error.reason }
    throw error
  }
}

const finding = (subject: string, problem: Reason | null): Finding =>
  problem === null ? { subject } : { subject, problem }

const anything = z.looseObject({})

const examineShop = async (api: Api): Promise<Finding[]> => {
  const shops = await attempt(() => api.all('webshops', wire.webshop))
  if (shops.problem !== null) {
    return [finding('webshops', shops.problem), finding('settings', shops.problem)]
  }
  const [shop] = shops.value
  if (shop === undefined) {
    const none = reason('REMOTE_SHAPE', { system, field: 'webshops' })
    return [finding('webshops', none), finding('settings', none)]
  }
  const count = shops.value.length
  const settings = await attempt(() => api.get(`webshops/${shop.id}/settings`, anything))
  return [
    finding('webshops', count > 1 ? reason('SHOP_AMBIGUOUS', { count }) : null),
    finding('settings', settings.problem),
  ]
}

const oneOrder = wire.collectionOf(wire.listedOrder)

/**
 * Orders, and the rows of one of them. Without an order to ask about, an id that does not exist has to do: a
 * missing right answers 403, a right that is there answers that it knows no such order.
 */
const examineOrders = async (api: Api): Promise<Finding[]> => {
  const orders = await attempt(() => api.get('orders/?start=0&size=1', oneOrder))
  const isElse = orders.problem !== null && orders.problem.code !== 'RIGHT_MISSING'
  if (isElse) return [finding('orders', orders.problem), finding('orderrows', orders.problem)]
  const id = orders.problem === null ? (orders.value.items[0]?.id ?? '0') : '0'
  const rows = await attempt(() => api.find(`orders/${id}/orderrows/?start=0&size=1`))
  return [finding('orders', orders.problem), finding('orderrows', rows.problem)]
}

const examine = async (subject: string, act: () => Promise<unknown>): Promise<Finding[]> => [
  finding(subject, (await attempt(act)).problem),
]

export const subjects = ['webshops', 'settings', 'orders', 'orderrows', 'webhooks', 'paymethods']

/** Tries every right we need by reading with it, one finding each, in the order of `subjects`. */
export const examineConnection = async (access: ApiAccess): Promise<Finding[]> => {
  const made = await attempt(() => createApi(access))
  if (made.problem !== null) return subjects.map((subject) => finding(subject, made.problem))
  const api = made.value
  const findings = await Promise.all([
    examineShop(api),
    examineOrders(api),
    examine('webhooks', () => api.all('webhooks', wire.webhook)),
    examine('paymethods', () => api.get('paymethods', wire.paymentMethods)),
  ])
  return findings.flat()
}
