import { amount, round, sum, vatOn, withoutVat, zero, type Amount } from '../money/amount.ts'
import { reason, type Reason } from '../problems/reason.ts'
import type { Draft, DraftLine, RateTotal } from './draft.ts'
import { destinationOf, regimeOf } from './regime.ts'
import type { Sale, SaleLine } from './sale.ts'

/** What the merchant decided about invoices in general, apart from both systems. */
export interface DraftOptions {
  /** ISO 3166 alpha-2 of the country the merchant is established in. */
  homeCountry: string
  /** Which number leads, in the reference and on the invoice. */
  leadingNumber: 'order' | 'invoice'
}

export type Drafting = { is: 'drafted'; draft: Draft } | { is: 'refused'; reason: Reason }

/**
 * What the invoice carries to be found again: the leading number, with `C_` before an order number on a
 * credit invoice, so that it differs from that of the order's own invoice (spec §2.4).
 */
export const referenceOf = (sale: Sale, options: DraftOptions): string => {
  const byInvoice = options.leadingNumber === 'invoice' && sale.invoiceNumber !== null
  if (byInvoice && sale.invoiceNumber !== null) return sale.invoiceNumber
  return sale.ref.kind === 'credit' ? `C_${sale.orderNumber}` : sale.orderNumber
}

/** Net, VAT and gross per percentage, each rounded once, on the sum (contracts/vat.md §6). */
export const rateTotals = (lines: readonly DraftLine[]): RateTotal[] => {
  const byPercent = Map.groupBy(lines, (line) => line.vatPercent.toString())
  return [...byPercent.values()]
    .map((group) => {
      const vatPercent = group[0]?.vatPercent ?? zero
      const incl = sum(group.filter((l) => l.amountIncludesVat).map((l) => l.amount))
      const excl = sum(group.filter((l) => !l.amountIncludesVat).map((l) => l.amount))
      const netOfIncl = round(withoutVat(incl, vatPercent))
      const vat = incl.minus(netOfIncl).plus(round(vatOn(excl, vatPercent)))
      const net = netOfIncl.plus(excl)
      return { vatPercent, net, vat, gross: net.plus(vat) }
    })
    .sort((a, b) => b.vatPercent.comparedTo(a.vatPercent))
}

const noDestination = ({ delivery, billing }: Sale): Reason => {
  const country = [
    delivery?.countryCode,
    delivery?.countryName,
    billing.countryCode,
    billing.countryName,
  ].find((each) => each !== undefined && each !== '')
  return country === undefined
    ? reason('COUNTRY_MISSING')
    : reason('COUNTRY_UNKNOWN', { country: country.slice(0, 40) })
}

/** Why a line without a percentage can't be booked, with a proposal where the shop has no VAT to give. */
const vatMissing = (
  { amount: stated, withoutVatInformation: without }: SaleLine,
  line: number,
): Reason => {
  if (without === undefined) return reason('LINE_VAT_MISSING', { line })
  const proposals = without.proposedPercents.map((percent) => {
    const net = round(withoutVat(stated, percent))
    return `${net.toFixed(2)} + ${stated.minus(net).toFixed(2)} (${percent.toString()} %)`
  })
  const proposal = proposals.length === 0 ? '-' : proposals.join(' / ')
  return reason('ADJUSTMENT_WITHOUT_VAT', { line, amount: stated.toFixed(2), proposal })
}

/** Turns a sale into the invoice it should become. Pure; says why when it can't. */
export const makeDraft = (sale: Sale, options: DraftOptions): Drafting => {
  if (sale.lines.length === 0) return { is: 'refused', reason: reason('SALE_EMPTY') }
  const destination = destinationOf(sale)
  if (destination === null) return { is: 'refused', reason: noDestination(sale) }

  const lines: DraftLine[] = []
  for (const [index, line] of sale.lines.entries()) {
    if (line.vatPercent === null) return { is: 'refused', reason: vatMissing(line, index + 1) }
    lines.push({
      kind: line.kind,
      description: line.description,
      sku: line.sku ?? '',
      quantity: line.quantity.isZero() ? amount(1) : line.quantity,
      vatPercent: line.vatPercent,
      amount: line.amount,
      amountIncludesVat: sale.pricesIncludeVat,
    })
  }
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
      regime: regimeOf(sale, destination, options.homeCountry),
      currency: sale.currency,
      lines,
      rates,
      totals: {
        net: total((rate) => rate.net),
        vat: total((rate) => rate.vat),
        gross: total((rate) => rate.gross),
      },
      debtor: { buyer: sale.buyer, address: sale.billing },
      destination: destination.countryCode,
      paid: sale.paid,
      paymentMethod: sale.paymentMethod,
      ...(sale.remark && { remark: sale.remark }),
      ...(sale.affiliateNumber && { affiliateNumber: sale.affiliateNumber }),
    },
  }
}
