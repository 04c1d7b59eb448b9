import { reason, Trouble } from '../../../problems/reason.ts'
import type { Gone, Sale, SaleRef } from '../../../sale/sale.ts'
import { inShape, parseJson } from '../../reading.ts'
import { system, type Api } from './api.ts'
import { gone, isAbandoned, saleOf } from './map.ts'
import * as wire from './wire.ts'

/**
 * The order as it is now: two GETs at once, and one more for every further hundred rows.
 * @returns gone when the shop does not know the id, or the checkout was abandoned
 */
export const readSale = async (api: Api, ref: SaleRef): Promise<Sale | Gone> => {
  const path = `orders/${encodeURIComponent(ref.id)}`
  const [found, rows] = await Promise.allSettled([
    api.find(path),
    api.all(`${path}/orderrows`, wire.orderRow),
  ])
  if (found.status === 'rejected') throw found.reason
  const body = found.value
  if (body === null || isAbandoned(parseJson(body, wire.orderStage, system))) return gone
  if (rows.status === 'rejected') {
    // Deleted between the two calls? Then the rows are refused for good, and the order knows it now.
    const isFinal = rows.reason instanceof Trouble && rows.reason.cure === 'never'
    if (isFinal && (await api.find(path)) === null) return gone
    throw rows.reason
  }
  const order = parseJson(body, wire.order, system)
  // Asked for one order and given another: whatever went wrong there, it may not be booked.
  if (order.id !== ref.id) {
    throw new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'id' }))
  }
  return saleOf(order, rows.value, api.countUnverified() > 0)
}

/** `{ "order": …, "orderrows": … }`: the two answers that `readSale` gets, as they came. */
export const readAnswer = (answer: unknown): Sale => {
  const { order, orderrows } = inShape(answer, wire.answers, system)
  return saleOf(order, orderrows.items, false)
}
