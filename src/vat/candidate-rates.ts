import { compatibleRates } from './compatible-rates.ts'
import { hundredthsOf, percentOf } from './percent.ts'
import { ratesOn } from './rates.ts'
import type { Reading } from './readings.ts'
import { euCountries, territoryOf, type Territory } from './territory.ts'

const inHundredths = (territory: Territory, date: string): bigint[] =>
  ratesOn(territory, date).map((rate) => hundredthsOf(rate.percent) ?? 0n)

/** The last answers of candidateRates: the sales of a shop come together and go to few places. */
const lately = new Map<string, readonly bigint[]>()
const latelyMax = 200

/**
 * The set R of contracts/vat.md §8: the rates that can be legal at that place and tax point, in hundredths of
 * a percent, ascending. Zero is always one of them; why it is zero is the regime's question.
 */
export const candidateRates = (territory: Territory, date: string): readonly bigint[] => {
  const key = `${territory.code} ${territory.countryCode} ${date}`
  const known = lately.get(key)
  if (known !== undefined) return known
  const rates = [0n, ...inHundredths(territory, date)]
  if (lately.size >= latelyMax) lately.clear()
  lately.set(key, rates)
  return rates
}

/** A rate that would explain the amounts, and where it is legal. */
export interface WouldFit {
  percent: string
  /** ISO 3166 alpha-2, in alphabetical order. */
  countries: readonly string[]
}

/** Every rate of every country on one day, ascending, with the countries. */
type Everywhere = readonly Readonly<{ rate: bigint; countries: readonly string[] }>[]

const everywhere = (date: string): Everywhere => {
  const countriesByRate = new Map<bigint, string[]>()
  for (const country of [...euCountries, 'CH', 'GB', 'NO']) {
    const territory = territoryOf(country, '')
    for (const rate of territory === null ? [] : inHundredths(territory, date)) {
      countriesByRate.set(rate, [...(countriesByRate.get(rate) ?? []), country])
    }
  }
  return [...countriesByRate]
    .map(([rate, countries]) => ({ rate, countries: countries.toSorted() }))
    .sort((a, b) => Number(a.rate - b.rate))
}

/** The last answer of `everywhere`: the wrong lines of a shop come together and on few days. */
let latest: { date: string; rates: Everywhere } | null = null

/**
 * Rates of other countries that fit a line none of the legal rates fits: a hint for a person, never a
 * substitute (contracts/vat.md §8.2).
 */
export const ratesThatWouldFit = (readings: readonly Reading[], date: string): WouldFit[] => {
  if (latest?.date !== date) latest = { date, rates: everywhere(date) }
  return latest.rates
    .filter(({ rate }) => compatibleRates([rate], readings).length > 0)
    .map(({ rate, countries }) => ({ percent: percentOf(rate), countries }))
}
