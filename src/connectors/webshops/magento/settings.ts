import type { Fields } from '../../settings.ts'
import { defaultTimeZone } from './days.ts'

/** What a merchant decides about the documents of either Magento. */
export const documentSettings = {
  states: {
    kind: 'choices',
    options: [
      { value: '1', label: { nl: 'Open', en: 'Open' } },
      { value: '2', label: { nl: 'Betaald of terugbetaald', en: 'Paid or refunded' } },
    ],
    // The manual books every invoice there is; a cancelled one (3) never is.
    default: ['1', '2'],
    label: { nl: 'Boek facturen met deze status', en: 'Book invoices with this state' },
  },
  startDate: {
    kind: 'date',
    label: { nl: 'Boek vanaf', en: 'Book from' },
    help: {
      nl: 'Leeg is geen grens. Gebruik een migratie voor oudere facturen.',
      en: 'Empty is no limit. Use a migration for earlier invoices.',
    },
  },
  timeZone: {
    kind: 'choice',
    options: { from: 'timeZones' },
    default: defaultTimeZone,
    label: { nl: 'Tijdzone van de winkel', en: 'Time zone of the shop' },
    help: {
      nl: 'Magento geeft tijden in UTC; deze zone bepaalt de factuurdatum.',
      en: 'Magento gives times in UTC; this zone decides the invoice date.',
    },
  },
  paymentMethods: {
    kind: 'choices',
    options: { from: 'paymentMethods' },
    default: [],
    label: {
      nl: 'Betaalmethoden met een eigen instelling',
      en: 'Payment methods with a setting of their own',
    },
    help: {
      nl: 'Andere methoden worden herkend aan een woord in hun naam, zoals ideal of paypal.',
      en: 'Other methods are recognised by a word in their name, such as ideal or paypal.',
    },
  },
} as const satisfies Fields
