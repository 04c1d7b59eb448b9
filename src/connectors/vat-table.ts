import type { Amount } from '../money/amount.ts'
import type { Draft, DraftLine } from '../sale/draft.ts'

/** Rows for what leaves without VAT, next to those of countries (spec §2.4). */
export type SpecialRow = 'ICP' | 'INTERNATIONAL'

/**
 * One row of the merchant's VAT table: sales to `destination` at `percent` get this code of the accounting
 * system and these ledgers ('' where the system or the merchant has none).
 */
export interface VatTableRow {
  /** ISO 3166 alpha-2, or one of the two rows for sales without VAT. */
  destination: string
  percent: Amount
  /** A value of the connector's `vatCodes` choices. */
  vatCode: string
  /** Values of the connector's `ledgers` choices. */
  ledgers: { revenue: string; shipping: string; payment: string }
}

export type VatTable = readonly VatTableRow[]

/** Which row of the table a draft's lines are looked up in, before their percentage. */
const destinationRow = (draft: Pick<Draft, 'regime' | 'destination'>): string => {
  if (draft.regime === 'intra-community') return 'ICP'
  return draft.regime === 'export' ? 'INTERNATIONAL' : draft.destination
}

/** The row for a line of a draft; null when the merchant has configured none. */
export const vatRowOf = (
  table: VatTable,
  draft: Pick<Draft, 'regime' | 'destination'>,
  line: Pick<DraftLine, 'vatPercent'>,
): VatTableRow | null => {
  const destination = destinationRow(draft)
  return (
    table.find((row) => row.destination === destination && row.percent.equals(line.vatPercent)) ??
    null
  )
}

/** The ledger of a line: shipping and payment costs may have their own, and fall back to revenue. */
export const ledgerOf = ({ ledgers }: VatTableRow, { kind }: Pick<DraftLine, 'kind'>): string => {
  if (kind === 'shipping') return ledgers.shipping || ledgers.revenue
  if (kind === 'payment') return ledgers.payment || ledgers.revenue
  return ledgers.revenue
}
