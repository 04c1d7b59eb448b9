import type { Fields } from '../../settings.ts'
import { defaultStatuses } from './statuses.ts'

/** Two hosts; which one a shop lives on is its `cluster_id` (contract §1). */
export const clusters: Readonly<Record<string, string>> = {
  eu1: 'https://api.webshopapp.com',
  us1: 'https://api.shoplightspeed.com',
}

/** What the merchant types, or the App Store hands over (contract §2.1, §3). */
export const credentials = {
  apiKey: {
    kind: 'text',
    required: true,
    maxLength: 200,
    // It travels in a header: anything but plain characters would never leave this machine.
    pattern: /^[\x21-\x39\x3b-\x7e]+$/,
    label: { nl: 'API-sleutel', en: 'API key' },
  },
  apiSecret: {
    kind: 'secret',
    required: true,
    maxLength: 200,
    label: { nl: 'API-geheim', en: 'API secret' },
  },
  language: {
    kind: 'text',
    required: true,
    pattern: /^[a-z]{2}$/,
    label: { nl: 'Taal van de winkel', en: 'Language of the shop' },
    help: {
      nl: 'Twee letters van een taal die in de winkel aan staat, bijvoorbeeld nl.',
      en: 'Two letters of a language that is active in the shop, for example nl.',
    },
  },
  cluster: {
    kind: 'choice',
    options: [
      { value: 'eu1', label: { nl: 'Europa (webshopapp.com)', en: 'Europe (webshopapp.com)' } },
      {
        value: 'us1',
        label: { nl: 'Amerika (shoplightspeed.com)', en: 'America (shoplightspeed.com)' },
      },
    ],
    default: 'eu1',
    label: { nl: 'Waar de winkel draait', en: 'Where the shop runs' },
  },
  apiRoot: {
    kind: 'url',
    required: false,
    advanced: true,
    label: { nl: 'Ander adres van de API', en: 'Another address of the API' },
    help: {
      nl: 'Laat leeg; alleen om tegen een proefwinkel te draaien.',
      en: 'Leave empty; only for running against a trial shop.',
    },
  },
  /** The app's own secret, which signs webhooks; empty with a key by hand, whose secret does (contract §7). */
  signingSecret: {
    kind: 'secret',
    required: false,
    hidden: true,
    maxLength: 200,
    label: { nl: 'Geheim van de app', en: 'Secret of the app' },
  },
} as const satisfies Fields

export const settings = {
  statuses: {
    kind: 'choices',
    options: { from: 'statuses' },
    default: defaultStatuses,
    label: { nl: 'Boek bestellingen met deze status', en: 'Book orders with this status' },
  },
  paidOnly: {
    kind: 'switch',
    default: true,
    label: { nl: 'Alleen betaalde bestellingen', en: 'Paid orders only' },
  },
  creditInvoices: {
    kind: 'switch',
    default: false,
    label: { nl: 'Ook creditfacturen boeken', en: 'Book credit invoices too' },
    help: {
      nl: 'De creditfacturen van het eigen factuursysteem van de winkel.',
      en: 'The credit invoices of the shop’s own invoicing.',
    },
  },
  startDate: {
    kind: 'date',
    label: { nl: 'Boek vanaf', en: 'Book from' },
    help: {
      nl: 'Leeg is geen grens. Gebruik een migratie voor oudere bestellingen.',
      en: 'Empty is no limit. Use a migration for earlier orders.',
    },
  },
  lookBackDays: {
    kind: 'number',
    min: 0,
    max: 365,
    default: 1,
    advanced: true,
    label: { nl: 'Dagen terugkijken bij het begin', en: 'Days to look back at the start' },
    help: {
      nl: 'Bestellingen die zo lang voor het verbinden veranderden, worden meegenomen.',
      en: 'Orders that changed this long before connecting are taken along.',
    },
  },
} as const satisfies Fields
