import type { Amount } from '../money/amount.ts'
import type { RateVerdict } from '../vat/infer-rate.ts'
import type { Regime } from '../vat/regime-question.ts'
import type { Supply } from '../vat/supply.ts'
import type { Territory } from '../vat/territory.ts'
import type { Treatment } from '../vat/treatment.ts'
import type { VatFinding } from '../vat/vat-finding.ts'

/** What VIES says about the buyer's number; `silent` also when it was not asked. */
export type ViesVerdict = 'valid' | 'invalid' | 'silent'

export interface TreatedLine {
  percent: Amount
  treatment: Treatment
  verdict: RateVerdict
  supply: Supply
}

/** How a sale is treated for VAT, line by line; or why it waits; or why it cannot be booked. */
export type Treated =
  | {
      is: 'treated'
      regime: Regime
      destination: Territory
      /** Whose rates its taxed lines have. */
      ratesOf: Territory
      lines: readonly TreatedLine[]
      remarks: readonly VatFinding[]
    }
  | { is: 'hold'; reason: VatFinding }
  | { is: 'refused'; reason: VatFinding }

export type TreatedSale = Extract<Treated, { is: 'treated' }>
