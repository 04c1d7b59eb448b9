import { databaseMoment, type Fields } from '../magento2/json.ts'
import { type AddressSpec } from '../magento2/order-spec.ts'
import { type Order } from '../magento2/order.ts'
import { columnsOf } from './columns.ts'
import { type Switches } from './switches.ts'

/** The columns of an address that both our extension and the core's own resource show. */
export function addressValue(order: Order, type: 'billing' | 'shipping'): Fields {
  const { spec } = order
  const address: AddressSpec =
    (type === 'shipping' ? spec.delivery : undefined) ?? spec.billing ?? {}
  return {
    address_type: type,
    firstname: address.firstName ?? spec.firstName ?? 'Jan',
    middlename: null,
    lastname: address.lastName ?? spec.lastName ?? 'de Vries',
    company: address.company ?? spec.company ?? null,
    // One text, unlike the list of Magento 2 (recordings).
    street: (address.street ?? ['Keizersgracht 12', '3e etage']).join('\n'),
    city: address.city ?? 'Amsterdam',
    region: null,
    postcode: address.postcode ?? '1015 CS',
    country_id: address.country ?? 'NL',
    telephone: spec.phone ?? '0201234567',
    email: spec.email ?? 'jan@example.com',
  }
}

/** The part of the order that our extension puts into every document (contract 5.2). */
export function orderPart(order: Order, php: Switches['php']): Fields {
  const { spec } = order
  const columns = columnsOf(order, php)
  const withVat = (address: Fields): Fields => ({ ...address, vat_id: spec.vatNumber ?? null })
  const info = Object.entries(spec.paymentInfo ?? {}).map(([key, value]) => ({ key, value }))
  const isVirtual = spec.virtual === true
  return {
    entity_id: columns.int(order.entityId),
    increment_id: order.incrementId,
    created_at: databaseMoment(order.createdAtMs),
    status: order.state === 'new' ? 'pending' : order.state,
    customer_id: spec.customerId === undefined ? null : columns.int(spec.customerId),
    customer_email: spec.email ?? 'jan@example.com',
    customer_taxvat: spec.accountVatNumber ?? null,
    is_virtual: columns.int(isVirtual ? 1 : 0),
    shipping_description: isVirtual ? null : 'Flat Rate - Fixed',
    coupon_code: spec.coupon?.code ?? null,
    payment_method: spec.paymentMethod ?? 'checkmo',
    payment_title: spec.paymentTitle ?? 'Check / Money order',
    payment_additional_info: info,
    billing_address: withVat(addressValue(order, 'billing')),
    shipping_address: isVirtual ? null : withVat(addressValue(order, 'shipping')),
  }
}
