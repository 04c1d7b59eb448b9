import { type Books, type Sending } from './books.ts'
import { type Client } from './client.ts'
import { formatDecimal } from './decimal.ts'
import { paidCents } from './encode.ts'
import { type Invoice } from './invoice.ts'

/** What really is in the books, typed natively, for whoever checks from outside. */
export interface Ledger {
  clients: Client[]
  invoices: LedgerInvoice[]
  /** Everything that left for a customer, in order. */
  sendings: Sending[]
  deleted: number[]
  /** Calls that reached the remote; faults "before" keep theirs away. */
  requests: Books['requests']
}

export interface LedgerItem {
  description: string
  /** Decimals as text, exactly as given: '2', '12.1'. */
  quantity: string
  /** The unit price that was given, and which of the two it was. */
  price: string
  isGross: boolean
  taxRate: string
  specialStatus: string
  unit: string
}

export interface LedgerInvoice {
  id: number
  number: string
  externalId: string
  reference: string
  clientId: number
  type: 'invoice' | 'creditnote'
  date: string
  dateDelivery: string
  daysDue: number
  layoutId: number
  currency: string
  taxIncluded: boolean
  items: LedgerItem[]
  netCents: number
  taxCents: number
  totalCents: number
  paidCents: number
  tags: string[]
  origin: 'api' | 'hand'
}

/** Copies the books out, independent of how the API writes them. */
export function readLedger(books: Books): Ledger {
  const { clients, invoices, sendings, deleted, requests } = books
  return {
    clients: [...clients.values()],
    invoices: [...invoices.values()].map(ledgerInvoice),
    sendings: [...sendings],
    deleted: [...deleted],
    requests: { ...requests, byCall: { ...requests.byCall } },
  }
}

function ledgerInvoice(invoice: Invoice): LedgerInvoice {
  const { number, externalId, reference, date, dateDelivery, daysDue, layoutId, currency } = invoice
  const { totals, taxIncluded, tags, origin } = invoice
  return {
    id: invoice.invoiceId,
    number,
    externalId,
    reference,
    clientId: invoice.client.client_id,
    type: totals.total < 0n ? 'creditnote' : 'invoice',
    date,
    dateDelivery,
    daysDue,
    layoutId,
    currency,
    taxIncluded,
    items: invoice.items.map((item) => ({
      description: item.description,
      quantity: formatDecimal(item.quantity),
      price: formatDecimal(item.amount ?? item.amountWithTax ?? 0n),
      isGross: item.amount === undefined,
      taxRate: formatDecimal(item.taxRate),
      specialStatus: item.specialStatus,
      unit: item.unit,
    })),
    netCents: Number(totals.net),
    taxCents: Number(totals.tax),
    totalCents: Number(totals.total),
    paidCents: Number(paidCents(invoice)),
    tags: [...tags],
    origin,
  }
}
