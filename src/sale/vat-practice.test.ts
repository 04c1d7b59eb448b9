import { describe, expect, test } from 'vitest'
import { addressIn, saleOf, statedLine, type SaleSample } from '../../test/support/sale.ts'
import { shopAgrees } from './checks/shop-agrees.ts'
import { makeDraft } from './make-draft.ts'
import type { Sale, SaleLine } from './sale.ts'
import type { ViesVerdict } from './treated.ts'
import { plainPosition, type VatPosition } from './vat-position.ts'

/*
 * The rows of contracts/vat.md §5 on whole sales, one test a row, to be ticked off. §3 is in src/vat/rates.test.ts,
 * §4 in src/vat/territory.test.ts.
 */

const taxed = statedLine('100.00', '21.00')
const untaxed = statedLine('100.00', '0.00')
const german = statedLine('100.00', '19.00')
const shipping = (tax: string) => statedLine('5.00', tax, { kind: 'shipping' })

/** A postcode that says nothing special; four digits where it is not asked for. */
const mainland: Readonly<Record<string, string>> = { DE: '10115', FR: '75001' }

const to = (country: string, postcode = mainland[country] ?? '1000'): SaleSample => ({
  billing: addressIn(country, postcode),
})
/** A buyer with a number, at an address elsewhere or not. */
const business = (country: string, vatNumber: string): SaleSample => ({
  ...to(country),
  buyer: { company: 'Koffie bv', vatNumber },
})
const validBelgian = 'BE0468561072'
const validDutch = 'NL810433941B01'

interface Case {
  lines: readonly SaleLine[]
  sale?: SaleSample
  position?: Partial<VatPosition>
  home?: 'NL' | 'BE'
  vies?: ViesVerdict
}

const saleFor = ({ lines, sale }: Case): Sale => ({ ...saleOf([], sale), lines })

/** Regime, whose rates, percentages and treatments; or why not. Remarks behind it. */
const told = (given: Case): string => {
  const { home = 'NL', position, vies = 'silent' } = given
  const options = {
    leadingNumber: 'order' as const,
    vat: { ...plainPosition(home), ...position },
  }
  const drafting = makeDraft(saleFor(given), options, vies)
  if (drafting.is !== 'drafted') return `${drafting.is}: ${drafting.reason.code}`
  const { draft } = drafting
  const lines = draft.lines.map(
    ({ vatPercent, vat }) => `${vatPercent.toString()} ${vat.treatment}`,
  )
  const remarks = draft.remarks
    .map(({ code }) => code)
    .filter((code) => code !== 'DESTINATION_FROM_BILLING')
  return [`${draft.regime} ${draft.ratesOf}: ${lines.join(', ')}`, ...remarks].join(' | ')
}

const check = (rows: readonly (readonly [row: string, given: Case, result: string])[]) => {
  test.each(rows)('%s', (_, given, result) => expect(told(given)).toBe(result))
}

describe('§5.1 step 1: the small-business scheme', () => {
  check([
    [
      'Dutch KOR: everything 0 %, no ICP',
      { lines: [untaxed], sale: business('BE', validBelgian), position: { smallBusiness: true } },
      'small-business BE: 0 small-business',
    ],
    [
      'Belgian art. 56bis: everything 0 %, no ICP',
      {
        lines: [untaxed, shipping('0.00')],
        sale: business('NL', validDutch),
        position: { smallBusiness: true },
        home: 'BE',
      },
      'small-business NL: 0 small-business, 0 small-business',
    ],
    [
      'Belgian art. 56bis, at home',
      { lines: [untaxed], sale: to('BE'), position: { smallBusiness: true }, home: 'BE' },
      'small-business BE: 0 small-business',
    ],
    [
      'positive VAT on such an order is an error',
      { lines: [taxed], sale: to('BE'), position: { smallBusiness: true }, home: 'BE' },
      'refused: VAT_ON_SMALL_BUSINESS',
    ],
  ])
})

const marked = (marking: 'margin' | 'voucher' | 'deposit' | 'zero-rated') => ({
  marked: [{ marking, products: ['mok-1'] }],
})

describe('§5.1 step 2: margin, gift cards, deposits', () => {
  check([
    ['margin at home', { lines: [untaxed], position: marked('margin') }, 'domestic NL: 0 margin'],
    [
      'margin elsewhere in the EU',
      { lines: [untaxed], sale: to('FR'), position: marked('margin') },
      'destination FR: 0 margin',
    ],
    [
      'used goods never become ICP',
      {
        lines: [untaxed],
        sale: business('BE', validBelgian),
        position: marked('margin'),
        vies: 'valid',
      },
      'destination BE: 0 margin',
    ],
    [
      'no VAT may be shown on margin',
      { lines: [taxed], position: marked('margin') },
      'refused: VAT_ON_MARGIN',
    ],
    [
      'exported margin goods: plain export',
      { lines: [untaxed], sale: to('CH'), position: marked('margin') },
      'export CH: 0 export',
    ],
    [
      'exported margin goods, if the merchant wants it: margin',
      {
        lines: [untaxed],
        sale: to('CH'),
        position: { ...marked('margin'), exportedMargin: 'margin' },
      },
      'export CH: 0 margin',
    ],
    [
      'marked by tax class',
      {
        lines: [statedLine('100.00', '0.00', { taxClass: 'Marge' })],
        position: { marked: [{ marking: 'margin', products: ['marge'] }] },
      },
      'domestic NL: 0 margin',
    ],
    [
      'marked by SKU prefix',
      {
        lines: [statedLine('100.00', '0.00', { sku: 'OCC-1187' })],
        position: { marked: [{ marking: 'margin', products: ['occ-*'] }] },
      },
      'domestic NL: 0 margin',
    ],
    [
      'a gift card with VAT is no multi-purpose one',
      { lines: [taxed], position: marked('voucher') },
      'refused: VAT_ON_UNTAXED_LINE',
    ],
    [
      'a gift card redeemed as a negative 21 % line neither',
      {
        lines: [statedLine('100.00', '21.00', { sku: 'KAN-1' }), statedLine('-10.00', '-2.10')],
        position: marked('voucher'),
      },
      'refused: VAT_ON_UNTAXED_LINE',
    ],
    [
      'a deposit with VAT',
      { lines: [taxed], position: marked('deposit') },
      'refused: VAT_ON_UNTAXED_LINE',
    ],
    [
      'a multi-purpose gift card sold has no VAT',
      { lines: [untaxed], position: marked('voucher') },
      'domestic NL: 0 voucher',
    ],
    [
      'a single-purpose gift card is taxed when sold: it is no marked product',
      { lines: [statedLine('25.00', '5.25', { sku: 'CADEAU-21' })], position: marked('voucher') },
      'domestic NL: 21 taxed',
    ],
    [
      'a deposit is outside the taxable amount, and no export either',
      {
        lines: [statedLine('0.15', '0.00'), statedLine('100.00', '0.00', { sku: 'BIER-1' })],
        sale: to('CH'),
        position: marked('deposit'),
      },
      'export CH: 0 deposit, 0 export',
    ],
  ])
})

describe('§5.1 step 3: at home', () => {
  check([
    ['domestic', { lines: [taxed] }, 'domestic NL: 21 taxed'],
    [
      'domestic in Belgium',
      { lines: [statedLine('100.00', '6.00')], sale: to('BE'), home: 'BE' },
      'domestic BE: 6 taxed',
    ],
    [
      'zero VAT with a number of S: reverse charge, when enabled',
      {
        lines: [untaxed],
        sale: business('NL', validDutch),
        position: { domesticReverseCharge: true },
      },
      'domestic-reverse-charge NL: 0 domestic-reverse-charge',
    ],
    [
      'the same, not enabled',
      { lines: [untaxed], sale: business('NL', validDutch) },
      'refused: DOMESTIC_REVERSE_CHARGE_OFF',
    ],
    [
      'otherwise zero needs a zero-rated product',
      { lines: [untaxed], position: marked('zero-rated') },
      'domestic NL: 0 zero-rated',
    ],
    ['else it is an error', { lines: [untaxed] }, 'refused: ZERO_VAT_WITHOUT_REASON'],
    [
      'picked up at the shop by a customer from abroad: domestic',
      { lines: [taxed], sale: { ...to('BE'), pickedUp: true }, position: { oss: true } },
      'domestic NL: 21 taxed',
    ],
    [
      'picked up by a foreign business: no supply to its country',
      {
        lines: [untaxed],
        sale: { ...business('BE', validBelgian), pickedUp: true },
        vies: 'valid',
      },
      'refused: ZERO_VAT_WITHOUT_REASON',
    ],
    [
      'a Belgian business without a number: Peppol needs one',
      {
        lines: [taxed],
        sale: { ...to('BE'), buyer: { company: 'Koffie bv' } },
        home: 'BE',
      },
      'domestic BE: 21 taxed | BUSINESS_WITHOUT_VAT_NUMBER',
    ],
  ])
})

describe('§5.1 step 4: elsewhere in the EU', () => {
  check([
    [
      'a: ICP',
      { lines: [untaxed], sale: business('BE', validBelgian), vies: 'valid' },
      'intra-community BE: 0 intra-community',
    ],
    [
      'a: the number need not be of country D',
      { lines: [untaxed], sale: business('DE', validBelgian), vies: 'valid' },
      'intra-community DE: 0 intra-community',
    ],
    [
      'a: from Belgium',
      { lines: [untaxed], sale: business('NL', validDutch), home: 'BE', vies: 'valid' },
      'intra-community NL: 0 intra-community',
    ],
    ['b: no number', { lines: [untaxed], sale: to('BE') }, 'refused: VAT_NUMBER_MISSING'],
    [
      'b: a malformed number',
      { lines: [untaxed], sale: business('BE', '12') },
      'refused: VAT_NUMBER_MALFORMED',
    ],
    [
      'b: an invalid number',
      { lines: [untaxed], sale: business('BE', validBelgian), vies: 'invalid' },
      'refused: VAT_NUMBER_INVALID',
    ],
    [
      'c: VIES silent',
      { lines: [untaxed], sale: business('BE', validBelgian) },
      'hold: VIES_NO_ANSWER',
    ],
    [
      'd: OSS on: rates of D',
      { lines: [german], sale: to('DE'), position: { oss: true } },
      'destination DE: 19 taxed',
    ],
    [
      'd: OSS off: rates of S',
      { lines: [taxed], sale: to('DE'), position: { oss: false } },
      'origin NL: 21 taxed',
    ],
    [
      'd: a number with VAT charged is booked as charged',
      { lines: [german], sale: business('DE', 'DE136695976'), position: { oss: true } },
      'destination DE: 19 taxed',
    ],
    [
      'd: and warned about, once it is known to be valid',
      {
        lines: [german],
        sale: business('DE', 'DE136695976'),
        position: { oss: true },
        vies: 'valid',
      },
      'destination DE: 19 taxed | VAT_CHARGED_TO_BUSINESS',
    ],
    [
      'e: mixed, the zero line with a reason',
      {
        lines: [statedLine('100.00', '19.00', { sku: 'KAN-1' }), untaxed],
        sale: to('DE'),
        position: marked('voucher'),
      },
      'destination DE: 19 taxed, 0 voucher',
    ],
    [
      'e: mixed without',
      { lines: [german, untaxed], sale: to('DE') },
      'refused: ZERO_VAT_WITHOUT_REASON',
    ],
  ])
})

describe('§5.1 step 5: outside the EU VAT area', () => {
  check([
    ['consumer', { lines: [untaxed], sale: to('CH') }, 'export CH: 0 export'],
    [
      'business, whatever its number',
      { lines: [untaxed], sale: business('CH', 'n.v.t.') },
      'export CH: 0 export',
    ],
    [
      'positive VAT: rates of S, booked as charged and warned about',
      { lines: [taxed], sale: to('CH') },
      'charged-export NL: 21 taxed | VAT_ON_EXPORT',
    ],
    [
      'positive VAT of neither country',
      { lines: [german], sale: to('CH') },
      'refused: VAT_RATE_IMPOSSIBLE',
    ],
    [
      'positive VAT, refused where the merchant wants that',
      { lines: [taxed], sale: to('CH'), position: { exportWithVat: 'refuse' } },
      'refused: VAT_ON_EXPORT_REFUSED',
    ],
    [
      'own registration in Great Britain: its rates',
      {
        lines: [statedLine('100.00', '20.00')],
        sale: to('GB', 'SW1A 1AA'),
        position: { registrations: ['GB'] },
      },
      'foreign-registration GB: 20 taxed',
    ],
    [
      'own registration in Norway (VOEC): its rates',
      {
        lines: [statedLine('100.00', '25.00')],
        sale: to('NO'),
        position: { registrations: ['NO'] },
      },
      'foreign-registration NO: 25 taxed',
    ],
    [
      'own registration in Switzerland (mail order): its rates',
      {
        lines: [statedLine('100.00', '8.10')],
        sale: to('CH'),
        position: { registrations: ['CH'] },
      },
      'foreign-registration CH: 8.1 taxed',
    ],
  ])
})

describe('§4: what a territory means for a sale', () => {
  check([
    [
      'Northern Ireland: ICP to an XI number',
      {
        lines: [untaxed],
        sale: { ...to('GB', 'BT1 1AA'), buyer: { company: 'Linen', vatNumber: 'XI110305878' } },
        vies: 'valid',
      },
      'intra-community XI: 0 intra-community',
    ],
    [
      'Northern Ireland: consumers under OSS at British rates',
      {
        lines: [statedLine('100.00', '20.00')],
        sale: to('GB', 'BT1 1AA'),
        position: { oss: true },
      },
      'destination XI: 20 taxed',
    ],
    [
      'Monaco: French rates',
      { lines: [statedLine('100.00', '20.00')], sale: to('MC', '98000'), position: { oss: true } },
      'destination MC: 20 taxed',
    ],
    [
      'Corsica: rates of its own too',
      { lines: [statedLine('100.00', '0.90')], sale: to('FR', '20000'), position: { oss: true } },
      'destination FR-20R: 0.9 taxed',
    ],
    [
      '… that the mainland does not have',
      { lines: [statedLine('100.00', '13.00')], sale: to('FR'), position: { oss: true } },
      'refused: VAT_RATE_IMPOSSIBLE',
    ],
    [
      'Madeira: rates of its own',
      {
        lines: [statedLine('100.00', '22.00')],
        sale: to('PT', '9000-123'),
        position: { oss: true },
      },
      'destination PT-30: 22 taxed',
    ],
    [
      'Azores: rates of their own',
      {
        lines: [statedLine('100.00', '16.00')],
        sale: to('PT', '9500-321'),
        position: { oss: true },
      },
      'destination PT-20: 16 taxed',
    ],
    [
      'Jungholz: 19 %',
      { lines: [statedLine('100.00', '19.00')], sale: to('AT', '6691'), position: { oss: true } },
      'destination AT-JUNGHOLZ: 19 taxed',
    ],
    [
      'Balearics: ordinary Spain',
      { lines: [taxed], sale: to('ES', '07001'), position: { oss: true } },
      'destination ES: 21 taxed',
    ],
    [
      'Akrotiri: Cyprus',
      { lines: [german], sale: to('GB', 'BFPO 57'), position: { oss: true } },
      'destination CY: 19 taxed',
    ],
    ['Aruba: export', { lines: [untaxed], sale: to('AW', '') }, 'export AW: 0 export'],
    [
      'Heligoland: export',
      { lines: [untaxed], sale: to('DE', '27498') },
      'export DE-HELGOLAND: 0 export',
    ],
    ['Isle of Man: export', { lines: [untaxed], sale: to('IM', 'IM1 1AA') }, 'export IM: 0 export'],
    [
      'without a postcode the country as a whole, which is said',
      { lines: [taxed], sale: to('ES', ''), position: { oss: true } },
      'destination ES: 21 taxed | POSTCODE_MISSING',
    ],
  ])
})

describe('§5.3: what goes wrong in practice', () => {
  check([
    [
      'NL and BE both have 21 %: at home it is domestic …',
      { lines: [taxed], position: { oss: true } },
      'domestic NL: 21 taxed',
    ],
    [
      '… under OSS it is Belgian …',
      { lines: [taxed], sale: to('BE'), position: { oss: true } },
      'destination BE: 21 taxed',
    ],
    [
      '… below the threshold Dutch: address and setting tell, never the percentage',
      { lines: [taxed], sale: to('BE'), position: { oss: false } },
      'origin NL: 21 taxed',
    ],
    [
      'the law looks at delivery, not at billing: drop-shipment to a third country is an export',
      { lines: [untaxed], sale: { ...to('NL'), delivery: addressIn('CH') } },
      'export CH: 0 export',
    ],
    [
      '… and a Swiss invoice address makes none of a Dutch delivery',
      { lines: [untaxed], sale: { ...to('CH'), delivery: addressIn('NL') } },
      'refused: ZERO_VAT_WITHOUT_REASON',
    ],
    [
      'a number typed with the order and 0 % without any check waits for VIES',
      { lines: [untaxed], sale: business('BE', validBelgian) },
      'hold: VIES_NO_ANSWER',
    ],
    [
      'a number of the merchant’s own country with delivery abroad is no ICP',
      { lines: [untaxed], sale: business('DE', validDutch), vies: 'valid' },
      'refused: VAT_NUMBER_OWN_COUNTRY',
    ],
    [
      'shipping without VAT beside goods with VAT',
      { lines: [taxed, shipping('0.00')] },
      'refused: SHIPPING_WITHOUT_VAT',
    ],
    [
      'shipping follows the goods: the highest of mixed rates …',
      { lines: [taxed, statedLine('100.00', '9.00'), shipping('1.05')] },
      'domestic NL: 21 taxed, 9 taxed, 21 taxed',
    ],
    [
      '… or the main good',
      { lines: [statedLine('100.00', '6.00'), shipping('0.30')], sale: to('BE'), home: 'BE' },
      'domestic BE: 6 taxed, 6 taxed',
    ],
    [
      '… or pro rata, as lines of their own',
      {
        lines: [taxed, statedLine('100.00', '9.00'), shipping('1.05'), shipping('0.45')],
      },
      'domestic NL: 21 taxed, 9 taxed, 21 taxed, 9 taxed',
    ],
    [
      'prices incl. VAT kept constant: 121.00 to Germany is 101.68 + 19.32',
      { lines: [statedLine('101.68', '19.32')], sale: to('DE'), position: { oss: true } },
      'destination DE: 19 taxed',
    ],
    [
      '… and never 100.00 + 21.00 under OSS',
      { lines: [taxed], sale: to('DE'), position: { oss: true } },
      'refused: VAT_RATE_IMPOSSIBLE',
    ],
    [
      'rate change, Finland 14 → 13.5: a credit has the rate of the sale it undoes',
      {
        lines: [statedLine('-100.00', '-14.00')],
        sale: { ...to('FI', '00100'), date: '2026-02-01', taxPoint: '2025-12-30' },
      },
      'destination FI: 14 taxed',
    ],
    [
      'rate change, Estonia 22 → 24: an order of July 2025 has the new one',
      { lines: [statedLine('100.00', '24.00')], sale: { ...to('EE'), date: '2025-07-01' } },
      'destination EE: 24 taxed',
    ],
    [
      '… and not the old one',
      {
        lines: [statedLine('100.00', '22.00')],
        sale: { ...to('EE'), date: '2025-07-01' },
        position: { oss: true },
      },
      'refused: VAT_RATE_IMPOSSIBLE',
    ],
    [
      'rate change, Romania 19 → 21',
      { lines: [statedLine('100.00', '19.00')], sale: { ...to('RO'), date: '2025-07-31' } },
      'destination RO: 19 taxed',
    ],
    [
      'rate change, lodging in the Netherlands 9 → 21: both stay legal, the shop’s figures tell',
      { lines: [taxed], sale: { date: '2026-01-01' } },
      'domestic NL: 21 taxed',
    ],
    ['country missing', { lines: [taxed], sale: to('') }, 'refused: COUNTRY_MISSING'],
    [
      'country as free text',
      { lines: [taxed], sale: { billing: { ...addressIn(''), countryName: 'België' } } },
      'destination BE: 21 taxed',
    ],
    ['country as ISO-3', { lines: [taxed], sale: to('BEL') }, 'destination BE: 21 taxed'],
    [
      'Northern Ireland is inside the EU for goods',
      { lines: [statedLine('100.00', '20.00')], sale: to('GB', 'BT1 1AA') },
      'destination XI: 20 taxed',
    ],
    [
      '… and Great Britain is not',
      { lines: [untaxed], sale: to('GB', 'SW1A 1AA') },
      'export GB: 0 export',
    ],
    [
      'the Canary Islands are not Spain',
      { lines: [untaxed], sale: to('ES', '35001') },
      'export ES-CN: 0 export',
    ],
    [
      'a small business as customer has an enterprise number and no valid VAT number',
      { lines: [untaxed], sale: business('BE', validBelgian), vies: 'invalid' },
      'refused: VAT_NUMBER_INVALID',
    ],
    [
      '… and is charged VAT like a consumer',
      { lines: [taxed], sale: business('BE', validBelgian), vies: 'invalid' },
      'destination BE: 21 taxed',
    ],
  ])

  test('a shop that says intra-Community and charges VAT contradicts itself', () => {
    const given: Case = {
      lines: [taxed],
      sale: { ...business('BE', validBelgian), shopSaysIntraCommunity: true },
    }
    const sale = saleFor(given)
    const drafting = makeDraft(sale, { leadingNumber: 'order', vat: plainPosition('NL') })
    if (drafting.is !== 'drafted') throw new Error(drafting.reason.code)
    const books = {
      ...{ system: 'Boeken', vatCodes: false, currencies: 'any' as const },
      ...{ creditInvoices: true, vatRates: null },
    }
    expect(shopAgrees.run({ sale, draft: drafting.draft, books })?.code).toBe(
      'INTRA_COMMUNITY_WITH_VAT',
    )
  })
})
