import { reason } from '../../problems/reason.ts'
import type { Check, SaleInput } from './check.ts'

/** Check C of contracts/vat.md §7: where the shop states net, VAT and gross of a line, they fit together. */
export const linesAddUp: Check<SaleInput> = {
  id: 'lines-add-up',
  title: { nl: 'Netto plus btw is bruto, per regel', en: 'Net plus VAT is gross, line by line' },
  run({ sale }) {
    for (const [index, { stated }] of sale.lines.entries()) {
      if (stated?.gross == null || stated.net.plus(stated.tax).equals(stated.gross)) continue
      return reason('LINE_DOES_NOT_ADD_UP', {
        line: index + 1,
        net: stated.net.toFixed(),
        vat: stated.tax.toFixed(),
        gross: stated.gross.toFixed(),
      })
    }
    return null
  },
}
