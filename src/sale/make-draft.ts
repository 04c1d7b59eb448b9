import { amount, Decimal, sum, zero, type Amount } from '../money/amount.ts'
import { reason, type Reason } from '../problems/reason.ts'
import type { RateVerdict } from '../vat/infer-rate.ts'
import type { Draft, DraftLine, LineVat, RateTotal } from './draft.ts'
import { rateTotals } from './rate-totals.ts'
import { roundingLine } from './rounding-line.ts'
import type { Sale } from './sale.ts'
import { treat, type ViesVerdict } from './treat.ts'
import type { VatPosition } from './vat-position.ts'

/** What the merchant decided about invoices in general, apart from both systems. */
export interface DraftOptions {
  vat: VatPosition
  /** Which number leads, in the reference and on the invoice. */
  leadingNumber: 'order' | 'invoice'
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
export const referenceOf = (sale: Sale, options: DraftOptions): string => {
  const byInvoice = options.leadingNumber === 'invoice' && sale.invoiceNumber !== null
  if (byInvoice && sale.invoiceNumber !== null) return sale.invoiceNumber
  return sale.ref.kind === 'credit' ? `C_${sale.orderNumber}` : sale.orderNumber
}

const lineVat = (verdict: RateVerdict, treatment: LineVat['treatment']): LineVat => ({
  treatment,
  status:
    verdict.status === 'proved' || verdict.status === 'assumed' ? verdict.status : 'evidenced',
  by: verdict.status === 'evidenced' ? verdict.by : null,
  compatible: verdict.compatible,
})

/** Half a cent for every amount a shop rounded by itself, but never more than five cents. */
const roundingMax = (lines: number): Amount =>
  Decimal.min(amount('0.005').times(lines), amount('0.05'))

/**
 * The line that makes up for the shop's own rounding, where prices exclude VAT (contracts/vat.md §7 check A);
 * null when there is nothing to make up for, or more than rounding can explain.
 */
const shopRounding = (sale: Sale, rates: readonly RateTotal[]): DraftLine | null => {
  if (sale.pricesIncludeVat) return null
  const difference = sale.total.minus(sum(rates.map(({ gross }) => gross)))
  const isRounding =
    !difference.isZero() &&
    difference.times(100).isInteger() &&
    difference.abs().lessThanOrEqualTo(roundingMax(sale.lines.length))
  return isRounding ? roundingLine(difference, false) : null
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
  const bare = sale.lines.findIndex(
    ({ vatPercent, stated }) => vatPercent === null && stated === undefined,
  )
  if (bare >= 0) return { is: 'refused', reason: reason('LINE_VAT_MISSING', { line: bare + 1 }) }
  const treated = treat(sale, options.vat, vies)
  if (treated.is !== 'treated') return treated

  const lines = sale.lines.map((line, index): DraftLine => {
    const { percent, treatment, verdict } = treated.lines[index] ?? {
      percent: zero,
      treatment: 'taxed',
      verdict: { status: 'undecided', compatible: [] },
    }
    return {
      kind: line.kind,
      description: line.description,
      sku: line.sku ?? '',
      quantity: line.quantity.isZero() ? amount(1) : line.quantity,
      vatPercent: percent,
      amount: line.amount,
      amountIncludesVat: sale.pricesIncludeVat,
      vat: lineVat(verdict, treatment),
    }
  })
  const rounding = shopRounding(sale, rateTotals(lines))
  if (rounding !== null) lines.push(rounding)
  const rates = rateTotals(lines)
  const total = (pick: (rate: RateTotal) => Amount) => sum(rates.map(pick))
  return {
    is: 'drafted',
    draft: {
      ref: sale.ref,
      reference: referenceOf(sale, options),
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
        ...treated.remarks,
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
