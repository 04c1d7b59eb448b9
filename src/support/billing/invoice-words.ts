import type { Service } from '../../database/licence-tables.ts'
import type { Language } from '../../problems/problem.ts'
import type { OwnTreatment } from './own-vat.ts'

interface InvoiceWords {
  invoice: string
  credit: string
  number: string
  date: string
  creditOf: string
  to: string
  vatNumber: string
  chamber: string
  description: string
  quantity: string
  amount: string
  net: string
  vat: (percent: string) => string
  total: string
  paid: string
  paidBack: string
  services: Readonly<Record<Service, (integration: string) => string>>
  term: (from: string, until: string) => string
  /** What the law wants an invoice to say about its VAT. */
  notes: Readonly<Record<OwnTreatment, string | null>>
}

/** All words of our invoices. */
export const invoiceWords: Readonly<Record<Language, InvoiceWords>> = {
  nl: {
    invoice: 'Factuur',
    credit: 'Creditfactuur',
    number: 'Nummer',
    date: 'Datum',
    creditOf: 'Bij factuur',
    to: 'Aan',
    vatNumber: 'Btw-nummer',
    chamber: 'KvK',
    description: 'Omschrijving',
    quantity: 'Aantal',
    amount: 'Bedrag',
    net: 'Bedrag zonder btw',
    vat: (percent) => `Btw ${percent} %`,
    total: 'Totaal',
    paid: 'Dit bedrag is betaald.',
    paidBack: 'Dit bedrag is teruggeboekt.',
    services: {
      year: (integration) => `Licentie Doorvoer, één jaar, koppeling ${integration}`,
      migration: (integration) =>
        `Migratie van verkopen, per begonnen duizend, koppeling ${integration}`,
      installation: (integration) => `Installatie van koppeling ${integration}`,
    },
    term: (from, until) => `${from} tot en met ${until}`,
    notes: {
      domestic: null,
      'reverse-charge':
        'Btw verlegd naar de afnemer, artikel 44 en 196 van richtlijn 2006/112/EG (intracommunautaire dienst).',
      unproven: null,
      'outside-eu':
        'Buiten de werkingssfeer van de btw: dienst verricht buiten de EU, artikel 44 van richtlijn 2006/112/EG.',
    },
  },
  en: {
    invoice: 'Invoice',
    credit: 'Credit invoice',
    number: 'Number',
    date: 'Date',
    creditOf: 'To invoice',
    to: 'To',
    vatNumber: 'VAT number',
    chamber: 'Chamber of commerce',
    description: 'Description',
    quantity: 'Quantity',
    amount: 'Amount',
    net: 'Amount excluding VAT',
    vat: (percent) => `VAT ${percent} %`,
    total: 'Total',
    paid: 'This amount has been paid.',
    paidBack: 'This amount was paid back.',
    services: {
      year: (integration) => `Doorvoer licence, one year, integration ${integration}`,
      migration: (integration) =>
        `Migration of sales, per started thousand, integration ${integration}`,
      installation: (integration) => `Installation of integration ${integration}`,
    },
    term: (from, until) => `${from} up to and including ${until}`,
    notes: {
      domestic: null,
      'reverse-charge':
        'VAT reverse charged to the customer, articles 44 and 196 of directive 2006/112/EC (intra-Community service).',
      unproven: null,
      'outside-eu':
        'Outside the scope of EU VAT: service supplied outside the EU, article 44 of directive 2006/112/EC.',
    },
  },
}
