import {
  type Fields,
  isGiven,
  readChoice,
  readLimited,
  readObjects,
  readWhole,
  readYes,
} from './fields.ts'
import { Refusal } from './refusal.ts'
import { type Switches } from './switches.ts'

/** Text fields with their length (contract 2.1); Infinity where none is known. */
const textLengths = {
  external_client_id: 50,
  name: 75,
  attention: 100,
  number: 55,
  street: 150,
  street2: 150,
  city: 50,
  postal_code: 10,
  country_code: 2,
  tax_code: 75,
  email_address: 125,
  phone_number: Infinity,
  website: Infinity,
  private_note: Infinity,
  default_language: Infinity,
  default_currency: 3,
}

type TextField = keyof typeof textLengths

export interface Contact {
  readonly contact_id: number
  readonly contact_name: string
  readonly email_address: string
  readonly phone_number: string
}

/** A client by the names of the API. A record is replaced, never changed. */
export interface Client extends Readonly<Record<TextField, string>> {
  readonly client_id: number
  /** Free text, used when there is no code (contract 2.1). */
  readonly country: string
  readonly tax_code_registration_pending: boolean
  readonly state: 'active' | 'archived'
  readonly default_days_due: string
  readonly contacts: readonly Contact[]
  readonly origin: 'api' | 'hand'
}

/** What reading a client depends on. */
export interface ClientRules {
  switches: Pick<Switches, 'phoneLength'>
  nextId: () => number
}

/** A client nobody said anything about. */
export function emptyClient(client_id: number, origin: Client['origin']): Client {
  const texts = Object.keys(textLengths).map((name) => [name, ''])
  return {
    ...(Object.fromEntries(texts) as Record<TextField, string>),
    client_id,
    country: '',
    tax_code_registration_pending: false,
    state: 'active',
    default_days_due: '',
    contacts: [],
    origin,
  }
}

/**
 * Reads a client from a request, over what is there already (an empty client for a create).
 * @throws Refusal when a value does not fit.
 */
export function readClient(fields: Fields, base: Client, rules: ClientRules): Client {
  const client: Client = {
    ...base,
    ...readTexts(fields, rules),
    country: isGiven(fields, 'country') ? readLimited(fields, 'country', 25) : base.country,
    tax_code_registration_pending: readYes(
      fields,
      'tax_code_registration_pending',
      base.tax_code_registration_pending,
    ),
    state: readChoice(fields, 'state', ['active', 'archived'], base.state),
    default_days_due: isGiven(fields, 'default_days_due')
      ? String(readWhole(fields, 'default_days_due', 0))
      : base.default_days_due,
    contacts: fields['contacts'] === undefined ? base.contacts : readContacts(fields, rules),
  }
  if (client.name.trim() === '') throw new Refusal('name is required')
  if (client.country_code !== '' && countryName(client.country_code) === '') {
    throw new Refusal('country_code unknown')
  }
  // An id among `details` on create (contract 2.1).
  if (readObjects(fields, 'details').some((detail) => isGiven(detail, 'detail_id'))) {
    throw new Refusal('detail_id unknown')
  }
  return client
}

/** Reads one contact of a client. */
export function readContact(fields: Fields, { switches, nextId }: ClientRules): Contact {
  return {
    contact_id: nextId(),
    contact_name: readLimited(fields, 'contact_name', textLengths.attention),
    email_address: readLimited(fields, 'email_address', textLengths.email_address),
    phone_number: readLimited(fields, 'phone_number', switches.phoneLength),
  }
}

const names = new Intl.DisplayNames(['nl'], { type: 'region', fallback: 'none' })

/** The name of a country by its code, as `country` shows it; '' for what is no code in upper case. */
export function countryName(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return ''
  return names.of(code) ?? ''
}

function readContacts(fields: Fields, rules: ClientRules): Contact[] {
  return readObjects(fields, 'contacts').map((contact) => readContact(contact, rules))
}

function readTexts(fields: Fields, { switches }: ClientRules): Partial<Record<TextField, string>> {
  const texts: Partial<Record<TextField, string>> = {}
  for (const name of Object.keys(textLengths) as TextField[]) {
    if (fields[name] === undefined) continue
    const max = name === 'phone_number' ? switches.phoneLength : textLengths[name]
    texts[name] = readLimited(fields, name, max)
  }
  return texts
}
