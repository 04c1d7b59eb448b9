import { describe, expect, test } from 'vitest'
import { amount } from '../../../money/amount.ts'
import type { Draft, DraftDebtor } from '../../../sale/draft.ts'
import { readTraits, writeDebtor, type WireDebtor } from './debtor.ts'
import { debtorWith, draftOf, factsOf } from './fixtures/samples.ts'
import { eenvoudigfactureren } from './index.ts'
import type { WireBody } from './map.ts'
import type { EenvoudigfacturerenSettings } from './settings.ts'

// The field-level specification of the manual "KMO Shops – Eenvoudigfactureren", row by row.

const bicycles = (change: Partial<Draft> = {}): Draft =>
  draftOf([{ quantity: '2', amount: '39.98', description: 'Bicycle' }], {
    date: '2024-05-23',
    ...change,
  })

const bodyOf = (
  draft = bicycles(),
  settings: Partial<EenvoudigfacturerenSettings> = {},
): WireBody => {
  const composed = eenvoudigfactureren.compose(draft, debtorWith(), factsOf(settings))
  if (composed.is === 'refused') throw new Error(composed.reason.code)
  return composed.wire.body
}

const baker: DraftDebtor = {
  buyer: {
    firstName: 'Karin',
    lastName: 'de Wit',
    company: 'Bakery De Witte',
    email: 'info@sponiza.nl',
    phone: '0632281625',
    mobile: '',
    vatNumber: '',
    companyNumber: '',
    customerNumber: '',
  },
  address: {
    name: 'Karin de Wit',
    company: '',
    street: 'Stationstraat 12',
    postcode: '1000 AA',
    city: 'Amsterdam',
    countryCode: 'NL',
    countryName: 'Nederland',
  },
}

const clientOf = (buyer: Partial<DraftDebtor['buyer']> = {}): WireDebtor => {
  const debtor = { ...baker, buyer: { ...baker.buyer, ...buyer } }
  const traits = eenvoudigfactureren.planDebtor(bicycles({ debtor }), factsOf())
  const written = writeDebtor(debtor, readTraits(traits))
  if (written.is === 'refused') throw new Error(written.reason.code)
  return written.body
}

describe('manual, table 1: the invoice', () => {
  test('Customer identifier: 1234567, the one within EenvoudigFactureren', () => {
    expect(bodyOf().client_id).toBe(1234567)
  })
  test('Invoice number: empty by default, the order number on request', () => {
    expect(bodyOf()).not.toHaveProperty('number')
    expect(bodyOf(bicycles(), { invoiceNumber: 'order' }).number).toBe('100200')
  })
  test('Payment period: 14, not adjustable', () => {
    expect(bodyOf().days_due).toBe(14)
    expect(Object.keys(eenvoudigfactureren.settings)).not.toContain('daysDue')
  })
  test('Reference: order number, adjustable', () => {
    expect(bodyOf().reference).toBe('100200')
    expect(bodyOf(bicycles({ reference: 'F2024-17' })).reference).toBe('F2024-17')
  })
  test('Date: 2024-05-23, the date of the sale', () => {
    expect(bodyOf().date).toBe('2024-05-23')
    expect(bodyOf().date_delivery).toBe('2024-05-23')
  })
  test('Amounts incl. VAT: yes, excl. on request', () => {
    expect(bodyOf().tax_included).toBe('yes')
    const net = draftOf([{ quantity: '2', amount: '39.98', includesVat: false }])
    const excl = bodyOf(net, { amounts: 'excl' })
    expect(excl.tax_included).toBe('no')
    expect(excl.items[0]).toMatchObject({ quantity: 2, amount: 19.99 })
    expect(excl.items[0]).not.toHaveProperty('amount_with_tax')
  })
  test('Invoice lines, Product name: Bicycle, as on the line in the sale', () => {
    expect(bodyOf().items.map((item) => item.description)).toEqual(['Bicycle'])
  })
  test('Invoice lines, VAT percentage: 21, of the line in the sale', () => {
    expect(bodyOf().items[0]?.tax_rate).toBe(21)
    const reduced = draftOf([{ amount: '10.60', percent: '6' }])
    expect(bodyOf(reduced).items[0]?.tax_rate).toBe(6)
  })
  test('Invoice lines, Amount: 2', () => expect(bodyOf().items[0]?.quantity).toBe(2))
  test('Invoice lines, Unit price: 19.99', () => {
    expect(bodyOf().items[0]?.amount_with_tax).toBe(19.99)
    expect(bodyOf().items[0]).not.toHaveProperty('amount')
  })
  test('and nothing else but what makes it found again and exact', () => {
    expect(Object.keys(bodyOf()).sort()).toEqual([
      'client_id',
      'currency',
      'date',
      'date_delivery',
      'days_due',
      'external_invoice_id',
      'items',
      'reference',
      'tax_calculation',
      'tax_included',
    ])
  })
})

describe('manual, table 2: the customer', () => {
  test('Name: Bakery De Witte; without company the first name plus last name', () => {
    expect(clientOf().name).toBe('Bakery De Witte')
    expect(clientOf({ company: '' }).name).toBe('Karin de Wit')
  })
  test('To the attention of: Karin de Wit; empty without company', () => {
    expect(clientOf().attention).toBe('Karin de Wit')
    expect(clientOf({ company: '' }).attention).toBe('')
  })
  test('Address line 1: Stationstraat 12', () => {
    expect(clientOf().street).toBe('Stationstraat 12')
  })
  test('Postal code: 1000 AA', () => expect(clientOf().postal_code).toBe('1000 AA'))
  test('City: Amsterdam', () => expect(clientOf().city).toBe('Amsterdam'))
  test('E-mail: info@sponiza.nl', () => expect(clientOf().email_address).toBe('info@sponiza.nl'))
  test('Telnr: 0632281625', () => expect(clientOf().phone_number).toBe('0632281625'))
  test('Contacts, Contact name: Karin de Wit', () => {
    expect(clientOf().contacts.map((contact) => contact.contact_name)).toEqual(['Karin de Wit'])
  })
  test('Contacts, E-mail: info@sponiza.nl', () => {
    expect(clientOf().contacts[0].email_address).toBe('info@sponiza.nl')
  })
  test('Contacts, Telnr: 0632281625', () => {
    expect(clientOf().contacts[0].phone_number).toBe('0632281625')
  })
})

describe('manual, the text around the tables', () => {
  test('VAT percentages are transferred directly: no VAT codes, no products', () => {
    expect(eenvoudigfactureren.capabilities).toMatchObject({ vatCodes: false, products: false })
  })
  test('the invoice is not sent to the customer, unless that was asked for', () => {
    const sendingUnder = (sendInvoice: string) => {
      const composed = eenvoudigfactureren.compose(
        bicycles(),
        debtorWith(),
        factsOf({ sendInvoice }),
      )
      return composed.is === 'composed' ? composed.wire.sending : composed.reason
    }
    expect(eenvoudigfactureren.settings.sendInvoice.default).toBe('no')
    expect(sendingUnder('no')).toBe(null)
    expect(sendingUnder('email')).toEqual({
      path: 'sendemail',
      body: { recipient: 'main_contact' },
    })
  })
  test('the total is that of the sale', () => {
    const composed = eenvoudigfactureren.compose(bicycles(), debtorWith(), factsOf())
    expect(composed).toMatchObject({ predictedTotal: amount('39.98') })
  })
})
