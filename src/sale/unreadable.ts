import type { Amount } from '../money/amount.ts'
import { reason, type Reason } from '../problems/reason.ts'
import { isReadable } from '../vat/units.ts'
import type { Sale } from './sale.ts'

/** Every amount of a sale that is calculated with, by the name a merchant finds it under. */
const fieldsOf = (sale: Sale): [name: string, value: Amount | null][] => [
  ['total', sale.total],
  ['vat', sale.vatTotal],
  ...sale.lines.flatMap(({ quantity, amount, stated }, index): [string, Amount | null][] => [
    [`quantity, line ${index + 1}`, quantity],
    [`amount, line ${index + 1}`, amount],
    [`net, line ${index + 1}`, stated?.net ?? null],
    [`vat, line ${index + 1}`, stated?.tax ?? null],
    [`gross, line ${index + 1}`, stated?.gross ?? null],
  ]),
  ...(sale.vatByRate ?? []).map(({ vat }): [string, Amount] => ['vat per rate', vat]),
]

/** Percentages that are none; what they may be is vat/'s to say. */
const percentsOf = (sale: Sale): [name: string, value: Amount][] => [
  ...sale.lines.flatMap(({ vatPercent }, index): [string, Amount][] =>
    vatPercent === null ? [] : [[`rate, line ${index + 1}`, vatPercent]],
  ),
  ...(sale.vatByRate ?? []).map(({ percent }): [string, Amount] => ['vat per rate', percent]),
]

/**
 * Why a sale can't be calculated with at all: NaN, an infinity, more than six decimals, an amount beyond any
 * trade, or pieces below zero at a price that is not; null when it can. Connectors refuse these where they read
 * them; this is for the one that does not.
 */
export const unreadable = (sale: Sale): Reason | null => {
  const field =
    fieldsOf(sale).find(([, value]) => value !== null && !isReadable(value)) ??
    percentsOf(sale).find(([, value]) => !value.isFinite())
  if (field !== undefined) return reason('VAT_AMOUNT_UNREADABLE', { field: field[0] })
  if (sale.ref.kind === 'credit') return null
  // Goods that come back are below zero on both sides; a credit turns the signs of discounts round too.
  const index = sale.lines.findIndex(
    ({ kind, quantity, amount }) =>
      kind === 'product' && quantity.isNegative() && amount.greaterThan(0),
  )
  const line = sale.lines[index]
  if (line === undefined) return null
  return reason('LINE_SIGN_WRONG', {
    line: index + 1,
    quantity: line.quantity.toString(),
    amount: line.amount.toFixed(2),
  })
}
