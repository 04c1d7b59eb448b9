import {
  amount,
  round,
  sum,
  vatOn,
  withoutVat,
  withVat,
  zero,
  type Amount,
} from '../../../money/amount.ts'
import { reason, type Reason } from '../../../problems/reason.ts'
import type { Draft, DraftLine } from '../../../sale/draft.ts'
import { grossTargets } from '../../gross-targets.ts'
import { system } from './fields.ts'

/** What Rompslomp calculates with. */
export interface PricedLine {
  quantity: Amount
  /** Of one piece, excl. VAT. */
  price: Amount
  vatPercent: Amount
}

const half = amount('0.005')

/** What one client sends so that totals come out (contract §9). */
const decimalsLeast = 5

type Rounding = 'line' | 'rate'

const netOf = ({ quantity, price }: PricedLine): Amount => quantity.times(price)

/**
 * The total that Rompslomp will come to. That VAT is taken over the unrounded net amount is known from a
 * client whose prices would not come out otherwise; whether it is rounded per line or per rate is not
 * (contract §9), so a composition is only good when both come to the same.
 */
export const predictTotal = (lines: readonly PricedLine[], rounding: Rounding): Amount => {
  if (rounding === 'line') {
    return sum(lines.map((line) => round(withVat(netOf(line), line.vatPercent))))
  }
  const byRate = Map.groupBy(lines, ({ vatPercent }) => vatPercent.toString())
  return sum(
    [...byRate.values()].map((group) => {
      const net = sum(group.map(netOf))
      return round(net).plus(round(vatOn(net, group[0]?.vatPercent ?? zero)))
    }),
  )
}

/**
 * Pieces are never below zero on the wire: negative prices are what a client was seen to send for credits,
 * negative quantities are not known to work (contract §9). The line is the same.
 */
const piecesOf = ({ quantity }: DraftLine): Amount => quantity.abs()

/** Which amount of a line is met: the net one the shop states, or the gross target. */
type Aim = 'stated' | 'gross'

/**
 * The price of one piece that brings the line to its amount, clear of a tie: a remote that calculates in
 * floating point may round a tie either way.
 * @returns null when `decimals` are too few
 */
const priceOf = (line: DraftLine, gross: Amount, aim: Aim, decimals: number): Amount | null => {
  const quantity = piecesOf(line)
  const isNet = aim === 'stated' && !line.amountIncludesVat
  const target = isNet ? line.amount : gross
  if (quantity.isZero()) return target.isZero() ? zero : null
  const exact = isNet ? target : withoutVat(target, line.vatPercent)
  const price = round(exact.dividedBy(quantity), decimals)
  const net = price.times(quantity)
  const comesTo = isNet ? net : withVat(net, line.vatPercent)
  return comesTo.minus(target).abs().lessThan(half) ? price : null
}

export type Pricing =
  { is: 'priced'; lines: PricedLine[]; total: Amount } | { is: 'refused'; reason: Reason }

/**
 * Unit prices excl. VAT that come to the draft's total however the remote rounds. Net amounts that the shop
 * states are kept where they lead to that total; else prices are aimed at the amounts incl. VAT.
 */
export const priceDraft = (draft: Draft, decimalsMax: number): Pricing => {
  const { gross } = draft.totals
  const targets = grossTargets(draft.lines)
  let why: Reason | null = null
  for (let decimals = decimalsLeast; decimals <= Math.max(decimalsLeast, decimalsMax); decimals++) {
    for (const aim of ['stated', 'gross'] as const) {
      const prices = draft.lines.map((line, index) =>
        priceOf(line, targets[index] ?? line.amount, aim, decimals),
      )
      const lines = draft.lines.flatMap((line, index): PricedLine[] => {
        const price = prices[index] ?? null
        return price === null
          ? []
          : [{ quantity: piecesOf(line), price, vatPercent: line.vatPercent }]
      })
      if (lines.length < draft.lines.length) {
        why = inexpressible(draft, prices.indexOf(null))
        continue
      }
      const wrong = (['line', 'rate'] as const)
        .map((rounding) => predictTotal(lines, rounding))
        .find((total) => !total.equals(gross))
      if (wrong === undefined) return { is: 'priced', lines, total: gross }
      const params = { system, predicted: wrong.toFixed(2), total: gross.toFixed(2) }
      why = reason('TOTAL_WOULD_DIFFER', params)
    }
  }
  if (why === null) throw new Error('a draft that was never priced')
  return { is: 'refused', reason: why }
}

const inexpressible = (draft: Draft, index: number): Reason =>
  reason('UNIT_PRICE_INEXPRESSIBLE', {
    system,
    line: index + 1,
    amount: draft.lines[index]?.amount.toFixed(2) ?? '',
    quantity: draft.lines[index]?.quantity.toString() ?? '',
  })
