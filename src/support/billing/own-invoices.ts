import { sql, type Kysely, type Selectable } from 'kysely'
import type { OfferTable, PaymentTable } from '../../database/licence-tables.ts'
import type { Tables } from '../../database/schema.ts'
import type { Language } from '../../problems/problem.ts'
import { calendarDay, type Day } from '../../world/calendar-day.ts'
import { newIdentifier } from '../../world/identifier.ts'
import { billingDetailsOf } from './billing-details.ts'
import type { BillingRoom } from './billing-room.ts'
import type { OwnInvoice } from './own-invoice.ts'
import type { Price } from './price.ts'

/** All of an invoice but its picture. */
const columns = [
  'id',
  'number',
  'series',
  'sequence',
  'merchantId',
  'integrationId',
  'paymentId',
  'credits',
  'issuedOn',
  'language',
  'seller',
  'buyer',
  'service',
  'quantity',
  'subject',
  'netCents',
  'vatCents',
  'grossCents',
  'vatPercent',
  'vatTreatment',
] as const satisfies readonly (keyof OwnInvoice)[]

/**
 * The next number of a series. Whoever takes one holds the series until their transaction ends: the next one
 * waits, and a transaction that fails gives the number back, so that no number is missing and none is double.
 */
const nextOf = async (db: Kysely<Tables>, series: string): Promise<number> => {
  const taken = await sql<{ last: number }>`
    insert into invoice_series as s (series, last) values (${series}, 1)
    on conflict (series) do update set last = s.last + 1
    returning last`.execute(db)
  const [row] = taken.rows
  if (row === undefined) throw new Error('an invoice series without a number')
  return row.last
}

export interface NewInvoice {
  offer: Selectable<OfferTable>
  payment: Selectable<PaymentTable>
  /** Negative for a credit invoice. */
  price: Price
  language: Language
  /** The name of the integration. */
  integration: string
  /** The days that were bought, the last one included. */
  term: { from: Day; until: Day } | null
  /** The number of the invoice that this one gives back. */
  credits: string | null
}

/**
 * Writes an invoice of ours, with the next number of the year. It says what was true at this moment, whatever
 * becomes of the buyer or of us.
 * @param db the transaction of what it is for
 */
export const writeInvoice = async (
  db: Kysely<Tables>,
  { seller, clock, random }: BillingRoom,
  { offer, payment, price, language, integration, term, credits }: NewInvoice,
): Promise<OwnInvoice> => {
  const { company, attention, street, postcode, city, country, vatNumber } = await billingDetailsOf(
    db,
    payment.merchantId,
    seller.country,
  )
  const issuedOn = calendarDay(clock.now())
  const series = issuedOn.slice(0, 4)
  const sequence = await nextOf(db, series)
  const made = await db
    .insertInto('invoices')
    .values({
      ...price,
      id: newIdentifier(clock, random),
      number: `D${series}-${String(sequence).padStart(5, '0')}`,
      series,
      sequence,
      merchantId: payment.merchantId,
      integrationId: payment.integrationId,
      paymentId: payment.id,
      credits,
      issuedOn,
      language,
      seller: JSON.stringify(seller),
      buyer: JSON.stringify({ company, attention, street, postcode, city, country, vatNumber }),
      service: offer.service,
      quantity: offer.quantity,
      subject: JSON.stringify({ integration, ...term }),
      vatPercent: payment.vatPercent,
      vatTreatment: payment.vatTreatment,
      pdf: null,
    })
    .returning(columns)
    .executeTakeFirstOrThrow()
  return made
}

/** The invoices of an integration, newest first. */
export const listInvoices = (
  db: Kysely<Tables>,
  integrationId: string,
  limit: number,
): Promise<OwnInvoice[]> =>
  db
    .selectFrom('invoices')
    .select(columns)
    .where('integrationId', '=', integrationId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** The invoice that a payment was invoiced with last, for a credit invoice to name. */
export const lastInvoiceOf = async (
  db: Kysely<Tables>,
  paymentId: string,
): Promise<OwnInvoice | undefined> =>
  db
    .selectFrom('invoices')
    .select(columns)
    .where('paymentId', '=', paymentId)
    .where('credits', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/**
 * The PDF of an invoice: drawn when it is first asked for, kept from then on, and always the same.
 * @returns null when there is no such invoice
 */
export const invoicePdf = async (
  db: Kysely<Tables>,
  invoiceId: string,
): Promise<{ number: string; pdf: Buffer } | null> => {
  const row = await db
    .selectFrom('invoices')
    .select([...columns, 'pdf'])
    .where('id', '=', invoiceId)
    .executeTakeFirst()
  if (row === undefined) return null
  if (row.pdf !== null) return { number: row.number, pdf: row.pdf }
  // Loaded when there is one to draw: whatever else starts does without a maker of PDFs.
  const { renderInvoice } = await import('./invoice-pdf.ts')
  const drawn = await renderInvoice(row)
  await db
    .updateTable('invoices')
    .set({ pdf: drawn })
    .where('id', '=', invoiceId)
    .where('pdf', 'is', null)
    .execute()
  const kept = await db
    .selectFrom('invoices')
    .select('pdf')
    .where('id', '=', invoiceId)
    .executeTakeFirst()
  return { number: row.number, pdf: kept?.pdf ?? drawn }
}
