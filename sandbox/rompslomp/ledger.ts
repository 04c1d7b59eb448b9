import { type Books, type Contact, type Line } from './books.ts'
import { formatDecimal } from './decimal.ts'
import { invoiceTotals } from './totals.ts'

export interface LedgerLine {
  description: string
  /** Decimals as text: '2.0', '10.33058'. */
  quantity: string
  price: string
  /** A fraction, as text: '0.21'. */
  rate: string
  vatTypeId: number
  productId: number | null
  accountId: number | null
}

export interface LedgerInvoice {
  companyId: number
  id: number
  /** '' for a concept. */
  number: string
  status: 'concept' | 'published' | 'imported'
  date: string
  dueDate: string
  contactId: number
  description: string
  /** '' when there is none. */
  reference: string
  vatNumber: string
  templateId: number | null
  currency: string
  totalCents: number
  vatCents: number
  /** Whether the customer got a copy by e-mail. */
  mailed: boolean
  lines: LedgerLine[]
  origin: 'api' | 'hand'
}

/** What really is in the books, typed natively, for whoever checks from outside. */
export interface Ledger {
  contacts: (Contact & { companyId: number })[]
  products: {
    companyId: number
    id: number
    code: string
    description: string
    hasStock: boolean
    price: string
    vatTypeId: number
  }[]
  invoices: LedgerInvoice[]
  /** Access tokens that work at this moment. */
  liveTokens: number
  requests: Books['requests']
}

const ledgerLine = (line: Line): LedgerLine => ({
  description: line.description,
  quantity: formatDecimal(line.quantity),
  price: formatDecimal(line.price),
  rate: formatDecimal(line.rate),
  vatTypeId: line.vat_type_id,
  productId: line.product_id,
  accountId: line.account_id,
})

/** Copies the books of all administrations out, independent of how the API writes them. */
export function readLedger(books: Books): Ledger {
  const companies = [...books.companies]
  const nowMs = books.now().getTime()
  return {
    contacts: companies.flatMap(([companyId, { contacts }]) =>
      contacts.map((contact) => ({ ...contact, companyId })),
    ),
    products: companies.flatMap(([companyId, { products }]) =>
      products.map(({ id, product_code, has_stock, line }) => ({
        companyId,
        id,
        code: product_code,
        description: line.description,
        hasStock: has_stock,
        price: formatDecimal(line.price),
        vatTypeId: line.vat_type_id,
      })),
    ),
    invoices: companies.flatMap(([companyId, { invoices }]) =>
      invoices.map((invoice): LedgerInvoice => {
        const totals = invoiceTotals(invoice.lines, books.switches.rounding)
        return {
          companyId,
          id: invoice.id,
          number: invoice.invoice_number ?? '',
          status: invoice.status,
          date: invoice.date,
          dueDate: invoice.due_date,
          contactId: invoice.contact_id,
          description: invoice.description ?? '',
          reference: invoice.api_reference ?? '',
          vatNumber: invoice.vat_number ?? '',
          templateId: invoice.template_id,
          currency: invoice.currency,
          totalCents: totals.withVatCents,
          vatCents: totals.withVatCents - totals.withoutVatCents,
          mailed: invoice.sends_copy && invoice.status === 'published',
          lines: invoice.lines.map(ledgerLine),
          origin: invoice.origin,
        }
      }),
    ),
    liveTokens: [...books.accessTokens.values()].filter(({ expiresAtMs }) => expiresAtMs > nowMs)
      .length,
    requests: { ...books.requests, byCall: { ...books.requests.byCall } },
  }
}
