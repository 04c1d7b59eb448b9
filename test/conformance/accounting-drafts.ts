import { amount, fromCents, sum } from '../../src/money/amount.ts'
import type { Draft, DraftLine } from '../../src/sale/draft.ts'
import { rateTotals } from '../../src/sale/rate-totals.ts'
import type { Random } from '../../src/world/random.ts'

/** Written into every draft; must never turn up in a reason. */
export const planted = {
  firstName: 'Wilhelmina',
  lastName: 'Plantenberg',
  email: 'wilhelmina.plantenberg@example.nl',
  street: 'Geheimelaan 77',
} as const

export interface LineSpec {
  amount: string
  quantity?: string
  percent?: string
  kind?: DraftLine['kind']
}

/** How a draft differs from the ordinary one. */
interface DraftSpec extends Partial<Draft> {
  includesVat?: boolean
  buyer?: Partial<Draft['debtor']['buyer']>
}

/** A Dutch consumer's paid order of these lines, with honest totals. */
export const draftOf = (lines: readonly LineSpec[], spec: DraftSpec = {}): Draft => {
  const { includesVat = true, buyer, ...change } = spec
  const drafted = lines.map((line, index): DraftLine => ({
    kind: line.kind ?? 'product',
    description: `Artikel ${index + 1}`,
    sku: `ART-${index + 1}`,
    quantity: amount(line.quantity ?? '1'),
    vatPercent: amount(line.percent ?? '21'),
    amount: amount(line.amount),
    amountIncludesVat: includesVat,
    vat: { treatment: 'taxed', status: 'evidenced', by: 'stated', compatible: [] },
  }))
  const rates = rateTotals(drafted)
  return {
    ref: { kind: 'order', id: '1' },
    reference: 'W-1042',
    leadingNumber: 'order',
    orderNumber: 'W-1042',
    invoiceNumber: null,
    date: '2026-03-02',
    regime: 'domestic',
    currency: 'EUR',
    lines: drafted,
    rates,
    totals: {
      net: sum(rates.map(({ net }) => net)),
      vat: sum(rates.map(({ vat }) => vat)),
      gross: sum(rates.map(({ gross }) => gross)),
    },
    debtor: {
      buyer: {
        firstName: planted.firstName,
        lastName: planted.lastName,
        company: '',
        email: planted.email,
        phone: '0301234567',
        mobile: '',
        vatNumber: '',
        companyNumber: '',
        customerNumber: '',
        ...buyer,
      },
      address: {
        name: `${planted.firstName} ${planted.lastName}`,
        company: '',
        street: planted.street,
        postcode: '3511 AB',
        city: 'Utrecht',
        countryCode: 'NL',
        countryName: 'Nederland',
      },
    },
    destination: 'NL',
    ratesOf: 'NL',
    remarks: [],
    paid: true,
    paymentMethod: { id: 'ideal', label: 'iDEAL' },
    ...change,
  }
}

/** Two mugs and shipping: € 30.25. */
export const ordinary = (spec: DraftSpec = {}): Draft =>
  draftOf(
    [
      { quantity: '2', amount: '24.20' },
      { amount: '6.05', kind: 'shipping' },
    ],
    spec,
  )

/**
 * A basket as shops have them: up to twelve lines at two rates, whole pieces and now and then a weight,
 * row discounts that leave no round unit price, a coupon, shipping.
 */
export const randomBasket = (random: Random, spec: DraftSpec): Draft => {
  const between = (min: number, max: number) =>
    min + Math.floor(random.fraction() * (max - min + 1))
  const chance = (of: number) => random.fraction() < of
  const lines = Array.from({ length: between(1, 12) }, (): LineSpec => {
    const quantity = chance(0.1) ? between(100, 5_000) / 1000 : between(1, 12)
    const full = Math.round(quantity * between(5, 25_000))
    const cents = chance(0.2) ? Math.round(full * 0.9) : full
    const percent = chance(0.75) ? '21' : '9'
    return { quantity: String(quantity), amount: fromCents(cents).toString(), percent }
  })
  if (chance(0.3)) {
    lines.push({ amount: fromCents(-between(1, 100)).toString(), kind: 'discount' })
  }
  if (chance(0.6)) lines.push({ amount: fromCents(between(1, 995)).toString(), kind: 'shipping' })
  return draftOf(lines, spec)
}
