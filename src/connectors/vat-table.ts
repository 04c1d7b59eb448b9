import type { Amount } from '../money/amount.ts'
import type { Draft, DraftLine } from '../sale/draft.ts'

/**
 * Rows for what leaves without VAT, next to those of countries (spec §2.4). Services have their own: they stand in
 * another box of the VAT return and the listing than goods (contracts/vat.md §5.1 step 6).
 */
export const specialRows = [
  'ICP',
  'ICP_SERVICES',
  'INTERNATIONAL',
  'INTERNATIONAL_SERVICES',
] as const
export type SpecialRow = (typeof specialRows)[number]

/**
 * One row of the merchant's VAT table: sales to `destination` at `percent` get this code of the accounting
 * system and these ledgers ('' where the system or the merchant has none).
 */
export interface VatTableRow {
  /** ISO 3166 alpha-2, or one of the rows for sales without VAT. */
  destination: string
  percent: Amount
  /** A value of the connector's `vatCodes` choices. */
  vatCode: string
  /** Values of the connector's `ledgers` choices. */
  ledgers: { revenue: string; shipping: string; payment: string }
}

export type VatTable = readonly VatTableRow[]

type Placed = Pick<Draft, 'regime' | 'destination' | 'ratesOf'>

/**
 * Under which destinations of the table lines of a draft that are goods are looked for, the first that has their percentage
 * being theirs. VAT that was charged on what leaves the EU is VAT of the merchant's own country.
 */
const ofGoods = ({ regime, destination, ratesOf }: Placed): readonly string[] => {
  switch (regime) {
    case 'intra-community':
      return ['ICP']
    case 'services-reverse-charge':
      return ['ICP_SERVICES']
    case 'services-outside-eu':
      return ['INTERNATIONAL_SERVICES']
    case 'export':
      return ['INTERNATIONAL']
    case 'charged-export':
      return ['INTERNATIONAL', ratesOf]
    case 'small-business':
    case 'domestic':
    case 'domestic-reverse-charge':
    case 'destination':
    case 'origin':
    case 'foreign-registration':
      return [destination]
  }
}

type CodedLine = { vatPercent: DraftLine['vatPercent']; vat: Pick<DraftLine['vat'], 'treatment'> }

/** Under which destinations of the table a line is looked for, the first that has its percentage being its. */
export const destinationsOf = (
  draft: Placed,
  { vat: { treatment } }: Pick<CodedLine, 'vat'>,
): readonly string[] => {
  if (treatment === 'services-reverse-charge') return ['ICP_SERVICES']
  if (treatment === 'services-outside-eu') return ['INTERNATIONAL_SERVICES']
  return ofGoods(draft)
}

/** The row for a line of a draft; null when the merchant has configured none. */
export const vatRowOf = (table: VatTable, draft: Placed, line: CodedLine): VatTableRow | null => {
  for (const destination of destinationsOf(draft, line)) {
    const row = table.find(
      (each) => each.destination === destination && each.percent.equals(line.vatPercent),
    )
    if (row !== undefined) return row
  }
  return null
}

/** The ledger of a line: shipping and payment costs may have their own, and fall back to revenue. */
export const ledgerOf = ({ ledgers }: VatTableRow, { kind }: Pick<DraftLine, 'kind'>): string => {
  if (kind === 'shipping') return ledgers.shipping || ledgers.revenue
  if (kind === 'payment') return ledgers.payment || ledgers.revenue
  return ledgers.revenue
}
