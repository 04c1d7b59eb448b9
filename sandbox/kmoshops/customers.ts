import { type AddressSpec, type OrderSpec } from './order-spec.ts'
import { apiUrl, type World } from './world.ts'

/** Further fields of a live `customer`, always empty (section 6.2, last remark). */
const hobbyFields = [
  'bankaccount',
  'bank',
  'tenname',
  'bankname',
  'income',
  'branche',
  'branch',
  'website',
  'clubcity',
  'clubcomment',
  'clubname',
  'beurs',
  'fair',
  'stand',
  'booth',
  'carbrand',
  'cartype',
  'carweight',
  'birthplace',
  'birthtime',
  'cardnumber',
  'findus',
  'ssnnumber',
  'zzppass',
  'reservationnumber',
  'email_invoice_union',
]
const emptyHobbies = Object.fromEntries(hobbyFields.map((name) => [name, '']))

const regionNames = new Intl.DisplayNames(['nl'], { type: 'region' })
const knownNames = new Map<string, string>()

/** The country's name as a Dutch-language shop shows it: BE → België. */
export function countryName(code: string): string {
  const known = knownNames.get(code)
  if (known !== undefined) return known
  const name = /^[A-Z]{2}$/.test(code) ? (regionNames.of(code) ?? code) : code
  knownNames.set(code, name)
  return name
}

/** The buyer's address when nothing was said about it. */
const someone: Required<AddressSpec> = {
  firstName: 'Jan',
  lastName: 'Claes',
  company: '',
  street: 'Dorpsstraat',
  housenumber: 7,
  housenumberSuffix: 'A',
  postcode: '3000',
  city: 'Leuven',
  country: 'BE',
  phone: '470000000',
  mobile: '',
  comment: '',
}

export function emailOf(spec: OrderSpec): string {
  return spec.email ?? 'jan@bakkerij.example'
}

/** The `customer` object of an order; `userinfo` of an account has the same shape (section 6.6). */
export function customerValue(world: World, spec: OrderSpec): Record<string, unknown> {
  const isBusiness = (spec.company ?? '') !== '' || (spec.vatNumber ?? '') !== ''
  return {
    billingaddress: billingAddress({ ...someone, ...spec }),
    deliveryaddress: deliveryAddress(
      spec.deliverTo === undefined ? undefined : { ...someone, ...spec.deliverTo },
    ),
    email_invoice: '',
    email_invoice_company: '',
    email: emailOf(spec),
    customertype: isBusiness ? 'b2b' : 'b2c',
    iban: '',
    bic: '',
    btw: spec.vatNumber ?? '',
    kvk: spec.coc ?? '',
    reference: spec.reference ?? '',
    costcentre: '',
    birthdate: null,
    ...(world.switches.hobbyFields ? emptyHobbies : {}),
  }
}

/** The `user` of an order. Its id is an integer in the schema and a string live (section 1, item 10). */
export function userValue(world: World, number: number | undefined): Record<string, unknown> {
  const { userId } = world.switches
  if (number === undefined || userId === 'null')
    return { id: null, discount_percentage: 0, href: null }
  return {
    id: userId === 'string' ? String(number) : number,
    discount_percentage: 0,
    href: apiUrl(world, `users/${number}`),
  }
}

function billingAddress(address: Required<AddressSpec>): Record<string, unknown> {
  const { firstName, lastName } = address
  return {
    gender: null,
    initials: '',
    first_name: firstName,
    last_name: lastName,
    full_name: fullName(address),
    company: address.company,
    ...place(address),
    telephone: address.phone,
    fax: '',
    mobile: address.mobile,
    comment: address.comment,
    country: countryName(address.country),
    country_code: address.country,
  }
}

/** Without first and last name and fax; all empty when the goods go to the billing address. */
function deliveryAddress(address: Required<AddressSpec> | undefined): Record<string, unknown> {
  return {
    gender: null,
    full_name: address === undefined ? '' : fullName(address),
    initials: '',
    company: address?.company ?? '',
    ...place(address),
    telephone: address?.phone ?? '',
    mobile: address?.mobile ?? '',
    comment: address?.comment ?? '',
    country: address === undefined ? '' : countryName(address.country),
    country_code: address?.country ?? null,
  }
}

function place(address: Required<AddressSpec> | undefined): Record<string, unknown> {
  const number = address?.housenumber ?? null
  const suffix = address?.housenumberSuffix ?? ''
  const street = address?.street ?? ''
  return {
    address_line_1: `${street} ${number ?? ''}${suffix}`.trim(),
    address_line_2: '',
    street,
    housenumber: number,
    housenumber_suffix: suffix,
    zipcode: address?.postcode ?? '',
    city: address?.city ?? '',
    province: '',
  }
}

function fullName({ firstName, lastName }: Required<AddressSpec>): string {
  return `${firstName} ${lastName}`.trim()
}
