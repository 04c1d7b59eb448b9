import { z } from 'zod'
import { parseAmount, type Amount } from '../../../money/amount.ts'

/** An integer of up to ten digits (contract §5), kept as text. */
const identity = z
  .union([z.number().int(), z.string()])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,15}$/))

/** Text; '' when it is null or absent. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')

/** A decimal number as text (contract §5); null when it is absent or none. */
const decimal = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value): Amount | null => parseAmount(value))

const requiredDecimal = decimal
  .refine((value) => value !== null)
  .transform((value): Amount => value)

export const wireCompany = z.object({
  id: identity,
  name: text,
  access_control: z.object({ api_accessible: z.boolean() }),
})

export const wireContact = z.object({
  id: identity,
  is_supplier: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  // Null when empty, never absent: were it missing, every look-up would say "none".
  contact_person_email_address: z.string().nullable(),
})

export const wireProduct = z.object({
  id: identity,
  invoice_line: z.object({ product_code: z.string() }),
})

export const wireInvoice = z.object({
  id: identity,
  invoice_number: text,
  /** Left out when it is not set (contract §9): null. */
  api_reference: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  price_with_vat: decimal,
  date: text,
  contact_id: z
    .union([z.string(), z.number()])
    .nullish()
    .transform((value) => (value == null ? null : String(value))),
})

export const wireVatType = z.object({
  id: identity,
  name: text,
  friendly_name: text,
  value: requiredDecimal,
})

export const wireAccount = z.object({ id: identity, name: text, path: text })

export const wireTemplate = z.object({ id: identity, name: text })

export type WireCompany = z.output<typeof wireCompany>
export type WireContact = z.output<typeof wireContact>
export type WireProduct = z.output<typeof wireProduct>
export type WireInvoiceRow = z.output<typeof wireInvoice>
export type WireVatType = z.output<typeof wireVatType>
export type WireNamed = z.output<typeof wireTemplate>

const wireError = z.object({ error: z.object({ type: z.string() }) })

/** The dotted type of an error (contract §3); '' when the body is none. */
export const errorTypeOf = (body: string): string => {
  try {
    return wireError.parse(JSON.parse(body)).error.type
  } catch {
    return ''
  }
}

/** What a create answered under its singular name; null when it can't be understood. */
export const readMade = <T>(body: string, name: string, schema: z.ZodType<T>): T | null => {
  try {
    const parsed = z.record(z.string(), z.unknown()).parse(JSON.parse(body))
    const checked = schema.safeParse(parsed[name])
    return checked.success ? checked.data : null
  } catch {
    return null
  }
}
