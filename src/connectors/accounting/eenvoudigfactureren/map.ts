import { parseAmount, type Amount } from '../../../money/amount.ts'
import { reason, type Reason } from '../../../problems/reason.ts'
import type { Draft, DraftLine } from '../../../sale/draft.ts'
import type { Regime } from '../../../vat/regime-question.ts'
import type { BooksFacts, Composition, Debtor } from '../../accounting.ts'
import { targetsOf, type Sense } from './arithmetic.ts'
import { readTraits } from './debtor.ts'
import { spreadDiscounts } from './discounts.ts'
import { externalIdOf } from './external-id.ts'
import { clean, system } from './fields.ts'
import { priceDraft, type PricedTarget } from './pricing.ts'
import { sendingOf, type Sending } from './sending.ts'
import type { EenvoudigfacturerenSettings } from './settings.ts'

/** An item of the body of POST /invoices (contract 3.2): one of the two prices, never both. */
interface WireItem {
  description: string
  quantity: number
  amount?: number
  amount_with_tax?: number
  tax_rate: number
  tax_rate_special_status?: string
}

/** The body of POST /invoices: the rows of the manual's field table, under the names of contract 3.1. */
export interface WireBody {
  client_id: number
  external_invoice_id: string
  number?: string
  reference: string
  date: string
  /** Would be today by itself (contract 3.1). */
  date_delivery: string
  /** Days; not for credit notes. */
  days_due?: number
  layout_id?: number
  /** Said, because a client may have another by default. */
  currency: string
  tax_included: 'yes' | 'no'
  /** Said, because everything predicted here hangs on it. */
  tax_calculation: 'total'
  items: WireItem[]
  payments?: [{ remaining_amount: 'yes'; description: string }]
}

/** The invoice and what follows it. */
export interface WireInvoice {
  body: WireBody
  /** What it must come to, two decimals: it is only sent when it does. */
  total: string
  sending: Sending | null
}

type Facts = BooksFacts<EenvoudigfacturerenSettings>

export const currencies: readonly string[] = ['EUR']

/** Of the manual: not adjustable. */
const paymentDays = 14

/** Why the draft can't be an invoice of this account at all; null when it can. */
const draftRefusal = (draft: Draft, { choices }: Facts): Reason | null => {
  if (!currencies.includes(draft.currency)) {
    const allowed = currencies.join(', ')
    return reason('CURRENCY_UNSUPPORTED', { system, currency: draft.currency, allowed })
  }
  const rates = choices['vatRates'] ?? []
  if (rates.length === 0) return reason('CHOICES_MISSING', { system })
  const known = rates.map(({ value }) => parseAmount(value))
  const isKnown = (percent: Amount) => known.some((rate) => rate?.equals(percent) === true)
  const unknown = draft.lines.find((line) => !isKnown(line.vatPercent))
  if (unknown === undefined) return null
  const allowed = rates.map(({ value }) => `${value} %`).join(', ')
  const rate = unknown.vatPercent.toString()
  return reason('VAT_RATE_UNKNOWN_TO_BOOKS', { system, rate, allowed })
}

/** Which setting names the code of a line at 0 %: without one the invoice says "no VAT" (contract 3.2). */
const zeroCodeOf: Readonly<
  Partial<Record<Regime, (settings: EenvoudigfacturerenSettings) => string>>
> = {
  'intra-community': (settings) => settings.intraCommunityCode,
  export: (settings) => settings.exportCode,
}

/** Services are reverse-charged by another article than goods, also beside them on one invoice. */
const zeroCodeFor = (
  { regime }: Draft,
  { vat }: DraftLine,
  settings: EenvoudigfacturerenSettings,
): string =>
  vat.treatment === 'services-reverse-charge'
    ? settings.servicesCode
    : (zeroCodeOf[regime]?.(settings) ?? '')

const wireItem = (
  { target: { line }, quantity, price, vatPercent }: PricedTarget,
  sense: Sense,
  zeroCode: string,
): WireItem => ({
  // A line without words is refused (contract 3.2).
  description: line.description.toWellFormed().trim() || line.sku || line.kind,
  quantity: quantity.toNumber(),
  ...(sense === 'incl' ? { amount_with_tax: price.toNumber() } : { amount: price.toNumber() }),
  tax_rate: vatPercent.toNumber(),
  ...(vatPercent.isZero() && zeroCode !== '' && { tax_rate_special_status: zeroCode }),
})

/** The order number as invoice number; with the prefix of the reference, as numbers are unique. */
const numberOf = ({ ref, orderNumber }: Draft): string =>
  clean(ref.kind === 'credit' ? `C_${orderNumber}` : orderNumber)

const writeBody = (
  draft: Draft,
  debtor: Debtor,
  { settings }: Facts,
  priced: { lines: readonly PricedTarget[]; sense: Sense },
): WireBody => {
  const { gross } = draft.totals
  const { sense } = priced
  return {
    client_id: Number(debtor.id),
    external_invoice_id: externalIdOf(draft.reference),
    ...(settings.invoiceNumber === 'order' && { number: numberOf(draft) }),
    reference: clean(draft.reference),
    date: draft.date,
    date_delivery: draft.date,
    ...(!gross.isNegative() && { days_due: paymentDays }),
    ...(settings.layout !== '' && { layout_id: Number(settings.layout) }),
    currency: draft.currency,
    tax_included: sense === 'incl' ? 'yes' : 'no',
    tax_calculation: 'total',
    items: priced.lines.map((priced) =>
      wireItem(priced, sense, zeroCodeFor(draft, priced.target.line, settings)),
    ),
    // "amount can not be 0.00" may be about payments (contract 3.2).
    ...(settings.recordPayment &&
      draft.paid &&
      gross.greaterThan(0) && {
        payments: [
          {
            remaining_amount: 'yes' as const,
            description: clean(draft.paymentMethod?.label ?? '') || 'Webshop',
          },
        ],
      }),
  }
}

/**
 * The invoice in EenvoudigFactureren's words, row by row of the manual's field table. Quantities and rates
 * are never changed; where an amount is below zero the sign is the quantity's, not the price's.
 */
export const compose = (draft: Draft, debtor: Debtor, facts: Facts): Composition<WireInvoice> => {
  const { settings } = facts
  if (clean(draft.reference) === '') throw new Error('a draft without reference')
  const refusal = draftRefusal(draft, facts)
  if (refusal !== null) return { is: 'refused', reason: refusal }

  const sense: Sense = settings.amounts === 'excl' ? 'excl' : 'incl'
  const { gross } = draft.totals
  const all = spreadDiscounts(targetsOf(draft, sense), gross.isNegative() ? -1 : 1)
  const omitsFree = settings.freeLines === 'omit'
  const targets = all.filter(({ target }) => !omitsFree || !target.isZero())
  if (targets.length === 0) return { is: 'refused', reason: reason('SALE_EMPTY') }
  const pricing = priceDraft(draft, targets, sense, Math.max(2, settings.priceDecimalsMax))
  if (pricing.is === 'refused') return pricing

  const wire: WireInvoice = {
    body: writeBody(draft, debtor, facts, { lines: pricing.lines, sense }),
    total: gross.toFixed(2),
    sending: sendingOf(settings.sendInvoice, readTraits(debtor.traits).hasTaxCode),
  }
  return { is: 'composed', wire, predictedTotal: gross }
}
