import type { Fields } from '../../settings.ts'

/** What the merchant types, or the app store hands over (contract §3.1, §4 "merchant-made keys"). */
export const credentials = {
  apiRoot: {
    kind: 'url',
    required: true,
    label: { nl: 'Adres van de webwinkel', en: 'Address of the webshop' },
    help: {
      nl: 'Bijvoorbeeld https://uwwinkel.be; zonder pad erachter.',
      en: 'For example https://yourshop.be; without a path behind it.',
    },
  },
  apiPublic: {
    kind: 'text',
    required: true,
    maxLength: 200,
    // It travels in a header: anything but plain characters would never leave this machine.
    pattern: /^[\x21-\x7e]+$/,
    label: { nl: 'API-sleutel', en: 'API key' },
  },
  apiSecret: {
    kind: 'secret',
    required: true,
    maxLength: 200,
    label: { nl: 'API-geheim', en: 'API secret' },
  },
  returnUrl: {
    kind: 'url',
    required: false,
    // Filled in by the app store.
    hidden: true,
    label: { nl: 'Terugkeeradres', en: 'Return address' },
  },
} as const satisfies Fields

export const settings = {
  statuses: {
    kind: 'choices',
    options: { from: 'statuses' },
    // Everything behind "new" that is neither waiting for payment, cancelled nor reserved (contract §6.2).
    default: ['2', '5', '6', '7', '9', '10', '11', '12', '13'],
    label: { nl: 'Boek bestellingen met deze status', en: 'Book orders with this status' },
  },
  paidOnly: {
    kind: 'switch',
    default: true,
    label: { nl: 'Alleen betaalde bestellingen', en: 'Paid orders only' },
  },
  startDate: {
    kind: 'date',
    label: { nl: 'Boek vanaf', en: 'Book from' },
    help: {
      nl: 'Leeg is geen grens. Gebruik een migratie voor oudere bestellingen.',
      en: 'Empty is no limit. Use a migration for earlier orders.',
    },
  },
  pollWindowDays: {
    kind: 'number',
    min: 1,
    max: 365,
    default: 45,
    advanced: true,
    label: { nl: 'Dagen terugkijken', en: 'Days to look back' },
    help: {
      nl: 'De winkel meldt niet wat er veranderde; elk uur wordt deze periode vergeleken.',
      en: 'The shop does not tell what changed; every hour this period is compared.',
    },
  },
  responseSignature: {
    kind: 'choice',
    options: [
      { value: 'require', label: { nl: 'Verplicht', en: 'Required' } },
      { value: 'warn', label: { nl: 'Alleen melden', en: 'Report only' } },
    ],
    default: 'require',
    advanced: true,
    label: { nl: 'Handtekening onder antwoorden', en: 'Signature under answers' },
  },
  webhookSignedOver: {
    kind: 'choice',
    options: [
      { value: 'any', label: { nl: 'Beide vormen', en: 'Either form' } },
      { value: 'address-and-body', label: { nl: 'Adres en inhoud', en: 'Address and body' } },
      { value: 'body', label: { nl: 'Alleen inhoud', en: 'Body only' } },
    ],
    default: 'any',
    advanced: true,
    label: { nl: 'Webhooks zijn ondertekend over', en: 'Webhooks are signed over' },
  },
} as const satisfies Fields
