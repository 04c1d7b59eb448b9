import { compatibleRates, fits } from './compatible-rates.ts'
import { baseFieldOf, pooledReading, poolOf } from './pooled-lines.ts'
import type { Candidate, SaleRateLine } from './sale-line.ts'
import { baseInterval, readingsOf } from './readings.ts'
import { readable, roundings, type Rounding } from './stated-line.ts'
import { halfStep, unitsPerMajor } from './units.ts'

/** Every readable line with the rates that fit it in one rounding mode; null for an unreadable line. */
const candidatesIn = (
  lines: readonly SaleRateLine[],
  rates: readonly bigint[],
  rounding: Rounding,
): readonly (Candidate | null)[] =>
  lines.map((line) => {
    const units = readable(line)
    if (units === null) return null
    const bases = {
      net: baseInterval(line, units, rounding, 'net'),
      gross: baseInterval(line, units, rounding, 'gross'),
    }
    const fitting = compatibleRates(rates, readingsOf(line, units, rounding))
    return { line, units, bases, fitting }
  })

const allFit = (candidates: readonly (Candidate | null)[]): boolean =>
  candidates.every((candidate) => candidate === null || candidate.fitting.length > 0)

/**
 * Rounding per unit leaves a trace: the VAT of a row is its quantity times a rounded amount. Without it, the
 * wide bounds of a large quantity would explain away any mistake.
 */
const looksLikeUnits = ({ line, units }: Candidate): boolean => {
  const step = (2n * halfStep(line.decimals.tax) * units.quantity) / unitsPerMajor
  return step !== 0n && units.quantity % unitsPerMajor === 0n && units.tax % step === 0n
}

/**
 * A residue that is carried along disappears in the sum: all lines of one rate together are off by no more
 * than one rounding of the goods and one of the shipping. A single line has no residue to receive.
 */
const residueVanishes = (candidates: readonly Candidate[]): boolean => {
  const decided = candidates.filter(({ fitting }) => fitting.length === 1)
  const groups = Map.groupBy(decided, ({ fitting }) => fitting[0] ?? 0n)
  return [...groups].every(([rate, lines]) => {
    const field = baseFieldOf(lines)
    const pool = poolOf(lines, field)
    const error = pool.half * (pool.count === 1 ? 1n : 2n)
    return fits(rate, pooledReading(pool, field, pool.tax, error))
  })
}

/** Whether a mode that the shop is not known for may be taken to be its mode after all. */
const plausible = (rounding: Rounding, candidates: readonly Candidate[]): boolean => {
  if (rounding === 'row') return true
  if (rounding === 'total') return residueVanishes(candidates)
  const several = candidates.filter(({ units }) => units.quantity !== unitsPerMajor)
  return several.length > 0 && several.every(looksLikeUnits)
}

/**
 * The rounding mode in which every line of the sale has a rate: the known one, or, when a line fits nothing
 * in it, the first other one that explains them all (contracts/vat.md §8.2) and shows its own trace.
 * @returns the known mode when none explains them all
 */
export const roundingOf = (
  lines: readonly SaleRateLine[],
  rates: readonly bigint[],
  known: Rounding,
): { rounding: Rounding; candidates: readonly (Candidate | null)[] } => {
  const asKnown = candidatesIn(lines, rates, known)
  if (allFit(asKnown)) return { rounding: known, candidates: asKnown }
  for (const rounding of roundings.filter((each) => each !== known)) {
    const candidates = candidatesIn(lines, rates, rounding)
    const readableOnes = candidates.filter((candidate) => candidate !== null)
    if (allFit(candidates) && plausible(rounding, readableOnes)) return { rounding, candidates }
  }
  return { rounding: known, candidates: asKnown }
}
