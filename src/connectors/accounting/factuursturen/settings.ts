import type { Fields, ValuesOf } from '../../settings.ts'

/** What the merchant brings to connect (README.md: where to find it). */
export const credentials = {
  userName: {
    kind: 'text',
    required: true,
    maxLength: 100,
    // HTTP Basic ends the user name at the first colon (RFC 7617).
    pattern: /^[^:]+$/,
    label: { nl: 'Gebruikersnaam', en: 'User name' },
    help: {
      nl: 'De naam waarmee u bij Factuursturen inlogt.',
      en: 'The name you sign in with at Factuursturen.',
    },
  },
  apiKey: {
    kind: 'secret',
    required: true,
    maxLength: 200,
    label: { nl: 'API-sleutel', en: 'API key' },
    help: {
      nl: 'Te maken bij Instellingen, Verbindingen. Zet de sleutel op actief.',
      en: 'Made under Settings, Connections. Set the key to active.',
    },
  },
  baseUrl: {
    kind: 'url',
    required: false,
    advanced: true,
    label: { nl: 'Adres van de API', en: 'Address of the API' },
    help: {
      nl: 'Alleen om te testen. Laat dit leeg voor factuursturen.nl.',
      en: 'Only for testing. Leave this empty for factuursturen.nl.',
    },
  },
} as const satisfies Fields

/** What the merchant chooses on the configuration tab. */
export const settings = {
  profile: {
    kind: 'choice',
    options: { from: 'profiles' },
    default: '',
    label: { nl: 'Factuuropmaak', en: 'Invoice layout' },
    help: {
      nl: 'Leeg: de standaardopmaak van Factuursturen.',
      en: 'Empty: the default layout of Factuursturen.',
    },
  },
  sendInvoice: {
    kind: 'choice',
    options: [
      { value: 'mail', label: { nl: 'Niet versturen', en: 'Do not send' } },
      {
        value: 'email',
        label: { nl: 'Factuursturen mailt de factuur', en: 'Factuursturen mails the invoice' },
      },
    ],
    default: 'mail',
    label: { nl: 'Factuur naar de klant', en: 'Invoice to the customer' },
  },
  /** Read by whoever makes the draft: it decides what `draft.reference` is. */
  leadingNumber: {
    kind: 'choice',
    options: [
      { value: 'order', label: { nl: 'Bestelnummer', en: 'Order number' } },
      { value: 'invoice', label: { nl: 'Factuurnummer', en: 'Invoice number' } },
    ],
    default: 'order',
    label: { nl: 'Leidend nummer', en: 'Leading number' },
    help: {
      nl: 'Het nummer uit de winkel dat als referentie op de factuur komt.',
      en: 'The number of the shop that becomes the reference on the invoice.',
    },
  },
  category: {
    kind: 'choice',
    options: { from: 'categories' },
    default: '',
    label: { nl: 'Categorie', en: 'Category' },
    help: {
      nl: 'Leeg: de standaardcategorie van de debiteur.',
      en: 'Empty: the default category of the debtor.',
    },
  },
  foreignTariffs: {
    kind: 'switch',
    default: false,
    label: { nl: 'Buitenlandse tarieven (OSS)', en: 'Foreign tariffs (OSS)' },
    help: {
      nl: 'Aan: een belaste verkoop naar een ander EU-land krijgt het tarief van dat land, als de administratie het heeft en de debiteur er woont. Uit: alleen als het percentage in eigen land niet bestaat.',
      en: 'On: a taxed sale to another EU country gets the tariff of that country, if the administration has it and the debtor is there. Off: only when the percentage does not exist at home.',
    },
  },
  priceDecimalsMax: {
    kind: 'number',
    min: 2,
    max: 6,
    default: 4,
    label: { nl: 'Decimalen van een stuksprijs', en: 'Decimals of a unit price' },
    help: {
      nl: 'Ten hoogste, en alleen als een regel anders niet op de cent uitkomt.',
      en: 'At most, and only when a line would not come out to the cent otherwise.',
    },
  },
} as const satisfies Fields

export type FactuursturenCredentials = ValuesOf<typeof credentials>
export type FactuursturenSettings = ValuesOf<typeof settings>
