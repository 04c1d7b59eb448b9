import { candidateRates } from './candidate-rates.ts'
import {
  byDefault,
  byEarlier,
  byOthers,
  byPool,
  byTotals,
  isOpen,
  type Judged,
  type StatedTotal,
} from './evidence.ts'
import { verdictOn, type RateVerdict } from './infer-rate.ts'
import { roundingOf } from './rounding-mode.ts'
import type { SaleRateLine } from './sale-line.ts'
import type { Rounding } from './stated-line.ts'
import type { Territory } from './territory.ts'

/** A sale, as far as its rates are concerned. Percentages are texts (`21`). */
export interface SaleRates {
  territory: Territory
  /** The tax point, YYYY-MM-DD: of the original sale, also for a credit. */
  date: string
  /** How this shop is known to round. */
  rounding: Rounding
  /** In the order of the shop: a carried residue runs along them. */
  lines: readonly SaleRateLine[]
  /** The shop's own VAT per rate; empty when it states none. */
  totals: readonly StatedTotal[]
  /** The merchant's default for this territory; null when there is none. */
  defaultPercent: string | null
}

/** The verdict on every line, in their order, and the rounding mode that explains the sale. */
export interface SaleVerdict {
  /** Another mode than the known one means: remember it for this shop. */
  rounding: Rounding
  lines: readonly RateVerdict[]
}

/**
 * The rates of a whole sale: every line by its own amounts, other rounding modes when one line fits nothing,
 * then the evidence of contracts/vat.md §8.2 in its order, each only where it leaves exactly one rate. What
 * is still undecided at the end is to be held; what is impossible or a contradiction is to be refused.
 */
export const inferSaleRates = (sale: SaleRates): SaleVerdict => {
  const rates = candidateRates(sale.territory, sale.date)
  const { rounding, candidates } = roundingOf(sale.lines, rates, sale.rounding)
  const question = { territory: sale.territory, date: sale.date, rounding }
  const alone = sale.lines.map((line, index): Judged => {
    const candidate = candidates[index] ?? null
    const fitting = candidate === null ? null : candidate.fitting
    return { candidate, verdict: verdictOn(line, fitting, { ...question, stated: line.stated }) }
  })
  const settled = alone.some(isOpen)
    ? byDefault(
        byOthers(byEarlier(byPool(byTotals(alone, sale.totals), rounding))),
        sale.defaultPercent,
      )
    : alone
  return { rounding, lines: settled.map(({ verdict }) => verdict) }
}
