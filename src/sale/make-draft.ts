import { amount, Decimal, sum, type Amount } from '../money/amount.ts'
import { reason, type Reason } from '../problems/reason.ts'
import type { Draft, DraftLine, RateTotal } from './draft.ts'
import { draftLines } from './draft-lines.ts'
import { rateTotals } from './rate-totals.ts'
import { roundedLikeTheShop } from './rounded-like-the-shop.ts'
import { roundingLine } from './rounding-line.ts'
import type { Sale } from './sale.ts'
import { statedGross } from './stated-gross.ts'
import type { ViesVerdict } from './treated.ts'
import { unreadable } from './unreadable.ts'
import type { VatPosition } from './vat-position.ts'
import { inWholeCents } from './whole-cents.ts'

/** What the merchant decided about invoices in general, apart from both systems. */
export interface DraftOptions {
  vat: VatPosition
  /** Which number leads, in the reference and on the invoice. */
  leadingNumber: 'order' | 'invoice'
  /** What the reference looks like; `{number}` is the leading number. Absent: that number alone. */
  referenceTemplate?: string
}

export type Drafting =
  | { is: 'drafted'; draft: Draft }
  /** Not yet: VIES has to say something first. */
  | { is: 'hold'; reason: Reason }
  | { is: 'refused'; reason: Reason }

/**
 * What the invoice carries to be found again: the leading number, with `C_` before an order number on a
 * credit invoice, so that it differs from that of the order's own invoice (spec §2.4).
 */
export const referenceOf = (sale: Sale, options: DraftOptions): string =>
  (options.referenceTemplate ?? '{number}').replace('{number}', () => leadingOf(sale, options))

/** A sale without an invoice number goes by that of its order. */
const leads = (sale: Sale, { leadingNumber }: DraftOptions): Draft['leadingNumber'] =>
  sale.invoiceNumber === null ? 'order' : leadingNumber

const leadingOf = (sale: Sale, options: DraftOptions): string => {
  if (leads(sale, options) === 'invoice' && sale.invoiceNumber !== null) return sale.invoiceNumber
  return sale.ref.kind === 'credit' ? `C_${sale.orderNumber}` : sale.orderNumber
}

/** Half a cent for every amount a shop rounded by itself, but never more than five cents. */
const roundingMax = (lines: number): Amount =>
  Decimal.min(amount('0.005').times(lines), amount('0.05'))

/**
 * The lines in whole cents, as the sale states them; or incl. VAT, where only that comes to what the buyer pays (contracts/vat.md §6
 * step 1).
 */
const closest = (
  sale: Sale,
  exact: readonly DraftLine[],
  { rounding }: VatPosition,
): DraftLine[] => {
  const lines = inWholeCents(exact)
  const total = sum(rateTotals(lines).map(({ gross }) => gross))
  if (total.equals(sale.total)) return lines
  return statedGross(sale, lines) ?? roundedLikeTheShop(sale, exact, rounding) ?? lines
}

const hasFraction = (value: Amount): boolean => value.decimalPlaces() > 2

/**
 * The line that makes up for the shop's own rounding (contracts/vat.md §7 check A), where prices exclude VAT or
 * are stated in fractions of a cent; null when there is nothing to make up for, or more than rounding can
 * explain.
 */
const shopRounding = (sale: Sale, rates: readonly RateTotal[]): DraftLine | null => {
  const { pricesIncludeVat } = sale
  if (pricesIncludeVat && !sale.lines.some((line) => hasFraction(line.amount))) return null
  const difference = sale.total.minus(sum(rates.map(({ gross }) => gross)))
  const roundings = pricesIncludeVat ? rates.length : sale.lines.length
  const isRounding =
    !difference.isZero() &&
    !hasFraction(difference) &&
    difference.abs().lessThanOrEqualTo(roundingMax(roundings))
  return isRounding ? roundingLine(difference, pricesIncludeVat) : null
}

/**
 * Turns a sale into the invoice it should become. Pure; says why when it can't.
 * @param vies the verdict on the buyer's VAT number; matters only to a sale that is held without one
 */
export const makeDraft = (
  sale: Sale,
  options: DraftOptions,
  vies: ViesVerdict = 'silent',
): Drafting => {
  if (sale.lines.length === 0) return { is: 'refused', reason: reason('SALE_EMPTY') }
  const why = unreadable(sale)
  if (why !== null) return { is: 'refused', reason: why }
  const drafted = draftLines(sale, options.vat, vies)
  if (drafted.is !== 'drafted') return drafted

  const { treated } = drafted
  const lines = closest(sale, drafted.lines, options.vat)
  const rounding = shopRounding(sale, rateTotals(lines))
  if (rounding !== null) lines.push(rounding)
  const rates = rateTotals(lines)
  const total = (pick: (rate: RateTotal) => Amount) => sum(rates.map(pick))
  return {
    is: 'drafted',
    draft: {
      ref: sale.ref,
      reference: referenceOf(sale, options),
      leadingNumber: leads(sale, options),
      orderNumber: sale.orderNumber,
      invoiceNumber: sale.invoiceNumber,
      date: sale.date,
      regime: treated.regime,
      currency: sale.currency,
      lines,
      rates,
      totals: {
        net: total((rate) => rate.net),
        vat: total((rate) => rate.vat),
        gross: total((rate) => rate.gross),
      },
      debtor: { buyer: sale.buyer, address: sale.billing },
      destination: treated.destination.countryCode,
      ratesOf: treated.ratesOf.code,
      remarks: [
        ...drafted.remarks,
        ...(rounding === null
          ? []
          : [reason('ROUNDING_LINE', { difference: rounding.amount.toFixed(2) })]),
      ],
      paid: sale.paid,
      paymentMethod: sale.paymentMethod,
      ...(sale.remark && { remark: sale.remark }),
      ...(sale.affiliateNumber && { affiliateNumber: sale.affiliateNumber }),
    },
  }
}
