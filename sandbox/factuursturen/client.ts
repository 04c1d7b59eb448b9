import { type Account } from './account.ts'
import { matchCountry } from './countries.ts'
import { type Fields } from './form.ts'
import {
  isGiven,
  readBoolean,
  readChoice,
  readLimited,
  readReference,
  readText,
  readWhole,
} from './input.ts'
import { Refusal } from './refusal.ts'
import { type Switches } from './switches.ts'

/** Text fields with their length (contract 2.2). */
const textLengths = {
  contact: 50,
  company: 50,
  address: 50,
  address_addon: 50,
  zipcode: 7,
  city: 50,
  phone: 13,
  mobile: 13,
  email: 255,
  addon: 255,
  bankcode: 32,
  biccode: 32,
  taxnumber: 18,
  mailintro: 128,
  notes: Infinity,
  email_reminder: 255,
  mandate_id: Infinity,
  mandate_date: Infinity,
}

type TextField = keyof typeof textLengths

export const sendMethods = ['mail', 'email', 'printcenter'] as const
export type SendMethod = (typeof sendMethods)[number]

/** A client, natively typed, by the names of the API. A record is replaced, never changed. */
export interface Client extends Readonly<Record<TextField, string>> {
  readonly clientnr: number
  readonly showcontact: boolean
  /** Country id. */
  readonly country: number
  readonly tax_shifted: boolean
  /** Date of the last invoice, or ''. */
  readonly lastinvoice: string
  readonly sendmethod: SendMethod
  readonly paymentmethod: 'bank' | 'autocollect'
  /** Payment term in days. */
  readonly top: number
  /** Percentage. */
  readonly stddiscount: number
  readonly reference: readonly [string, string, string]
  readonly notes_on_invoice: boolean
  readonly active: boolean
  readonly default_doclang: string
  readonly default_email: number
  readonly default_category: number
  readonly currency: string
  readonly collecttype: 'OOFF' | 'FRST' | 'RCUR'
  readonly tax_type: 'extax' | 'intax'
  readonly createdAt: string
  /** 'hand' when it was planted past the API. */
  readonly origin: 'api' | 'hand'
}

/** What reading a client depends on. */
export interface ClientRules {
  account: Account
  switches: Pick<Switches, 'tooLong' | 'unknownCountry'>
}

/**
 * Reads a client from a request, over what is there already (an empty client for a create). A
 * field left out keeps its value (contract 2.1, 2.2). `clientnr` is not taken from the caller:
 * whether the remote would is unknown.
 * @throws Refusal when a value does not fit.
 */
export function readClient(fields: Fields, base: Client, rules: ClientRules): Client {
  return {
    ...base,
    ...readTexts(fields, rules.switches.tooLong),
    showcontact: readBoolean(fields, 'showcontact', base.showcontact),
    country: isGiven(fields, 'country') ? readCountry(fields, rules) : base.country,
    tax_shifted: readBoolean(fields, 'tax_shifted', base.tax_shifted),
    sendmethod: readChoice(fields, 'sendmethod', sendMethods, base.sendmethod),
    paymentmethod: readChoice(fields, 'paymentmethod', ['bank', 'autocollect'], base.paymentmethod),
    top: readWhole(fields, 'top', base.top),
    stddiscount: readWhole(fields, 'stddiscount', base.stddiscount),
    reference: isGiven(fields, 'reference') ? readReference(fields) : base.reference,
    notes_on_invoice: readBoolean(fields, 'notes_on_invoice', base.notes_on_invoice),
    active: readBoolean(fields, 'active', base.active),
    default_doclang: readChoice(
      fields,
      'default_doclang',
      ['', 'nl', 'en', 'de', 'fr', 'es'],
      base.default_doclang,
    ),
    default_email: readWhole(fields, 'default_email', base.default_email),
    default_category: readWhole(fields, 'default_category', base.default_category),
    currency: readText(fields, 'currency') || base.currency,
    collecttype: readChoice(fields, 'collecttype', ['OOFF', 'FRST', 'RCUR'], base.collecttype),
    tax_type: readChoice(fields, 'tax_type', ['extax', 'intax'], base.tax_type),
  }
}

/** A client nobody said anything about: the defaults of recorded data (contract 2.2). */
export function emptyClient(
  clientnr: number,
  account: Account,
  made: Pick<Client, 'createdAt' | 'origin'>,
): Client {
  const texts = Object.keys(textLengths).map((name) => [name, ''])
  return {
    ...(Object.fromEntries(texts) as Record<TextField, string>),
    clientnr,
    showcontact: false,
    country: account.country,
    tax_shifted: false,
    lastinvoice: '',
    sendmethod: 'mail',
    paymentmethod: 'bank',
    top: account.paymentTermDays,
    stddiscount: 0,
    reference: ['', '', ''],
    notes_on_invoice: false,
    active: true,
    default_doclang: '',
    default_email: 0,
    default_category: 0,
    currency: 'EUR',
    collecttype: 'FRST',
    tax_type: 'extax',
    ...made,
  }
}

function readTexts(
  fields: Fields,
  tooLong: Switches['tooLong'],
): Partial<Record<TextField, string>> {
  const texts: Partial<Record<TextField, string>> = {}
  for (const name of Object.keys(textLengths) as TextField[]) {
    if (fields[name] === undefined) continue
    texts[name] = readLimited(fields, name, textLengths[name], tooLong)
  }
  return texts
}

function readCountry(fields: Fields, { account, switches }: ClientRules): number {
  const text = readText(fields, 'country')
  const id = matchCountry(text)
  if (id !== undefined) return id
  if (switches.unknownCountry === 'home') return account.country
  throw new Refusal(`country ${text} is not known`)
}
