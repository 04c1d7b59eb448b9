import { z } from 'zod'
import { parseAmount, type Amount } from '../../../money/amount.ts'

// Recorded answers mix types: ids and amounts are strings or numbers, a missing text is '' or null, and text
// may carry trailing blanks (contract 1.1). So there is one reader per type that takes every form seen.

const scalar = z.union([z.string(), z.number(), z.boolean()])

/** Text, trimmed; '' when it is absent. */
const text = scalar.nullish().transform((value) => (value == null ? '' : String(value).trim()))

/** Text that a decision hangs on: an answer without the field must not pass for an empty one. */
const requiredText = scalar.nullable().transform((value) => (value ?? '').toString().trim())

/** Something's own id; never empty. Compared as text (contract 1.1). */
const identity = z.union([z.string(), z.number()]).transform(String).pipe(z.string().trim().min(1))

/** A number; null when it is absent or none. */
const number = scalar.nullish().transform((value): Amount | null => parseAmount(value))

/** `yes` and `no`, or a JSON boolean (contract 1). */
const yes = (absent: boolean) =>
  scalar
    .nullish()
    .transform((value) =>
      value == null || value === '' ? absent : ['yes', 'true', '1'].includes(String(value)),
    )

/** The fields asked for of a client. */
export const clientFields = 'client_id,email_address,state,tax_code,country_code'

export const wireClient = z.object({
  client_id: identity,
  email_address: requiredText,
  state: text,
  tax_code: text,
  country_code: text,
})

export type WireClient = z.output<typeof wireClient>

/** The fields asked for of an invoice. */
export const invoiceFields =
  'invoice_id,external_invoice_id,reference,number,total_with_tax,date,client_id'

export const wireInvoiceRow = z
  .object({
    invoice_id: identity,
    external_invoice_id: requiredText.optional(),
    reference: requiredText.optional(),
    number: text,
    total_with_tax: number,
    date: text,
    client_id: text,
  })
  // Either tells whose invoice it is. Were both missing, every look-up would say "none".
  .refine((row) => row.external_invoice_id !== undefined || row.reference !== undefined, {
    path: ['external_invoice_id'],
  })

export type WireInvoiceRow = z.output<typeof wireInvoiceRow>

export const wireLayout = z.object({ layout_id: identity, name: text, active: yes(true) })

export type WireLayout = z.output<typeof wireLayout>

const rate = number.refine((value) => value !== null).transform((value): Amount => value)
const numbered = z.object({ rate }).optional()

/** Two shapes are known of the tax settings (contract 4): a list of codes, and three numbered rates. */
export const wireSettings = z.object({
  taxes: z.object({
    use_taxes: yes(true),
    codes: z.array(z.object({ rate, name: text, exemption_reason_code: text })).optional(),
    tax1: numbered,
    tax2: numbered,
    tax3: numbered,
  }),
})

export type WireTaxes = z.output<typeof wireSettings>['taxes']

/** What a create answers: no number, only the id (contract 1.2). */
export const wireCreated = z.object({
  invoice_id: identity.optional(),
  client_id: identity.optional(),
})

const wireError = z.object({ error: scalar, code: z.coerce.number().int().optional() })

/** The error inside a body, with the code that may stand beside it; null when there is none. */
export const readError = (body: string): { error: string; code: number | null } | null => {
  // Only an object can be one; a list may be megabytes.
  if (!/^\s*\{/.test(body) || !body.includes('"error"')) return null
  try {
    const parsed = wireError.safeParse(JSON.parse(body))
    if (!parsed.success) return null
    return { error: String(parsed.data.error), code: parsed.data.code ?? null }
  } catch {
    return null
  }
}
