import { flag, listOf, oneOf, type Reader, record, text, whole } from '../kit/reading.ts'

/** Which Magento is played (contract section 1). `double-encode` is the fault profile of section 4.3. */
export const profiles = {
  '2.1': {
    sha1: true,
    bearer: true,
    pastEnd: 'repeat',
    sort: 'natural',
    texts: 'old',
    discountedOrderRows: false,
    doubleEncode: false,
  },
  '2.3.3': {
    sha1: true,
    bearer: true,
    pastEnd: 'repeat',
    sort: 'natural',
    texts: 'new',
    discountedOrderRows: true,
    doubleEncode: false,
  },
  '2.4.3': {
    sha1: true,
    bearer: true,
    pastEnd: 'empty',
    sort: 'natural',
    texts: 'new',
    discountedOrderRows: true,
    doubleEncode: false,
  },
  '2.4.6': {
    sha1: false,
    bearer: false,
    pastEnd: 'empty',
    sort: 'natural',
    texts: 'new',
    discountedOrderRows: true,
    doubleEncode: false,
  },
  '2.4.9': {
    sha1: false,
    bearer: false,
    pastEnd: 'empty',
    sort: 'decoded',
    texts: 'new',
    discountedOrderRows: true,
    doubleEncode: false,
  },
  'double-encode': {
    sha1: false,
    bearer: false,
    pastEnd: 'empty',
    sort: 'natural',
    texts: 'new',
    discountedOrderRows: true,
    doubleEncode: true,
  },
} as const

export type ProfileName = keyof typeof profiles
export type Profile = (typeof profiles)[ProfileName]

/** What stands between the client and Magento (contract section 8). */
export const hostings = [
  'plain',
  'header-stripped',
  'rest-missing',
  'redirect',
  'firewall',
  'basic-auth',
  'maintenance',
  'tls-not-announced',
] as const
export type Hosting = (typeof hostings)[number]

/** Everything that may differ between shops, or that nobody knows for certain. */
export interface Switches {
  profile: ProfileName
  hosting: Hosting
  /** Resources the integration was not given, e.g. Magento_Sales::sales_invoice. */
  deniedResources: string[]
  /** The integration is switched off in the admin, its tokens still exist. */
  inactive: boolean
  /** Custom modules send null where the core leaves a key out. */
  nulls: boolean
  /** A host with serialize_precision=17. */
  floatNoise: boolean
  /** A host whose module writes zeros into the rows of parents and children that do not count. */
  zeroDummies: boolean
  /** A custom module adds tax_amount4_decimals and base_row_total4_decimals [SEED]. */
  fourDecimals: boolean
  /** Untouched rows of a partial refund: left out as on 2.4.6, or stored with quantity 0 (contract 6.3). */
  untouchedRows: 'omitted' | 'zero'
  /** Texts come in another language: nobody may read them. */
  translated: boolean
  /** PHP notices before the JSON. */
  phpNotice: boolean
  /** "optional input limits" of 2.4.3 and later; null is off. */
  pageSizeMax: number | null
  timeZone: string
  /** Extra fields from modules everywhere. */
  extraFields: boolean
}

export type SwitchChange = Partial<Switches>

export const defaultSwitches: Switches = {
  profile: '2.4.6',
  hosting: 'plain',
  deniedResources: [],
  inactive: false,
  nulls: false,
  floatNoise: false,
  zeroDummies: false,
  fourDecimals: false,
  untouchedRows: 'omitted',
  translated: false,
  phpNotice: false,
  pageSizeMax: null,
  timeZone: 'Europe/Amsterdam',
  extraFields: false,
}

const orNone: Reader<number | null> = (value, name) => (value === null ? null : whole(value, name))

export const readSwitchChange: Reader<SwitchChange> = record<SwitchChange>({
  profile: oneOf(...(Object.keys(profiles) as ProfileName[])),
  hosting: oneOf(...hostings),
  deniedResources: listOf(text, 50),
  inactive: flag,
  nulls: flag,
  floatNoise: flag,
  zeroDummies: flag,
  fourDecimals: flag,
  untouchedRows: oneOf('omitted', 'zero'),
  translated: flag,
  phpNotice: flag,
  pageSizeMax: orNone,
  timeZone: text,
  extraFields: flag,
})

/** The switches with a change; what is not named stays. */
export function applySwitches(switches: Switches, change: SwitchChange): Switches {
  return { ...switches, ...change }
}
