import { z } from 'zod'
import { hundredthsOf, percentOf } from './percent.ts'
import { rates } from './rates-table.ts'

/**
 * The shape of the data set vatnode/eu-vat-rates-data (file `data/eu-vat-rates-data.json`, MIT; made daily
 * from the Commission's TEDB): one object per country with percentages as numbers, without dates, regional
 * rates mixed into `reduced`. Fields we do not compare are allowed.
 */
const dataFile = z.object({
  /** Day of the data, YYYY-MM-DD. */
  version: z.iso.date(),
  rates: z.record(
    z.string(),
    z.object({
      standard: z.number(),
      reduced: z.array(z.number()),
      super_reduced: z.number().nullable(),
      parking: z.number().nullable(),
    }),
  ),
})

export type DataFile = z.infer<typeof dataFile>

/** @returns the mistake in words when `value` is not of that shape */
export const readDataFile = (
  value: unknown,
): { is: 'file'; file: DataFile } | { is: 'wrong'; why: string } => {
  const parsed = dataFile.safeParse(value)
  return parsed.success
    ? { is: 'file', file: parsed.data }
    : { is: 'wrong', why: z.prettifyError(parsed.error) }
}

/** A rate that one side has and the other has not. */
export interface Difference {
  /** ISO 3166 alpha-2. */
  country: string
  kind: 'standard' | 'reduced'
  /** In percent; null: that side has none. */
  ours: string | null
  theirs: string | null
}

/** Codes of places whose rates our table files under another country. */
const filedUnder: Readonly<Record<string, string>> = { XI: 'GB', MC: 'FR' }

const ascending = (percents: Iterable<string>): string[] =>
  [...new Set(percents)].sort((a, b) => Number((hundredthsOf(a) ?? 0n) - (hundredthsOf(b) ?? 0n)))

/** 13.5 as `13.5`; a number of JSON that is no percentage keeps its own notation and so shows up. */
const written = (percent: number): string => {
  const hundredths = hundredthsOf(String(percent))
  return hundredths === null ? String(percent) : percentOf(hundredths)
}

/**
 * What a data set says differently from our table on its own day. Rates of ours for one region only count as
 * ours, because the data set mixes them in; countries that we have no rows of are left out.
 */
export const compareRates = (file: DataFile): Difference[] => {
  const inForce = rates.filter(
    ({ from, to }) => from <= file.version && (to === null || file.version <= to),
  )
  return Object.entries(file.rates).flatMap(([code, theirs]): Difference[] => {
    const country = filedUnder[code] ?? code
    const rows = inForce.filter((rate) => rate.country === country)
    const national = rows.filter((rate) => rate.territory === country)
    const standard = national.find((rate) => rate.class === 'standard')?.percent ?? null
    if (standard === null) return []

    const { reduced, super_reduced: superReduced, parking } = theirs
    const their = [...reduced, superReduced, parking].filter((rate) => rate !== null).map(written)
    const own = national.filter((rate) => rate.class !== 'standard').map(({ percent }) => percent)
    const all = new Set(rows.map(({ percent }) => percent))
    const differences: Difference[] = []
    const add = (kind: Difference['kind'], ours: string | null, other: string | null) =>
      differences.push({ country: code, kind, ours, theirs: other })
    if (written(theirs.standard) !== standard) add('standard', standard, written(theirs.standard))
    for (const percent of ascending(their)) if (!all.has(percent)) add('reduced', null, percent)
    for (const percent of ascending(own))
      if (!their.includes(percent)) add('reduced', percent, null)
    return differences
  })
}
