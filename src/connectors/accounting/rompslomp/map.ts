import { reason, type Reason } from '../../../problems/reason.ts'
import type { Draft, DraftLine } from '../../../sale/draft.ts'
import { later } from '../../../world/clock.ts'
import type { Composition, Debtor } from '../../accounting.ts'
import { ledgerOf, type VatTableRow } from '../../vat-table.ts'
import { priceDraft, type PricedLine } from './arithmetic.ts'
import { clean, cut, lengthOf, system, tooLong } from './fields.ts'
import { skuOf } from './sku.ts'
import { codeOf, type Facts } from './vat-code.ts'

/** A line of the body of POST /sales_invoices. Decimals are texts (contract §5). */
interface WireLine {
  product_id?: number
  quantity: string
  vat_rate: string
  vat_type_id: number
  account_id?: number
  price_per_unit: string
  description: string
}

/** The body of POST /sales_invoices: the rows of the manual's field table, and what finds it again. */
export interface WireInvoice {
  date: string
  due_date: string
  contact_id: number
  currency: 'eur'
  description: string
  template_id?: number
  validates_vat_number: false
  vat_number?: string
  api_reference: string
  sale_type?: 'service'
  sends_copy_by_email_on_publish?: true
  _publish?: true
  invoice_lines: WireLine[]
}

export const currencies: readonly string[] = ['EUR']

const descriptionMax = 255
/** Not published; more is not known to be kept whole (contract §10). */
const referenceMax = 100
const dueDays = 14
const dayMs = 86_400_000

/** Two weeks after the date of the invoice; "this cannot be adjusted" (manual). */
const dueDateOf = (date: string): string =>
  later(new Date(`${date}T00:00:00Z`), dueDays * dayMs)
    .toISOString()
    .slice(0, 10)

/** "298", or "Credit 298" with a negative sale; the number that leads the reference (manual). */
const descriptionOf = (draft: Draft): string => {
  const { invoiceNumber, orderNumber, leadingNumber } = draft
  const number = clean((leadingNumber === 'invoice' ? invoiceNumber : null) ?? orderNumber)
  const isCredit = draft.ref.kind === 'credit' || draft.totals.gross.isNegative()
  return cut(isCredit ? `Credit ${number}` : number, descriptionMax)
}

/** Why the draft can't be an invoice of this administration at all; null when it can. */
const draftRefusal = (draft: Draft, { choices, settings }: Facts): Reason | null => {
  if (settings.administration === '') return reason('ADMINISTRATION_NOT_CHOSEN', { system })
  if (!currencies.includes(draft.currency)) {
    const allowed = currencies.join(', ')
    return reason('CURRENCY_UNSUPPORTED', { system, currency: draft.currency, allowed })
  }
  if ((choices['vatCodes'] ?? []).length === 0) return reason('CHOICES_MISSING', { system })
  const reference = clean(draft.reference)
  if (lengthOf(reference) > referenceMax) return tooLong('reference', reference, referenceMax)
  return null
}

const wireLine = (
  line: DraftLine,
  priced: PricedLine,
  row: VatTableRow,
  products: Facts['products'],
): WireLine => {
  const sku = skuOf(line)
  // A SKU may be any word, also `constructor`.
  const productId = Object.hasOwn(products, sku) ? products[sku] : undefined
  const ledger = ledgerOf(row, line)
  return {
    ...(productId !== undefined && { product_id: Number(productId) }),
    quantity: priced.quantity.toFixed(),
    vat_rate: line.vatPercent.dividedBy(100).toFixed(),
    vat_type_id: Number(row.vatCode),
    ...(ledger !== '' && { account_id: Number(ledger) }),
    price_per_unit: priced.price.toFixed(),
    // A line without words would look like a fault on the invoice.
    description: cut(line.description, descriptionMax) || sku || line.kind,
  }
}

/**
 * The invoice in Rompslomp's words, row by row of the manual's field table. Prices go excl. VAT; quantities
 * and rates are never changed; a line of very many pieces may become two.
 */
export const compose = (draft: Draft, debtor: Debtor, facts: Facts): Composition<WireInvoice> => {
  if (clean(draft.reference) === '') throw new Error('a draft without reference')
  const refusal = draftRefusal(draft, facts)
  if (refusal !== null) return { is: 'refused', reason: refusal }
  const rows: VatTableRow[] = []
  for (const line of draft.lines) {
    const coding = codeOf(draft, line, facts)
    if (coding.is === 'refused') return coding
    rows.push(coding.row)
  }
  const { settings, products } = facts
  const pricing = priceDraft(draft, Math.floor(settings.priceDecimalsMax))
  if (pricing.is === 'refused') return pricing

  const vatNumber = clean(draft.debtor.buyer.vatNumber)
  const wire: WireInvoice = {
    date: draft.date,
    due_date: dueDateOf(draft.date),
    contact_id: Number(debtor.id),
    currency: 'eur',
    description: descriptionOf(draft),
    ...(settings.template !== '' && { template_id: Number(settings.template) }),
    // Ours was checked before; theirs would refuse one that is typed with blanks (contract §12).
    validates_vat_number: false,
    // Needed on lines that are reverse-charged, or zero-rated to another EU country (contract §9).
    ...(vatNumber !== '' && { vat_number: vatNumber }),
    api_reference: clean(draft.reference),
    // For contacts abroad (contract §5); Rompslomp's own listing tells services from goods by it.
    ...(draft.regime === 'services-reverse-charge' && { sale_type: 'service' as const }),
    ...(settings.publish && { _publish: true }),
    ...(settings.publish && settings.mailInvoice && { sends_copy_by_email_on_publish: true }),
    invoice_lines: pricing.lines.map((priced) => {
      const line = draft.lines[priced.index]
      const row = rows[priced.index]
      if (line === undefined || row === undefined) throw new Error('a price without line')
      return wireLine(line, priced, row, products)
    }),
  }
  return { is: 'composed', wire, predictedTotal: pricing.total }
}
