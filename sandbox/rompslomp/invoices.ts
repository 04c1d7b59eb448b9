import { json } from '../kit/message.ts'
import { type SandboxAnswer } from '../kit/server.ts'
import { type Books, type Invoice } from './books.ts'
import { type Call, takeId } from './call.ts'
import { formatCents, formatDecimal } from './decimal.ts'
import { type InvoiceRoom, type Readable, readInvoice } from './invoice-read.ts'
import { writeLine } from './lines.ts'
import { type Members, readText, readWrapped } from './members.ts'
import { pageOf } from './paging.ts'
import { invalid, notFound, Refusal } from './refusal.ts'
import { invoiceTotals } from './totals.ts'

function paymentStatus(openCents: number): string {
  if (openCents === 0) return 'paid'
  return openCents < 0 ? 'overpaid' : 'unpaid'
}

/** An invoice as the API writes it; some members are left out when not set (contract §9). */
function writeInvoice(invoice: Invoice, books: Books): unknown {
  const { withVatCents, withoutVatCents } = invoiceTotals(invoice.lines, books.switches.rounding)
  const { contact } = invoice
  return {
    id: invoice.id,
    date: invoice.date,
    due_date: invoice.due_date,
    payment_method: invoice.payment_method,
    description: invoice.description,
    status: invoice.status,
    price_without_vat: formatCents(withoutVatCents),
    price_with_vat: formatCents(withVatCents),
    vat_amount: formatCents(withVatCents - withoutVatCents),
    contact_id: invoice.contact_id,
    invoice_number: invoice.invoice_number,
    published_at: invoice.published_at,
    payment_status: paymentStatus(withVatCents - invoice.paidCents),
    open_amount: formatCents(withVatCents - invoice.paidCents),
    currency: invoice.currency,
    currency_exchange_rate: formatDecimal(invoice.currency_exchange_rate),
    template_id: invoice.template_id,
    vat_number: invoice.vat_number,
    ...(!invoice.validates_vat_number && { validates_vat_number: false }),
    ...(invoice.api_reference !== null && { api_reference: invoice.api_reference }),
    payment_reference: invoice.payment_reference,
    sale_type: invoice.sale_type,
    distance_sale: invoice.distance_sale,
    ...(invoice.sends_copy && { sends_copy_by_email_on_publish: true }),
    ...(invoice.creates_pay_url && { creates_pay_url_on_publish: true }),
    ...(invoice.custom_payment_instructions !== null && {
      custom_payment_instructions: invoice.custom_payment_instructions,
    }),
    cached_contact: {
      name: contact.is_individual ? contact.contact_person_name : contact.company_name,
      contact_person_name: contact.contact_person_name,
      address: contact.address,
      zipcode: contact.zipcode,
      city: contact.city,
      country_code: contact.country_code,
      contact_person_email_address: contact.contact_person_email_address,
      contact_number: contact.contact_number,
    },
    attachment_objects: [],
    invoice_lines: invoice.lines.map((line) => writeLine(line, books)),
  }
}

/** The calls below /sales_invoices (contract §9). */
export function answerInvoices(call: Call, part: string): SandboxAnswer {
  const { books, request, ledgers, id } = call
  const found = ledgers.invoices.find((invoice) => String(invoice.id) === id)
  if (id !== '' && found === undefined) throw notFound()
  if (found !== undefined && request.method === 'GET' && part === 'pdf') return pdfOf(found)
  if (part !== '') throw new Refusal(404, 'client.not_found.endpoint', 'Onbekend adres')
  switch (request.method) {
    case 'GET':
      return found === undefined
        ? listInvoices(call)
        : json({ sales_invoice: writeInvoice(found, books) })
    case 'POST': {
      if (found !== undefined) break
      if (books.switches.quotaReached) {
        throw new Refusal(403, 'client.quota_reached', 'Het maximum van uw pakket is bereikt')
      }
      const body = readWrapped(books, request.body, 'sales_invoice')
      if ('payments' in body && !call.scopes.includes('manage:payments')) {
        throw new Refusal(
          403,
          'client.authorization.invalid_scope',
          'Het recht manage:payments ontbreekt',
        )
      }
      const invoice = addInvoice(call, readInvoice(call, body, null), 'api')
      return json({ sales_invoice: writeInvoice(invoice, books) }, 201)
    }
    case 'PATCH':
      if (found === undefined) break
      changeInvoice(call, found)
      return json({ sales_invoice: writeInvoice(found, books) })
    case 'DELETE':
      if (found === undefined) break
      if (found.status !== 'concept') throw invalid('Factuur', ['Factuur is al gepubliceerd'])
      ledgers.invoices = ledgers.invoices.filter((invoice) => invoice !== found)
      if (found.api_reference !== null) ledgers.deletedReferences.push(found.api_reference)
      return { status: 204 }
  }
  throw new Refusal(404, 'client.not_found.endpoint', 'Onbekend adres')
}

/** Puts an invoice in the books, published or as a concept. */
function addInvoice(room: InvoiceRoom, readable: Readable, origin: Invoice['origin']): Invoice {
  const { publish, ...rest } = readable
  const invoice: Invoice = {
    ...rest,
    id: takeId(room.books),
    status: 'concept',
    invoice_number: null,
    published_at: null,
    origin,
  }
  if (publish) publishInvoice(room, invoice)
  room.ledgers.invoices.push(invoice)
  return invoice
}

/** Puts an invoice in the books past the API: its reference may be there already. */
export function plantInvoice(room: InvoiceRoom, fields: Members): Invoice {
  const invoice = addInvoice(room, readInvoice(room, fields, null, true), 'hand')
  const number = readText(room.books, fields, 'invoice_number')
  if (number !== null) Object.assign(invoice, { invoice_number: number, status: 'published' })
  return invoice
}

/** Gives the invoice its number; cannot be undone (contract §9). */
function publishInvoice({ books, ledgers }: InvoiceRoom, invoice: Invoice): void {
  if (invoice.status === 'published') return
  invoice.status = 'published'
  invoice.published_at = books.now().toISOString()
  const number = String(ledgers.nextInvoiceNumber).padStart(4, '0')
  invoice.invoice_number = `${invoice.date.slice(0, 4)}${number}`
  ledgers.nextInvoiceNumber += 1
}

function changeInvoice(call: Call, invoice: Invoice): void {
  const body = readWrapped(call.books, call.request.body, 'sales_invoice')
  const { publish, ...rest } = readInvoice(call, body, invoice)
  const changesMore = Object.keys(body).some((name) => name !== '_publish')
  if (changesMore && invoice.status !== 'concept') {
    throw invalid('Factuur', ['Factuur is al gepubliceerd'])
  }
  Object.assign(invoice, rest)
  if (publish) publishInvoice(call, invoice)
}

function listInvoices({ books, request, ledgers }: Call): SandboxAnswer {
  const { query } = request
  const selection = query.get('selection') ?? 'all'
  const reference = query.get('search[api_reference]')
  const contact = query.get('search[contact_id]')
  const from = query.get('search[from]')
  const till = query.get('search[till]')
  const isPrefix = books.switches.referenceSearch === 'prefix'
  const found = ledgers.invoices.filter((invoice) => {
    const own = invoice.api_reference
    if (reference !== null && own !== reference && !(isPrefix && own?.startsWith(reference))) {
      return false
    }
    if (contact !== null && String(invoice.contact_id) !== contact) return false
    if ((from !== null && invoice.date < from) || (till !== null && invoice.date > till)) {
      return false
    }
    return isSelected(books, invoice, selection)
  })
  return pageOf(books, request, 'sales_invoices', found, (each) => writeInvoice(each, books))
}

function isSelected(books: Books, invoice: Invoice, selection: string): boolean {
  const total = () => invoiceTotals(invoice.lines, books.switches.rounding).withVatCents
  switch (selection) {
    case 'all':
      return true
    case 'published':
    case 'concept':
    case 'imported':
      return invoice.status === selection
    case 'unpaid':
      return invoice.status === 'published' && total() > 0
    case 'expired':
      return invoice.due_date < books.now().toISOString().slice(0, 10)
    case 'credit_invoices':
      return total() < 0
    default:
      return false
  }
}

function pdfOf(invoice: Invoice): SandboxAnswer {
  if (invoice.status === 'concept') {
    throw new Refusal(422, 'client.parameters.validation', 'De factuur is niet gepubliceerd')
  }
  const body = `%PDF-1.4\n% invoice ${invoice.invoice_number ?? ''}\n%%EOF\n`
  return { status: 200, headers: { 'content-type': 'application/pdf' }, body }
}
