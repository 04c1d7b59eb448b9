import { describe, expect, test } from 'vitest'
import { addressIn, saleOf, statedLine, type SaleSample } from '../../test/support/sale.ts'
import { explainLine, explainRegime } from './explain-line.ts'
import { makeDraft } from './make-draft.ts'
import type { Sale, SaleLine } from './sale.ts'
import type { ViesVerdict } from './treated.ts'
import { plainPosition, type VatPosition } from './vat-position.ts'

/* Contracts/vat.md §5.1 step 6 on whole sales: services and digital goods, a test a row. */

const mug = (net: string, tax: string) => statedLine(net, tax)
const course = (net: string, tax: string) => statedLine(net, tax, { sku: 'CURSUS-1' })
const ebook = (net: string, tax: string) => statedLine(net, tax, { sku: 'EBOOK-7' })
const shipping = (tax: string) => statedLine('5.00', tax, { kind: 'shipping', sku: '' })

const lists: Pick<VatPosition, 'supply' | 'supplied'> = {
  supply: 'goods',
  supplied: [
    { supply: 'service', products: ['cursus-*'] },
    { supply: 'digital', products: ['EBOOK-7'] },
  ],
}

const from = (country: string, postcode = '1000'): SaleSample => ({
  billing: addressIn(country, postcode),
})
const business = (country: string, vatNumber: string): SaleSample => ({
  ...from(country),
  buyer: { company: 'Koffie bv', vatNumber },
})
const belgian = business('BE', 'BE0468561072')

interface Case {
  lines: readonly SaleLine[]
  sale?: SaleSample
  position?: Partial<VatPosition>
  vies?: ViesVerdict
}

const draftFor = ({ lines, sale, position, vies = 'silent' }: Case) => {
  const whole: Sale = { ...saleOf([], sale), lines }
  const vat = { ...plainPosition('NL'), ...lists, ...position }
  return makeDraft(whole, { leadingNumber: 'order', vat }, vies)
}

const told = (given: Case): string => {
  const drafting = draftFor(given)
  if (drafting.is !== 'drafted') {
    const { code, params } = drafting.reason
    return `${drafting.is}: ${code}${params['line'] === undefined ? '' : ` ${params['line']}`}`
  }
  const { draft } = drafting
  const lines = draft.lines.map(
    ({ vatPercent, vat }) => `${vatPercent.toString()} ${vat.treatment}`,
  )
  const remarks = draft.remarks.map(({ code }) => ` | ${code}`).join('')
  return `${draft.regime} ${draft.destination}/${draft.ratesOf}: ${lines.join(', ')}${remarks}`
}

const check = (rows: readonly (readonly [row: string, given: Case, result: string])[]) => {
  test.each(rows)('%s', (_, given, result) => expect(told(given)).toBe(result))
}

describe('services', () => {
  check([
    ['at home', { lines: [course('100.00', '21.00')] }, 'domestic NL/NL: 21 taxed'],
    [
      'to a consumer in the EU: VAT of home, also under OSS',
      { lines: [course('100.00', '21.00')], sale: from('DE', '10115'), position: { oss: true } },
      'domestic NL/NL: 21 taxed',
    ],
    [
      '… and never that of the customer',
      { lines: [course('100.00', '19.00')], sale: from('DE', '10115'), position: { oss: true } },
      'refused: VAT_RATE_IMPOSSIBLE 1',
    ],
    [
      'to a consumer outside the EU: VAT of home, and no warning about an export',
      { lines: [course('100.00', '21.00')], sale: from('CH') },
      'domestic NL/NL: 21 taxed',
    ],
    [
      'to a business in the EU: reverse charge',
      { lines: [course('100.00', '0.00')], sale: belgian, vies: 'valid' },
      'services-reverse-charge BE/BE: 0 services-reverse-charge',
    ],
    [
      '… needs a number too',
      { lines: [course('100.00', '0.00')], sale: from('BE') },
      'refused: VAT_NUMBER_MISSING',
    ],
    [
      '… that VIES knows',
      { lines: [course('100.00', '0.00')], sale: belgian, vies: 'invalid' },
      'refused: VAT_NUMBER_INVALID',
    ],
    [
      '… and waits while VIES is silent',
      { lines: [course('100.00', '0.00')], sale: belgian },
      'hold: VIES_NO_ANSWER',
    ],
    [
      'without VAT outside the EU: not an export',
      { lines: [course('100.00', '0.00')], sale: from('CH') },
      'services-outside-eu CH/CH: 0 services-outside-eu',
    ],
    [
      'without VAT in Northern Ireland: outside the EU for services',
      { lines: [course('100.00', '0.00')], sale: from('GB', 'BT1 1AA') },
      'services-outside-eu GB/GB: 0 services-outside-eu',
    ],
    [
      'the customer’s country counts, not where something is delivered',
      {
        lines: [course('100.00', '0.00')],
        sale: { ...belgian, delivery: addressIn('NL', '3511 AB') },
        vies: 'valid',
      },
      'services-reverse-charge BE/BE: 0 services-reverse-charge',
    ],
    [
      'without VAT at home need a reason like goods',
      { lines: [course('100.00', '0.00')] },
      'refused: ZERO_VAT_WITHOUT_REASON 1',
    ],
    [
      'under the small-business scheme',
      {
        lines: [course('100.00', '0.00')],
        sale: belgian,
        position: { smallBusiness: true },
      },
      'small-business BE/BE: 0 small-business',
    ],
  ])
})

describe('digital goods', () => {
  check([
    [
      'to a consumer in the EU, OSS on: rates of the customer',
      { lines: [ebook('100.00', '7.00')], sale: from('DE', '10115'), position: { oss: true } },
      'destination DE/DE: 7 taxed',
    ],
    [
      'OSS off: rates of home',
      { lines: [ebook('100.00', '9.00')], sale: from('DE', '10115'), position: { oss: false } },
      'origin DE/NL: 9 taxed',
    ],
    [
      'the customer’s country counts, not the delivery address',
      {
        lines: [ebook('100.00', '7.00')],
        sale: { ...from('DE', '10115'), delivery: addressIn('NL', '3511 AB') },
        position: { oss: true },
      },
      'destination DE/DE: 7 taxed',
    ],
    [
      'to a business in the EU: reverse charge',
      { lines: [ebook('100.00', '0.00')], sale: belgian, vies: 'valid' },
      'services-reverse-charge BE/BE: 0 services-reverse-charge',
    ],
    [
      'outside the EU: not an export',
      { lines: [ebook('100.00', '0.00')], sale: from('US', '10001') },
      'services-outside-eu US/US: 0 services-outside-eu',
    ],
    [
      'with VAT outside the EU: booked as charged and warned about',
      { lines: [ebook('100.00', '21.00')], sale: from('CH') },
      'charged-export CH/NL: 21 taxed | VAT_ON_EXPORT',
    ],
    [
      'in Northern Ireland, where goods would be inside the EU',
      { lines: [ebook('100.00', '0.00')], sale: from('GB', 'BT1 1AA') },
      'services-outside-eu GB/GB: 0 services-outside-eu',
    ],
    [
      'with a registration in Great Britain: its rates',
      {
        lines: [ebook('100.00', '20.00')],
        sale: from('GB', 'SW1A 1AA'),
        position: { registrations: ['GB'] },
      },
      'foreign-registration GB/GB: 20 taxed',
    ],
  ])
})

describe('together with goods', () => {
  check([
    [
      'at home',
      { lines: [mug('10.00', '2.10'), course('100.00', '21.00'), ebook('10.00', '0.90')] },
      'domestic NL/NL: 21 taxed, 21 taxed, 9 taxed | DESTINATION_FROM_BILLING',
    ],
    [
      'to a business in the EU: each in its own box',
      {
        lines: [mug('10.00', '0.00'), course('100.00', '0.00'), shipping('0.00')],
        sale: belgian,
        vies: 'valid',
      },
      'intra-community BE/BE: 0 intra-community, 0 services-reverse-charge, 0 intra-community | DESTINATION_FROM_BILLING',
    ],
    [
      '… also where the goods go to a third country of the EU',
      {
        lines: [course('100.00', '0.00'), mug('10.00', '0.00')],
        sale: { ...belgian, delivery: addressIn('DE', '10115') },
        vies: 'valid',
      },
      'intra-community DE/DE: 0 services-reverse-charge, 0 intra-community',
    ],
    [
      'out of the EU',
      { lines: [mug('10.00', '0.00'), ebook('10.00', '0.00')], sale: from('CH') },
      'export CH/CH: 0 export, 0 services-outside-eu | DESTINATION_FROM_BILLING',
    ],
    [
      'to a consumer below the threshold: both with VAT of home',
      {
        lines: [mug('10.00', '2.10'), course('100.00', '21.00')],
        sale: from('DE', '10115'),
        position: { oss: false },
      },
      'origin DE/NL: 21 taxed, 21 taxed | DESTINATION_FROM_BILLING',
    ],
    [
      'to a consumer under OSS: VAT of two countries does not go on one invoice',
      {
        lines: [mug('10.00', '1.90'), shipping('0.95'), course('100.00', '21.00')],
        sale: from('DE', '10115'),
        position: { oss: true },
      },
      'refused: SUPPLIES_MIXED 3',
    ],
    [
      'goods at home and a service without VAT abroad neither',
      {
        lines: [course('100.00', '0.00'), mug('10.00', '2.10')],
        sale: { ...belgian, delivery: addressIn('NL', '3511 AB') },
        vies: 'valid',
      },
      'refused: SUPPLIES_MIXED 1',
    ],
    [
      'a refusal names the line of the sale, not that of its part',
      {
        lines: [mug('10.00', '2.10'), course('100.00', '21.00'), course('100.00', '12.00')],
        sale: from('DE', '10115'),
        position: { oss: false },
      },
      'refused: VAT_RATE_IMPOSSIBLE 3',
    ],
    [
      'costs go with what is sold',
      { lines: [ebook('10.00', '0.00'), shipping('0.00')], sale: belgian, vies: 'valid' },
      'services-reverse-charge BE/BE: 0 services-reverse-charge, 0 services-reverse-charge',
    ],
    [
      'a gift card beside them stays one',
      {
        lines: [ebook('10.00', '0.00'), statedLine('25.00', '0.00', { sku: 'BON' })],
        sale: belgian,
        vies: 'valid',
        position: { marked: [{ marking: 'voucher', products: ['bon'] }] },
      },
      'services-reverse-charge BE/BE: 0 services-reverse-charge, 0 voucher',
    ],
  ])
})

describe('what a product is', () => {
  const sold = (change: Partial<SaleLine>, position: Partial<VatPosition>) =>
    told({ lines: [statedLine('100.00', '0.00', change)], sale: from('CH'), position })
  const goods = 'export CH/CH: 0 export | DESTINATION_FROM_BILLING'
  const none = { supplied: [] }

  test('goods, for a merchant who has set nothing, whatever the shop says', () => {
    expect(sold({ supply: 'digital' }, none)).toBe(goods)
  })
  test('what the shop says, where the merchant wants that', () => {
    const byShop = { ...none, supply: 'by-the-shop' } as const
    expect(sold({ supply: 'digital' }, byShop)).toMatch(/^services-outside-eu/)
    expect(sold({}, byShop)).toBe(goods)
  })
  test('what the merchant sells in general', () => {
    expect(sold({}, { ...none, supply: 'service' })).toMatch(/^services-outside-eu/)
  })
  test('what a list says, before anything else', () => {
    const supplied = [{ supply: 'goods', products: ['MOK-*'] }] as const
    expect(sold({ supply: 'digital' }, { supplied, supply: 'digital' })).toBe(goods)
  })
  test('a tax class in a list', () => {
    const supplied = [{ supply: 'service', products: ['Diensten'] }] as const
    expect(sold({ taxClass: 'diensten' }, { supplied })).toMatch(/^services-outside-eu/)
  })
  test('never by half a name: only a star stands for the rest', () => {
    const supplied = [{ supply: 'service', products: ['MOK'] }] as const
    expect(sold({}, { supplied })).toBe(goods)
  })
})

describe('in words', () => {
  const explained = (given: Case) => {
    const drafting = draftFor(given)
    if (drafting.is !== 'drafted') throw new Error(drafting.reason.code)
    const { draft } = drafting
    const [first] = draft.lines
    if (first === undefined) throw new Error('no line')
    return { regime: explainRegime(draft), line: explainLine(first, draft) }
  }

  test('a reverse-charged service', () => {
    const given = { lines: [course('100.00', '0.00')], sale: belgian, vies: 'valid' } as const
    expect(explained(given)).toEqual({
      regime: {
        nl: 'Dienst aan een ondernemer elders in de EU: de btw is verlegd naar de klant.',
        en: 'Service to a business elsewhere in the EU: the customer accounts for the VAT.',
      },
      line: {
        nl: 'Btw verlegd, art. 196 richtlijn 2006/112/EG',
        en: 'Reverse charge, art. 196 Directive 2006/112/EC',
      },
    })
  })
  test('a service outside the EU', () => {
    const { regime, line: words } = explained({ lines: [course('1.00', '0.00')], sale: from('CH') })
    expect(regime.nl).toContain('Zwitserland, buiten de EU')
    expect(words.en).toContain('Not subject to VAT')
  })
  test('a taxed service and a download say which country counts', () => {
    const service = explained({ lines: [course('100.00', '21.00')], sale: from('DE', '10115') })
    expect(service.line.nl).toBe(
      '21 %: het enige tarief van Nederland dat bij de bedragen past. Een dienst met btw heeft die van uw eigen land, waar de klant ook is.',
    )
    const download = explained({ lines: [ebook('100.00', '9.00')] })
    expect(download.line.en).toContain('Digital: the country of the customer counts')
  })
})
