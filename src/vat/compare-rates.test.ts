import { expect, test } from 'vitest'
import { compareRates, readDataFile, type DataFile } from './compare-rates.ts'

const file = (rates: DataFile['rates'], version = '2026-08-22'): DataFile => ({ version, rates })
const country = (standard: number, reduced: number[], superReduced: number | null = null) => ({
  standard,
  reduced,
  super_reduced: superReduced,
  parking: null,
})

test('a file that says the same has no differences', () => {
  const same = {
    NL: country(21, [9]),
    DE: country(19, [7]),
    FI: country(25.5, [10, 13.5]),
    // The data set mixes regional rates in and files Northern Ireland and Monaco apart.
    FR: country(20, [0.9, 1.05, 5.5, 8.5, 10, 13], 2.1),
    MC: country(20, [5.5, 10], 2.1),
    XI: country(20, [5]),
    // A country we have no rows of.
    AL: country(20, [6, 10]),
  }
  expect(compareRates(file(same))).toEqual([])
})

test('each difference is told from both sides', () => {
  const other = { NL: country(22, [6, 9]), DE: country(19, []) }
  expect(compareRates(file(other))).toEqual([
    { country: 'NL', kind: 'standard', ours: '21', theirs: '22' },
    { country: 'NL', kind: 'reduced', ours: null, theirs: '6' },
    { country: 'DE', kind: 'reduced', ours: '7', theirs: null },
  ])
})

test('the day of the file decides which of our rows count', () => {
  const german = { DE: country(16, [5]) }
  expect(compareRates(file(german, '2020-08-01'))).toEqual([])
  expect(compareRates(file(german)).length).toBe(3)
})

test('anything else is no data file', () => {
  for (const value of [
    null,
    1,
    'x',
    {},
    { version: 'today', rates: {} },
    { version: '2026-01-01' },
  ]) {
    expect(readDataFile(value).is).toBe('wrong')
  }
  const more = {
    version: '2026-01-01',
    rates: { NL: { ...country(21, [9]), currency: 'EUR' } },
    x: 1,
  }
  expect(readDataFile(more)).toMatchObject({ is: 'file' })
})
