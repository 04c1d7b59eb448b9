import { reason, type Reason } from '../../../problems/reason.ts'
import type { Draft, DraftLine } from '../../../sale/draft.ts'
import type { BooksFacts, Composition, Debtor } from '../../accounting.ts'
import { codingOf } from '../../vat-coding.ts'
import { ledgerOf, type VatTableRow } from '../../vat-table.ts'
import { priceDraft, type PricedLine, type VatOption } from './arithmetic.ts'
import { clean, cut, lengthOf, system, tooLong } from './fields.ts'
import type { InformerSettings } from './settings.ts'

export type Facts = BooksFacts<InformerSettings>

/** A line of the body of POST /invoice/sales/; amounts as JSON numbers (contract §7). */
interface WireLine {
  qty: number
  description: string
  /** Of one piece. */
  amount: number
  discount: 0
  vat_id: number
  ledger_id: number
  product_id: number
  costs_id: number
}

/** The body of POST /invoice/sales/: the rows of the manual's field table. */
export interface WireInvoice {
  relation_id: number
  contact_name: string
  reference: string
  invoice_date: string
  payment_condition_id: number
  currency_id: number
  vat_option: VatOption
  template_id: number
  comment: string
  footer: ''
  lines: WireLine[]
}

/** Not published; what text columns of such services commonly hold. */
const textMax = 255
const commentMax = 1000
/** Not published; of a longer one it is not known how much is kept, and it must be found again. */
const referenceMax = 50

/** Why the draft can't be an invoice of this administration at all; null when it can. */
const draftRefusal = (draft: Draft, { choices }: Facts): Reason | null => {
  if ((choices['vatCodes'] ?? []).length === 0) return reason('CHOICES_MISSING', { system })
  const reference = clean(draft.reference)
  return lengthOf(reference) > referenceMax ? tooLong('reference', reference, referenceMax) : null
}

/** Informer's id of the currency of the draft (contract §9); null when it may not or can't be used. */
const currencyIdOf = ({ currency }: Draft, { choices, settings }: Facts): string | null => {
  if (settings.currencies === 'euro' && currency !== 'EUR') return null
  const entry = choices['currencyIds']?.find(({ value }) => value.startsWith(`${currency}:`))
  return entry?.value.slice(currency.length + 1) ?? null
}

const currencyRefusal = ({ currency }: Draft, { choices, settings }: Facts): Reason => {
  const known = choices['currencies']?.map(({ value }) => value) ?? []
  const allowed = settings.currencies === 'euro' ? 'EUR' : known.join(', ')
  return reason('CURRENCY_UNSUPPORTED', { system, currency, allowed })
}

/** What the merchant chose, or the default of the administration; '' when there is neither. */
const chosenOr = (chosen: string, defaults: Facts['choices'][string] | undefined): string =>
  chosen || (defaults?.[0]?.value ?? '')

/** The product with the SKU of a line, where products are linked; 0 when there is none (contract §7). */
const productIdOf = ({ kind, sku }: DraftLine, { choices, settings }: Facts): number => {
  const wanted = kind === 'product' && settings.linkProducts ? clean(sku) : ''
  if (wanted === '') return 0
  const entry = choices['productIds']?.find(
    ({ value }) => value.slice(value.indexOf(':') + 1) === wanted,
  )
  return entry === undefined ? 0 : Number(entry.value.split(':')[0])
}

/** First and last name of the customer (manual), or what the address has. */
const contactNameOf = ({ buyer, address }: Draft['debtor']): string =>
  cut(`${buyer.firstName} ${buyer.lastName}`, textMax) || cut(address.name, textMax)

const wireLine = (
  line: DraftLine,
  row: VatTableRow,
  priced: PricedLine,
  facts: Facts,
): WireLine => ({
  qty: priced.quantity.toNumber(),
  // A line without words is refused.
  description: cut(line.description, textMax) || clean(line.sku) || line.kind,
  amount: priced.price.toNumber(),
  // It is in the unit price already (manual).
  discount: 0,
  vat_id: Number(row.vatCode),
  ledger_id: Number(ledgerOf(row, line)),
  product_id: productIdOf(line, facts),
  costs_id: Number(facts.settings.costCentre || 0),
})

type Rows = { is: 'coded'; rows: VatTableRow[] } | { is: 'refused'; reason: Reason }

/** The row of the VAT table for each line; each must have a ledger (contract §7). */
const rowsOf = (draft: Draft, facts: Facts): Rows => {
  const rows: VatTableRow[] = []
  for (const line of draft.lines) {
    const coding = codingOf(system, draft, line, facts)
    if (coding.is === 'refused') return coding
    if (ledgerOf(coding.row, line) === '') {
      const params = { system, country: coding.row.destination, rate: line.vatPercent.toString() }
      return { is: 'refused', reason: reason('LEDGER_MISSING', params) }
    }
    rows.push(coding.row)
  }
  return { is: 'coded', rows }
}

/**
 * The invoice in Informer's words, row by row of the manual's field table. Quantities and rates are never
 * changed; a line whose amount can't be divided by its pieces becomes two (README).
 */
export const compose = (draft: Draft, debtor: Debtor, facts: Facts): Composition<WireInvoice> => {
  if (clean(draft.reference) === '') throw new Error('a draft without reference')
  const { choices, settings } = facts
  const refused = (why: Reason) => ({ is: 'refused', reason: why }) as const
  const refusal = draftRefusal(draft, facts)
  if (refusal !== null) return refused(refusal)
  const currencyId = currencyIdOf(draft, facts)
  if (currencyId === null) return refused(currencyRefusal(draft, facts))
  const template = chosenOr(settings.template, choices['defaultTemplates'])
  if (template === '') return refused(reason('TEMPLATE_NOT_CHOSEN', { system }))
  const condition = chosenOr(settings.paymentCondition, choices['defaultPaymentConditions'])
  if (condition === '') return refused(reason('PAYMENT_CONDITION_NOT_CHOSEN', { system }))
  const coded = rowsOf(draft, facts)
  if (coded.is === 'refused') return coded
  const wanted = settings.prices === 'excl' ? 'excl' : 'incl'
  const signOn = settings.negativeLines === 'amount' ? 'amount' : 'quantity'
  const pricing = priceDraft(draft, wanted, signOn)
  if (pricing.is === 'refused') return pricing

  const wire: WireInvoice = {
    relation_id: Number(debtor.id),
    contact_name: contactNameOf(draft.debtor),
    reference: clean(draft.reference),
    invoice_date: draft.date,
    payment_condition_id: Number(condition),
    currency_id: Number(currencyId),
    vat_option: pricing.option,
    template_id: Number(template),
    comment: cut(draft.remark ?? '', commentMax),
    footer: '',
    lines: pricing.lines.map((priced) => {
      const line = draft.lines[priced.index]
      const row = coded.rows[priced.index]
      if (line === undefined || row === undefined) throw new Error('a price without line')
      return wireLine(line, row, priced, facts)
    }),
  }
  return { is: 'composed', wire, predictedTotal: pricing.total }
}
