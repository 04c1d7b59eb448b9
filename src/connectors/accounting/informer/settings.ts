import type { Fields, ValuesOf } from '../../settings.ts'

/** What the merchant copies from Informer to connect; the key belongs to one administration. */
export const credentials = {
  securityCode: {
    kind: 'secret',
    required: true,
    maxLength: 100,
    label: { nl: 'Beveiligingscode', en: 'Security code' },
    help: {
      nl: 'De code waarmee u bij Informer inlogt; ook te zien bij Instellingen, Bedrijf.',
      en: 'The code you log in to Informer with; also shown under Settings, Company.',
    },
  },
  apiKey: {
    kind: 'secret',
    required: true,
    maxLength: 500,
    label: { nl: 'API-sleutel', en: 'API key' },
    help: {
      nl: 'Te maken in Informer bij Instellingen, Algemeen, API Keys, met de blauwe knop Nieuw.',
      en: 'Made in Informer under Settings, General, API Keys, with the blue button New.',
    },
  },
  baseUrl: {
    kind: 'url',
    required: false,
    advanced: true,
    label: { nl: 'Adres van de API', en: 'Address of the API' },
    help: {
      nl: 'Alleen om te testen. Laat dit leeg voor informer.eu.',
      en: 'Only for testing. Leave this empty for informer.eu.',
    },
  },
} as const satisfies Fields

/** What the merchant chooses on the configuration tab. */
export const settings = {
  template: {
    kind: 'choice',
    options: { from: 'templates' },
    default: '',
    label: { nl: 'Factuurlay-out', en: 'Invoice layout' },
    help: {
      nl: 'Leeg: de standaardlay-out van de administratie.',
      en: 'Empty: the default layout of the administration.',
    },
  },
  paymentCondition: {
    kind: 'choice',
    options: { from: 'paymentConditions' },
    default: '',
    label: { nl: 'Betalingsconditie', en: 'Payment condition' },
    help: {
      nl: 'Voor nieuwe debiteuren en voor de facturen. Leeg: de standaard van de administratie.',
      en: 'For new debtors and for the invoices. Empty: the default of the administration.',
    },
  },
  currencies: {
    kind: 'choice',
    options: [
      {
        value: 'sale',
        label: {
          nl: 'In de munt van de verkoop, als Informer die kent',
          en: 'In the currency of the sale, if Informer has it',
        },
      },
      {
        value: 'euro',
        label: {
          nl: 'Alleen verkopen in euro; andere worden geweigerd',
          en: 'Only sales in euro; others are refused',
        },
      },
    ],
    default: 'sale',
    label: { nl: 'Vreemde munten', en: 'Foreign currencies' },
  },
  prices: {
    kind: 'choice',
    options: [
      { value: 'incl', label: { nl: 'Inclusief btw', en: 'Including VAT' } },
      {
        value: 'excl',
        label: {
          nl: 'Exclusief btw, als dat op de cent uitkomt',
          en: 'Excluding VAT, if that comes out to the cent',
        },
      },
    ],
    default: 'incl',
    label: { nl: 'Bedragen op de factuur', en: 'Amounts on the invoice' },
    help: {
      nl: 'Exclusief kan door afronding een cent anders uitkomen dan wat er is betaald; dan gaat die factuur inclusief btw.',
      en: 'Excluding VAT may round to a cent more or less than was paid; that invoice then goes including VAT.',
    },
  },
  costCentre: {
    kind: 'choice',
    options: { from: 'costCentres' },
    default: '',
    label: { nl: 'Standaardkostenplaats', en: 'Default cost centre' },
    help: {
      nl: 'Voor elke regel. Leeg: geen kostenplaats.',
      en: 'For every line. Empty: no cost centre.',
    },
  },
  linkProducts: {
    kind: 'switch',
    default: false,
    advanced: true,
    label: { nl: 'Artikelen koppelen', en: 'Link products' },
    help: {
      nl: 'Zoekt het artikel van Informer met hetzelfde artikelnummer. Ververs de verbinding na elke wijziging in Informer; nieuwe artikelen worden niet gemaakt.',
      en: 'Looks for the product of Informer with the same SKU. Refresh the connection after every change in Informer; new products are not made.',
    },
  },
  negativeLines: {
    kind: 'choice',
    options: [
      {
        value: 'quantity',
        label: { nl: 'Met een negatief aantal', en: 'With a quantity below zero' },
      },
      {
        value: 'amount',
        label: { nl: 'Met een negatief bedrag', en: 'With an amount below zero' },
      },
    ],
    default: 'quantity',
    advanced: true,
    label: { nl: 'Kortingen en creditregels', en: 'Discounts and credit lines' },
  },
  fastLookUp: {
    kind: 'switch',
    default: false,
    advanced: true,
    label: { nl: 'Facturen zoeken via API v2', en: 'Look up invoices by API v2' },
    help: {
      nl: 'Zoekt per debiteur in plaats van in alle facturen: minder verzoeken, vooral bij oude verkopen. Werkt het niet, dan gaat het vanzelf via v1.',
      en: 'Searches by debtor instead of all invoices: fewer calls, above all for old sales. Where it does not work, v1 is used.',
    },
  },
} as const satisfies Fields

export type InformerCredentials = ValuesOf<typeof credentials>
export type InformerSettings = ValuesOf<typeof settings>
