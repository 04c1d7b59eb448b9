import type { Fields, ValuesOf } from '../../settings.ts'
import { documentSettings } from '../magento/settings.ts'

/** Every key, secret and token is exactly this long (contract §3.1). */
const keyPattern = /^[a-zA-Z0-9]{32}$/

/** What the merchant fills in, and what connecting adds to it. */
export const credentials = {
  adminUrl: {
    kind: 'url',
    required: true,
    label: { nl: 'Beheeradres van de webwinkel', en: 'Admin address of the webshop' },
    help: {
      nl: 'Waar u inlogt als beheerder, bijvoorbeeld https://www.uwwinkel.nl/admin of https://www.uwwinkel.nl/index.php/beheer.',
      en: 'Where you sign in as administrator, for example https://www.yourshop.nl/admin or https://www.yourshop.nl/index.php/manage.',
    },
  },
  consumerKey: {
    kind: 'text',
    required: true,
    pattern: keyPattern,
    label: { nl: 'Consumer key', en: 'Consumer key' },
  },
  consumerSecret: {
    kind: 'secret',
    required: true,
    maxLength: 32,
    label: { nl: 'Consumer secret', en: 'Consumer secret' },
  },
  accessToken: {
    kind: 'secret',
    required: false,
    maxLength: 100,
    hidden: true,
    label: { nl: 'Access token', en: 'Access token' },
  },
  accessTokenSecret: {
    kind: 'secret',
    required: false,
    maxLength: 100,
    hidden: true,
    label: { nl: 'Access token secret', en: 'Access token secret' },
  },
  /** What the shop believes its own address is when it checks a signature; '' is what we call it. */
  signedOrigin: {
    kind: 'text',
    required: false,
    maxLength: 300,
    hidden: true,
    label: { nl: 'Adres in de handtekening', en: 'Address in the signature' },
  },
} as const satisfies Fields

export type Credentials = ValuesOf<typeof credentials>

export const settings = {
  ...documentSettings,
  credits: {
    kind: 'switch',
    // "For Magento 1.9, credit invoices are not processed by default" (manual, chapter 6).
    default: false,
    label: { nl: 'Boek ook creditfacturen', en: 'Book credit invoices too' },
    help: {
      nl: 'Alleen creditfacturen die na het aanzetten veranderen; gebruik een migratie voor oudere.',
      en: 'Only credit invoices that change after switching this on; use a migration for earlier ones.',
    },
  },
} as const satisfies Fields

export type Settings = ValuesOf<typeof settings>
