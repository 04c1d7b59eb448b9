import type { Address, Buyer } from '../../../sale/sale.ts'
import type { MagentoAddress, MagentoOrder } from './document.ts'

const joined = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(' ')

const toAddress = (address: MagentoAddress): Address => ({
  name: joined(address.firstname, address.lastname),
  company: address.company,
  street: joined(...address.street),
  postcode: address.postcode,
  city: address.city,
  countryCode: /^[A-Za-z]{2}$/.test(address.country_id) ? address.country_id.toUpperCase() : '',
  countryName: address.country_id,
})

const nowhere: Address = {
  name: '',
  company: '',
  street: '',
  postcode: '',
  city: '',
  countryCode: '',
  countryName: '',
}

export const billingOf = ({ billing_address: billing }: MagentoOrder): Address =>
  billing ? toAddress(billing) : nowhere

/** Orders have no delivery address of their own: it is that of their first shipment (contract §6.6). */
export const deliveryOf = (order: MagentoOrder): Address | null => {
  const [first] = order.extension_attributes.shipping_assignments
  const address = first?.shipping?.address
  return address ? toAddress(address) : null
}

/** The VAT number of the invoice's address goes before the one in the account (contract §6.6). */
export const buyerOf = (order: MagentoOrder): Buyer => {
  const { billing_address: billing } = order
  return {
    firstName: (billing?.firstname ?? '') || order.customer_firstname,
    lastName: (billing?.lastname ?? '') || order.customer_lastname,
    company: billing?.company ?? '',
    email: order.customer_email || (billing?.email ?? ''),
    phone: billing?.telephone ?? '',
    mobile: '',
    vatNumber: (billing?.vat_id ?? '') || order.customer_taxvat,
    companyNumber: '',
    customerNumber: order.customer_id,
  }
}
