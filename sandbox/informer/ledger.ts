import { type Books, type Line, type Relation } from './books.ts'
import { formatDecimal } from './decimal.ts'
import { totalsOf } from './invoices.ts'

export interface LedgerLine {
  description: string
  /** Decimals as text: '2.00', '1.234'. */
  qty: string
  amount: string
  discount: string
  percentage: string
  vatId: number
  ledgerId: number
  productId: number
  costsId: number
}

export interface LedgerInvoice {
  id: number
  /** '' for a draft. */
  number: string
  concept: boolean
  date: string
  relationId: number
  contactName: string
  reference: string
  comment: string
  vatOption: 'incl' | 'excl'
  /** ISO 4217. */
  currency: string
  templateId: number
  paymentConditionId: number
  totalCents: number
  vatCents: number
  lines: LedgerLine[]
  sent: { method: string; email: string }[]
  origin: 'api' | 'hand'
}

/** What really is in the books, typed natively, for whoever checks from outside. */
export interface Ledger {
  relations: Omit<Relation, 'lastEdit'>[]
  invoices: LedgerInvoice[]
  requests: Books['requests']
}

const ledgerLine = (line: Line): LedgerLine => ({
  description: line.description,
  qty: formatDecimal(line.qty),
  amount: formatDecimal(line.amount),
  discount: formatDecimal(line.discount),
  percentage: formatDecimal(line.percentage),
  vatId: line.vatId,
  ledgerId: line.ledgerId,
  productId: line.productId,
  costsId: line.costsId,
})

/** Copies the books out, independent of how the API writes them. */
export function readLedger(books: Books): Ledger {
  const { account, requests } = books
  return {
    relations: books.relations.map(({ lastEdit: _, ...relation }) => structuredClone(relation)),
    invoices: books.invoices.map((invoice): LedgerInvoice => {
      const { inclCents, exclCents } = totalsOf(books, invoice)
      return {
        id: invoice.id,
        number: invoice.number,
        concept: invoice.concept,
        date: invoice.date,
        relationId: invoice.relationId,
        contactName: invoice.contactName,
        reference: invoice.reference,
        comment: invoice.comment,
        vatOption: invoice.vatOption,
        currency: account.currencies.find(({ id }) => id === invoice.currencyId)?.currency ?? '',
        templateId: invoice.templateId,
        paymentConditionId: invoice.paymentConditionId,
        totalCents: inclCents,
        vatCents: inclCents - exclCents,
        lines: invoice.lines.map(ledgerLine),
        sent: invoice.sent.map((each) => ({ ...each })),
        origin: invoice.origin,
      }
    }),
    requests: { ...requests, byCall: { ...requests.byCall } },
  }
}
