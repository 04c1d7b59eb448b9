import { hundredthsOf } from './percent.ts'
import { rates, ratesBegin, type Rate } from './rates-table.ts'
import type { Territory } from './territory.ts'

/**
 * Parts of a country with rates of their own (contracts/vat.md §3.2, "regional rates only with a matching
 * postcode"):
 * - `instead`: the country's own rates do not apply;
 * - `standard`: another standard rate, the country's reduced ones;
 * - `besides`: a few products have another rate, all of the country's rates occur too.
 */
const regions: ReadonlyMap<string, 'instead' | 'standard' | 'besides'> = new Map([
  ['PT-30', 'instead'],
  ['PT-20', 'instead'],
  ['FR-GP', 'instead'],
  ['FR-MQ', 'instead'],
  ['FR-RE', 'instead'],
  ['AT-JUNGHOLZ', 'standard'],
  ['AT-MITTELBERG', 'standard'],
  ['FR-20R', 'besides'],
  ['GR-AEGEAN', 'besides'],
])

const byPlace: ReadonlyMap<string, readonly Rate[]> = Map.groupBy(rates, (rate) => rate.territory)

const inForce = (place: string, date: string): Rate[] =>
  (byPlace.get(place) ?? []).filter(
    (rate) => rate.from <= date && (rate.to === null || date <= rate.to),
  )

/** Whether the rates of its country are of any use there: they are not in Livigno or on the Canary Islands. */
const followsCountry = (territory: Territory): boolean =>
  territory.inEuVatArea || territory.code === territory.countryCode || territory.code === 'IM'

const allOn = (territory: Territory, date: string): Rate[] => {
  const region = regions.get(territory.code)
  const own = region === undefined ? [] : inForce(territory.code, date)
  if (region === 'instead' || !followsCountry(territory)) return own
  const national = inForce(territory.countryCode, date)
  return region === 'standard'
    ? [...own, ...national.filter((rate) => rate.class !== 'standard')]
    : [...own, ...national]
}

const size = (rate: Rate): bigint => hundredthsOf(rate.percent) ?? 0n

/**
 * The rates that a webshop may charge on goods delivered to `territory` at the tax point `date`, each
 * percentage once, ascending, without 0: the set R of contracts/vat.md §8. Zero is always possible besides,
 * with a reason of its own.
 * @param date YYYY-MM-DD: the date of the original sale, also for a credit, never today
 * @returns nothing for a place we know no rates of, or a date before the table begins (2019)
 */
export const ratesOn = (territory: Territory, date: string): Rate[] => {
  if (!isDay(date) || date < ratesBegin) return []
  const sorted = allOn(territory, date)
    .filter((rate) => rate.inWebshops)
    .sort((a, b) => Number(size(a) - size(b)))
  return sorted.filter((rate, index) => rate.percent !== sorted[index - 1]?.percent)
}

/** The standard rate of a territory at a tax point; null where `ratesOn` knows nothing. */
export const standardRateOn = (territory: Territory, date: string): Rate | null => {
  const region = regions.get(territory.code)
  if (region === undefined || region === 'besides') {
    return ratesOn(territory, date).find((rate) => rate.class === 'standard') ?? null
  }
  // A region's own standard rate is the highest of its own rates.
  return ratesOn(territory, date).findLast((rate) => rate.class === 'regional') ?? null
}

/** Whether `text` is a day of the calendar as YYYY-MM-DD. */
export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
