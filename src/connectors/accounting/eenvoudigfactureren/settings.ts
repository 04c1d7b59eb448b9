import type { Fields, ValuesOf } from '../../settings.ts'

/** What the merchant brings to connect (README.md: where to find it). */
export const credentials = {
  apiKey: {
    kind: 'secret',
    required: true,
    maxLength: 500,
    label: { nl: 'API-sleutel', en: 'API key' },
    help: {
      nl: 'Te maken bij Profiel, Toegangsbeheer. Geef de sleutel alle rechten, of facturen, klanten, artikelen, lay-outs en instellingen.',
      en: 'Made under Profile, Access management. Give the key all rights, or invoices, customers, items, layouts and settings.',
    },
  },
  baseUrl: {
    kind: 'url',
    required: false,
    advanced: true,
    label: { nl: 'Adres van de API', en: 'Address of the API' },
    help: {
      nl: 'Alleen om te testen. Laat dit leeg voor eenvoudigfactureren.be.',
      en: 'Only for testing. Leave this empty for eenvoudigfactureren.be.',
    },
  },
} as const satisfies Fields

/** What the merchant chooses on the configuration tab. */
export const settings = {
  layout: {
    kind: 'choice',
    options: { from: 'layouts' },
    default: '',
    label: { nl: 'Lay-out', en: 'Layout' },
    help: {
      nl: 'Leeg: de standaardlay-out van EenvoudigFactureren.',
      en: 'Empty: the default layout of EenvoudigFactureren.',
    },
  },
  amounts: {
    kind: 'choice',
    options: [
      { value: 'incl', label: { nl: 'Inclusief btw', en: 'Including VAT' } },
      { value: 'excl', label: { nl: 'Exclusief btw', en: 'Excluding VAT' } },
    ],
    default: 'incl',
    label: { nl: 'Bedragen op de factuur', en: 'Amounts on the invoice' },
    help: {
      nl: 'Exclusief btw past niet bij elke verkoop op de cent; zo’n verkoop wordt dan niet geboekt.',
      en: 'Excluding VAT does not fit every sale to the cent; such a sale is then not booked.',
    },
  },
  invoiceNumber: {
    kind: 'choice',
    options: [
      {
        value: 'remote',
        label: { nl: 'Door EenvoudigFactureren', en: 'Given by EenvoudigFactureren' },
      },
      { value: 'order', label: { nl: 'Het bestelnummer', en: 'The order number' } },
    ],
    default: 'remote',
    label: { nl: 'Factuurnummer', en: 'Invoice number' },
    help: {
      nl: 'Aanbevolen: door EenvoudigFactureren. Factuurnummers moeten een ononderbroken reeks zijn.',
      en: 'Recommended: given by EenvoudigFactureren. Invoice numbers must be an unbroken series.',
    },
  },
  sendInvoice: {
    kind: 'choice',
    options: [
      { value: 'no', label: { nl: 'Niet versturen', en: 'Do not send' } },
      {
        value: 'email',
        label: {
          nl: 'EenvoudigFactureren mailt de factuur',
          en: 'EenvoudigFactureren mails the invoice',
        },
      },
      {
        value: 'peppol',
        label: {
          nl: 'Via Peppol aan klanten met een btw-nummer, anders per mail',
          en: 'By Peppol to customers with a VAT number, otherwise by mail',
        },
      },
    ],
    default: 'no',
    label: { nl: 'Factuur naar de klant', en: 'Invoice to the customer' },
  },
  recordPayment: {
    kind: 'switch',
    default: false,
    label: { nl: 'Betaalde verkoop als betaald boeken', en: 'Book a paid sale as paid' },
    help: {
      nl: 'Uit: de factuur blijft open tot u de betaling zelf verwerkt, bijvoorbeeld uit uw bankafschriften.',
      en: 'Off: the invoice stays open until you process the payment, for instance from bank statements.',
    },
  },
  intraCommunityCode: {
    kind: 'choice',
    options: { from: 'zeroRateCodes' },
    default: 'ICL',
    label: { nl: 'Code bij ICP (0 %)', en: 'Code for ICP (0 %)' },
    help: {
      nl: 'Zonder code staat er "geen btw" op de factuur; dat is bij een intracommunautaire levering onjuist.',
      en: 'Without a code the invoice says "no VAT", which is wrong for an intra-Community supply.',
    },
  },
  servicesCode: {
    kind: 'choice',
    options: { from: 'zeroRateCodes' },
    default: 'ICD',
    advanced: true,
    label: {
      nl: 'Code bij diensten aan EU-ondernemers (0 %)',
      en: 'Code for services to EU businesses (0 %)',
    },
    help: {
      nl: 'Alleen als u diensten of digitale goederen verkoopt.',
      en: 'Only if you sell services or digital goods.',
    },
  },
  exportCode: {
    kind: 'choice',
    options: { from: 'zeroRateCodes' },
    default: '',
    label: { nl: 'Code bij uitvoer (0 %)', en: 'Code for export (0 %)' },
  },
  freeLines: {
    kind: 'choice',
    options: [
      { value: 'keep', label: { nl: 'Meesturen', en: 'Keep' } },
      { value: 'omit', label: { nl: 'Weglaten', en: 'Leave out' } },
    ],
    default: 'keep',
    advanced: true,
    label: { nl: 'Gratis regels', en: 'Free lines' },
    help: {
      nl: 'Weglaten als EenvoudigFactureren regels van € 0,00 weigert.',
      en: 'Leave them out if EenvoudigFactureren refuses lines of € 0.00.',
    },
  },
  priceDecimalsMax: {
    kind: 'number',
    min: 2,
    max: 6,
    default: 6,
    advanced: true,
    label: { nl: 'Decimalen van een stuksprijs', en: 'Decimals of a unit price' },
    help: {
      nl: 'Ten hoogste, en alleen als een regel anders niet op de cent uitkomt.',
      en: 'At most, and only when a line would not come out to the cent otherwise.',
    },
  },
} as const satisfies Fields

export type EenvoudigfacturerenCredentials = ValuesOf<typeof credentials>
export type EenvoudigfacturerenSettings = ValuesOf<typeof settings>
