import { describe, expect, test } from 'vitest'
import { hundredthsOf } from './percent.ts'
import { rates, ratesBegin, type Rate } from './rates-table.ts'
import { isDay, ratesOn, standardRateOn } from './rates.ts'
import { euCountries, territoryByCode, type Territory } from './territory.ts'

const territory = (code: string): Territory => {
  const found = territoryByCode(code)
  if (found === null) throw new Error(`no territory ${code}`)
  return found
}

const on = (code: string, date: string) =>
  ratesOn(territory(code), date)
    .map(({ percent }) => percent)
    .join(' ')

// Contracts/vat.md §3.2: standard rate and webshop set on 20 November 2026.
test.each([
  ['AT', '20', '4.9 10 13 20'],
  ['BE', '21', '6 12 21'],
  ['BG', '20', '9 20'],
  ['CY', '19', '3 5 9 19'],
  ['CZ', '21', '12 21'],
  ['DE', '19', '7 19'],
  ['DK', '25', '25'],
  ['EE', '24', '9 13 24'],
  ['ES', '21', '4 10 21'],
  ['FI', '25.5', '10 13.5 25.5'],
  ['FR', '20', '2.1 5.5 10 20'],
  ['GR', '24', '6 13 24'],
  ['EL', '24', '6 13 24'],
  ['HR', '25', '5 13 25'],
  ['HU', '27', '5 18 27'],
  ['IE', '23', '9 13.5 23'],
  ['IT', '22', '4 5 10 22'],
  ['LT', '21', '5 12 21'],
  ['LU', '17', '3 8 14 17'],
  ['LV', '21', '5 12 21'],
  ['MT', '18', '5 7 12 18'],
  ['NL', '21', '9 21'],
  ['PL', '23', '5 8 23'],
  ['PT', '23', '6 13 23'],
  ['RO', '21', '11 21'],
  ['SE', '25', '6 12 25'],
  ['SI', '22', '5 9.5 22'],
  ['SK', '23', '5 19 23'],
  ['XI', '20', '5 20'],
  ['GB', '20', '5 20'],
  ['CH', '8.1', '2.6 3.8 8.1'],
  ['LI', '8.1', '2.6 3.8 8.1'],
  ['NO', '25', '12 15 25'],
  ['MC', '20', '2.1 5.5 10 20'],
])('%s: standard %s, in webshops %s', (code, standard, set) => {
  expect(standardRateOn(territory(code), '2026-11-20')?.percent).toBe(standard)
  expect(on(code, '2026-11-20')).toBe(set)
})

// The column "changes to keep in the table", and the history of §3.2.
test.each([
  ['AT', '2020-06-30', '10 13 20'],
  ['AT', '2020-07-01', '5 10 13 20'],
  ['AT', '2021-12-31', '5 10 13 20'],
  ['AT', '2022-01-01', '10 13 20'],
  ['AT', '2026-06-30', '10 13 20'],
  ['AT', '2026-07-01', '4.9 10 13 20'],
  ['AT-JUNGHOLZ', '2026-11-20', '4.9 10 13 19'],
  ['AT-MITTELBERG', '2026-06-30', '10 13 19'],
  ['BE', '2026-02-28', '6 12 21'],
  // Lodging and camping from 6 to 12, pesticides from 12 to 21: which rates there are stayed the same.
  ['BE', '2026-03-01', '6 12 21'],
  ['BG', '2026-01-01', '9 20'],
  ['CY', '2023-07-06', '5 9 19'],
  ['CY', '2023-07-07', '3 5 9 19'],
  ['CZ', '2023-12-31', '10 15 21'],
  ['CZ', '2024-01-01', '12 21'],
  ['DE', '2020-06-30', '7 19'],
  ['DE', '2020-07-01', '5 16'],
  ['DE', '2020-12-31', '5 16'],
  ['DE', '2021-01-01', '7 19'],
  ['EE', '2023-12-31', '5 9 20'],
  ['EE', '2024-01-01', '5 9 22'],
  ['EE', '2025-06-30', '9 13 22'],
  ['EE', '2025-07-01', '9 13 24'],
  ['ES', '2022-12-31', '4 10 21'],
  ['ES', '2023-01-01', '4 5 10 21'],
  ['ES', '2024-10-01', '2 4 7.5 10 21'],
  ['ES', '2025-01-01', '4 10 21'],
  ['FI', '2024-08-31', '10 14 24'],
  ['FI', '2024-09-01', '10 14 25.5'],
  ['FI', '2025-12-31', '10 14 25.5'],
  ['FI', '2026-01-01', '10 13.5 25.5'],
  ['FR-20R', '2026-11-20', '0.9 2.1 5.5 10 13 20'],
  ['FR-GP', '2026-11-20', '2.1 8.5'],
  ['FR-RE', '2026-11-20', '2.1 8.5'],
  ['FR-MQ', '2026-11-20', '2.1 8.5'],
  ['GR-AEGEAN', '2026-11-20', '4 6 9 13 17 24'],
  ['IE', '2020-08-31', '9 13.5 23'],
  ['IE', '2020-09-01', '9 13.5 21'],
  ['IE', '2021-02-28', '9 13.5 21'],
  ['IE', '2021-03-01', '9 13.5 23'],
  ['LT', '2025-12-31', '5 9 21'],
  ['LT', '2026-01-01', '5 12 21'],
  ['LU', '2022-12-31', '3 8 14 17'],
  ['LU', '2023-01-01', '3 7 13 16'],
  ['LU', '2024-01-01', '3 8 14 17'],
  ['MT', '2023-12-31', '5 7 18'],
  ['MT', '2024-01-01', '5 7 12 18'],
  // Lodging from 9 to 21: which rates there are stayed the same.
  ['NL', '2019-01-01', '9 21'],
  ['NL', '2026-01-01', '9 21'],
  ['NO', '2020-03-31', '12 15 25'],
  ['NO', '2020-04-01', '6 15 25'],
  ['NO', '2021-09-30', '6 15 25'],
  ['NO', '2021-10-01', '12 15 25'],
  ['PT-30', '2024-09-30', '5 12 22'],
  ['PT-30', '2026-11-20', '4 12 22'],
  ['PT-20', '2021-06-30', '4 9 18'],
  ['PT-20', '2026-11-20', '4 9 16'],
  ['RO', '2025-07-31', '5 9 19'],
  ['RO', '2025-08-01', '11 21'],
  ['SE', '2026-04-01', '6 12 25'],
  ['SI', '2019-12-31', '9.5 22'],
  ['SI', '2020-01-01', '5 9.5 22'],
  ['SK', '2022-12-31', '10 20'],
  ['SK', '2024-12-31', '5 10 20'],
  ['SK', '2025-01-01', '5 19 23'],
  ['CH', '2023-12-31', '2.5 3.7 7.7'],
  ['LI', '2024-01-01', '2.6 3.8 8.1'],
])('%s on %s: %s', (code, date, set) => expect(on(code, date)).toBe(set))

test.each([
  ['PT-30', '22'],
  ['PT-20', '16'],
  ['AT-JUNGHOLZ', '19'],
  ['FR-20R', '20'],
  ['FR-GP', '8.5'],
  ['GR-AEGEAN', '24'],
  ['IM', '20'],
])('the standard rate of %s is %s', (code, standard) => {
  expect(standardRateOn(territory(code), '2026-11-20')?.percent).toBe(standard)
})

test.each(['ES-CN', 'IT-LIVIGNO', 'DE-HELGOLAND', 'FI-AX', 'US', 'AW'])(
  'no rates are known of %s: its country’s do not apply',
  (code) => {
    expect(on(code, '2026-11-20')).toBe('')
    expect(standardRateOn(territory(code), '2026-11-20')).toBeNull()
  },
)

test.each(['2018-12-31', '', 'today', '2026-02-30', '20261120', '9999-99-99'])(
  'no rates on "%s"',
  (date) => expect(ratesOn(territory('NL'), date)).toEqual([]),
)

test('a day of the calendar', () => {
  expect(isDay('2024-02-29')).toBe(true)
  expect(isDay('2023-02-29')).toBe(false)
  expect(isDay('0000-00-00')).toBe(false)
})

describe('the table itself', () => {
  const dayMs = 86_400_000
  const days = (from: string, to: string): string[] =>
    Array.from({ length: (Date.parse(to) - Date.parse(from)) / dayMs + 1 }, (_, day) =>
      new Date(Date.parse(from) + day * dayMs).toISOString().slice(0, 10),
    )
  const allDays = days('2019-01-01', '2026-12-31')
  const inForce = (rate: Rate, day: string) =>
    rate.from <= day && (rate.to === null || day <= rate.to)

  test('every row is well-formed and names its source', () => {
    for (const rate of rates) {
      expect(hundredthsOf(rate.percent), JSON.stringify(rate)).not.toBeNull()
      expect(isDay(rate.from) && (rate.to === null || isDay(rate.to))).toBe(true)
      expect(rate.from >= ratesBegin && (rate.to === null || rate.from <= rate.to)).toBe(true)
      expect(rate.source).not.toBe('')
    }
  })

  test('every country has exactly one standard rate on every day since 2019', () => {
    for (const country of [...euCountries, 'GB', 'CH', 'LI', 'NO']) {
      const standard = rates.filter(
        (rate) => rate.territory === country && rate.class === 'standard',
      )
      const wrong = allDays.filter(
        (day) => standard.filter((rate) => inForce(rate, day)).length !== 1,
      )
      expect(wrong, country).toEqual([])
    }
  })

  const byKey = (key: (rate: Rate) => string) => [...Map.groupBy(rates, key)]

  test('the same rate of the same class is never in force twice', () => {
    for (const [key, rows] of byKey((rate) => `${rate.territory} ${rate.class} ${rate.percent}`)) {
      const sorted = rows.toSorted((a, b) => a.from.localeCompare(b.from))
      for (const [index, row] of sorted.entries()) {
        const next = sorted[index + 1]
        if (next) expect(row.to !== null && row.to < next.from, key).toBe(true)
      }
    }
  })

  // Classes that came or went for good; every other class covers every day.
  const bounded: Readonly<Record<string, readonly [from: string, to: string]>> = {
    'AT super-reduced': ['2026-07-01', '2026-12-31'],
    'CY super-reduced': ['2023-07-07', '2026-12-31'],
    'EE super-reduced': ['2022-08-01', '2024-12-31'],
    'MT parking': ['2024-01-01', '2026-12-31'],
  }

  test('no class of a territory is missing on a day since 2019', () => {
    for (const [key, rows] of byKey((rate) => `${rate.territory} ${rate.class}`)) {
      const [from, to] = bounded[key] ?? ['2019-01-01', '2026-12-31']
      const covered = allDays.filter((day) => rows.some((rate) => inForce(rate, day)))
      expect(covered.length, key).toBe(days(from, to).length)
      expect([covered[0], covered.at(-1)], key).toEqual([from, to])
    }
  })

  test('a rate of a region belongs to a territory that exists', () => {
    for (const rate of rates) {
      expect(territoryByCode(rate.territory)?.countryCode, rate.territory).toBe(rate.country)
    }
  })
})
