import type { Sale } from '../../../sale/sale.ts'
import { inShape } from '../../reading.ts'
import { defaultTimeZone } from '../magento/days.ts'
import { saleIn } from './read.ts'
import { system } from './system.ts'
import * as wire from './wire.ts'

const standard = { timeZone: defaultTimeZone, paymentMethods: [] }

/**
 * `{ "invoice": … }` or `{ "creditmemo": … }`: the answer of our extension as it came, a single document or a
 * list of one.
 */
export const readAnswer = (answer: unknown): Sale => {
  const given = inShape(answer, wire.answers, system)
  return 'invoice' in given
    ? saleIn('invoice', given.invoice, 0, standard)
    : saleIn('credit', given.creditmemo, 0, standard)
}
