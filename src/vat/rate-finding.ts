import type { Amount } from '../money/amount.ts'
import type { RateVerdict } from './infer-rate.ts'
import { ratesBegin } from './rates-table.ts'
import { ratesOn } from './rates.ts'
import type { StatedLine } from './stated-line.ts'
import type { Territory } from './territory.ts'
import { finding, type VatFinding } from './vat-finding.ts'

const listed = (percents: readonly string[]): string =>
  percents.map((rate) => `${rate} %`).join(', ')

/** Two decimals, or all there are. */
const inCents = (value: Amount): string => value.toFixed(Math.max(2, value.decimalPlaces()))

/**
 * A verdict in the words of the catalogue, with its figures.
 * @param number the line's place in the sale, from 1
 * @returns null for a rate that is proved or evidenced; a remark for an assumed one; else why it cannot be booked
 */
export const rateFinding = (
  verdict: RateVerdict,
  where: Readonly<{ line: StatedLine; number: number; territory: Territory; date: string }>,
): VatFinding | null => {
  const { line, number, territory, date } = where
  const fitting = listed(verdict.compatible)
  switch (verdict.status) {
    case 'proved':
    case 'evidenced':
      return null
    case 'assumed':
      return finding('VAT_RATE_ASSUMED', { line: number, rate: verdict.percent, fitting })
    case 'undecided':
      return finding('VAT_RATE_UNDECIDED', { line: number, fitting })
    case 'contradiction':
      return finding('VAT_RATE_CONTRADICTION', { line: number, stated: verdict.stated, fitting })
    case 'unreadable':
      return finding('VAT_AMOUNT_UNREADABLE', { field: `line ${number}` })
    case 'impossible': {
      if (date < ratesBegin) return finding('VAT_RATES_UNKNOWN', { country: territory.code, date })
      const fit = verdict.wouldFit.map(
        ({ percent, countries }) => `${percent} % (${countries.join(', ')})`,
      )
      return finding('VAT_RATE_IMPOSSIBLE', {
        line: number,
        net: inCents(line.net),
        tax: inCents(line.tax),
        raw: verdict.rawPercent ?? '–',
        country: territory.code,
        date,
        legal: listed(['0', ...ratesOn(territory, date).map(({ percent }) => percent)]),
        fit: fit.length === 0 ? '–' : fit.join(', '),
      })
    }
  }
}
