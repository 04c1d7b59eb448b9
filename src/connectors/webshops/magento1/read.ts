import { reason, Trouble } from '../../../problems/reason.ts'
import type { Gone, Sale, SaleRef } from '../../../sale/sale.ts'
import { entityIdOf, saleOf, type Kind, type MapSettings } from '../magento/map.ts'
import type { Api } from './api.ts'
import { documentOf, orderOf } from './normalise.ts'
import { system } from './system.ts'
import * as wire from './wire.ts'

const gone: Gone = { is: 'gone' }

export const resourceOf = {
  invoice: 'invoices',
  credit: 'creditmemos',
} as const satisfies Record<Kind, string>

/** More documents of one kind than any order has; as many as one page holds. */
const siblingsMax = 100

/** How many documents of its kind the order had before this one: ids only grow. */
const indexAmong = async (api: Api, kind: Kind, orderId: string, entityId: string) => {
  const { items } = await api.list(
    resourceOf[kind],
    {
      filters: [{ attribute: 'order_id', condition: 'eq', value: orderId }],
      order: { by: 'entity_id', direction: 'asc' },
      limit: siblingsMax,
      page: 1,
    },
    wire.listedDocument,
  )
  const index = items.findIndex((each) => each.entity_id === entityId)
  if (index !== -1) return index
  throw new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'order_id' }))
}

/** A credit memo's status: of its own, so that only who switched credit invoices on books them. */
export const creditStatus = (state: string): string => `credit-${state}`

/** A document, with its order in it, as a sale. Pure. */
export const saleIn = (
  kind: Kind,
  found: wire.WireDocument,
  index: number,
  settings: MapSettings,
): Sale => {
  const sale = saleOf(kind, documentOf(found), orderOf(found), index, settings)
  if (kind === 'invoice') return sale
  const { id, label } = sale.status
  return { ...sale, status: { id: creditStatus(id), label: `creditfactuur ${label}` } }
}

/**
 * The invoice or credit memo as it is now, with its order in it: two GETs.
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
  const found = await api.find(resourceOf[kind], entityId, wire.document)
  if (found === null) return gone
  const index = await indexAmong(api, kind, found.order_id, entityId)
  return saleIn(kind, found, index, settings)
}
