import { type Both, type Priced } from './amounts.ts'
import { countryOf } from './countries.ts'
import { invoiceJson } from './invoice-json.ts'
import { type Invoices } from './invoices.ts'
import { type Order, type OrderEvent } from './model.ts'
import { toEuros } from './money.ts'
import { type AddressSpec } from './order-spec.ts'
import { isoMoment, linkTo, without, type World } from './world.ts'

/** `priceExcl` and `priceIncl` of one figure, by the field's name: `shipmentPrice` gives both of it. */
function bothAs(name: string, { excl, incl }: Both): Record<string, number> {
  return { [`${name}Excl`]: toEuros(excl), [`${name}Incl`]: toEuros(incl) }
}

/** A rate is a fraction: 0.21 (section 0, item 5). */
export function rateOf({ basisPoints }: Priced): number {
  return basisPoints / 10_000
}

function taxOf(priced: Priced): unknown[] {
  const percent = priced.basisPoints / 100
  return [{ name: `BTW ${percent}%`, rate: rateOf(priced), amount: toEuros(priced.tax) }]
}

export function languageJson(): unknown {
  return { id: 1, code: 'nl', locale: 'nl_NL', title: 'Nederlands' }
}

function addressJson(kind: string, address: AddressSpec, name: string): Record<string, unknown> {
  return {
    [`${kind}Name`]: address.name ?? name,
    [`${kind}Street`]: address.street,
    [`${kind}Street2`]: address.street2,
    [`${kind}Number`]: address.number,
    [`${kind}Extension`]: address.extension,
    [`${kind}Zipcode`]: address.zipcode,
    [`${kind}City`]: address.city,
    [`${kind}Region`]: '',
    [`${kind}Country`]: countryOf(address.country),
    [`${kind}RegionData`]: false,
  }
}

export function personJson(world: World, { wish }: Order): Record<string, unknown> {
  const notSet = world.switches.notSet === 'false' ? false : ''
  const name = [wish.firstname, wish.middlename, wish.lastname].filter(Boolean).join(' ')
  const delivery = wish.delivery ?? wish.billing
  return {
    gender: notSet,
    birthDate: false,
    nationalId: '',
    email: wish.email,
    firstname: wish.firstname,
    middlename: wish.middlename,
    lastname: wish.lastname,
    phone: wish.phone,
    mobile: wish.mobile,
    isCompany: wish.company !== '',
    companyName: wish.company,
    companyCoCNumber: wish.companyNumber,
    companyVatNumber: wish.vatNumber,
    ...addressJson('addressBilling', wish.billing, name),
    addressShippingCompany: delivery.company ?? notSet,
    ...addressJson('addressShipping', delivery, name),
  }
}

/** One line (section 6.1). */
export function lineJson(world: World, order: Order, index: number): Record<string, unknown> {
  const priced = order.amounts.lines[index]
  const spec = order.wish.lines[index]
  const id = order.lineIds[index]
  if (priced === undefined || spec === undefined || id === undefined) throw new Error('no line')
  const refunded = order.refunded[index] ?? 0
  return {
    id,
    supplierTitle: '',
    brandTitle: spec.brand,
    productTitle: spec.name,
    variantTitle: spec.variant,
    taxRate: rateOf(priced),
    taxRates: taxOf(priced),
    quantityOrdered: priced.quantity,
    quantityInvoiced: priced.quantity,
    quantityShipped: order.shipmentStatus === 'shipped' ? priced.quantity : 0,
    quantityRefunded: refunded,
    quantityReturned: 0,
    articleCode: spec.articleCode,
    ean: spec.ean,
    sku: spec.sku,
    weight: world.switches.weight === 'null' ? null : 1_000,
    volume: 0,
    colli: 0,
    sizeX: 0,
    sizeY: 0,
    sizeZ: 0,
    priceCost: 0,
    customExcl: 0,
    customIncl: 0,
    ...bothAs('basePrice', priced.base),
    ...bothAs('price', priced.price),
    ...bothAs('discount', priced.discount),
    customFields: false,
    product: linkTo(world, `products/${20_967_262 + index}`, 20_967_262 + index),
    variant: linkTo(world, `variants/${34_771_159 + index}`, 34_771_159 + index),
  }
}

export function eventJson(world: World, order: Order, event: OrderEvent): unknown {
  const { id, at, channel, message } = event
  return {
    id,
    createdAt: isoMoment(at),
    channel,
    type: 'order',
    message,
    comment: null,
    order: linkTo(world, `orders/${order.id}`, order.id),
    invoice: false,
    shipment: false,
  }
}

/** VAT per rate of the products alone; shipping and payment have their own (section 0, item 7). */
function productTaxes({ amounts }: Order): unknown[] {
  const byRate = Map.groupBy(amounts.lines, ({ basisPoints }) => basisPoints)
  return [...byRate].map(([basisPoints, lines]) => ({
    name: `BTW ${basisPoints / 100}%`,
    rate: basisPoints / 10_000,
    amount: toEuros(lines.reduce((sum, { tax }) => sum + tax, 0)),
  }))
}

function costJson(name: 'shipment' | 'payment', priced: Priced): Record<string, unknown> {
  return {
    [`${name}TaxRate`]: rateOf(priced),
    [`${name}TaxRates`]: taxOf(priced),
    ...bothAs(`${name}BasePrice`, priced.base),
    ...bothAs(`${name}Price`, priced.price),
  }
}

function discountJson(world: World, { wish }: Order): Record<string, unknown> {
  const { coupon } = wish
  const percentage = coupon?.percentage ?? 0
  return {
    isDiscounted: coupon !== null,
    discountType: coupon?.percentage === undefined ? 'amount' : 'percentage',
    discountAmount: coupon?.amount ?? 0,
    discountPercentage:
      world.switches.discountPercentage === 'percent' ? percentage : percentage / 100,
    discountCouponCode: coupon?.code ?? '',
  }
}

/** An order as GET, list and webhook write it; only `embed` differs. */
export function orderJson(
  world: World,
  order: Order,
  parts: { invoices: Invoices; embed: boolean },
): Record<string, unknown> {
  const { wish, amounts, id } = order
  const { embed, invoices } = parts
  const within = (make: () => unknown) => (embed ? make() : undefined)
  const { paymentData, omittedFields } = world.switches
  return without(omittedFields, {
    id,
    createdAt: isoMoment(order.createdAt),
    updatedAt: isoMoment(order.updatedAt),
    number: order.number,
    status: order.status,
    customStatusId: order.customStatusId,
    channel: 'main',
    remoteIp: '192.0.2.10',
    userAgent: 'Mozilla/5.0',
    referralId: world.switches.notSet === 'false' ? false : '',
    priceCost: 0,
    ...bothAs('price', amounts.total),
    weight: world.switches.weight === 'null' ? null : 4_200,
    volume: 0,
    colli: 1,
    ...personJson(world, order),
    newsletterSubscribed: false,
    paymentId: wish.paymentId,
    paymentStatus: order.paymentStatus,
    paymentIsPost: false,
    paymentIsInvoiceExternal: false,
    ...costJson('payment', amounts.payment),
    paymentTitle: wish.paymentTitle,
    paymentData: paymentData === 'object' ? { method: wish.paymentId } : [],
    shipmentId: 'core|33265|55707',
    shipmentStatus: order.shipmentStatus,
    shipmentIsCashOnDelivery: false,
    shipmentIsPickup: wish.pickup,
    ...costJson('shipment', amounts.shipping),
    ...bothAs('shipmentDiscount', amounts.shipping.discount),
    shipmentTitle: wish.shippingTitle,
    shipmentData: { method: 'default', shipment_id: 33_265, shipping_value_id: 55_707 },
    shippingDate: null,
    deliveryDate: null,
    ...discountJson(world, order),
    taxRates: productTaxes(order),
    giftCardsPayment: wish.giftCards,
    isNewCustomer: false,
    comment: wish.comment,
    memo: '',
    allowNotifications: true,
    doNotifyNew: true,
    doNotifyReminder: false,
    doNotifyCancelled: false,
    language: languageJson(),
    customer:
      order.customerId === null
        ? false
        : linkTo(
            world,
            `customers/${order.customerId}`,
            order.customerId,
            within(() => ({ id: order.customerId, ...personJson(world, order) })),
          ),
    invoices: linkTo(
      world,
      `invoices?order=${id}`,
      false,
      within(() => invoices.of(id).map((invoice) => invoiceJson(world, invoice))),
    ),
    shipments: linkTo(
      world,
      `shipments?order=${id}`,
      false,
      within(() => []),
    ),
    products: linkTo(
      world,
      `orders/${id}/products`,
      false,
      within(() => order.lineIds.map((_, index) => lineJson(world, order, index))),
    ),
    metafields: linkTo(
      world,
      `orders/${id}/metafields`,
      false,
      within(() => []),
    ),
    quote: linkTo(world, `quotes/${20_859_265 + id}`, 20_859_265 + id),
    events: linkTo(
      world,
      `orders/events?order=${id}`,
      false,
      within(() => order.events.map((event) => eventJson(world, order, event))),
    ),
  })
}
