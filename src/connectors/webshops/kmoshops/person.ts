import type { Address, Buyer } from '../../../sale/sale.ts'
import type { WireAddress, WireOrder } from './wire.ts'

const joined = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(' ')

/** Line 1 holds street and number; the parts are used only by shops that leave it empty (contract §6.2). */
const streetOf = (address: WireAddress): string => {
  const { address_line_1: line1, address_line_2: line2 } = address
  if (line1 !== '') return joined(line1, line2)
  const number = address.housenumber + address.housenumber_suffix
  return joined(address.street, number, line2)
}

const toAddress = (address: WireAddress): Address => ({
  name: address.full_name || joined(address.first_name, address.last_name),
  company: address.company,
  street: streetOf(address),
  postcode: address.zipcode,
  city: address.city,
  countryCode: /^[A-Za-z]{2}$/.test(address.country_code) ? address.country_code.toUpperCase() : '',
  countryName: address.country,
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

export const billingOf = ({ customer }: WireOrder): Address =>
  customer?.billingaddress ? toAddress(customer.billingaddress) : nowhere

/** An unfilled delivery address is an object of empty texts (contract §2). */
export const deliveryOf = ({ customer }: WireOrder): Address | null => {
  if (!customer?.deliveryaddress) return null
  const address = toAddress(customer.deliveryaddress)
  return Object.values(address).some((part) => part !== '') ? address : null
}

/**
 * The buyer. The phone is taken as it stands: it was seen live without its leading zero (contract §6.2), and
 * guessing one back would spoil foreign numbers.
 */
export const buyerOf = ({ customer, user }: WireOrder): Buyer => {
  const billing = customer?.billingaddress
  return {
    firstName: billing?.first_name ?? '',
    lastName: billing?.last_name ?? '',
    company: billing?.company ?? '',
    email: customer?.email ?? '',
    phone: billing?.telephone ?? '',
    mobile: billing?.mobile ?? '',
    vatNumber: customer?.btw ?? '',
    companyNumber: customer?.kvk ?? '',
    // The account's number; a guest may carry one of the merchant's own (contract §6.2).
    customerNumber: user?.id || (customer?.reference ?? ''),
  }
}
