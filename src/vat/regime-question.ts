import type { Supply } from './supply.ts'
import type { Territory } from './territory.ts'
import type { Treatment } from './treatment.ts'
import type { VatFinding } from './vat-finding.ts'
import type { VatNumberState } from './vat-number-state.ts'
import type { VatSettings } from './vat-settings.ts'

/**
 * How a whole sale is treated (contracts/vat.md §5.1): `destination` with the rates of where it goes (OSS),
 * `origin` with those of the merchant's country (distance sales below the threshold). `charged-export`: it leaves
 * the EU, and the shop charged VAT of the merchant's country all the same. `services-…`: nothing but services or
 * digital goods, without VAT, to a business elsewhere in the EU or to anybody outside it.
 */
export type Regime =
  | 'small-business'
  | 'domestic'
  | 'domestic-reverse-charge'
  | 'intra-community'
  | 'services-reverse-charge'
  | 'destination'
  | 'origin'
  | 'foreign-registration'
  | 'export'
  | 'charged-export'
  | 'services-outside-eu'

/** A line as far as its treatment is concerned. */
export interface RegimeLine {
  /** `either`: no VAT is stated, but the line is free or so small that a positive rate fits too. */
  vat: 'zero' | 'positive' | 'either'
  /** What the merchant's settings say about the product; a reason of its own for 0 %. */
  marking: 'margin' | 'voucher' | 'deposit' | 'zero-rated' | null
  supply: Supply
  /** Costs that come with the goods (shipping, payment) follow their rate. */
  incidental: boolean
}

export interface RegimeQuestion {
  destination: Territory
  vatNumber: VatNumberState
  lines: readonly RegimeLine[]
  /** All VAT of the sale, for messages: `21.00`. */
  vat: string
  /** The customer gives a company name. */
  buyerIsBusiness: boolean
  settings: VatSettings
}

/** What the sale is; or why it waits; or why it cannot be booked. */
export type RegimeDecision =
  | {
      is: 'decided'
      regime: Regime
      /** Whose rates its taxed lines may have. */
      ratesOf: Territory
      /** One per line, in their order. */
      treatments: readonly Treatment[]
      remarks: readonly VatFinding[]
    }
  | { is: 'hold'; reason: VatFinding }
  | { is: 'refused'; reason: VatFinding }

/** Margin goods, gift cards and deposits are never taxed, exported or supplied like goods. */
export const isOutsideVat = ({ marking }: RegimeLine): boolean =>
  marking === 'margin' || marking === 'voucher' || marking === 'deposit'

/** Services and digital goods only; gift cards and the like beside them are neither. */
export const isServicesOnly = (lines: readonly RegimeLine[]): boolean => {
  const supplied = lines.filter((line) => !isOutsideVat(line))
  return supplied.length > 0 && supplied.every(({ supply }) => supply !== 'goods')
}

/** 0 % that only the regime can explain. */
export const isUnexplainedZero = (line: RegimeLine): boolean =>
  line.vat === 'zero' && line.marking === null

export const hasVat = (lines: readonly RegimeLine[]): boolean =>
  lines.some(({ vat }) => vat === 'positive')
