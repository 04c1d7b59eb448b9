import type { Sale } from '../../../sale/sale.ts'
import { inShape } from '../../reading.ts'
import { defaultTimeZone } from '../magento/days.ts'
import { saleOf } from '../magento/map.ts'
import { system } from './system.ts'
import * as wire from './wire.ts'

const standard = { timeZone: defaultTimeZone, paymentMethods: [] }

/**
 * `{ "invoice": …, "order": … }` or `{ "creditmemo": …, "order": … }`: the answers of V1/invoices or
 * V1/creditmemos and of V1/orders as they came, each a single one or a list of one.
 */
export const readAnswer = (answer: unknown): Sale => {
  const { order, ...documents } = inShape(answer, wire.answers, system)
  return 'invoice' in documents
    ? saleOf('invoice', documents.invoice, order, 0, standard)
    : saleOf('credit', documents.creditmemo, order, 0, standard)
}
