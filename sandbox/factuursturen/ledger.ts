import { type Books } from './books.ts'
import { type Client } from './client.ts'
import { formatDecimal, toCents } from './decimal.ts'
import { type Document } from './document.ts'
import { type Draft } from './drafts.ts'
import { type Invoice } from './invoice.ts'

/** What really is in the books, typed natively, for whoever checks from outside. */
export interface Ledger {
  clients: Client[]
  invoices: LedgerInvoice[]
  drafts: LedgerDraft[]
  /** Numbers of invoices that were deleted through the API. */
  deleted: string[]
  /** Calls that reached the remote; faults "before" keep theirs away. */
  requests: Books['requests']
}

export interface LedgerLine {
  description: string
  /** Decimals as text, exactly as given: '2', '12.1'. */
  amount: string
  price: string
  /** Percentage, as text. */
  taxRate: string
  discountPct: string
  totalCents: number
  isText: boolean
}

export interface LedgerDocument {
  clientnr: number
  reference: [string, string, string]
  lines: LedgerLine[]
  taxType: 'extax' | 'intax'
  taxShifted: boolean
  taxes: { rate: string; taxCents: number; baseCents: number }[]
  taxCents: number
  totalCents: number
  sendMethod: string
  profile: number
  category: number
  discountType: 'amount' | 'percentage'
  discount: string
  alreadyPaidMethod: string
  createdAt: string
}

export interface LedgerInvoice extends LedgerDocument {
  id: string
  number: string
  date: string
  dueDate: string
  openCents: number
  /** Date, or ''. */
  paidDate: string
  /** Whether the customer got an e-mail. */
  mailed: boolean
  origin: 'api' | 'hand'
}

export interface LedgerDraft extends LedgerDocument {
  id: number
  kind: 'save' | 'repeat'
  name: string
}

/** Copies the books out, independent of how the API writes them. */
export function readLedger(books: Books): Ledger {
  const { clients, drafts, invoices, deleted, requests } = books
  return {
    clients: clients.all(),
    invoices: invoices.all().map(ledgerInvoice),
    drafts: [...drafts.all('save'), ...drafts.all('repeat')].map(ledgerDraft),
    deleted: [...deleted],
    requests: { ...requests, byCall: { ...requests.byCall } },
  }
}

function ledgerInvoice(invoice: Invoice): LedgerInvoice {
  const { id, number, date, dueDate, openCents, paidDate, mailed, origin } = invoice
  const own = { id, number, date, dueDate, openCents, paidDate, mailed, origin }
  return { ...own, ...ledgerDocument(invoice) }
}

function ledgerDraft(draft: Draft): LedgerDraft {
  return { id: draft.id, kind: draft.kind, name: draft.name, ...ledgerDocument(draft) }
}

function ledgerDocument(document: Document & { createdAt: string }): LedgerDocument {
  const { client, totals } = document
  return {
    clientnr: client.clientnr,
    reference: [...document.reference],
    lines: ledgerLines(document),
    taxType: client.tax_type,
    taxShifted: client.tax_shifted,
    taxes: totals.taxes.map((tax) => ({ ...tax, rate: formatDecimal(tax.rate) })),
    taxCents: totals.taxCents,
    totalCents: totals.totalCents,
    sendMethod: document.sendMethod,
    profile: document.profile,
    category: document.category,
    discountType: document.discountType,
    discount: formatDecimal(document.discount),
    alreadyPaidMethod: document.alreadyPaidMethod,
    createdAt: document.createdAt,
  }
}

function ledgerLines({ lines, totals }: Document): LedgerLine[] {
  return lines.map((line, index) => ({
    description: line.description,
    amount: formatDecimal(line.amount),
    price: formatDecimal(line.price),
    taxRate: formatDecimal(line.taxRate),
    discountPct: formatDecimal(line.discountPct),
    totalCents: toCents(totals.lineTotals[index] ?? 0n),
    isText: line.isText,
  }))
}
