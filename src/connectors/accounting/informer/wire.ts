import { z } from 'zod'
import { parseAmount, type Amount } from '../../../money/amount.ts'

/** An id: an integer, as number or text (contract §5), kept as text. */
const identity = z
  .union([z.number().int(), z.string()])
  .transform((value) => String(value).trim())
  .pipe(z.string().regex(/^\d{1,15}$/))

/** Text; '' when it is null or absent. Numbers may come unquoted. */
const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value == null ? '' : String(value)))

/** Text that must be there: were it missing, every look-up by it would say "none". */
const presentText = z
  .union([z.string(), z.number()])
  .nullable()
  .transform((value) => (value === null ? '' : String(value)))

/** A decimal number as text or number (contract §5); null when it is absent or none. */
const decimal = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value): Amount | null => parseAmount(value))

const requiredDecimal = decimal
  .refine((value) => value !== null)
  .transform((value): Amount => value)

/** 0 or 1, as number or text (contract §5); `absent` when it is not there. */
const flag = (absent: boolean) =>
  z
    .union([z.string(), z.number(), z.boolean()])
    .nullish()
    .transform((value) => (value == null ? absent : ['1', 'true'].includes(String(value))))

const isId = (key: string): boolean => /^\d{1,15}$/.test(key)

/** A map by id; members that are no id are none of its items. PHP may write an empty one as `[]` (contract §5). */
const mapOf = <T>(item: z.ZodType<T>) =>
  z
    .union([z.array(z.unknown()).max(0), z.record(z.string(), z.unknown())])
    .transform((map) =>
      Object.entries(map)
        .filter(([id]) => isId(id))
        .map(([id, members]) => ({ id, members })),
    )
    .pipe(z.array(z.object({ id: z.string(), members: item })))
    .transform((items) => items.map(({ id, members }) => ({ ...members, id })))

/** The items that lie under the first of `keys` that is there, with their ids. */
export const listUnder = <T>(keys: readonly string[], item: z.ZodType<T>) =>
  z
    .record(z.string(), z.unknown())
    .transform((body) => keys.map((key) => body[key]).find((value) => value !== undefined))
    .pipe(mapOf(item))

export const wireAdministration = z.object({
  administration: z.object({ company_name: z.string() }),
})

export const wireRelation = z.object({
  email: presentText,
  email_invoice: text,
  contacts: mapOf(z.object({ email: text }))
    .nullish()
    .transform((contacts) => contacts ?? []),
})

/** The total incl. VAT goes by two names (contract §7). */
export const wireInvoice = z
  .object({
    number: text,
    /** Null when the row has none at all, so that it can't be compared. */
    reference: z
      .union([z.string(), z.number()])
      .nullish()
      .transform((value) => (value === undefined ? null : String(value ?? ''))),
    concept: flag(false),
    total_price_incl_tax: decimal,
    total_price_incl_vat: decimal,
    date: text,
    invoice_date: text,
    relation_id: text,
  })
  .transform(({ total_price_incl_tax: tax, total_price_incl_vat: vat, ...row }) => ({
    ...row,
    total: tax ?? vat,
  }))

/** A page of invoices of v2 (contract §10). */
export const wireV2Invoices = z.object({
  pagination: z.object({ total: z.coerce.number().int() }),
  invoices: z.array(
    z
      .object({
        id: identity,
        number: text,
        reference: z
          .string()
          .nullish()
          .transform((value) => (value === undefined ? null : (value ?? ''))),
        concept: flag(false),
        totals: z.object({ incl_vat: decimal }).nullish(),
      })
      .transform(({ totals, ...row }) => ({ ...row, total: totals?.incl_vat ?? null })),
  ),
})

export const wireVat = z.object({
  name: text,
  percentage: requiredDecimal,
  /** '1' sales, '2' purchase. */
  invoice_type: text,
})

export const wireLedger = z.object({
  number: text,
  description: text,
  type: text,
  blocked: flag(false),
})

export const wireTemplate = z.object({ description: text, type: text, default: flag(false) })

export const wireCondition = z.object({ description: text, default: flag(false) })

export const wireCurrency = z.object({ currency: presentText, description: text })

export const wireCosts = z.object({ number: text, description: text })

export const wireProduct = z.object({ product_code_sales: text, description_sales: text })

type WithId<T> = T & { id: string }
export type WireRelation = WithId<z.output<typeof wireRelation>>
export type WireInvoiceRow = WithId<z.output<typeof wireInvoice>>
export type WireVat = WithId<z.output<typeof wireVat>>
export type WireLedger = WithId<z.output<typeof wireLedger>>

/** The id that a create answers under `name`; null when it can't be understood. */
export const readMadeId = (body: string, name: 'id' | 'invoice_id'): string | null => {
  try {
    const id = z.object({ [name]: identity }).parse(JSON.parse(body))[name]
    return id === undefined || Number(id) === 0 ? null : id
  } catch {
    return null
  }
}
