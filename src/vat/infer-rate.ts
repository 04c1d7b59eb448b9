import { Decimal } from '../money/amount.ts'
import { candidateRates, ratesThatWouldFit, type WouldFit } from './candidate-rates.ts'
import { compatibleRates, percentsOf } from './compatible-rates.ts'
import { hundredthsOf, percentOf } from './percent.ts'
import { readingsOf } from './readings.ts'
import { readable, type Rounding, type StatedLine } from './stated-line.ts'
import type { Territory } from './territory.ts'

/**
 * What decided between rates that all fit (contracts/vat.md §8.2, in that order): the rate stated on the
 * line, the sale's VAT per rate, lines of the same tax class or product, the same product proved in an
 * earlier sale, all other lines.
 */
export type Evidence = 'stated' | 'totals' | 'pool' | 'earlier' | 'others' | 'goods' | 'merchant'

/**
 * What the amounts of a line say about its rate. Percentages are texts (`21`, `13.5`); `compatible` holds
 * all that fit, ascending, 0 included. Nothing is ever snapped to the nearest rate.
 */
export type RateVerdict =
  /** Only this rate explains the amounts. */
  | { status: 'proved'; percent: string; compatible: readonly string[] }
  /** Several fit; something else in the sale or before it leaves this one. */
  | { status: 'evidenced'; percent: string; by: Evidence; compatible: readonly string[] }
  /** Several fit; this is the merchant's default. To be counted and shown. */
  | { status: 'assumed'; percent: string; compatible: readonly string[] }
  /** None fits: nothing may be booked. */
  | {
      status: 'impossible'
      compatible: readonly []
      /** Tax divided by net, in percent with two decimals, for the message only; null when net is zero. */
      rawPercent: string | null
      wouldFit: readonly WouldFit[]
    }
  /** The rate stated on the line does not explain its own amounts: nothing may be booked. */
  | { status: 'contradiction'; stated: string; compatible: readonly string[] }
  /** Several fit and nothing decides: hold. */
  | { status: 'undecided'; compatible: readonly string[] }
  /** An amount is no amount, or has more than six decimals. */
  | { status: 'unreadable'; compatible: readonly [] }

/** What the rate of a line is judged by. */
export interface RateQuestion {
  territory: Territory
  /** The tax point, YYYY-MM-DD. */
  date: string
  rounding: Rounding
  /** The percentage that the shop states on the line; null when it states none. */
  stated?: string | null
}

const impossible = (line: StatedLine, question: RateQuestion): RateVerdict => {
  const units = readable(line)
  const readings = units === null ? [] : readingsOf(line, units, question.rounding)
  return {
    status: 'impossible',
    compatible: [],
    rawPercent: line.net.isZero()
      ? null
      : new Decimal(line.tax).times(100).dividedBy(line.net).toDecimalPlaces(2).toFixed(),
    wouldFit: ratesThatWouldFit(readings, question.date),
  }
}

/**
 * The verdict on rates that fit, as far as the line alone can give it.
 * @param fitting in hundredths of a percent, at least one
 */
const judged = (fitting: readonly bigint[], stated: string | null): RateVerdict => {
  const compatible = percentsOf(fitting)
  const [only, ...others] = fitting
  if (stated !== null) {
    const rate = hundredthsOf(stated)
    if (rate === null || !fitting.includes(rate))
      return { status: 'contradiction', stated, compatible }
    if (others.length > 0) {
      return { status: 'evidenced', percent: percentOf(rate), by: 'stated', compatible }
    }
  }
  if (only !== undefined && others.length === 0) {
    return { status: 'proved', percent: percentOf(only), compatible }
  }
  return { status: 'undecided', compatible }
}

/**
 * The rates that fit a line in one rounding mode.
 * @param candidates hundredths of a percent, see candidateRates
 * @returns null when an amount is unreadable
 */
const fittingRates = (
  line: StatedLine,
  candidates: readonly bigint[],
  rounding: Rounding,
): readonly bigint[] | null => {
  const units = readable(line)
  return units && compatibleRates(candidates, readingsOf(line, units, rounding))
}

/** The verdict on a line whose fitting rates are known; see fittingRates. */
export const verdictOn = (
  line: StatedLine,
  fitting: readonly bigint[] | null,
  question: RateQuestion,
): RateVerdict => {
  if (fitting === null) return { status: 'unreadable', compatible: [] }
  if (fitting.length === 0) return impossible(line, question)
  return judged(fitting, question.stated ?? null)
}

/**
 * From amounts to the legal rate of one line, exactly, by intervals (contracts/vat.md §8). A sale with
 * several lines knows more: infer-sale-rates.ts.
 */
export const inferRate = (line: StatedLine, question: RateQuestion): RateVerdict =>
  verdictOn(
    line,
    fittingRates(line, candidateRates(question.territory, question.date), question.rounding),
    question,
  )
