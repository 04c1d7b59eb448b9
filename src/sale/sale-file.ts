import { z } from 'zod'
import { parseAmount, type Amount } from '../money/amount.ts'
import { readStatedLine } from '../vat/stated-line.ts'
import { supplies } from '../vat/supply.ts'
import type { Sale } from './sale.ts'

/** An amount as files have it: a number, or a text with a decimal dot. */
const decimal = z.unknown().transform((value, context): Amount => {
  const amount = parseAmount(value)
  if (amount !== null) return amount
  context.addIssue({ code: 'custom', message: 'is no amount: a number with a decimal dot' })
  return z.NEVER
})

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is no day, YYYY-MM-DD')
const text = z.string().default('')

const stated = z
  .object({
    net: z.unknown(),
    tax: z.unknown(),
    gross: z.unknown().optional(),
    quantity: z.unknown().optional(),
    decimals: z.union([z.literal(2), z.literal(4)]).default(2),
    entered: z.enum(['net', 'gross']).nullable().default(null),
  })
  .transform(({ decimals, entered, ...raw }, context) => {
    const read = readStatedLine(raw, { decimals, entered })
    if (read.is === 'line') return read.line
    context.addIssue({ code: 'custom', path: [read.field], message: 'is no amount' })
    return z.NEVER
  })

const line = z.object({
  kind: z.enum(['product', 'shipping', 'payment', 'surcharge', 'discount']).default('product'),
  description: text,
  sku: text,
  quantity: decimal.prefault(1),
  amount: decimal,
  vatPercent: decimal.nullable().default(null),
  stated: stated.optional(),
  taxClass: z.string().optional(),
  supply: z.enum(supplies).optional(),
})

const address = z.object({
  name: text,
  company: text,
  street: text,
  postcode: text,
  city: text,
  countryCode: text,
  countryName: text,
})

const named = z.object({ id: z.string(), label: z.string() })

/** A sale in Doorvoer's own shape as JSON: what may be left out has the value of an ordinary paid order. */
const saleFile = z.object({
  ref: z
    .object({
      kind: z.enum(['order', 'invoice', 'credit']).default('order'),
      id: z.string().default('1'),
    })
    .prefault({}),
  orderNumber: z.string().default('1'),
  invoiceNumber: z.string().nullable().default(null),
  date: day,
  taxPoint: day.optional(),
  status: named.default({ id: '', label: '' }),
  paid: z.boolean().default(true),
  cancelled: z.boolean().default(false),
  currency: z.string().default('EUR'),
  pricesIncludeVat: z.boolean().default(true),
  lines: z.array(line).max(1_000),
  total: decimal,
  vatTotal: decimal.nullable().default(null),
  vatByRate: z.array(z.object({ percent: decimal, vat: decimal })).optional(),
  buyer: z
    .object({
      firstName: text,
      lastName: text,
      company: text,
      email: text,
      phone: text,
      mobile: text,
      vatNumber: text,
      companyNumber: text,
      customerNumber: text,
    })
    .prefault({}),
  billing: address.prefault({}),
  delivery: address.nullable().default(null),
  pickedUp: z.literal(true).optional(),
  paymentMethod: named.nullable().default(null),
  shopSaysIntraCommunity: z.boolean().default(false),
  marketplaceAccountsForVat: z.boolean().default(false),
  assumptions: z.array(z.string()).default([]),
})

const withoutAbsent = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T

/** @param isAmount whether the field is an amount that can't be read, and not something else */
export type SaleFileRead =
  { is: 'sale'; sale: Sale } | { is: 'unreadable'; field: string; isAmount: boolean }

/** Reads a canonical sale. @returns the path of the first thing that is wrong with it */
export const readSaleFile = (value: unknown): SaleFileRead => {
  const read = saleFile.safeParse(value)
  if (!read.success) {
    const [issue] = read.error.issues
    const field = issue?.path.join('.') ?? ''
    return { is: 'unreadable', field, isAmount: issue?.message.startsWith('is no amount') === true }
  }
  const sale = withoutAbsent(read.data)
  return { is: 'sale', sale: { ...sale, lines: sale.lines.map(withoutAbsent) } as Sale }
}
