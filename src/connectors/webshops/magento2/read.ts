import { reason, Trouble } from '../../../problems/reason.ts'
import type { Gone, Sale, SaleRef } from '../../../sale/sale.ts'
import type { Api, Resource } from './api.ts'
import { entityIdOf, saleOf, type Kind, type MapSettings } from '../magento/map.ts'
import { system } from './system.ts'
import * as wire from './wire.ts'

const gone: Gone = { is: 'gone' }

export const resourceOf: Readonly<Record<Kind, Resource>> = {
  invoice: 'invoices',
  credit: 'creditmemos',
}

/** More documents of one kind than any order has. */
const siblingsMax = 200

/** How many documents of its kind the order had before this one: ids only grow (contract §5). */
const indexAmong = async (api: Api, kind: Kind, orderId: string, entityId: string) => {
  const { items } = await api.list(
    resourceOf[kind],
    {
      filters: [{ field: 'order_id', condition: 'eq', value: orderId }],
      sort: { field: 'entity_id', direction: 'ASC' },
      pageSize: siblingsMax,
      page: 1,
      fields: 'items[entity_id],total_count',
    },
    wire.sibling,
  )
  const index = items.findIndex((each) => each.entity_id === entityId)
  if (index !== -1) return index
  throw new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'order_id' }))
}

/**
 * The invoice or credit memo as it is now, with its order: three GETs, two of them at once.
 * @returns gone when the shop's list does not have the id
 */
export const readSale = async (
  api: Api,
  ref: SaleRef,
  settings: MapSettings,
): Promise<Sale | Gone> => {
  const asked = entityIdOf(ref)
  if (asked === null) return gone
  const { kind, entityId } = asked
  const document = await api.find(resourceOf[kind], entityId, wire.document)
  if (document === null) return gone
  const [order, index] = await Promise.all([
    api.find('orders', document.order_id, wire.order),
    indexAmong(api, kind, document.order_id, entityId),
  ])
  // A document without its order has no buyer and no rates: nothing can be booked of it.
  if (order === null)
    throw new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'order_id' }))
  return saleOf(kind, document, order, index, settings)
}
