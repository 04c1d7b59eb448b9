import { describe, expect, test } from 'vitest'
import { amount } from '../../../money/amount.ts'
import type { Draft, DraftDebtor } from '../../../sale/draft.ts'
import { parseJson } from '../../reading.ts'
import { formOf, schemaOf } from '../../settings.ts'
import { readTraits, writeDebtor, type WireDebtor } from './debtor.ts'
import { debtorWith, draftOf, factsOf, fixture, order100200 } from './fixtures/samples.ts'
import { factuursturen } from './index.ts'
import { vatChoices, type WireInvoice } from './map.ts'
import { credentials, settings } from './settings.ts'
import { collectionOf, wireTax } from './wire.ts'

const composed = (
  draft: Draft,
  traits: Record<string, string> = {},
  facts = factsOf(),
): WireInvoice => {
  const composition = factuursturen.compose(draft, debtorWith(traits), facts)
  if (composition.is === 'refused') throw new Error(composition.reason.code)
  return composition.wire
}

const refusal = (draft: Draft, traits: Record<string, string> = {}, facts = factsOf()) => {
  const composition = factuursturen.compose(draft, debtorWith(traits), facts)
  return composition.is === 'refused' ? composition.reason : composition.is
}

const written = (
  change: { buyer?: Partial<DraftDebtor['buyer']>; address?: Partial<DraftDebtor['address']> } = {},
  sendInvoice = 'mail',
  shop: Draft = order100200(),
) => {
  const debtor = {
    buyer: { ...shop.debtor.buyer, ...change.buyer },
    address: { ...shop.debtor.address, ...change.address },
  }
  const traits = factuursturen.planDebtor({ ...shop, debtor }, factsOf())
  return writeDebtor(debtor, readTraits(traits), sendInvoice)
}

const body = (...given: Parameters<typeof written>): WireDebtor => {
  const debtor = written(...given)
  if (debtor.is === 'refused') throw new Error(debtor.reason.code)
  return debtor.body
}

describe('invoice: the rows of the field-level specification', () => {
  const invoice = composed(order100200())

  test('clientnr: Factuursturen customer ID', () => expect(invoice.clientnr).toBe('17'))
  test('action: send', () => expect(invoice.action).toBe('send'))
  test('sendmethod: mail (default), or email on request', () => {
    expect(invoice.sendmethod).toBe('mail')
    const facts = factsOf({ sendInvoice: 'email' })
    expect(composed(order100200(), {}, facts).sendmethod).toBe('email')
  })
  test('profile: the layout of the configuration, left out for the default one', () => {
    expect(composed(order100200(), {}, factsOf({ profile: '1' })).profile).toBe(1)
    expect(invoice).not.toHaveProperty('profile')
  })
  test('sent: order date', () => expect(invoice.sent).toBe('2026-03-02'))
  test('alreadypaid: full, and the payment method with it', () => {
    expect(invoice).toMatchObject({ alreadypaid: 'full', alreadypaidmethod: 'iDEAL' })
  })
  test('paid price: only if the status is paid', () => {
    const unpaid = composed(order100200({ paid: false }))
    expect(unpaid).not.toHaveProperty('alreadypaid')
    expect(unpaid).not.toHaveProperty('alreadypaidmethod')
  })
  test('reference line1: order number', () => expect(invoice.reference.line1).toBe('100200'))
  test('reference line2: payment method, if its name is present', () => {
    expect(invoice.reference.line2).toBe('Betaalmethode: iDEAL')
    const without = composed(order100200({ paymentMethod: null }))
    expect(without.reference).toEqual({ line1: '100200' })
    expect(without).not.toHaveProperty('alreadypaidmethod')
  })
  test('lines: amount', () => expect(invoice.lines.map((l) => l.amount)).toEqual([2, 1]))
  test('lines: description', () => {
    expect(invoice.lines.map((l) => l.description)).toEqual(['Mok blauw', 'Verzendkosten'])
  })
  test('lines: tax_rate is the VAT percentage', () => {
    expect(invoice.lines.map((l) => l.tax_rate)).toEqual([21, 21])
  })
  test('lines: price incl. VAT for an intax debtor', () => {
    expect(invoice.lines.map((l) => l.price)).toEqual([12.1, 6.05])
  })
  test('lines: price excl. VAT for an extax debtor', () => {
    const extax = composed(order100200(), { taxType: 'extax' })
    expect(extax.lines.map((l) => l.price)).toEqual([10, 5])
  })
  test('nothing else is sent', () => {
    expect(Object.keys(invoice).sort()).toEqual([
      'action',
      'alreadypaid',
      'alreadypaidmethod',
      'clientnr',
      'lines',
      'reference',
      'sendmethod',
      'sent',
    ])
    expect(Object.keys(invoice.lines[0] ?? {}).sort()).toEqual([
      'amount',
      'description',
      'price',
      'tax_rate',
    ])
  })
})

describe('debtor: the rows of the field-level specification', () => {
  const debtor = body()

  test('contact: first name and last name', () => expect(debtor.contact).toBe('Sanne Vermeer'))
  test('showcontact: true', () => expect(debtor.showcontact).toBe(true))
  test('company', () => {
    expect(debtor.company).toBe('')
    expect(body({ buyer: { company: 'Vermeer B.V.' } }).company).toBe('Vermeer B.V.')
    expect(body({ address: { company: 'Vermeer V.O.F.' } }).company).toBe('Vermeer V.O.F.')
  })
  test('address: street and house number', () => expect(debtor.address).toBe('Kerkstraat 9'))
  test('zipcode', () => expect(debtor.zipcode).toBe('3511 AB'))
  test('city', () => expect(debtor.city).toBe('Utrecht'))
  test('country: a code of two or three letters, or a name, becomes the country of the remote', () => {
    const countryOf = (countryCode: string, countryName = '') =>
      body({ address: { countryCode, countryName } }).country
    expect(countryOf('BE')).toBe(18)
    expect(countryOf('DEU')).toBe(50)
    expect(countryOf('', 'BEL')).toBe(18)
    expect(countryOf('', 'Frankrijk')).toBe(63)
    // Not in the recorded list: found by name in the account's own.
    expect(countryOf('RO')).toBe(175)
  })
  test('country: without one it is the Netherlands', () => {
    expect(body({ address: { countryCode: '', countryName: '' } }).country).toBe(146)
  })
  test('country: one that nobody knows is refused, not guessed', () => {
    expect(written({ address: { countryCode: '', countryName: 'Atlantis' } })).toMatchObject({
      reason: { code: 'COUNTRY_UNKNOWN_TO_BOOKS' },
    })
  })
  test('phone number', () => expect(debtor.phone).toBe('0301234567'))
  test('mobile', () => expect(body({ buyer: { mobile: '0612345678' } }).mobile).toBe('0612345678'))
  test('email', () => expect(debtor.email).toBe('sanne@example.nl'))
  test('bank code: empty', () => expect(debtor.bankcode).toBe(''))
  test('VAT number', () => {
    expect(body({ buyer: { vatNumber: 'BE0468561072' } }).taxnumber).toBe('BE0468561072')
  })
  test('tax_shifted: false', () => expect(debtor.tax_shifted).toBe(false))
  test('sendmethod: mail, and email when sending was switched on', () => {
    expect(debtor.sendmethod).toBe('mail')
    expect(body({}, 'email').sendmethod).toBe('email')
  })
  test('paymentmethod: bank', () => expect(debtor.paymentmethod).toBe('bank'))
  test('mailintro: Dear, first name, last name', () => {
    expect(debtor.mailintro).toBe('Beste Sanne Vermeer')
    expect(body({ address: { countryCode: 'DE' } }).mailintro).toBe('Dear Sanne Vermeer')
  })
  test('reference: thank you for your order', () => {
    expect(debtor.reference).toEqual({ line1: 'Bedankt voor uw bestelling' })
    const abroad = body({ address: { countryCode: 'US' }, buyer: { customerNumber: '4711' } })
    expect(abroad.reference).toEqual({
      line1: 'Thank you for your order',
      line2: 'Customer number: 4711',
    })
  })
  test('notes_on_invoice: false', () => expect(debtor.notes_on_invoice).toBe(false))
  test('tax_type: intax when the prices include VAT, otherwise extax', () => {
    expect(debtor.tax_type).toBe('intax')
    const extax = draftOf([{ amount: '10.00', includesVat: false }])
    expect(body({}, 'mail', extax).tax_type).toBe('extax')
  })
})

describe('debtor: values that do not fit', () => {
  test('names and addresses are cut at what a reader sees as one character', () => {
    const family = '👨‍👩‍👧'
    const debtor = body({
      buyer: { firstName: 'x'.repeat(45), lastName: `abc${family}` },
      address: { street: 'é'.normalize('NFD').repeat(30), city: 'n'.repeat(60) },
    })
    expect(debtor.contact).toBe(`${'x'.repeat(45)} abc`)
    expect(debtor.address).toBe('é'.normalize('NFD').repeat(25))
    expect(debtor.city).toHaveLength(50)
  })
  test('the salutation is cut at 128', () => {
    expect(body({ buyer: { firstName: 'y'.repeat(200) } }).mailintro).toHaveLength(128)
  })
  test('an e-mail address is refused rather than cut', () => {
    const email = `${'a'.repeat(250)}@example.nl`
    expect(written({ buyer: { email } })).toEqual({
      is: 'refused',
      reason: {
        code: 'FIELD_TOO_LONG',
        params: { system: 'Factuursturen', field: 'email', length: 261, max: 255 },
      },
    })
  })
  test('without an e-mail address nothing is made: it could not be found again', () => {
    expect(written({ buyer: { email: ' ' } })).toMatchObject({ reason: { code: 'EMAIL_MISSING' } })
  })
  test('a VAT number loses its separators before it is refused', () => {
    expect(body({ buyer: { vatNumber: 'BE 0468 . 561 . 072' } }).taxnumber).toBe('BE0468561072')
    expect(written({ buyer: { vatNumber: 'NL1234567890123456789' } })).toMatchObject({
      reason: { code: 'FIELD_TOO_LONG', params: { field: 'taxnumber', max: 18 } },
    })
  })
  test('a postcode loses its blank, and moves to the city when it still does not fit', () => {
    const place = (postcode: string) => {
      const { zipcode, city } = body({ address: { postcode, city: 'Springfield' } })
      return { zipcode, city }
    }
    expect(place('SW1A 1AA')).toEqual({ zipcode: 'SW1A1AA', city: 'Springfield' })
    expect(place('62701-1234')).toEqual({ zipcode: '', city: '62701-1234 Springfield' })
  })
  test('a phone number loses its separators, and is left out when it still does not fit', () => {
    const phone = (given: string) => body({ buyer: { phone: given } }).phone
    expect(phone('030 123 45 67')).toBe('030 123 45 67')
    expect(phone('+31 (0)30 - 123 45 67')).toBe('+31301234567')
    expect(phone('+49 1512 3456789012')).toBe('')
  })
})

describe('compose: what the debtor changes', () => {
  test('a standing discount would lower the total', () => {
    expect(refusal(order100200(), { standardDiscount: '5' })).toEqual({
      code: 'DEBTOR_DISCOUNT',
      params: { system: 'Factuursturen', discount: '5' },
    })
  })
  test('reverse charge would take the VAT out', () => {
    expect(refusal(order100200(), { taxShifted: 'true' })).toEqual({
      code: 'DEBTOR_REVERSE_CHARGE',
      params: { system: 'Factuursturen', vat: '5.25' },
    })
  })
  test('reverse charge is right on an invoice at 0 %', () => {
    const supply = draftOf([{ amount: '100.00', percent: '0' }], { regime: 'intra-community' })
    expect(composed(supply, { taxShifted: 'true', country: '18' }).lines[0]?.price).toBe(100)
  })
  test('another currency would change what the prices mean', () => {
    expect(refusal(order100200(), { currency: 'USD' })).toMatchObject({ code: 'DEBTOR_CURRENCY' })
  })
  test('a gross price that no net price leads to is refused for an extax debtor', () => {
    expect(refusal(draftOf([{ amount: '10.00' }]), { taxType: 'extax' })).toEqual({
      code: 'TOTAL_WOULD_DIFFER',
      params: { system: 'Factuursturen', predicted: '9.99', total: '10.00' },
    })
  })
  test('net lines of the shop become gross prices that keep the total of the rate', () => {
    const net = draftOf([
      { amount: '37.50', includesVat: false },
      { amount: '12.50', includesVat: false },
    ])
    expect(net.totals.gross).toEqual(amount('60.5'))
    expect(composed(net).lines.map((l) => l.price)).toEqual([45.38, 15.12])
  })
})

describe('compose: what cannot be', () => {
  test('a rate the account does not have', () => {
    expect(refusal(draftOf([{ amount: '1.19', percent: '19' }]))).toEqual({
      code: 'VAT_RATE_UNKNOWN_TO_BOOKS',
      params: { system: 'Factuursturen', rate: '19', allowed: '21 %, 9 %, 0 %' },
    })
  })
  test('lists that were never fetched', () => {
    const facts = { ...factsOf(), choices: {} }
    expect(refusal(order100200(), {}, facts)).toMatchObject({ code: 'CHOICES_MISSING' })
  })
  test('another currency than the account has', () => {
    expect(refusal(order100200({ currency: 'USD' }))).toMatchObject({
      code: 'CURRENCY_UNSUPPORTED',
    })
  })
  test('a reference that might be cut, for it could not be found again', () => {
    expect(refusal(order100200({ reference: '9'.repeat(51) }))).toMatchObject({
      code: 'FIELD_TOO_LONG',
      params: { field: 'reference', max: 50 },
    })
  })
  test('an amount without quantity', () => {
    expect(refusal(draftOf([{ quantity: '0', amount: '5.00' }]))).toEqual({
      code: 'UNIT_PRICE_INEXPRESSIBLE',
      params: { system: 'Factuursturen', line: 1, amount: '5.00', quantity: '0' },
    })
  })
})

describe('compose: special lines', () => {
  test('free lines, negative prices, fractions of a piece', () => {
    const draft = draftOf([
      { amount: '0.00', description: 'Gratis' },
      { amount: '-2.50', description: 'Korting' },
      { quantity: '1.5', amount: '4.40', description: '' },
    ])
    expect(composed(draft).lines).toEqual([
      { amount: 1, description: 'Gratis', tax_rate: 21, price: 0 },
      { amount: 1, description: 'Korting', tax_rate: 21, price: -2.5 },
      { amount: 1.5, description: 'MOK-1', tax_rate: 21, price: 2.933 },
    ])
  })
  test('a credit invoice is negative throughout', () => {
    const credit = draftOf([{ quantity: '2', amount: '-24.20' }], { reference: 'C_100200' })
    expect(composed(credit).lines[0]).toMatchObject({ amount: 2, price: -12.1 })
  })
  test('a long payment method is cut where it may be', () => {
    const label = 'Achteraf betalen in drie termijnen zonder rente'
    const invoice = composed(order100200({ paymentMethod: { id: 'in3', label } }))
    expect(invoice.alreadypaidmethod).toBe('Achteraf betalen in drie termijn')
    expect(invoice.reference.line2).toBe('Betaalmethode: Achteraf betalen in drie termijnen')
  })
})

describe('compose: tariffs of other countries', () => {
  const abroad = (percent: string, destination: string) =>
    draftOf([{ amount: '12.10', percent }], { regime: 'destination', destination })

  test('one that only exists there is marked as foreign', () => {
    const line = composed(abroad('19', 'DE'), { country: '50' }).lines[0]
    expect(line).toMatchObject({ tax_rate: 19, tax_country: true })
  })
  test('one that also exists at home is foreign only under OSS', () => {
    const draft = abroad('21', 'BE')
    expect(composed(draft, { country: '18' }).lines[0]).not.toHaveProperty('tax_country')
    const oss = factsOf({ foreignTariffs: true })
    expect(composed(draft, { country: '18' }, oss).lines[0]).toMatchObject({ tax_country: true })
  })
  test('never for a debtor who lives elsewhere: the server refuses it', () => {
    const oss = factsOf({ foreignTariffs: true })
    expect(composed(abroad('21', 'BE'), {}, oss).lines[0]).not.toHaveProperty('tax_country')
    expect(refusal(abroad('19', 'DE'))).toMatchObject({ code: 'VAT_RATE_UNKNOWN_TO_BOOKS' })
  })
  test('they are told apart by the country of the default tariff', () => {
    const taxes = parseJson(fixture('taxes'), collectionOf(wireTax), 'test')
    expect(vatChoices(taxes)).toEqual({
      vatRates: [
        { value: '21', label: '21 % (hoog)' },
        { value: '9', label: '9 % (laag)' },
        { value: '0', label: '0 % (nul)' },
      ],
      foreignVatRates: [
        { value: '18:21', label: '21 % (hoog)' },
        { value: '50:19', label: '19 % (hoog)' },
      ],
    })
  })
})

describe('settings', () => {
  test('mailing is off by default', () => {
    expect(schemaOf(settings).parse({})).toMatchObject({ sendInvoice: 'mail', profile: '' })
  })
  test('a user name with a colon would be cut by HTTP Basic', () => {
    const schema = schemaOf(credentials)
    expect(schema.safeParse({ userName: 'a:b', apiKey: 'k' }).success).toBe(false)
    expect(schema.parse({ userName: 'ab', apiKey: 'k' }).baseUrl).toBe('')
  })
  test('the address of the API is the last thing asked', () => {
    expect(formOf(credentials).at(-1)).toMatchObject({ name: 'baseUrl', required: false })
  })
})
