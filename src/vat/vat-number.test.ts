import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDigitRemark, vatNumberState } from './vat-number-state.ts'
import { readVatNumber } from './vat-number.ts'

const checked = (text: string, country = '') => {
  const number = readVatNumber(text, country)
  return number.form === 'ok' ? `${number.normalised} ${number.checkDigit}` : number.why
}

// Numbers of companies and authorities, published by themselves; source: python-stdnum's test list.
const real = `
  ATU14243102 BE0468561072 BE0202239951 BG103873594 CY10246672X CZ25123891 DE113866163 DK10503280
  EE100931558 EL039868210 ESQ0818001J ESA28184661 FI02459042 FR04409414364 HR38192148118 HU12509403
  IE0005306C IE4550159S IT01404480202 LT100001354118 LU10059929 LV40003521600 MT10396417 NL001241643B01
  NL806753742B01 PL5211355116 PT500019720 RO11358544 SE202100500001 SI26808498 SK2022749619 XI432525179
`
  .trim()
  .split(/\s+/)

test('all 27 countries and Northern Ireland have an example', () => {
  expect(new Set(real.map((number) => number.slice(0, 2))).size).toBe(28)
})

test.each(real)('%s is right', (number) => expect(checked(number)).toBe(`${number} ok`))

test.each(real)('%s with one digit changed is warned about', (number) => {
  // The last digit belongs to the part that the check digit guards, save in NL and SE, which end in 01.
  const at = /^(NL|SE)/.test(number) ? 9 : number.search(/\d(?=\D*$)/)
  const digit = (Number(number.charAt(at)) + 1) % 10
  const changed = `${number.slice(0, at)}${digit}${number.slice(at + 1)}`
  expect(checked(changed)).toBe(`${changed} failed`)
})

test.each(real)('%s behind a second prefix is refused', (number) => {
  expect(checked(`${number.slice(0, 2)} ${number}`)).toBe('doubled-prefix')
})

test.each(real)('%s with two digits too many has no form', (number) => {
  // Romanian numbers may have two to ten digits.
  expect(checked(`${number}1234`)).toBe('shape')
})

// Contracts/vat.md §2.2, the column "form": what is final.
test.each([
  ['AT12345678', 'no U'],
  ['ATU1234567', 'seven digits'],
  ['BE2123456789', 'first digit 2'],
  ['BG12345678', 'eight digits'],
  ['CY12345678X', 'starts with 12'],
  ['CY12345678', 'no letter'],
  ['CZ1234567', 'seven digits'],
  ['DE012345678', 'first digit 0'],
  ['DE12345678', 'eight digits'],
  ['DK01234567', 'first digit 0'],
  ['EE12345678', 'eight digits'],
  ['EL1234567', 'seven digits'],
  ['ES123456789', 'no letter'],
  ['FI123456789', 'nine digits'],
  ['FRO0123456789', 'letter O in the key'],
  ['FRI1123456789', 'letter I in the key'],
  ['HR1234567890', 'ten digits'],
  ['HU123456789', 'nine digits'],
  ['IE1234567', 'no letter'],
  ['IT1234567890', 'ten digits'],
  ['LT123456789', 'eighth digit not 1'],
  ['LT123456789022', 'eleventh digit not 1'],
  ['LU1234567', 'seven digits'],
  ['LV1234567890', 'ten digits'],
  ['MT01234567', 'first digit 0'],
  ['NL123456789B00', 'suffix 00'],
  ['NL123456789', 'no suffix'],
  ['NL123456789C01', 'no B'],
  ['PL123456789', 'nine digits'],
  ['PT012345678', 'first digit 0'],
  ['RO1', 'one digit'],
  ['RO12345678901', 'eleven digits'],
  ['SE123456789002', 'does not end in 01'],
  ['SI123456789', 'nine digits'],
  ['SK123456789', 'nine digits'],
  ['XI12345678', 'eight digits'],
  ['XIGD500', 'GD from 500'],
  ['XIHA499', 'HA below 500'],
])('%s (%s) cannot exist', (number) => expect(checked(number)).toBe('shape'))

describe('the Netherlands', () => {
  test.each([
    ['NL004495445B01', 'ok', 'eleven-test'],
    ['NL002065538B01', 'ok', 'eleven-test'],
    ['NL123456789B13', 'ok', 'mod 97: a sole trader since 2020'],
    ['NL123456789B12', 'failed', 'neither'],
    ['NL000000000B01', 'failed', 'all zeros'],
    // 100000010: weighted sum 9 + 2 = 11 → remainder 0, which is its last digit.
    ['NL100000010B01', 'ok', 'remainder 0'],
    // 600000000: weighted sum 54, remainder 10: never issued; jsvat-next takes it for 0.
    ['NL600000000B01', 'failed', 'remainder 10'],
  ])('%s %s (%s)', (number, verdict) => expect(checked(number)).toBe(`${number} ${verdict}`))

  test.each([
    ['NL4495445B01', 'NL004495445B01 ok'],
    ['nl 0044.95.445.b.01', 'NL004495445B01 ok'],
    ['4495445B01', 'NL004495445B01 ok'],
  ])('%s is put into full notation', (text, result) => expect(checked(text, 'NL')).toBe(result))
})

describe('Belgium', () => {
  test.each([
    ['BE1000000022', 'failed'],
    // 97 − (10000000 mod 97) = 21.
    ['BE1000000021', 'ok'],
    ['BE0468561072', 'ok'],
    // 97 − (00000096 mod 97) = 1; 98 and 99 are 97 more than 1 and 2 and never issued.
    ['BE0000009601', 'ok'],
    ['BE0000009698', 'failed'],
    ['BE0000009797', 'ok'],
    ['BE0000009700', 'failed'],
  ])('%s %s', (number, verdict) => expect(checked(number)).toBe(`${number} ${verdict}`))

  test.each(['BE (0)468.561.072', 'be468561072', 'BE 468.561.072', 'TVA BE 0468.561.072'])(
    '%s is read',
    (text) => expect(checked(text)).toBe('BE0468561072 ok'),
  )
  test('without prefix', () => expect(checked('0468.561.072', 'België')).toBe('BE0468561072 ok'))
})

describe('France', () => {
  test.each([
    ['FR83404833048', 'ok'],
    ['FRK7399859412', 'ok'],
    ['FRK8399859412', 'failed'],
    // The SIREN fails its own digit though the key is right: (404833047 · 100 + 12) mod 97 = 80.
    ['FR80404833047', 'failed'],
  ])('%s %s', (number, verdict) => expect(checked(number)).toBe(`${number} ${verdict}`))
})

describe('what shops deliver', () => {
  test.each([
    ['', 'NL', 'empty'],
    ['  - ', 'NL', 'empty'],
    ['n.v.t.', 'NL', 'empty'],
    ['geen', 'NL', 'empty'],
    ['VAT', 'NL', 'empty'],
    ['VAT123', 'NL', 'shape'],
    ['12345678', 'NL', 'shape'],
    ['KvK 12345678', 'NL', 'shape'],
    ['NL NL8186.83.480.B01', 'NL', 'doubled-prefix'],
    ['BE NL818683480B01', 'BE', 'doubled-prefix'],
    ['GR EL039868210', 'GR', 'doubled-prefix'],
    ['EU372000063', 'NL', 'not-a-customer-number'],
    ['IM3720000224', 'NL', 'not-a-customer-number'],
    ['US123456789', 'NL', 'unknown-country'],
    ['123456789B01', '', 'unknown-country'],
    ['123456789', 'US', 'unknown-country'],
    ['123456789', 'Atlantis', 'unknown-country'],
    ['9'.repeat(40), 'NL', 'shape'],
  ])('"%s" from %s: %s', (text, country, why) => expect(checked(text, country)).toBe(why))

  test.each([
    ['BTW-nr.: NL 0044.95.445.B01', '', 'NL004495445B01 ok'],
    ['gr 039868210', '', 'EL039868210 ok'],
    ['EL39868210', '', 'EL039868210 ok'],
    ['039868210', 'GR', 'EL039868210 ok'],
    ['113866163', 'Duitsland', 'DE113866163 ok'],
    ['83404833048', 'MC', 'FR83404833048 ok'],
    ['02459042', 'AX', 'FI02459042 ok'],
    ['432525179', 'XI', 'XI432525179 ok'],
    ['432525179', 'GB', 'GB432525179 ok'],
    ['UK 432525179', '', 'GB432525179 ok'],
    ['XIGD001', '', 'XIGD001 none'],
    ['CHE-107.787.577 MWST', '', 'CHE107787577 ok'],
    ['CHE-107.787.577 TVA', '', 'CHE107787577 ok'],
    ['NO 995 525 828 MVA', '', 'NO995525828 ok'],
    ['u14243102', 'AT', 'ATU14243102 ok'],
  ])('"%s" from "%s" is %s', (text, country, result) => expect(checked(text, country)).toBe(result))
})

test('a text too long for a field is refused unread', () => {
  expect(checked('9'.repeat(1_000_000), 'NL')).toBe('shape')
  expect(checked('NL004495445B01'.padEnd(300, ' '))).toBe('shape')
})

test('no text whatever makes it throw, and what it accepts it accepts again', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[A-Z]{2}[0-9A-Z+*]{5,13}$/)),
      fc.constantFrom('', 'NL', 'BE', 'FR', 'IE', 'België', 'zz'),
      (text, country) => {
        const number = readVatNumber(text, country)
        if (number.form === 'ok') expect(readVatNumber(number.normalised, '')).toEqual(number)
      },
    ),
    { numRuns: 5_000 },
  )
})

test('the state of a number needs VIES only when its form is right', () => {
  const good = readVatNumber('BE0468561072', '')
  expect(vatNumberState(good, 'silent')).toEqual({ is: 'unknown', country: 'BE' })
  expect(vatNumberState(good, 'valid')).toEqual({ is: 'valid', country: 'BE' })
  expect(vatNumberState(good, 'invalid')).toEqual({ is: 'invalid', country: 'BE' })
  expect(vatNumberState(readVatNumber('', 'BE'), 'silent')).toEqual({ is: 'none' })
  expect(vatNumberState(readVatNumber('123', 'BE'), 'silent')).toEqual({
    is: 'malformed',
    why: 'shape',
  })
  // Britain left VIES.
  const british = readVatNumber('GB432525179', '')
  expect(vatNumberState(british, 'silent')).toEqual({ is: 'malformed', why: 'unknown-country' })
})

test('a wrong check digit is a remark', () => {
  const remark = checkDigitRemark(readVatNumber('BE0468561073', ''))
  expect(remark).toEqual({ code: 'VAT_NUMBER_CHECK_DIGIT', params: { country: 'BE' } })
  expect(checkDigitRemark(readVatNumber('BE0468561072', ''))).toBeNull()
})
