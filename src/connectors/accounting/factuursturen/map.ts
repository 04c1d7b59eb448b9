import { parseAmount, type Amount } from '../../../money/amount.ts'
import { reason, type Reason } from '../../../problems/reason.ts'
import type { Draft, DraftLine } from '../../../sale/draft.ts'
import type { BooksFacts, Composition, Debtor } from '../../accounting.ts'
import { priceParts, type Fit, type PricePart } from '../../price-parts.ts'
import type { Choices } from '../../webshop.ts'
import { lineTargets, predictTotal, unitPrice, type PricedLine } from './arithmetic.ts'
import { countryIdOf } from './countries.ts'
import { readTraits, type DebtorTraits } from './debtor.ts'
import { clean, cut, lengthOf, system, tooLong } from './fields.ts'
import type { FactuursturenSettings } from './settings.ts'
import type { WireTax } from './wire.ts'

/** A line of the body of POST /invoices: the manual's names, prices in the debtor's sense. */
interface WireLine {
  amount: number
  description: string
  tax_rate: number
  price: number
  /** The tariff is the one of the debtor's country (contract 3.2). */
  tax_country?: true
}

/** The body of POST /invoices: the rows of the manual's field table. */
export interface WireInvoice {
  clientnr: string
  action: 'send'
  sendmethod: 'mail' | 'email'
  profile?: number
  category?: number
  /** Date of the invoice. */
  sent: string
  alreadypaid?: 'full'
  alreadypaidmethod?: string
  reference: { line1: string; line2?: string }
  lines: WireLine[]
}

export const currencies: readonly string[] = ['EUR']

const payMethodMax = 32

/**
 * Nothing is known about how long a line of `reference` may be; every other name is 50. A longer reference
 * might be cut, and then `find` would deny that the invoice exists.
 */
const referenceMax = 50

const kinds: Readonly<Record<string, string>> = { H: 'hoog', L: 'laag', Z: 'nul' }

/**
 * The tariffs of the account as choices: `vatRates` are those of its own country, by percentage;
 * `foreignVatRates` those of others, as "<country id>:<percentage>". The own country is the one of the
 * default tariff. "No VAT" (-1, type N) is left out: no sale states it.
 */
export const vatChoices = (taxes: readonly WireTax[]): Choices => {
  const home = taxes.find((tax) => tax.default)?.country ?? ''
  const usable = taxes.filter(({ percentage }) => !percentage.isNegative())
  const isForeign = ({ country }: WireTax) => home !== '' && country !== '' && country !== home
  const entries = (some: readonly WireTax[], value: (tax: WireTax) => string) => [
    ...new Map(
      some.map((tax) => {
        const kind = kinds[tax.type.toUpperCase()]
        const percent = `${tax.percentage.toString()} %`
        const label = kind === undefined ? percent : `${percent} (${kind})`
        return [value(tax), { value: value(tax), label }]
      }),
    ).values(),
  ]
  return {
    vatRates: entries(
      usable.filter((tax) => !isForeign(tax)),
      (tax) => tax.percentage.toString(),
    ),
    foreignVatRates: entries(
      usable.filter(isForeign),
      (tax) => `${tax.country}:${tax.percentage.toString()}`,
    ),
  }
}

/** Whether a rate is a tariff of our own country, of the debtor's, or unknown to the account. */
type Tariff = 'home' | 'foreign' | 'unknown'

/**
 * Dutch and Belgian VAT are both 21 %: a percentage alone does not tell whose tariff it is. The home country
 * comes first, as in the manual; the setting for sellers under OSS turns that round.
 */
const tariffOf = (
  percent: Amount,
  draft: Draft,
  traits: DebtorTraits,
  facts: BooksFacts<FactuursturenSettings>,
): Tariff => {
  const { choices, settings } = facts
  const rates = (choices['vatRates'] ?? []).map(({ value }) => parseAmount(value))
  const isHome = rates.some((rate) => rate?.equals(percent))
  const country = countryIdOf(draft.destination, choices)
  // The server refuses a foreign tariff unless it is the one of the debtor's country (contract 3.2).
  const isForeign =
    (draft.regime === 'destination' || draft.regime === 'foreign-registration') &&
    country === traits.country &&
    choices['foreignVatRates']?.some(({ value }) => value === `${country}:${percent.toString()}`)
  if (isForeign === true && (settings.foreignTariffs || !isHome)) return 'foreign'
  return isHome ? 'home' : 'unknown'
}

/** Why the debtor's own properties, which we never change, make the invoice impossible; null when they don't. */
const traitsRefusal = (draft: Draft, traits: DebtorTraits): Reason | null => {
  if (traits.currency !== '' && traits.currency !== draft.currency) {
    return reason('DEBTOR_CURRENCY', { system, currency: traits.currency, sale: draft.currency })
  }
  const counting = draft.lines.filter((line) => !line.amount.isZero())
  const hasDiscount = !(parseAmount(traits.standardDiscount)?.isZero() ?? false)
  if (hasDiscount && counting.length > 0) {
    return reason('DEBTOR_DISCOUNT', { system, discount: traits.standardDiscount })
  }
  if (traits.taxShifted && counting.some((line) => !line.vatPercent.isZero())) {
    return reason('DEBTOR_REVERSE_CHARGE', { system, vat: draft.totals.vat.toFixed(2) })
  }
  return null
}

/** Why the draft can't be an invoice of this account at all; null when it can. */
const draftRefusal = (
  draft: Draft,
  traits: DebtorTraits,
  facts: BooksFacts<FactuursturenSettings>,
): Reason | null => {
  if (!currencies.includes(draft.currency)) {
    const allowed = currencies.join(', ')
    return reason('CURRENCY_UNSUPPORTED', { system, currency: draft.currency, allowed })
  }
  const rates = facts.choices['vatRates'] ?? []
  if (rates.length === 0) return reason('CHOICES_MISSING', { system })
  const unknown = draft.lines.find(
    (line) => tariffOf(line.vatPercent, draft, traits, facts) === 'unknown',
  )
  if (unknown !== undefined) {
    const allowed = rates.map(({ value }) => `${value} %`).join(', ')
    const rate = unknown.vatPercent.toString()
    return reason('VAT_RATE_UNKNOWN_TO_BOOKS', { system, rate, allowed })
  }
  const reference = clean(draft.reference)
  if (lengthOf(reference) > referenceMax) return tooLong('reference', reference, referenceMax)
  return null
}

/** How prices are tried: with how many decimals, and how near the amount of a line they must come. */
interface Rung {
  least: number
  most: number
  fit: Fit
}

/** From two decimals to all of them; last with every line so near its amount that no sum of them is a cent off. */
const rungs = (most: number): Rung[] => [
  ...Array.from({ length: most - 1 }, (_, nth): Rung => ({ least: nth + 2, most, fit: 'few' })),
  { least: 2, most, fit: 'tight' },
]

/**
 * The pieces of a line at one price of as few decimals as will do; else at two prices a cent apart: a thousand
 * pieces of a net amount that no four decimals divide.
 */
const partsOf = (target: Amount, quantity: Amount, rung: Rung): PricePart[] | null => {
  const price = unitPrice(target, quantity, rung)
  const isGood =
    price !== null && (rung.fit === 'few' || price.times(quantity).minus(target).isZero())
  if (isGood) return [{ quantity, price }]
  const sign = target.isNegative() === quantity.isNegative() ? 1 : -1
  const parts = priceParts(target.abs(), quantity.abs(), rung.fit)
  const side = quantity.isNegative() ? -1 : 1
  return (
    parts?.map((part) => ({
      quantity: part.quantity.times(side),
      price: part.price.times(sign),
    })) ?? null
  )
}

/** Every line with its unit prices, or the number (from 1) of the line that has none. */
const priceLines = (
  draft: Draft,
  targets: readonly Amount[],
  rung: Rung,
): { is: 'priced'; lines: PricedLine[] } | { is: 'inexpressible'; line: number } => {
  const lines: PricedLine[] = []
  for (const [index, { quantity, vatPercent, amount: stated }] of draft.lines.entries()) {
    const parts = partsOf(targets[index] ?? stated, quantity, rung)
    if (parts === null) return { is: 'inexpressible', line: index + 1 }
    lines.push(...parts.map((part) => ({ index, ...part, vatPercent })))
  }
  return { is: 'priced', lines }
}

type Pricing =
  { is: 'priced'; lines: PricedLine[]; total: Amount } | { is: 'refused'; reason: Reason }

/** Unit prices that come to the draft's total however the remote rounds a line, with as few decimals as do. */
const priceDraft = (draft: Draft, traits: DebtorTraits, decimalsMax: number): Pricing => {
  const { gross } = draft.totals
  const most = Math.max(2, Math.floor(decimalsMax))
  const targets = lineTargets(draft, traits.taxType)
  let predicted = gross
  for (const rung of rungs(most)) {
    const priced = priceLines(draft, targets, rung)
    if (priced.is === 'inexpressible') {
      const line = draft.lines[priced.line - 1]
      const params = {
        system,
        line: priced.line,
        amount: line?.amount.toFixed(2) ?? '',
        quantity: line?.quantity.toString() ?? '',
      }
      return { is: 'refused', reason: reason('UNIT_PRICE_INEXPRESSIBLE', params) }
    }
    const totals = (['cents', 'exact'] as const).map((lineTotals) =>
      predictTotal(priced.lines, traits.taxType, lineTotals),
    )
    const wrong = totals.find((total) => !total.equals(gross))
    if (wrong === undefined) return { is: 'priced', lines: priced.lines, total: gross }
    predicted = wrong
  }
  const params = { system, predicted: predicted.toFixed(2), total: gross.toFixed(2) }
  return { is: 'refused', reason: reason('TOTAL_WOULD_DIFFER', params) }
}

const wireLine = (line: DraftLine, priced: PricedLine, tariff: Tariff): WireLine => ({
  amount: priced.quantity.toNumber(),
  // A line without words would look like a fault on the invoice.
  description: line.description.toWellFormed().trim() || line.sku || line.kind,
  tax_rate: priced.vatPercent.toNumber(),
  price: priced.price.toNumber(),
  ...(tariff === 'foreign' && { tax_country: true }),
})

/**
 * The invoice in Factuursturen's words, row by row of the manual's field table. The debtor decides whether
 * prices are written incl. or excl. VAT (contract 3.5); quantities and rates are never
 * changed; a line whose amount can't be divided by its pieces becomes two.
 */
export const compose = (
  draft: Draft,
  debtor: Debtor,
  facts: BooksFacts<FactuursturenSettings>,
): Composition<WireInvoice> => {
  const { settings } = facts
  if (clean(draft.reference) === '') throw new Error('a draft without reference')
  const traits = readTraits(debtor.traits)
  const refusal = draftRefusal(draft, traits, facts) ?? traitsRefusal(draft, traits)
  if (refusal !== null) return { is: 'refused', reason: refusal }
  const pricing = priceDraft(draft, traits, settings.priceDecimalsMax)
  if (pricing.is === 'refused') return pricing

  const method = clean(draft.paymentMethod?.label ?? '')
  const wire: WireInvoice = {
    clientnr: debtor.id,
    action: 'send',
    sendmethod: settings.sendInvoice === 'email' ? 'email' : 'mail',
    ...(settings.profile !== '' && { profile: Number(settings.profile) }),
    ...(settings.category !== '' && { category: Number(settings.category) }),
    sent: draft.date,
    ...(draft.paid && { alreadypaid: 'full' }),
    ...(draft.paid && method !== '' && { alreadypaidmethod: cut(method, payMethodMax) }),
    reference: {
      line1: clean(draft.reference),
      ...(method !== '' && { line2: cut(`Betaalmethode: ${method}`, referenceMax) }),
    },
    lines: pricing.lines.map((priced) => {
      const line = draft.lines[priced.index]
      if (line === undefined) throw new Error('a price without line')
      return wireLine(line, priced, tariffOf(line.vatPercent, draft, traits, facts))
    }),
  }
  return { is: 'composed', wire, predictedTotal: pricing.total }
}
