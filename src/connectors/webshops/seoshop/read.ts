import { reason, Trouble } from '../../../problems/reason.ts'
import type { Gone, Sale, SaleRef } from '../../../sale/sale.ts'
import { system, type Api } from './api.ts'
import { creditSaleOf } from './credit.ts'
import { currencyOf } from './currency.ts'
import { saleOf } from './map.ts'
import * as wire from './wire.ts'

const gone: Gone = { is: 'gone' }

/** Asked for one thing and given another: whatever went wrong there, it may not be booked. */
const isAsked = (found: { id: string }, id: string): void => {
  if (found.id === id) return
  throw new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'id' }))
}

/** One call where everything is embedded, which is how a single order comes (contract §1). */
const readOrder = async (api: Api, id: string): Promise<wire.WireOrder | null> => {
  const order = await api.find(`orders/${id}`, wire.order)
  if (order !== null) isAsked(order, id)
  return order
}

const invoicesOf = async (api: Api, { id, invoices }: wire.WireOrder) =>
  invoices.resource.embedded ?? (await api.all('invoices', wire.invoice, { order: id }))

const readOrderSale = async (api: Api, id: string): Promise<Sale | Gone> => {
  // A language that was switched off answers 404 to everything, so "unknown" is believed only from a shop
  // that answers else: the currency is asked in that same language.
  const [order, currency] = await Promise.all([readOrder(api, id), currencyOf(api)])
  if (order === null) return gone
  const [lines, documents] = await Promise.all([
    order.products.resource.embedded ?? api.all(`orders/${id}/products`, wire.orderProduct),
    invoicesOf(api, order),
  ])
  return saleOf(order, lines, documents, currency)
}

/** A credit invoice knows neither buyer nor address: those are of the order it belongs to. */
const readCreditSale = async (api: Api, id: string): Promise<Sale | Gone> => {
  const [invoice, currency] = await Promise.all([
    api.find(`invoices/${id}`, wire.invoice),
    currencyOf(api),
  ])
  if (invoice === null) return gone
  isAsked(invoice, id)
  if (!invoice.isCreditNote) return gone
  const [order, items] = await Promise.all([
    readOrder(api, invoice.order.resource.id),
    api.all(`invoices/${id}/items`, wire.invoiceItem),
  ])
  if (order === null) {
    throw new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'order' }))
  }
  return creditSaleOf(invoice, items, order, await invoicesOf(api, order), currency)
}

/** The document as it is now; gone when the shop itself does not know it. @throws Trouble */
export const readSale = async (api: Api, { kind, id }: SaleRef): Promise<Sale | Gone> => {
  // Ids are numbers; anything else could name another path.
  if (!/^\d{1,20}$/.test(id)) return gone
  if (kind === 'order') return readOrderSale(api, id)
  return kind === 'credit' ? readCreditSale(api, id) : gone
}
