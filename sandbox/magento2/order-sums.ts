import { currencyOf } from './document-json.ts'
import { type Paper } from './documents.ts'
import { databaseMoment, type Fields, type Value } from './json.ts'
import { toEuros } from './money.ts'
import { type Order } from './order.ts'

type Prefix = 'base_' | ''
type How = (cents: number) => number

/** Minus nothing is nothing, not minus zero. */
const minus = (cents: number) => (cents === 0 ? 0 : -cents)

const sumOf = (papers: readonly Paper[], pick: (paper: Paper) => number): number =>
  papers.reduce((total, paper) => total + pick(paper), 0)

/** The sums that an order keeps of documents of one kind, under Magento's names; none without documents. */
function sums(papers: readonly Paper[], how: How, prefix: Prefix, ending: string): Fields {
  if (papers.length === 0) return {}
  const told: Readonly<Record<string, number>> = {
    discount: minus(sumOf(papers, ({ totals }) => totals.discountCents)),
    discount_tax_compensation: sumOf(papers, ({ totals }) => totals.compensationCents),
    shipping: sumOf(papers, ({ shipping }) => shipping?.netCents ?? 0),
    subtotal: sumOf(papers, ({ totals }) => totals.subtotalCents),
    tax: sumOf(papers, ({ totals }) => totals.taxCents),
    total: sumOf(papers, ({ totals }) => totals.grandCents),
  }
  return Object.fromEntries(
    Object.entries(told).map(([name, cents]) => [`${prefix}${name}_${ending}`, how(cents)]),
  )
}

function refunds(credits: readonly Paper[], how: How, prefix: Prefix): Fields {
  if (credits.length === 0) return {}
  const given = sumOf(credits, ({ totals }) => totals.grandCents)
  return {
    ...sums(credits, how, prefix, 'refunded'),
    [`${prefix}adjustment_negative`]: how(
      sumOf(credits, (paper) => paper.adjustment.negativeCents),
    ),
    [`${prefix}adjustment_positive`]: how(
      sumOf(credits, (paper) => paper.adjustment.positiveCents),
    ),
    [`${prefix}shipping_tax_refunded`]: how(
      sumOf(credits, (paper) => paper.shipping?.taxCents ?? 0),
    ),
    [`${prefix}total_offline_refunded`]: how(given),
  }
}

export const creditsAmong = (papers: readonly Paper[]): Paper[] =>
  papers.filter(({ kind }) => kind === 'creditmemo')

export const invoicesAmong = (papers: readonly Paper[]): Paper[] =>
  papers.filter(({ kind, state }) => kind === 'invoice' && state !== 3)

/** What the documents made of an order, as its header tells (recordings: absent until there are any). */
export function documentSums(order: Order, papers: readonly Paper[]): Fields {
  const money = currencyOf(order)
  const invoices = invoicesAmong(papers)
  const credits = creditsAmong(papers)
  return {
    ...sums(invoices, money.base, 'base_', 'invoiced'),
    ...sums(invoices, money.order, '', 'invoiced'),
    ...(invoices.length > 0 && { base_total_invoiced_cost: 0 }),
    ...refunds(credits, money.base, 'base_'),
    ...refunds(credits, money.order, ''),
  }
}

/** The shipping of an order once more, beside its address. */
export function shippingTotal(order: Order, papers: readonly Paper[]): Fields {
  const { shipping } = order
  const money = currencyOf(order)
  const sentWith = (all: readonly Paper[]) => sumOf(all, (paper) => paper.shipping?.netCents ?? 0)
  const [invoices, credits] = [invoicesAmong(papers), creditsAmong(papers)]
  const part = (how: How, prefix: Prefix): Fields => ({
    [`${prefix}shipping_amount`]: how(shipping.netCents),
    [`${prefix}shipping_discount_amount`]: how(shipping.discountCents),
    [prefix === 'base_'
      ? 'base_shipping_discount_tax_compensation_amnt'
      : 'shipping_discount_tax_compensation_amount']: how(shipping.compensationCents),
    [`${prefix}shipping_incl_tax`]: how(shipping.inclCents),
    [`${prefix}shipping_tax_amount`]: how(shipping.taxCents),
    ...(invoices.length > 0 && { [`${prefix}shipping_invoiced`]: how(sentWith(invoices)) }),
    ...(credits.length > 0 && {
      [`${prefix}shipping_refunded`]: how(sentWith(credits)),
      [`${prefix}shipping_tax_refunded`]: how(
        sumOf(credits, (paper) => paper.shipping?.taxCents ?? 0),
      ),
    }),
  })
  return { ...part(money.base, 'base_'), ...part(money.order, '') }
}

/** Magento notes every refund it did not do itself. */
export const statusHistories = (order: Order, papers: readonly Paper[]): Value[] =>
  creditsAmong(papers).map((paper) => ({
    comment: `We refunded €\u00a0${toEuros(paper.totals.grandCents).toFixed(2).replace('.', ',')} offline.`,
    created_at: databaseMoment(paper.createdAtMs),
    entity_id: paper.entityId,
    entity_name: 'creditmemo',
    is_customer_notified: 1,
    is_visible_on_front: 0,
    parent_id: order.entityId,
    status: order.state,
  }))
