import { round, sum, vatOn, type Amount } from '../../../money/amount.ts'
import type { Cost } from './costs.ts'
import type { Figures } from './figures.ts'
import type { MagentoDocument } from './document.ts'

/** Whether every row is its unit price times its quantity, in one of the two bases. */
const isPriced = (rows: readonly Figures[], basis: 'net' | 'gross'): boolean =>
  rows.every(({ row }) => {
    const unit = basis === 'net' ? row.base_price : row.base_price_incl_tax
    const total = basis === 'net' ? row.base_row_total : row.base_row_total_incl_tax
    return unit === null || total === null || unit.times(row.qty).equals(total)
  })

/** In which basis the shop's prices are entered, as far as the rows tell; null when both may be. */
export const enteredIn = (rows: readonly Figures[]): 'net' | 'gross' | null => {
  const gross = isPriced(rows, 'gross')
  if (gross === isPriced(rows, 'net')) return null
  return gross ? 'gross' : 'net'
}

/**
 * Whether the sale is read incl. VAT. A shop never tells how its prices are entered; the rows show it: the
 * basis in which price × quantity is the row. Gross amounts after discount add up to the total to the cent
 * whatever the shop rounds, net amounts only when its VAT per rate is that of the sum: so a sale is read
 * excl. VAT only where its rows are priced that way and its total proves it.
 */
export const includesVat = (
  document: MagentoDocument,
  rows: readonly Figures[],
  costs: readonly Cost[],
  percentOf: (figures: Figures) => Amount | null,
): boolean => {
  if (enteredIn(rows) !== 'net') return true
  const nets = new Map<string, { percent: Amount; net: Amount }>()
  const parts = [
    ...rows.map((figures) => ({ percent: percentOf(figures), net: figures.after.net })),
    ...costs.map(({ vatPercent, net }) => ({ percent: vatPercent, net })),
  ]
  for (const { percent, net } of parts) {
    if (percent === null) return true
    const known = nets.get(percent.toString())
    nets.set(percent.toString(), { percent, net: known ? known.net.plus(net) : net })
  }
  const total = sum(
    [...nets.values()].map(({ percent, net }) => net.plus(round(vatOn(net, percent)))),
  )
  return !total.equals(document.base_grand_total.minus(document.base_adjustment))
}
