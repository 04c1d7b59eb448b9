import { type Both } from './amounts.ts'
import { type Invoice, type InvoiceItem } from './model.ts'
import { toEuros } from './money.ts'
import { isoMoment, linkTo, type World } from './world.ts'

/** The sign that this shop writes a document's amounts with (section 6.2: positive in the example). */
function signOf(world: World, { isCreditNote }: Invoice): 1 | -1 {
  return isCreditNote && world.switches.creditSign === 'negative' ? -1 : 1
}

function both(name: string, { excl, incl }: Both, sign: 1 | -1): Record<string, number> {
  return { [`${name}Excl`]: sign * toEuros(excl), [`${name}Incl`]: sign * toEuros(incl) }
}

/** An invoice or credit note, as GET, list, webhook and the order's `embedded` write it. */
export function invoiceJson(world: World, invoice: Invoice): Record<string, unknown> {
  const { id, order, other, isCreditNote, total } = invoice
  const isAsExample = isCreditNote && world.switches.creditTotals === 'excl-is-incl'
  const linkOf = (to: Invoice | null) =>
    to === null ? false : linkTo(world, `invoices/${to.id}`, to.id)
  const hasBack = !isCreditNote && world.switches.creditLinkBack
  return {
    id,
    createdAt: isoMoment(invoice.createdAt),
    updatedAt: isoMoment(invoice.updatedAt),
    number: invoice.number,
    status: invoice.isPaid ? 'paid' : 'not_paid',
    isVatShifted: order.wish.vatShifted,
    ...both(
      'price',
      isAsExample ? { excl: total.incl, incl: total.incl } : total,
      signOf(world, invoice),
    ),
    doNotifyNew: false,
    doNotifyPaid: false,
    invoice: isCreditNote ? linkOf(other) : false,
    isCreditNote,
    creditNote: hasBack ? linkOf(other) : false,
    order: linkTo(world, `orders/${order.id}`, order.id),
    customer:
      order.customerId === null
        ? false
        : linkTo(world, `customers/${order.customerId}`, order.customerId),
    items: linkTo(world, `invoices/${id}/items`, false),
  }
}

/** One line of an invoice (section 6.2). */
export function itemJson(
  world: World,
  invoice: Invoice,
  item: InvoiceItem,
): Record<string, unknown> {
  const { priced, line } = item
  const spec = line === null ? undefined : invoice.order.wish.lines[line]
  const sign = signOf(world, invoice)
  return {
    id: item.id,
    type: item.type,
    title: item.title,
    variant: item.variant,
    orderProductId: line === null ? null : (invoice.order.lineIds[line] ?? null),
    articleCode: spec?.articleCode ?? '',
    ean: spec?.ean ?? '',
    sku: spec?.sku ?? '',
    taxRate: priced.basisPoints / 10_000,
    ...both('basePrice', priced.base, 1),
    ...both('price', priced.price, sign),
    ...both('discount', priced.discount, sign),
    quantity: priced.quantity,
  }
}
