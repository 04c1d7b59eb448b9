import { describe, expect, test } from 'vitest'
import { allocate } from '../../src/money/allocate.ts'
import { amount, fromCents, sum } from '../../src/money/amount.ts'
import { candidateRates } from '../../src/vat/candidate-rates.ts'
import { compatibleRates } from '../../src/vat/compatible-rates.ts'
import { percentOf } from '../../src/vat/percent.ts'
import { readingsOf } from '../../src/vat/readings.ts'
import { readable, type StatedLine } from '../../src/vat/stated-line.ts'
import { euCountries, territoryByCode } from '../../src/vat/territory.ts'
import { diceOf } from './chance.ts'

const date = '2026-11-20'
const ratesIn = (code: string): readonly bigint[] => {
  const territory = territoryByCode(code)
  if (territory === null) throw new Error(code)
  return candidateRates(territory, date)
}

/** A row of one piece as a shop that rounds each row states it. */
const rowOf = (
  cents: number,
  rate: bigint,
  entered: 'net' | 'gross',
  tells: boolean,
): StatedLine => {
  const under = entered === 'net' ? 10_000n : 10_000n + rate
  const tax = Number((2n * BigInt(cents) * rate + under) / (2n * under))
  const [net, gross] = entered === 'net' ? [cents, cents + tax] : [cents - tax, cents]
  return {
    net: fromCents(net),
    tax: fromCents(tax),
    gross: fromCents(gross),
    quantity: amount(1),
    decimals: { net: 2, tax: 2, gross: 2 },
    entered: tells ? entered : null,
  }
}

const fittingIn = (rates: readonly bigint[], line: StatedLine): readonly bigint[] => {
  const units = readable(line)
  if (units === null) throw new Error('an amount that is none')
  return compatibleRates(rates, readingsOf(line, units, 'row'))
}

const ways = [
  ['net', true],
  ['net', false],
  ['gross', true],
  ['gross', false],
] as const

describe.each(['NL', 'BE'])('in row mode, in %s, on every price from 0.01 to 100.00', (code) => {
  const legal = ratesIn(code)

  test('the true rate fits, nothing else is proved, and no line above € 0.14 is undecided', () => {
    const bad: string[] = []
    let lines = 0
    for (const rate of legal) {
      for (const [entered, tells] of ways) {
        for (let cents = 1; cents <= 10_000; cents += cents < 1_000 ? 1 : 7) {
          lines += 1
          const line = rowOf(cents, rate, entered, tells)
          const fitting = fittingIn(legal, line)
          const gross = line.net.plus(line.tax)
          if (!fitting.includes(rate) || (fitting.length > 1 && gross.greaterThan('0.14'))) {
            bad.push(
              `${cents} ${entered} at ${percentOf(rate)} %: ${fitting.map(percentOf).join(' ')}`,
            )
          }
        }
      }
    }
    expect(lines).toBeGreaterThan(20_000)
    expect(bad).toEqual([])
  })

  // A whole percentage point apart it is € 1.18; half a point (5.5 beside 6 %) needs twice as much.
  test('every European rate that is not legal there is found on lines above € 1.18 net', () => {
    const all = new Set([...euCountries, 'GB', 'CH', 'NO'].flatMap(ratesIn))
    const illegal = [...all].filter((rate) => !legal.includes(rate))
    const hidden: string[] = []
    for (const rate of illegal) {
      const apart = Math.min(...legal.map((each) => Math.abs(Number(each - rate))))
      const fromNet = 1.18 * Math.max(1, 100 / apart)
      for (const [entered, tells] of ways) {
        for (let cents = 1; cents <= 10_000; cents += cents < 2_000 ? 1 : 7) {
          const line = rowOf(cents, rate, entered, tells)
          if (line.net.lessThanOrEqualTo(fromNet) || fittingIn(legal, line).length === 0) continue
          hidden.push(`${line.net.toFixed(2)} at ${percentOf(rate)} %`)
        }
      }
    }
    expect(illegal.length).toBeGreaterThan(15)
    expect(hidden).toEqual([])
  })
})

test('allocation always sums, and no part is a step from its share, whatever is divided', () => {
  const dice = diceOf(20_261_121)
  for (let round = 0; round < 20_000; round += 1) {
    const total = fromCents(dice.between(-10_000_000, 10_000_000))
    const weights = Array.from({ length: dice.between(1, 8) }, () =>
      fromCents(dice.chance(0.2) ? 0 : dice.between(1, 1_000_000)),
    )
    const parts = allocate(total, weights)
    const whole = sum(weights)
    if (!sum(parts).equals(total)) throw new Error(`round ${round}: ${parts.join(' ')}`)
    if (whole.isZero()) continue
    parts.forEach((part, index) => {
      const share = total.times(weights[index] ?? 0).dividedBy(whole)
      if (part.minus(share).abs().greaterThanOrEqualTo('0.01')) throw new Error(`round ${round}`)
    })
  }
})
