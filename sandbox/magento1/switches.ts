import { flag, listOf, oneOf, type Reader, record, text } from '../kit/reading.ts'

/** What stands between the client and Magento (contract 7). */
export const hostings = [
  'plain',
  'header-stripped',
  'rest-missing',
  'redirect',
  'firewall',
  'basic-auth',
  'maintenance',
  'tls-offload',
] as const
export type Hosting = (typeof hostings)[number]

/** Everything that may differ between shops, or that nobody knows for certain. */
export interface Switches {
  /** How names are sorted before signing: strnatcmp in 1.9.4.5, byte order in OpenMage 20 (recordings). */
  profile: 'magento-1.9' | 'openmage'
  /** Before PHP 8.1 whole numbers are texts (recordings). */
  php: '7.4' | '8.1'
  hosting: Hosting
  /** Whether our extension is installed. */
  extension: boolean
  /** "Admin role not found": the administrator has no REST role (recordings). */
  role: 'present' | 'missing'
  /** Resources that the role lacks, e.g. accounting_invoice. */
  deniedResources: string[]
  /** Attributes that are not ticked under REST - Attributes, on every resource; '*' is all of them. */
  hiddenAttributes: string[]
  /** X-Total-Count of our extension; some proxies drop what they do not know [G]. */
  totalHeader: boolean
  /** Untouched rows of a partial refund: stored with quantity 0 (contract 5.3), or left out (recordings). */
  untouchedRows: 'omitted' | 'zero'
  /** A host whose module writes zeros into the rows of parents and children that do not count. */
  zeroDummies: boolean
  /** Our extension's unrounded net and VAT of a row; off as an older extension. */
  fourDecimals: boolean
  timeZone: string
  /** Extra fields from modules everywhere. */
  extraFields: boolean
  /** Whether a callback has to begin with the consumer's own; real shops take any address (contract 3.4). */
  strictCallback: boolean
}

export type SwitchChange = Partial<Switches>

export const defaultSwitches: Switches = {
  profile: 'openmage',
  php: '8.1',
  hosting: 'plain',
  extension: true,
  role: 'present',
  deniedResources: [],
  hiddenAttributes: [],
  totalHeader: true,
  untouchedRows: 'omitted',
  zeroDummies: false,
  fourDecimals: true,
  timeZone: 'Europe/Amsterdam',
  extraFields: false,
  strictCallback: false,
}

export const readSwitchChange: Reader<SwitchChange> = record<SwitchChange>({
  profile: oneOf('magento-1.9', 'openmage'),
  php: oneOf('7.4', '8.1'),
  hosting: oneOf(...hostings),
  extension: flag,
  role: oneOf('present', 'missing'),
  deniedResources: listOf(text, 50),
  hiddenAttributes: listOf(text, 200),
  totalHeader: flag,
  untouchedRows: oneOf('omitted', 'zero'),
  zeroDummies: flag,
  fourDecimals: flag,
  timeZone: text,
  extraFields: flag,
  strictCallback: flag,
})
