import type { Fields, ValuesOf } from '../../settings.ts'

/** How the merchant connects: by signing in, which fills the hidden fields, or with a token by hand. */
export const credentials = {
  apiToken: {
    kind: 'secret',
    required: false,
    maxLength: 500,
    advanced: true,
    label: { nl: 'Persoonlijk API-token', en: 'Personal API token' },
    help: {
      nl: 'In plaats van inloggen: te maken in Rompslomp bij Mijn account, API-tokens.',
      en: 'Instead of signing in: made in Rompslomp under My account, API tokens.',
    },
  },
  accessToken: {
    kind: 'secret',
    required: false,
    hidden: true,
    label: { nl: 'Toegangstoken', en: 'Access token' },
  },
  refreshToken: {
    kind: 'secret',
    required: false,
    hidden: true,
    label: { nl: 'Verversingstoken', en: 'Refresh token' },
  },
  /** When the access token stops working, as an ISO moment; '' for a token by hand. */
  expiresAt: {
    kind: 'text',
    required: false,
    maxLength: 40,
    hidden: true,
    label: { nl: 'Geldig tot', en: 'Valid until' },
  },
  baseUrl: {
    kind: 'url',
    required: false,
    advanced: true,
    label: { nl: 'Adres van de API', en: 'Address of the API' },
    help: {
      nl: 'Alleen om te testen. Laat dit leeg voor rompslomp.nl.',
      en: 'Only for testing. Leave this empty for rompslomp.nl.',
    },
  },
} as const satisfies Fields

/** What the merchant chooses on the configuration tab. */
export const settings = {
  administration: {
    kind: 'choice',
    options: { from: 'administrations' },
    default: '',
    label: { nl: 'Administratie', en: 'Administration' },
    help: {
      nl: 'Ververs daarna de verbinding: lay-outs, btw-codes en rekeningen horen bij de administratie.',
      en: 'Refresh the connection afterwards: layouts, VAT codes and accounts belong to the administration.',
    },
  },
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
  publish: {
    kind: 'switch',
    default: true,
    label: { nl: 'Facturen definitief maken', en: 'Make invoices final' },
    help: {
      nl: 'Aan: de factuur krijgt meteen een nummer; dat is niet terug te draaien. Uit: de factuur blijft een concept zonder nummer.',
      en: 'On: the invoice gets a number at once; that cannot be undone. Off: the invoice stays a concept without number.',
    },
  },
  mailInvoice: {
    kind: 'switch',
    default: false,
    label: { nl: 'Rompslomp mailt de factuur', en: 'Rompslomp mails the invoice' },
    help: {
      nl: 'Alleen voor facturen die meteen definitief worden.',
      en: 'Only for invoices that become final at once.',
    },
  },
  priceDecimalsMax: {
    kind: 'number',
    min: 5,
    max: 8,
    default: 5,
    label: { nl: 'Decimalen van een stuksprijs', en: 'Decimals of a unit price' },
    help: {
      nl: 'Een regel met heel veel stuks wordt over twee prijzen verdeeld als vijf decimalen niet op de cent uitkomen; met meer decimalen is dat minder vaak nodig.',
      en: 'A line of very many pieces is divided over two prices when five decimals do not come out to the cent; with more decimals that is needed less often.',
    },
  },
} as const satisfies Fields

export type RompslompCredentials = ValuesOf<typeof credentials>
export type RompslompSettings = ValuesOf<typeof settings>
