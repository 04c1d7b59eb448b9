import { type Books } from './books.ts'
import { type Client, countryName } from './client.ts'
import {
  decimalNumber,
  formatCents,
  formatDecimal,
  roundTo,
  toCents,
  unit,
  roundDivide,
} from './decimal.ts'
import { type Invoice } from './invoice.ts'
import { type Item } from './items.ts'

/** A record as an answer carries it, before it is written as JSON or XML. */
export type Wire = Record<string, unknown>

const base = 'https://eenvoudigfactureren.be/api/v1'

/** Writes an id as the switch says (contract 1.1). */
export function wireId(id: number, { switches }: Pick<Books, 'switches'>): string | number {
  return switches.ids === 'text' ? String(id) : id
}

export function uriOf(path: string): string {
  return `${base}/${path}`
}

const yes = (flag: boolean): string => (flag ? 'yes' : 'no')

/** A client as recorded (contract 2.1). */
export function wireClient(client: Client, books: Books): Wire {
  const invoices = [...books.invoices.values()].filter(
    (invoice) => invoice.client.client_id === client.client_id,
  )
  return {
    client_id: wireId(client.client_id, books),
    uri: uriOf(`clients/${client.client_id}`),
    external_client_id: client.external_client_id,
    name: client.name,
    attention: client.attention,
    number: client.number,
    street: client.street,
    street2: client.street2,
    postal_code: client.postal_code,
    city: client.city,
    country: countryName(client.country_code) || client.country,
    country_code: client.country_code,
    delivery_address: null,
    site_address: null,
    tax_code: client.tax_code,
    tax_code_registration_pending: yes(client.tax_code_registration_pending),
    email_address: client.email_address,
    phone_number: client.phone_number,
    website: client.website,
    state: client.state,
    private_note: client.private_note,
    default_days_due: client.default_days_due,
    default_language: client.default_language,
    default_currency: client.default_currency,
    invoice_count: invoices.length,
    receipt_count: 0,
    quote_count: 0,
    contacts: client.contacts.map((contact) => ({
      ...contact,
      contact_id: wireId(contact.contact_id, books),
      uri: uriOf(`clients/${client.client_id}/contacts/${contact.contact_id}`),
    })),
    details: [],
  }
}

/** When an invoice must be paid, YYYY-MM-DD. */
function dateOverdue({ date, daysDue }: Pick<Invoice, 'date' | 'daysDue'>): string {
  const due = new Date(`${date}T00:00:00Z`)
  due.setUTCDate(due.getUTCDate() + daysDue)
  return due.toISOString().slice(0, 10)
}

export function paidCents(invoice: Pick<Invoice, 'payments'>): bigint {
  return invoice.payments.reduce((sum, payment) => sum + payment.cents, 0n)
}

/** Computed, never stored (contract 7.11). */
export function statusOf(invoice: Invoice, today: string): 'open' | 'overdue' | 'closed' {
  if (paidCents(invoice) === invoice.totals.total) return 'closed'
  return dateOverdue(invoice) < today ? 'overdue' : 'open'
}

/** An invoice as recorded (contract 3.3). */
export function wireInvoice(invoice: Invoice, books: Books, today: string): Wire {
  const { invoiceId, client, totals } = invoice
  const due = dateOverdue(invoice)
  const daysOverdue = Math.round((Date.parse(today) - Date.parse(due)) / 86_400_000)
  const uri = uriOf(`invoices/${invoiceId}`)
  return {
    invoice_id: wireId(invoiceId, books),
    uri,
    external_invoice_id: invoice.externalId,
    client_id: wireId(client.client_id, books),
    client_uri: uriOf(`clients/${client.client_id}`),
    client_name: invoice.clientName,
    client_attention: invoice.clientAttention,
    type: totals.total < 0n ? 'creditnote' : 'invoice',
    number: invoice.number,
    reference: invoice.reference,
    date: invoice.date,
    date_delivery: invoice.dateDelivery,
    status: statusOf(invoice, today),
    days_due: invoice.daysDue,
    days_overdue: Math.max(0, daysOverdue),
    date_overdue: due,
    discount_percentage: decimalNumber(invoice.discount),
    currency: invoice.currency,
    exchange_rate: invoice.exchangeRate,
    language: invoice.language,
    tax_included: yes(invoice.taxIncluded),
    tax_calculation: invoice.taxCalculation,
    items: invoice.items.map((item, index) => wireItem(item, index, invoice, books)),
    discount_total_without_tax: '0.00',
    total_without_tax: formatCents(totals.net),
    ...wireRates(invoice, books),
    cash_discount_total: '0.00',
    discount_total_with_tax: '0.00',
    total_with_tax: formatCents(totals.total),
    total_paid: formatCents(paidCents(invoice)),
    structured_message: invoice.structuredMessage,
    note: invoice.note,
    tags: invoice.tags.map((name, index) => ({ tag_id: index + 1, name })),
    payments: invoice.payments.map((payment) => ({
      payment_id: wireId(payment.paymentId, books),
      uri: `${uri}/payments/${payment.paymentId}`,
      date: payment.date,
      amount: formatCents(payment.cents),
      description: payment.description,
    })),
    remarks: invoice.remarks.map((remark) => ({ remark })),
    events: invoice.events.map((event) => ({
      event_id: wireId(event.eventId, books),
      date: event.date,
      type: event.type,
      content: event.content,
      recipients: event.recipients,
    })),
  }
}

/** `amount` is always the net price, with two decimals (contract 3.2). */
function wireItem(item: Item, index: number, invoice: Invoice, books: Books): Wire {
  const { itemId, amount, amountWithTax = 0n, taxRate } = item
  const hundred = 100n * unit
  const net = amount ?? roundDivide(amountWithTax * hundred, hundred + taxRate)
  const sum = invoice.totals.items[index] ?? { netCents: 0n, taxCents: 0n }
  return {
    item_id: wireId(itemId, books),
    uri: uriOf(`invoices/${invoice.invoiceId}/items/${itemId}`),
    description: item.description,
    amount: formatCents(toCents(roundTo(net, 2))),
    quantity: decimalNumber(item.quantity),
    unit: item.unit || null,
    stockitem_code: item.stockitemCode || null,
    total_without_tax: formatCents(sum.netCents),
    tax_rate: decimalNumber(taxRate),
    tax_rate_special_status: item.specialStatus,
    total_with_tax: formatCents(sum.netCents + sum.taxCents),
  }
}

/** The account's three rates, always present (contract 3.3). */
function wireRates({ totals }: Invoice, { account }: Books): Wire {
  const wire: Wire = {}
  for (const category of [1, 2, 3]) {
    const rate = account.codes.find((code) => code.category === category)?.rate ?? 0
    const sum = totals.rates.find((each) => formatDecimal(each.rate) === String(rate))
    wire[`tax_rate_${category}`] = rate
    wire[`total_tax_${category}`] = formatCents(sum?.taxCents ?? 0n)
  }
  return wire
}
