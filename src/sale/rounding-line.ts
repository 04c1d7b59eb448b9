import { amount, round, sum, vatOn, type Amount } from '../money/amount.ts'
import { reason } from '../problems/reason.ts'
import type { Draft, DraftLine, RateTotal } from './draft.ts'
import { rateTotals } from './rate-totals.ts'

/** A line of a few cents without VAT, so that a total comes out (contracts/vat.md §6 step 2). */
export const roundingLine = (difference: Amount, amountIncludesVat: boolean): DraftLine => ({
  kind: 'rounding',
  description: 'Afronding',
  sku: '',
  quantity: amount(1),
  vatPercent: amount(0),
  amount: difference,
  amountIncludesVat,
  vat: { treatment: 'zero-rated', status: 'proved', by: null, compatible: ['0'] },
})

const cent = amount('0.01')

/** The most that two ways of rounding may differ by: one cent for each percentage. */
export const roundingAllowed = ({ rates }: Pick<Draft, 'rates'>): Amount => cent.times(rates.length)

/** The same draft with a line that makes up for `difference`; its totals stay what the buyer pays. */
export const withRounding = (draft: Draft, difference: Amount): Draft => {
  const includesVat = draft.lines[0]?.amountIncludesVat ?? true
  const lines = [...draft.lines, roundingLine(difference, includesVat)]
  const why = reason('ROUNDING_LINE', { difference: difference.toFixed(2) })
  return { ...draft, lines, rates: rateTotals(lines), remarks: [...draft.remarks, why] }
}

/** The line of most money at one rate: a cent shows least there. */
const largest = (lines: readonly DraftLine[], vatPercent: Amount): DraftLine | null =>
  lines
    .filter((line) => line.vatPercent.equals(vatPercent) && !line.amount.isZero())
    .reduce<DraftLine | null>(
      (most, line) => (most?.amount.abs().greaterThanOrEqualTo(line.amount.abs()) ? most : line),
      null,
    )

/**
 * Drafts in which a cent moves from a taxed line to a rounding line. Some gross totals cannot be reached from any net
 * amount: at 20 % three cents are 2.50 and 0.50, which become 4 or 2 when both are rounded. A cent beside it can.
 */
export function* withCentMoved(draft: Draft): Generator<Draft> {
  for (const { vatPercent } of draft.rates) {
    const line = vatPercent.isZero() ? null : largest(draft.lines, vatPercent)
    if (line === null) continue
    for (const step of [cent, cent.negated()]) {
      const moved = { ...line, amount: line.amount.plus(step) }
      const lines = draft.lines.map((each) => (each === line ? moved : each))
      const gross = sum(rateTotals(lines).map((rate) => rate.gross))
      const difference = draft.totals.gross.minus(gross)
      if (!difference.isZero() && difference.abs().lessThanOrEqualTo(roundingAllowed(draft))) {
        yield withRounding({ ...draft, lines }, difference)
      }
    }
  }
}

const grossOf = (rates: readonly RateTotal[]): Amount => sum(rates.map(({ gross }) => gross))

/** VAT on the net amount of each rate, as books that keep net amounts work it out. */
const fromNet = (rates: readonly RateTotal[]): RateTotal[] =>
  rates.map((rate) => {
    const vat = round(vatOn(rate.net, rate.vatPercent))
    return { ...rate, vat, gross: rate.net.plus(vat) }
  })

/** The difference taken out of the rate with most money in it. */
const offTheLargest = (rates: readonly RateTotal[], difference: Amount): RateTotal[] => {
  const most = rates
    .filter(({ vatPercent }) => !vatPercent.isZero())
    .reduce<RateTotal | null>(
      (found, rate) => (found?.gross.abs().greaterThanOrEqualTo(rate.gross.abs()) ? found : rate),
      null,
    )
  return rates.map((rate) =>
    rate === most
      ? { ...rate, vat: rate.vat.plus(difference), gross: rate.gross.plus(difference) }
      : rate,
  )
}

/**
 * A draft with a rounding line, with the figures per rate as the books will have them: what the line makes up for
 * is missing from the VAT of a rate. For people to look at; what is composed keeps the shop's own figures.
 */
export const asBooked = (draft: Draft): Draft => {
  const { gross } = draft.totals
  const ways = [
    draft.rates,
    fromNet(draft.rates),
    offTheLargest(draft.rates, gross.minus(grossOf(draft.rates))),
  ]
  const rates = ways.find((each) => grossOf(each).equals(gross)) ?? draft.rates
  const net = sum(rates.map((rate) => rate.net))
  return { ...draft, rates, totals: { net, vat: gross.minus(net), gross } }
}
