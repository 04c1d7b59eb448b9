import { z } from 'zod'
import { readVatNumber } from '../../vat/vat-number.ts'

const line = z.string().trim().min(1).max(120)

/** Us, the operator, as our invoices name us; from the configuration. */
export const sellerShape = z
  .object({
    name: line,
    address: z.array(line).min(1).max(4),
    /** Where we are established: decides the VAT of our own invoices. */
    country: z.enum(['NL', 'BE']),
    vatNumber: line,
    chamberNumber: line,
    iban: z
      .string()
      .transform((text) => text.replace(/\s/g, '').toUpperCase())
      .pipe(z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/, 'is no IBAN')),
    email: z.email(),
  })
  .refine(
    ({ vatNumber, country }) => {
      const read = readVatNumber(vatNumber, country)
      return read.form === 'ok' && read.country === country
    },
    { path: ['vatNumber'], message: 'is no VAT number of that country' },
  )

export type Seller = z.output<typeof sellerShape>

/** Reads the seller from a line of JSON. @throws Error that says what is wrong */
export const parseSeller = (text: string): Seller => {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch (cause) {
    throw new Error('must be a JSON object', { cause })
  }
  const read = sellerShape.safeParse(given)
  if (read.success) return read.data
  const fields = new Set(read.error.issues.map(({ path }) => String(path[0] ?? 'seller')))
  throw new Error(`these fields are missing or wrong: ${[...fields].join(', ')}`)
}
