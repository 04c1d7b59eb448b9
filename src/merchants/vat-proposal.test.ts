import { describe, expect, it } from 'vitest'
import { proposeVatTable } from './vat-proposal.ts'

const today = '2026-03-02'

const choicesOf = (
  codes: [code: string, percent: string, label: string][],
  ledgers: string[] = [],
) => ({
  vatCodePercents: codes.map(([code, percent, label]) => ({
    value: `${code}:${percent}`,
    label: `${label} (${percent} %)`,
  })),
  ledgers: ledgers.map((label, index) => ({ value: String(8000 + index), label })),
})

const rompslomp = choicesOf(
  [
    ['1', '21', 'hoog'],
    ['2', '9', 'laag'],
    ['3', '0', 'nul'],
    ['4', '0', 'vrijgesteld'],
    ['5', '0', 'verlegd'],
    ['6', '0', 'marge'],
    ['7', '19', 'Duitsland'],
  ],
  ['Omzet', 'Verzendkosten', 'Korting'],
)

const proposed = (choices: ReturnType<typeof choicesOf>, home: string) =>
  Object.fromEntries(
    proposeVatTable(choices, home, today)
      .filter(({ proposal }) => proposal.length > 0)
      .map(({ destination, proposal }) => [
        destination,
        proposal.map(({ percent, vatCode }) => `${percent}:${vatCode}`),
      ]),
  )

describe('a proposal for the VAT table', () => {
  it('takes what the names and rates make obvious', () => {
    expect(proposed(rompslomp, 'NL')).toEqual({
      NL: ['21:1', '9:2'],
      DE: ['19:7'],
      ICP: ['0:5'],
      INTERNATIONAL: ['0:3'],
    })
  })

  it('knows every EU country with its rates of that day', () => {
    const table = proposeVatTable(rompslomp, 'NL', today)
    expect(table).toHaveLength(31)
    expect(table.find(({ destination }) => destination === 'BE')?.percents).toEqual([
      '21',
      '12',
      '6',
    ])
  })

  it('names ledgers where one name fits', () => {
    const home = proposeVatTable(rompslomp, 'NL', today).find((each) => each.destination === 'NL')
    expect(home?.proposal[0]?.ledgers).toEqual({ revenue: '8000', shipping: '8001', payment: '' })
  })

  it('says nothing where two codes fit', () => {
    const twice = choicesOf([
      ['1', '21', 'hoog'],
      ['2', '21', 'hoog winkel'],
      ['3', '9', 'laag'],
    ])
    expect(proposed(twice, 'NL')).toEqual({ NL: ['9:3'] })
  })

  it('takes no code of another country, or for buying, for a sale at home', () => {
    const foreign = choicesOf([
      ['1', '21', 'OSS België'],
      ['2', '21', 'Inkoop hoog'],
      ['3', '21', 'Btw verlegd'],
      ['4', '21', 'Hoog'],
    ])
    expect(proposed(foreign, 'NL')).toEqual({ NL: ['21:4'], BE: ['21:1'] })
  })

  it('tells Informer’s two codes without VAT apart', () => {
    const informer = choicesOf([
      ['81201', '0', 'Binnen de EU'],
      ['81202', '0', 'Buiten de EU'],
    ])
    expect(proposed(informer, 'NL')).toEqual({ ICP: ['0:81201'], INTERNATIONAL: ['0:81202'] })
  })

  it('takes a code for goods and services together for both', () => {
    const both = choicesOf([['1', '0', 'Intracommunautaire leveringen en diensten']])
    expect(proposed(both, 'NL')).toEqual({ ICP: ['0:1'], ICP_SERVICES: ['0:1'] })
  })

  it('knows codes for services by their names, beside those for goods', () => {
    const books = choicesOf([
      ['1', '0', 'ICP goederen'],
      ['2', '0', 'Diensten binnen de EU verlegd'],
      ['3', '0', 'Export goederen'],
      ['4', '0', 'Diensten buiten de EU'],
    ])
    expect(proposed(books, 'NL')).toEqual({
      ICP: ['0:1'],
      ICP_SERVICES: ['0:2'],
      INTERNATIONAL: ['0:3'],
      INTERNATIONAL_SERVICES: ['0:4'],
    })
  })
})
