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
import { wholePieces, type PricePart } from '../../price-parts.ts'
import { system } from './fields.ts'

/** What Rompslomp calculates with. */
export interface PricedLine {
  /** Position of the line of the draft: several may come of one. */
  index: number
  quantity: Amount
  /** Of one piece, excl. VAT. */
  price: Amount
  vatPercent: Amount
}

const half = amount('0.005')

/** What one client sends so that totals come out (contract §9). */
const decimalsLeast = 5

type Rounding = 'line' | 'rate'

const netOf = ({ quantity, price }: PricePart): Amount => quantity.times(price)

/**
 * The total that Rompslomp will come to. That VAT is taken over the unrounded net amount is known from a
 * client whose prices would not come out otherwise; whether it is rounded per line or per rate is not
 * (contract §9), so a composition is only good when both come to the same.
 */
export const predictTotal = (
  lines: readonly Omit<PricedLine, 'index'>[],
  rounding: Rounding,
): Amount => {
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

const aims: readonly Aim[] = ['stated', 'gross']

/** The net amount of a line as the shop states it, in cents; null when it states none. */
const statedNet = ({ amount: stated, amountIncludesVat, statedVat }: DraftLine): Amount | null => {
  if (!amountIncludesVat) return stated
  return statedVat === undefined ? null : round(stated.minus(statedVat))
}

/** What a line must come to: incl. VAT, or excl. VAT where its net amount is met. */
const targetOf = (line: DraftLine, gross: Amount, aim: Aim): { target: Amount; isNet: boolean } => {
  const net = aim === 'stated' ? statedNet(line) : null
  return net === null ? { target: gross, isNet: false } : { target: net, isNet: true }
}

/**
 * The price of one piece that brings the line to its amount, clear of a tie: a remote that calculates in
 * floating point may round a tie either way.
 * @returns null when `decimals` are too few
 */
const priceOf = (line: DraftLine, gross: Amount, aim: Aim, decimals: number): Amount | null => {
  const quantity = piecesOf(line)
  const { target, isNet } = targetOf(line, gross, aim)
  if (quantity.isZero()) return target.isZero() ? zero : null
  const exact = isNet ? target : withoutVat(target, line.vatPercent)
  const price = round(exact.dividedBy(quantity), decimals)
  const net = price.times(quantity)
  const comesTo = isNet ? net : withVat(net, line.vatPercent)
  return comesTo.minus(target).abs().lessThan(half) ? price : null
}

/** How prices are tried: with so many decimals, at one price or at two that lie one step apart. */
interface Rung {
  decimals: number
  aim: Aim
  prices: 1 | 2
}

const rungs = (most: number): Rung[] => {
  const decimals = Array.from({ length: most - decimalsLeast + 1 }, (_, nth) => nth + decimalsLeast)
  const one = decimals.flatMap((each) =>
    aims.map((aim): Rung => ({ decimals: each, aim, prices: 1 })),
  )
  return [...one, ...aims.map((aim): Rung => ({ decimals: most, aim, prices: 2 }))]
}

/**
 * The pieces of a line with their prices; null when there are none. Nine hundred pieces at a price of five decimals
 * may miss their amount by half a cent: divided over two prices they are as near as one piece is.
 */
const partsOf = (
  line: DraftLine,
  gross: Amount,
  { decimals, aim, prices }: Rung,
): PricePart[] | null => {
  const quantity = piecesOf(line)
  if (prices === 1 || !quantity.isInteger() || quantity.isZero()) {
    const price = priceOf(line, gross, aim, decimals)
    return price === null ? null : [{ quantity, price }]
  }
  const { target, isNet } = targetOf(line, gross, aim)
  const net = round(isNet ? target : withoutVat(target, line.vatPercent), decimals)
  return wholePieces(net.abs(), quantity, decimals).map((part) => ({
    quantity: part.quantity,
    price: net.isNegative() ? part.price.negated() : part.price,
  }))
}

export type Pricing =
  { is: 'priced'; lines: PricedLine[]; total: Amount } | { is: 'refused'; reason: Reason }

const priceWith = (draft: Draft, targets: readonly Amount[], rung: Rung): Pricing => {
  const { gross } = draft.totals
  const lines: PricedLine[] = []
  for (const [index, line] of draft.lines.entries()) {
    const parts = partsOf(line, targets[index] ?? line.amount, rung)
    if (parts === null) return { is: 'refused', reason: inexpressible(draft, index) }
    lines.push(...parts.map((part) => ({ index, ...part, vatPercent: line.vatPercent })))
  }
  const wrong = (['line', 'rate'] as const)
    .map((rounding) => predictTotal(lines, rounding))
    .find((total) => !total.equals(gross))
  if (wrong === undefined) return { is: 'priced', lines, total: gross }
  const params = { system, predicted: wrong.toFixed(2), total: gross.toFixed(2) }
  return { is: 'refused', reason: reason('TOTAL_WOULD_DIFFER', params) }
}

/**
 * Unit prices excl. VAT that come to the draft's total however the remote rounds. Net amounts that the shop
 * states are kept where they lead to that total; else prices are aimed at the amounts incl. VAT. A line is divided
 * over two prices only where nothing else will do.
 */
export const priceDraft = (draft: Draft, decimalsMax: number): Pricing => {
  const targets = grossTargets(draft.lines)
  let refused: Pricing | null = null
  for (const rung of rungs(Math.max(decimalsLeast, decimalsMax))) {
    const priced = priceWith(draft, targets, rung)
    if (priced.is === 'priced') return priced
    refused = priced
  }
  if (refused === null) throw new Error('a draft that was never priced')
  return refused
}

const inexpressible = (draft: Draft, index: number): Reason =>
  reason('UNIT_PRICE_INEXPRESSIBLE', {
    system,
    line: index + 1,
    amount: draft.lines[index]?.amount.toFixed(2) ?? '',
    quantity: draft.lines[index]?.quantity.toString() ?? '',
  })
