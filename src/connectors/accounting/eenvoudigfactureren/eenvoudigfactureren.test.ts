import { describe, expect, test } from 'vitest'
import { amount, sum } from '../../../money/amount.ts'
import type { Draft, DraftDebtor } from '../../../sale/draft.ts'
import { parseJson } from '../../reading.ts'
import { targetsOf } from './arithmetic.ts'
import { choicesOf } from './choices.ts'
import { readTraits, writeDebtor } from './debtor.ts'
import { spreadDiscounts } from './discounts.ts'
import { externalIdOf } from './external-id.ts'
import { sameText } from './fields.ts'
import { debtorWith, draftOf, factsOf, fixture, order100200 } from './fixtures/samples.ts'
import { eenvoudigfactureren } from './index.ts'
import type { WireBody } from './map.ts'
import type { EenvoudigfacturerenSettings } from './settings.ts'
import { wireClient, wireInvoiceRow, wireLayout, wireSettings } from './wire.ts'
import { z } from 'zod'

type Settings = Partial<EenvoudigfacturerenSettings>

const compose = (draft: Draft, settings: Settings = {}) =>
  eenvoudigfactureren.compose(draft, debtorWith(), factsOf(settings))

const bodyOf = (draft: Draft, settings: Settings = {}): WireBody => {
  const composed = compose(draft, settings)
  if (composed.is === 'refused') throw new Error(composed.reason.code)
  expect(composed.predictedTotal).toEqual(draft.totals.gross)
  return composed.wire.body
}

const pricesOf = (draft: Draft, settings: Settings = {}) =>
  bodyOf(draft, settings).items.map((item) => [item.quantity, item.amount_with_tax ?? item.amount])

const written = (change: {
  buyer?: Partial<DraftDebtor['buyer']>
  address?: Partial<DraftDebtor['address']>
  destination?: string
}) => {
  const { buyer, address } = order100200().debtor
  const debtor = {
    buyer: { ...buyer, ...change.buyer },
    address: { ...address, ...change.address },
  }
  const draft = order100200({ debtor, destination: change.destination ?? 'BE' })
  const traits = eenvoudigfactureren.planDebtor(draft, factsOf())
  return writeDebtor(debtor, readTraits(traits))
}

const clientOf = (...given: Parameters<typeof written>) => {
  const client = written(...given)
  if (client.is === 'refused') throw new Error(client.reason.code)
  return client.body
}

describe('discounts: Peppol takes no negative price', () => {
  const coupon = (value: string, percent = '21') => ({
    amount: value,
    percent,
    kind: 'discount' as const,
  })

  test('a discount comes off the goods of its rate, in proportion and to the cent', () => {
    const draft = draftOf([
      { quantity: '2', amount: '20.00' },
      { amount: '10.00' },
      { amount: '5.00', percent: '6' },
      { amount: '4.95', kind: 'shipping' },
      coupon('-5.00'),
    ])
    expect(pricesOf(draft)).toEqual([
      [2, 8.335],
      [1, 8.33],
      [1, 5],
      [1, 4.95],
    ])
  })
  test('a discount per rate comes off each rate', () => {
    const draft = draftOf([
      { amount: '12.10' },
      { amount: '10.60', percent: '6' },
      coupon('-1.21'),
      coupon('-1.06', '6'),
    ])
    expect(pricesOf(draft)).toEqual([
      [1, 10.89],
      [1, 9.54],
    ])
  })
  test('shipping bears it only when the goods can’t', () => {
    const draft = draftOf([
      { amount: '3.00' },
      { amount: '5.00', kind: 'shipping' },
      coupon('-4.00'),
    ])
    expect(pricesOf(draft)).toEqual([
      [1, 1.5],
      [1, 2.5],
    ])
  })
  test('one that its rate can’t bear stays a line, with the sign on the quantity', () => {
    const draft = draftOf([{ amount: '10.60', percent: '6' }, coupon('-1.21')])
    expect(pricesOf(draft)).toEqual([
      [1, 10.6],
      [-1, 1.21],
    ])
  })
  test('a returned article stays a line, with the sign on the quantity', () => {
    const draft = draftOf([{ amount: '24.20' }, { quantity: '2', amount: '-12.10' }])
    expect(pricesOf(draft)).toEqual([
      [1, 24.2],
      [-2, 6.05],
    ])
  })
  test('on a credit invoice all signs are turned, and the discount is spread just so', () => {
    const draft = draftOf(
      [
        { quantity: '-2', amount: '-20.00' },
        { quantity: '-1', amount: '2.00', kind: 'discount' },
      ],
      { ref: { kind: 'credit', id: '9' }, reference: 'C_100200' },
    )
    expect(pricesOf(draft)).toEqual([[-2, 9]])
    expect(bodyOf(draft)).not.toHaveProperty('days_due')
    expect(bodyOf(draft, { invoiceNumber: 'order' }).number).toBe('C_100200')
  })
  test('no price below zero, and every rate keeps its total, whatever the basket', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const pick = (of: number, salt: number) => ((seed * 7919 + salt * 104_729) % of) + 1
      const lines = Array.from({ length: pick(6, 1) }, (_, index) => ({
        quantity: String(pick(9, index)),
        amount: (pick(9000, index + 20) / 100).toFixed(2),
        percent: pick(3, index) === 1 ? '6' : '21',
      }))
      const draft = draftOf([...lines, coupon(`-${(pick(3000, 7) / 100).toFixed(2)}`)])
      const spread = spreadDiscounts(targetsOf(draft, 'incl'), 1)
      for (const rate of draft.rates) {
        const own = spread.filter(({ line }) => line.vatPercent.equals(rate.vatPercent))
        expect(sum(own.map(({ target }) => target))).toEqual(rate.gross)
      }
      const composed = compose(draft)
      if (composed.is === 'refused') continue
      const { items } = composed.wire.body
      expect(items.every((item) => (item.amount_with_tax ?? 0) >= 0)).toBe(true)
    }
  })
})

describe('amounts', () => {
  test('net lines of the shop become prices incl. VAT that keep the total of the rate', () => {
    const draft = draftOf([
      { amount: '37.50', includesVat: false },
      { amount: '12.50', includesVat: false },
    ])
    expect(pricesOf(draft)).toEqual([
      [1, 45.38],
      [1, 15.12],
    ])
  })
  test('a unit price has as many decimals as it needs', () => {
    expect(pricesOf(draftOf([{ quantity: '3', amount: '10.00' }]))).toEqual([[3, 3.333]])
    expect(pricesOf(draftOf([{ quantity: '4', amount: '10.00' }]))).toEqual([[4, 2.5]])
  })
  test('a gross price that no net price leads to is refused under amounts excl. VAT', () => {
    expect(compose(draftOf([{ amount: '10.00' }]), { amounts: 'excl' })).toEqual({
      is: 'refused',
      reason: {
        code: 'TOTAL_WOULD_DIFFER',
        params: { system: 'EenvoudigFactureren', predicted: '9.99', total: '10.00' },
      },
    })
  })
  test('free lines are kept, or left out when the merchant says so', () => {
    const draft = draftOf([{ amount: '0.00', description: 'Gift' }, { amount: '12.10' }])
    expect(pricesOf(draft)).toEqual([
      [1, 0],
      [1, 12.1],
    ])
    expect(pricesOf(draft, { freeLines: 'omit' })).toEqual([[1, 12.1]])
    expect(compose(draftOf([{ amount: '0.00' }]), { freeLines: 'omit' })).toMatchObject({
      reason: { code: 'SALE_EMPTY' },
    })
  })
  test('a rate that the account has not, another currency, lists never fetched', () => {
    expect(compose(draftOf([{ amount: '10.90', percent: '9' }]))).toMatchObject({
      reason: {
        code: 'VAT_RATE_UNKNOWN_TO_BOOKS',
        params: { rate: '9', allowed: '21 %, 12 %, 6 %, 0 %' },
      },
    })
    expect(compose(order100200({ currency: 'USD' }))).toMatchObject({
      reason: { code: 'CURRENCY_UNSUPPORTED' },
    })
    const facts = { ...factsOf(), choices: {} }
    expect(eenvoudigfactureren.compose(order100200(), debtorWith(), facts)).toMatchObject({
      reason: { code: 'CHOICES_MISSING' },
    })
  })
})

describe('what else an invoice says', () => {
  const zero = (regime: Draft['regime']) => draftOf([{ amount: '10.00', percent: '0' }], { regime })

  test('at 0 %, the code of the regime: without one it would say "no VAT"', () => {
    const codeOf = (regime: Draft['regime'], settings: Settings = {}) =>
      bodyOf(zero(regime), settings).items[0]?.tax_rate_special_status
    expect(codeOf('intra-community')).toBe('ICL')
    expect(codeOf('intra-community', { intraCommunityCode: 'ICD' })).toBe('ICD')
    expect(codeOf('export')).toBe(undefined)
    expect(codeOf('export', { exportCode: 'EXP' })).toBe('EXP')
    expect(codeOf('domestic')).toBe(undefined)
  })
  test('services beside goods have their own code: ICD, not ICL', () => {
    const both = draftOf(
      [
        { amount: '10.00', percent: '0' },
        { amount: '5.00', percent: '0' },
      ],
      { regime: 'intra-community' },
    )
    const services = (draft: Draft, from: number) =>
      draft.lines.map((line, nth) =>
        nth < from
          ? line
          : { ...line, vat: { ...line.vat, treatment: 'services-reverse-charge' as const } },
      )
    const codes = (draft: Draft, settings: Settings = {}) =>
      bodyOf(draft, settings).items.map((item) => item.tax_rate_special_status)
    expect(codes({ ...both, lines: services(both, 1) })).toEqual(['ICL', 'ICD'])
    const alone: Draft = { ...both, regime: 'services-reverse-charge', lines: services(both, 0) }
    expect(codes(alone)).toEqual(['ICD', 'ICD'])
    expect(codes(alone, { servicesCode: 'MC' })).toEqual(['MC', 'MC'])
  })
  test('the payment, when the merchant wants it, the sale is paid and there is something to pay', () => {
    const paidOf = (draft: Draft) => bodyOf(draft, { recordPayment: true }).payments
    expect(bodyOf(order100200())).not.toHaveProperty('payments')
    expect(paidOf(order100200())).toEqual([{ remaining_amount: 'yes', description: 'iDEAL' }])
    expect(paidOf(order100200({ paid: false }))).toBe(undefined)
    expect(paidOf(draftOf([{ amount: '0.00' }]))).toBe(undefined)
  })
  test('the layout, when one is chosen', () => {
    expect(bodyOf(order100200(), { layout: '8001' }).layout_id).toBe(8001)
    expect(bodyOf(order100200())).not.toHaveProperty('layout_id')
  })
  test('Peppol for who has a tax number, mail for the others', () => {
    const pathFor = (hasTaxCode: string) => {
      const facts = factsOf({ sendInvoice: 'peppol' })
      const composed = eenvoudigfactureren.compose(order100200(), debtorWith({ hasTaxCode }), facts)
      return composed.is === 'composed' ? composed.wire.sending?.path : composed.reason
    }
    expect(pathFor('true')).toBe('send')
    expect(pathFor('false')).toBe('sendemail')
  })
  test('an external id without anything a filter can’t carry, and never two references the same', () => {
    for (const reference of ['100200', 'a,b', 'x'.repeat(300), 'é=~!']) {
      expect(externalIdOf(reference)).toMatch(/^doorvoer-[0-9a-f]{40}$/)
    }
    expect(externalIdOf('W-1')).not.toBe(externalIdOf('w-1'))
    expect(externalIdOf(' W-1 ')).toBe(externalIdOf('W-1'))
  })
})

describe('a debtor that Peppol can reach', () => {
  test('a Belgian VAT number as the vendor writes it', () => {
    for (const vatNumber of ['BE0468561072', 'be 468.561.072', 'BE 0468.561.072']) {
      expect(clientOf({ buyer: { vatNumber } }).tax_code).toBe('BE 0468.561.072')
    }
  })
  test('the enterprise number of a Belgian business without VAT number, without BE', () => {
    expect(clientOf({ buyer: { companyNumber: '0468 561 072' } }).tax_code).toBe('0468.561.072')
    const dutch = { buyer: { companyNumber: '12345678' }, address: { countryCode: 'NL' } }
    expect(clientOf(dutch).tax_code).toBe('')
  })
  test('other VAT numbers with their prefix; what is none as it was typed', () => {
    const german = { buyer: { vatNumber: '136695976' }, address: { countryCode: 'DE' } }
    expect(clientOf(german).tax_code).toBe('DE136695976')
    expect(clientOf({ buyer: { vatNumber: 'n.v.t.' } }).tax_code).toBe('')
    expect(clientOf({ buyer: { vatNumber: 'BE 12' } }).tax_code).toBe('BE 12')
  })
  test('the country as ISO code, whatever the shop calls it', () => {
    const codeOf = (countryCode: string, countryName = '') =>
      clientOf({ address: { countryCode, countryName } }).country_code
    expect(codeOf('be')).toBe('BE')
    expect(codeOf('NLD')).toBe('NL')
    expect(codeOf('', 'Frankrijk')).toBe('FR')
    expect(codeOf('XI')).toBe('GB')
  })
  test('without a country that of the delivery; an unknown one is refused, not guessed', () => {
    const blank = { countryCode: '', countryName: '' }
    expect(clientOf({ address: blank, destination: 'LU' }).country_code).toBe('LU')
    expect(written({ address: { countryCode: '', countryName: 'Atlantis' } })).toMatchObject({
      reason: { code: 'COUNTRY_UNKNOWN_TO_BOOKS' },
    })
  })
})

describe('values that do not fit', () => {
  test('names and addresses are cut', () => {
    const client = clientOf({
      buyer: { company: 'x'.repeat(80), firstName: 'y'.repeat(120) },
      address: { street: 'z'.repeat(200), city: 'c'.repeat(60) },
    })
    expect(
      [client.name, client.attention, client.street, client.city].map((t) => t.length),
    ).toEqual([75, 100, 150, 50])
    expect(client.contacts[0].contact_name).toHaveLength(75)
  })
  test('a postcode loses its blanks, and moves before the city when it still does not fit', () => {
    const placeOf = (postcode: string) => {
      const { postal_code, city } = clientOf({ address: { postcode } })
      return [postal_code, city]
    }
    expect(placeOf('1 0 0 0 A A A')).toEqual(['1000AAA', 'Gent'])
    expect(placeOf('62701-1234-5')).toEqual(['', '62701-1234-5 Gent'])
  })
  test('a phone number loses its separators, and is left out when it still does not fit', () => {
    const phoneOf = (phone: string) => clientOf({ buyer: { phone } }).phone_number
    expect(phoneOf('+32 (0)9 123 45 67 89')).toBe('+329123456789')
    expect(phoneOf('1'.repeat(20))).toBe('')
    expect(clientOf({ buyer: { phone: '', mobile: '0478123456' } }).phone_number).toBe('0478123456')
  })
  test('an e-mail address is refused rather than cut, and without one nothing is made', () => {
    const email = `${'a'.repeat(120)}@example.be`
    expect(written({ buyer: { email } })).toMatchObject({
      reason: { code: 'FIELD_TOO_LONG', params: { field: 'email_address', max: 125 } },
    })
    expect(written({ buyer: { email: ' ' } })).toMatchObject({ reason: { code: 'EMAIL_MISSING' } })
  })
})

describe('answers as recorded', () => {
  test('a client, an invoice', () => {
    expect(parseJson(fixture('client'), wireClient, 'x')).toEqual({
      client_id: '101',
      email_address: 'lien@example.be',
      state: 'active',
      tax_code: '',
      country_code: 'BE',
    })
    expect(parseJson(fixture('invoice'), wireInvoiceRow, 'x')).toEqual({
      invoice_id: '3003',
      client_id: '101',
      date: '2026-03-02',
      external_invoice_id: 'lightspeed-100200',
      reference: '100200',
      number: '2026-0034',
      total_with_tax: amount('24.20'),
    })
  })
  test('rates and codes from the list, from the numbered ones, and none without VAT', () => {
    const { taxes } = parseJson(fixture('settings'), wireSettings, 'x')
    const layouts = parseJson(fixture('layouts'), z.array(wireLayout), 'x')
    const choices = choicesOf(taxes, layouts)
    const valuesOf = (name: string) => choices[name]?.map(({ value }) => value)
    expect(valuesOf('vatRates')).toEqual(['21', '12', '6', '0'])
    expect(valuesOf('zeroRateCodes')).toEqual(['MC', 'ICL'])
    expect(valuesOf('layouts')).toEqual(['8001'])
    const { codes: _codes, ...numbered } = taxes
    expect(choicesOf(numbered, []).vatRates).toEqual(choices['vatRates'])
    expect(choicesOf({ ...taxes, use_taxes: false }, []).vatRates).toHaveLength(1)
    const none = { use_taxes: true, tax1: undefined, tax2: undefined, tax3: undefined }
    expect(() => choicesOf(none, [])).toThrow('REMOTE_SHAPE')
  })
  test('text with blanks around it or written as HTML is the same text', () => {
    expect(sameText(`A&B ${' '.repeat(80)}`, 'A&B')).toBe(true)
    expect(sameText('A&amp;B', 'A&B')).toBe(true)
    expect(sameText('a&b', 'A&B')).toBe(false)
  })
})
