import { type Client } from './client.ts'
import { decimalNumber, formatCents, formatDecimal } from './decimal.ts'
import { type Document } from './document.ts'
import { type Draft } from './drafts.ts'
import { type Invoice } from './invoice.ts'

/**
 * Writes JSON as PHP's json_encode does in the recorded answers: `/` is escaped (contract 1).
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('/', '\\/')
}

/** An object with numbered keys, or `[]` when there is nothing in it (contract 1.1). */
export function numbered(word: string, items: readonly unknown[]): Record<string, unknown> | [] {
  if (items.length === 0) return []
  return Object.fromEntries(items.map((item, index) => [`${word}${index + 1}`, item]))
}

/** A client as the API shows it: nearly every scalar is text (contract 1.1, 2.3). */
export function wireClient(client: Client, newerFields: boolean): Record<string, unknown> {
  const basics = {
    clientnr: String(client.clientnr),
    contact: client.contact,
    showcontact: String(client.showcontact),
    company: client.company,
    address: client.address,
    zipcode: client.zipcode,
    city: client.city,
    country: String(client.country),
    phone: client.phone,
    mobile: client.mobile,
    email: client.email,
    bankcode: client.bankcode,
    biccode: client.biccode,
    taxnumber: client.taxnumber,
    tax_shifted: String(client.tax_shifted),
    lastinvoice: client.lastinvoice,
    sendmethod: client.sendmethod,
    paymentmethod: client.paymentmethod,
    top: String(client.top),
    stddiscount: String(client.stddiscount),
    mailintro: client.mailintro,
    reference: wireReference(client.reference),
    notes: client.notes,
    notes_on_invoice: String(client.notes_on_invoice),
    active: String(client.active),
    default_doclang: client.default_doclang,
    default_email: String(client.default_email),
    currency: client.currency,
    mandate_id: client.mandate_id,
    mandate_date: client.mandate_date,
    collecttype: client.collecttype,
    tax_type: client.tax_type,
    default_category: String(client.default_category),
  }
  return newerFields ? { ...basics, ...newerClientFields(client) } : basics
}

/** An invoice as the API shows it, field by field in the order of the example (contract 3.4). */
export function wireInvoice(invoice: Invoice): Record<string, unknown> {
  return {
    id: invoice.id,
    invoicenr_full: invoice.number,
    invoicenr: invoice.number,
    ...wireContent(invoice),
    collection: '0',
    ...wireAmounts(invoice),
    ...wireClientCopy(invoice.client),
    invoicenote: '',
    sent: invoice.date,
    uncollectible: invoice.uncollectible,
    lastreminder: '',
    open: formatCents(invoice.openCents),
    paiddate: invoice.paidDate,
    taxes: wireTaxes(invoice),
    tax_type: invoice.client.tax_type,
    language: invoice.language,
    tax_shifted: String(invoice.client.tax_shifted),
    payment_url: invoice.paymentUrl,
    duedate: invoice.dueDate,
    history: numbered('item', invoice.history),
  }
}

/** A draft as the API shows it (contract 3.3): a name in the place of number, date and open. */
export function wireDraft(draft: Draft, profileName: string): Record<string, unknown> {
  const { alreadyPaid } = draft
  return {
    id: String(draft.id),
    name: draft.name,
    ...wireContent(draft),
    profile_name: profileName,
    ...wireAmounts(draft),
    ...wireClientCopy(draft.client),
    taxes: wireTaxes(draft),
    alreadypaid: alreadyPaid === 'full' ? alreadyPaid : formatDecimal(alreadyPaid),
    alreadypaidmethod: draft.alreadyPaidMethod,
    sendmethod: draft.sendMethod,
    tax_type: draft.client.tax_type,
    tax_shifted: String(draft.client.tax_shifted),
    datesaved: draft.dateSaved,
  }
}

function newerClientFields(client: Client): Record<string, unknown> {
  return {
    address_addon: client.address_addon,
    addon: client.addon,
    email_reminder: client.email_reminder,
    timestamp: client.createdAt.slice(0, 19).replace('T', ' '),
  }
}

function wireContent(document: Document): Record<string, unknown> {
  return {
    reference: wireReference(document.reference),
    lines: numbered(
      'line',
      document.lines.map((_, index) => wireLine(document, index)),
    ),
    profile: String(document.profile),
    category: String(document.category),
    discounttype: document.discountType,
    discount: formatDecimal(document.discount),
    paymentcondition: document.paymentCondition,
    paymentperiod: String(document.paymentPeriodDays),
  }
}

// Inside a line, numbers are numbers (contract 1.1).
function wireLine({ lines, totals }: Document, index: number): Record<string, unknown> {
  const line = lines[index]
  if (line === undefined) throw new Error(`no line ${index}`)
  return {
    amount: decimalNumber(line.amount),
    amount_desc: line.amountDesc,
    description: line.description,
    tax_rate: decimalNumber(line.taxRate),
    price: decimalNumber(line.price),
    discount_pct: decimalNumber(line.discountPct),
    linetotal: decimalNumber(totals.lineTotals[index] ?? 0n),
  }
}

function wireAmounts({ totals, client }: Document): Record<string, unknown> {
  return {
    tax: formatCents(totals.taxCents),
    totalintax: formatCents(totals.totalCents),
    clientnr: String(client.clientnr),
  }
}

function wireClientCopy(client: Client): Record<string, unknown> {
  return {
    company: client.company,
    contact: client.contact,
    address: client.address,
    zipcode: client.zipcode,
    city: client.city,
    country: String(client.country),
    phone: client.phone,
    mobile: client.mobile,
    email: client.email,
    taxnumber: client.taxnumber,
  }
}

function wireTaxes({ totals }: Document): unknown {
  const taxes = totals.taxes.map((tax) => ({
    rate: decimalNumber(tax.rate),
    sum: formatCents(tax.taxCents),
    sum_of: formatCents(tax.baseCents),
  }))
  return numbered('tax', taxes)
}

function wireReference([line1, line2, line3]: readonly [string, string, string]): unknown {
  return { line1, line2, line3 }
}
