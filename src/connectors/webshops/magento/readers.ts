import { z } from 'zod'
import { parseAmount, round, zero, type Amount } from '../../../money/amount.ts'

/** How both Magentos write plain values: numbers or texts, null or left out, depending on version and host. */

const scalar = z.union([z.string(), z.number(), z.null()]).optional()

/** A text; '' when empty in whatever way. */
export const text = scalar.transform((value) =>
  value === null || value === undefined ? '' : String(value).trim(),
)

export const someText = text.refine((value) => value !== '', 'empty')

export const id = text.refine((value) => /^[1-9]\d{0,14}$/.test(value), 'no id')

/** Columns have four decimals; a host may print 24.780000000000001 (contract of Magento 2, §6.1). */
const readAmount = (value: string | number): Amount | null => {
  const parsed = parseAmount(typeof value === 'number' ? Number(value.toPrecision(15)) : value)
  return parsed === null ? null : round(parsed, 4)
}

export const decimal = z.union([z.number(), z.string()]).transform((value, context) => {
  const parsed = readAmount(value)
  if (parsed !== null) return parsed
  context.addIssue('not a number')
  return z.NEVER
})

const isEmpty = (value: unknown) => value === null || value === undefined || value === ''

/** A number of which nothing means that the shop states none. */
export const optionalDecimal = z
  .preprocess((value) => (isEmpty(value) ? null : value), decimal.nullable())
  .default(null)

/** An amount of which nothing means zero. */
export const money = z.preprocess((value) => (isEmpty(value) ? 0 : value), decimal).default(zero)

/** "2026-11-20 22:16:58", in UTC and without saying so. */
export const moment = z.string().transform((value, context) => {
  const found = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)/.exec(value)
  const time = found === null ? NaN : Date.parse(`${found[1] ?? ''}T${found[2] ?? ''}Z`)
  if (!Number.isNaN(time)) return new Date(time)
  context.addIssue('not a moment')
  return z.NEVER
})

/** PHP writes an empty object as a list. */
export const orEmpty = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (Array.isArray(value) || value == null ? {} : value), schema)

export const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((value) => value ?? [])

/** What custom work on the side of the shop may add to a document (manual, "payment costs", "surcharges"). */
export const documentExtras = z.looseObject({
  paymethod_costs: money,
  extra_payment_option_price: money,
  extra_costs: money,
  credit_point_discount: money,
})
