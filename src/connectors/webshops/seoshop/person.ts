import type { Address, Buyer } from '../../../sale/sale.ts'
import type { WireOrder } from './wire.ts'

const joined = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(' ')

/** Codes are lower case on the wire (contract §6.1). */
const countryOf = (country: WireOrder['addressBillingCountry']) => ({
  countryCode: /^[A-Za-z]{2}$/.test(country?.code ?? '') ? (country?.code ?? '').toUpperCase() : '',
  countryName: country?.title ?? '',
})

/** A buyer who is not marked as a company has none, whatever was left in the field. */
const companyOf = ({ isCompany, companyName }: WireOrder): string => (isCompany ? companyName : '')

/** The billing address of the order itself: the customer's own may have changed since (contract §6.4). */
export const billingOf = (order: WireOrder): Address => ({
  name: order.addressBillingName,
  company: companyOf(order),
  street: joined(
    order.addressBillingStreet,
    order.addressBillingNumber,
    order.addressBillingExtension,
    order.addressBillingStreet2,
  ),
  postcode: order.addressBillingZipcode,
  city: order.addressBillingCity,
  ...countryOf(order.addressBillingCountry),
})

/** Where the goods go; null when nothing of it is filled in. */
export const deliveryOf = (order: WireOrder): Address | null => {
  const address: Address = {
    name: order.addressShippingName,
    company: order.addressShippingCompany,
    street: joined(
      order.addressShippingStreet,
      order.addressShippingNumber,
      order.addressShippingExtension,
      order.addressShippingStreet2,
    ),
    postcode: order.addressShippingZipcode,
    city: order.addressShippingCity,
    ...countryOf(order.addressShippingCountry),
  }
  return Object.values(address).some((part) => part !== '') ? address : null
}

/** Who bought. The customer number is the id of the customer; '' for a guest or a deleted one. */
export const buyerOf = (order: WireOrder): Buyer => ({
  firstName: order.firstname,
  lastName: joined(order.middlename, order.lastname),
  company: companyOf(order),
  email: order.email,
  phone: order.phone,
  mobile: order.mobile,
  vatNumber: order.companyVatNumber,
  companyNumber: order.companyCoCNumber,
  customerNumber: order.customer.resource.id,
})
