import { z } from 'zod'
import { parseAmount, type Amount } from '../../../money/amount.ts'
import { perSchema } from '../../reading.ts'

// The server writes many scalars as strings and says "absent" with an empty one (contract 1.1), but
// neither everywhere nor always. So there is one reader per type that takes every form seen.

const scalar = z.union([z.string(), z.number(), z.boolean()])

/** Text, trimmed; '' when it is absent. */
const text = scalar.nullish().transform((value) => (value == null ? '' : String(value).trim()))

/** Text that a decision hangs on: an answer without the field must not pass for an empty one. */
const requiredText = scalar.transform((value) => String(value).trim())

/** Something's own id or number; never empty. */
const identity = z.union([z.string(), z.number()]).transform(String).pipe(z.string().trim().min(1))

/** A number; null when it is absent or none. */
const number = scalar.nullish().transform((value): Amount | null => parseAmount(value))

const requiredNumber = number.refine((value) => value !== null).transform((value): Amount => value)

/** A percentage that lowers totals: none when it is absent, but never when it can't be read. */
const discount = text
  .transform((value) => parseAmount(value || '0'))
  .refine((value) => value !== null)
  .transform((value): Amount => value)

const falseWords = new Set(['', '0', 'false', 'no'])

const flag = (absent: boolean) =>
  scalar
    .nullish()
    .transform((value) =>
      value == null ? absent : !falseWords.has(String(value).trim().toLowerCase()),
    )

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A list, or an object with numbered keys; an empty one is `[]` either way (contract 1.1). */
export const collectionOf = <T>(item: z.ZodType<T>) => collections(item) as z.ZodType<T[]>

const collections = perSchema((item) =>
  z.preprocess((value) => (isRecord(value) ? Object.values(value) : value), z.array(item)),
)

/**
 * The answer for one id: an object with one key, whatever it is called (contract 1.2). An unknown id may
 * get the whole list instead (quirk 7.1): null.
 */
export const onlyOne = <T>(item: z.ZodType<T>) => onlyOnes(item) as z.ZodType<T | null>

const onlyOnes = perSchema((item) =>
  z.preprocess((value) => {
    if (Array.isArray(value)) return null
    return isRecord(value) ? Object.values(value)[0] : value
  }, item.nullable()),
)

export const wireClient = z.object({
  clientnr: identity,
  email: requiredText,
  active: flag(true),
  /** Decides how line prices are read. Any other word than these two is a change of the interface. */
  tax_type: z.enum(['intax', 'extax']),
  tax_shifted: flag(false),
  stddiscount: discount,
  currency: text,
  country: text,
})

export type WireClient = z.output<typeof wireClient>

export const wireInvoiceRow = z.object({
  id: text,
  invoicenr: identity,
  invoicenr_full: text,
  // Always there in answers (contract 1.1). Required: were it missing, every look-up would say "none".
  reference: z.preprocess(
    (value) => (Array.isArray(value) && value.length === 0 ? { line1: '' } : value),
    z.object({ line1: requiredText }),
  ),
  totalintax: number,
  /** The date of the invoice (contract 3.4). */
  sent: text,
  clientnr: text,
})

export type WireInvoiceRow = z.output<typeof wireInvoiceRow>

export const wireTax = z.object({
  percentage: requiredNumber,
  type: text,
  default: flag(false),
  country: text,
})

export type WireTax = z.output<typeof wireTax>

/** A profile, a category or a country: something to choose from. */
export const wireNamed = z.object({ id: identity, name: text })

export type WireNamed = z.output<typeof wireNamed>

const numberPattern = /^[\p{L}\d/._#+-]{1,40}$/u

/**
 * The plain text that a create answers: just the new number, perhaps in quotes and then with `\/` for a
 * slash (contract 1.2).
 * @returns null when it is nothing like a number of a document: a page, a message, half an object
 */
export const readNumber = (body: string): string | null => {
  const trimmed = body.trim()
  const quoted = /^"([^"]*)"$/.exec(trimmed)?.[1]
  const number = quoted?.replaceAll('\\/', '/').trim() ?? trimmed
  return numberPattern.test(number) && /\d/.test(number) ? number : null
}

/** The same for a client number, which is a whole number. */
export const readClientNumber = (body: string): string | null => {
  const number = readNumber(body)
  return number !== null && /^\d{1,12}$/.test(number) ? number : null
}
