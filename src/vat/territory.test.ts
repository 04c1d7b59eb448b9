import { describe, expect, test } from 'vitest'
import { countryCodes } from './country-codes.ts'
import { countryCodeOf } from './country-names.ts'
import { euCountries, territoryByCode, territoryOf } from './territory.ts'

// Every row of contracts/vat.md §4: what shops send, and what it is.
const rows: readonly [
  name: string,
  country: string,
  postcode: string,
  code: string,
  inEu: boolean,
][] = [
  ['Canary Islands, Las Palmas', 'ES', '35001', 'ES-CN', false],
  ['Canary Islands, Tenerife', 'ES', '38650', 'ES-CN', false],
  ['Canary Islands by code', 'IC', '35001', 'ES-CN', false],
  ['Ceuta', 'ES', '51001', 'ES-EA', false],
  ['Melilla', 'ES', '52006', 'ES-EA', false],
  ['Ceuta and Melilla by code', 'EA', '', 'ES-EA', false],
  ['Balearics', 'ES', '07001', 'ES', true],
  ['Åland', 'FI', '22100', 'FI-AX', false],
  ['Åland by code', 'AX', '22100', 'FI-AX', false],
  ['Mount Athos', 'GR', '63086', 'GR-69', false],
  ['Mount Athos, Karyes', 'GR', '630 87', 'GR-69', false],
  ['Livigno', 'IT', '23041', 'IT-LIVIGNO', false],
  ['Campione', 'IT', '22061', 'IT-CAMPIONE', false],
  ['Livigno’s old postcode, which others share', 'IT', '23030', 'IT', true],
  ['Campione’s old postcode, which others share', 'IT', '22060', 'IT', true],
  ['San Marino', 'SM', '47890', 'SM', false],
  ['San Marino as Italy', 'IT', '47895', 'SM', false],
  ['Vatican', 'VA', '00120', 'VA', false],
  ['Vatican as Italy', 'IT', '00120', 'VA', false],
  ['Büsingen', 'DE', '78266', 'DE-BUESINGEN', false],
  ['Heligoland', 'DE', '27498', 'DE-HELGOLAND', false],
  ['Guadeloupe', 'FR', '97110', 'FR-GP', false],
  ['Guadeloupe by code', 'GP', '97110', 'FR-GP', false],
  ['Martinique', 'FR', '97200', 'FR-MQ', false],
  ['Martinique by code', 'MQ', '', 'FR-MQ', false],
  ['Réunion', 'FR', '97400', 'FR-RE', false],
  ['Réunion by code', 'RE', '', 'FR-RE', false],
  ['French Guiana', 'FR', '97300', 'FR-GF', false],
  ['French Guiana by code', 'GF', '', 'FR-GF', false],
  ['Mayotte', 'FR', '97600', 'FR-YT', false],
  ['Mayotte by code', 'YT', '', 'FR-YT', false],
  ['Saint-Martin', 'FR', '97150', 'FR-MF', false],
  ['Saint-Martin by code', 'MF', '97150', 'FR-MF', false],
  ['Saint-Barthélemy', 'FR', '97133', 'FR-BL', false],
  ['Saint-Barthélemy by code', 'BL', '', 'FR-BL', false],
  ['Saint-Pierre', 'FR', '97500', 'FR-PM', false],
  ['Saint-Pierre by code', 'PM', '', 'FR-PM', false],
  ['Polynesia', 'FR', '98714', 'FR-PF', false],
  ['Polynesia by code', 'PF', '', 'FR-PF', false],
  ['New Caledonia', 'FR', '98800', 'FR-NC', false],
  ['New Caledonia by code', 'NC', '', 'FR-NC', false],
  ['Wallis', 'FR', '98600', 'FR-WF', false],
  ['Wallis by code', 'WF', '', 'FR-WF', false],
  ['Monaco', 'MC', '98000', 'MC', true],
  ['Monaco as France', 'FR', '98000', 'MC', true],
  ['Corsica', 'FR', '20000', 'FR-20R', true],
  ['Madeira', 'PT', '9000-123', 'PT-30', true],
  ['Porto Santo', 'PT', '9400-001', 'PT-30', true],
  ['Azores', 'PT', '9500-321', 'PT-20', true],
  ['Azores, Corvo', 'PT', '9980-024', 'PT-20', true],
  ['Northern Ireland', 'GB', 'BT1 1AA', 'XI', true],
  ['Northern Ireland by code', 'XI', '', 'XI', true],
  ['Great Britain', 'GB', 'SW1A 1AA', 'GB', false],
  ['Bath is no Belfast', 'GB', 'BA1 1AA', 'GB', false],
  ['Isle of Man', 'IM', 'IM1 1AA', 'IM', false],
  ['Isle of Man as Britain', 'GB', 'IM1 1AA', 'IM', false],
  ['Jersey', 'JE', 'JE2 3AB', 'JE', false],
  ['Jersey as Britain', 'GB', 'JE2 3AB', 'JE', false],
  ['Guernsey', 'GG', 'GY1 1AA', 'GG', false],
  ['Guernsey as Britain', 'GB', 'GY1 1AA', 'GG', false],
  ['Gibraltar', 'GI', 'GX11 1AA', 'GI', false],
  ['Akrotiri', 'GB', 'BFPO 57', 'CY', true],
  ['Dhekelia', 'GB', 'BFPO 58', 'CY', true],
  ['Ayios Nikolaos', 'GB', 'BFPO 59', 'CY', true],
  ['another British forces post office', 'GB', 'BFPO 40', 'GB', false],
  ['Cyprus', 'CY', '1010', 'CY', true],
  ['Northern Cyprus', 'CY', '99010', 'CY-NORTH', false],
  ['Faroe', 'FO', '100', 'FO', false],
  ['Greenland', 'GL', '3900', 'GL', false],
  ['Greenland as Denmark', 'DK', '3900', 'GL', false],
  ['Aruba', 'AW', '', 'AW', false],
  ['Curaçao', 'CW', '', 'CW', false],
  ['Sint Maarten', 'SX', '', 'SX', false],
  ['Bonaire, Saba, Statia', 'BQ', '', 'BQ', false],
  ['Jungholz', 'AT', '6691', 'AT-JUNGHOLZ', true],
  ['Mittelberg', 'AT', '6991', 'AT-MITTELBERG', true],
  ['Hirschegg', 'AT', '6992', 'AT-MITTELBERG', true],
  ['Riezlern', 'AT', '6993', 'AT-MITTELBERG', true],
  ['Switzerland', 'CH', '8001', 'CH', false],
  ['Liechtenstein', 'LI', '9490', 'LI', false],
  ['Norway', 'NO', '0150', 'NO', false],
  ['Iceland', 'IS', '101', 'IS', false],
  ['Andorra', 'AD', 'AD500', 'AD', false],
  ['United States', 'US', '90210', 'US', false],
]

test.each(rows)('%s (%s %s) is %s', (_, country, postcode, code, inEuVatArea) => {
  expect(territoryOf(country, postcode)).toMatchObject({ code, inEuVatArea, assumed: null })
})

test.each(euCountries)(
  '%s on the mainland is inside the EU with its own rates and prefix',
  (country) => {
    const territory = territoryOf(country, '')
    expect(territory).toMatchObject({
      code: country,
      countryCode: country,
      inEuVatArea: true,
      vatPrefix: country === 'GR' ? 'EL' : country,
    })
  },
)

test('there are 27 member states', () => expect(new Set(euCountries).size).toBe(27))

describe('whose rates and numbers', () => {
  test.each([
    ['XI', '', 'GB', 'XI'],
    ['MC', '', 'FR', 'FR'],
    ['PT', '9000', 'PT', 'PT'],
    ['GR', '10431', 'GR', 'EL'],
    ['ES', '35001', 'ES', null],
    ['CH', '', 'CH', null],
    ['GB', 'SW1A 1AA', 'GB', null],
  ])('%s %s: rates of %s, prefix %s', (country, postcode, countryCode, vatPrefix) => {
    expect(territoryOf(country, postcode)).toMatchObject({ countryCode, vatPrefix })
  })
})

describe('a postcode that says nothing', () => {
  test.each([
    ['ES', '', 'ES'],
    ['ES', '3500', 'ES'],
    ['FR', 'onbekend', 'FR'],
    ['GB', '', 'GB'],
    ['DE', '   ', 'DE'],
  ])('%s "%s" falls back to the country and says so', (country, postcode, code) => {
    expect(territoryOf(country, postcode)).toMatchObject({ code, assumed: 'no-postcode' })
  })

  test.each(['NL', 'BE', 'CH', 'XI', 'MC', 'GP'])('%s needs none', (country) => {
    expect(territoryOf(country, '')?.assumed).toBeNull()
  })

  test.each([
    ['DE', 'D-27498', 'DE-HELGOLAND'],
    ['FI', 'AX-22100', 'FI-AX'],
    ['FR', 'F - 97110', 'FR-GP'],
    ['IT', 'I-23041', 'IT-LIVIGNO'],
    ['gb', 'bt11aa', 'XI'],
    ['PT', '9500 321', 'PT-20'],
  ])('%s "%s" is read all the same', (country, postcode, code) => {
    expect(territoryOf(country, postcode)?.code).toBe(code)
  })

  test('old Italian codes that other towns share stay Italian', () => {
    expect(territoryOf('IT', '23030')?.code).toBe('IT')
    expect(territoryOf('IT', '22060')?.code).toBe('IT')
  })
})

describe('countries as people write them', () => {
  test.each([
    ['nl', 'NL'],
    ['NLD', 'NL'],
    ['bel', 'BE'],
    ['EL', 'GR'],
    ['GRC', 'GR'],
    ['UK', 'GB'],
    [' be ', 'BE'],
    ['België', 'BE'],
    ['Belgie', 'BE'],
    ['BELGIQUE', 'BE'],
    ['Belgium', 'BE'],
    ['Belgien', 'BE'],
    ['Nederland', 'NL'],
    ['The Netherlands', 'NL'],
    ['Pays-Bas', 'NL'],
    ['Niederlande', 'NL'],
    ['Holland', 'NL'],
    ['Duitsland', 'DE'],
    ['Allemagne', 'DE'],
    ['Tsjechië', 'CZ'],
    ['Czech Republic', 'CZ'],
    ['Österreich', 'AT'],
    ['Verenigd Koninkrijk', 'GB'],
    ['Noord-Ierland', 'XI'],
    ['Canarische Eilanden', 'ES-CN'],
    ['Curaçao', 'CW'],
    ['Curacao', 'CW'],
    ['Zwitserland', 'CH'],
    ['Verenigde Staten', 'US'],
  ])('%s is %s', (text, code) => expect(territoryOf(text, '')?.code).toBe(code))

  test.each([
    '',
    '  ',
    'XX',
    'ZZZ',
    'Belgi',
    'Atlantis',
    '12',
    '__proto__',
    'constructor',
    'toString',
  ])('"%s" is no country', (text) => expect(territoryOf(text, '1000')).toBeNull())

  test('every country is found by its own code and by its names in four languages', () => {
    for (const code of countryCodes) expect(countryCodeOf(code.toLowerCase())).toBe(code)
    for (const language of ['nl', 'en', 'fr', 'de']) {
      const names = new Intl.DisplayNames([language], { type: 'region' })
      const wrong = countryCodes.filter((code) => countryCodeOf(names.of(code) ?? '') !== code)
      expect(wrong, language).toEqual([])
    }
  })
})

test('a territory is found by its code', () => {
  for (const [, country, postcode, code] of rows) {
    expect(territoryByCode(code)).toEqual(territoryOf(country, postcode))
  }
  expect(territoryByCode('es-cn')?.code).toBe('ES-CN')
  expect(territoryByCode('nowhere')).toBeNull()
})
