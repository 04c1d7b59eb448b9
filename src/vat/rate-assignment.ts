import { fits } from './compatible-rates.ts'
import {
  baseFieldOf,
  emptyPool,
  pooledReading,
  poolOfOne,
  together,
  type Pool,
} from './pooled-lines.ts'
import type { BaseField } from './readings.ts'
import type { Candidate } from './sale-line.ts'

/** The shop's own sum of VAT for one rate: the rate in hundredths of a percent, the VAT in units. */
export interface TaxTotal {
  rate: bigint
  tax: bigint
}

/** Six undecided lines with three rates each: more is not worth the time, such a sale goes to a person. */
const assignmentsMax = 3 ** 6

const add = (pools: Map<bigint, Pool>, rate: bigint, pool: Pool): void => {
  pools.set(rate, together(pools.get(rate) ?? emptyPool, pool))
}

/**
 * Whether the lines given to one rate explain the shop's VAT for it: their VAT adds up to it, or it is the
 * rounded VAT on their sum. Shops do either.
 */
const explains = (rate: bigint, pool: Pool, tax: bigint, field: BaseField): boolean => {
  if (pool.tax === tax) return true
  if (pool.count === 0 || rate === 0n) return false
  return fits(rate, pooledReading(pool, field, tax, pool.half))
}

/** All ways to give each line one of its fitting rates. */
function* everyWay(lines: readonly Candidate[]): Generator<readonly bigint[]> {
  const [first, ...others] = lines
  if (first === undefined) {
    yield []
    return
  }
  for (const rate of first.fitting) {
    for (const rest of everyWay(others)) yield [rate, ...rest]
  }
}

/** The ways in which as many lines as can have the same rate come first: they show soonest that nothing is decided. */
function* ways(lines: readonly Candidate[]): Generator<readonly bigint[]> {
  for (const rate of new Set(lines.flatMap(({ fitting }) => fitting))) {
    yield lines.map(({ fitting }) => (fitting.includes(rate) ? rate : (fitting[0] ?? rate)))
  }
  yield* everyWay(lines)
}

/**
 * Decides between fitting rates by the shop's VAT per rate: tries every assignment of the open lines and
 * keeps those that explain each total (contracts/vat.md §8.2, evidence 2).
 * @param fixed lines whose rate is known, with it
 * @returns for every open line the one rate it has in all assignments that work, else null
 */
export const decideByTotals = (
  open: readonly Candidate[],
  fixed: readonly Readonly<{ candidate: Candidate; rate: bigint }>[],
  totals: readonly TaxTotal[],
): readonly (bigint | null)[] => {
  const nothing = open.map(() => null)
  const count = open.reduce((product, { fitting }) => product * fitting.length, 1)
  if (totals.length === 0 || open.length === 0 || count > assignmentsMax) return nothing

  const field = baseFieldOf([...open, ...fixed.map(({ candidate }) => candidate)])
  const known = new Map<bigint, Pool>()
  for (const { candidate, rate } of fixed) add(known, rate, poolOfOne(candidate, field))
  const openPools = open.map((candidate) => poolOfOne(candidate, field))
  const taxByRate = new Map(totals.map(({ rate, tax }) => [rate, tax]))

  const works = (way: readonly bigint[]): boolean => {
    const pools = new Map(known)
    for (const [index, rate] of way.entries()) add(pools, rate, openPools[index] ?? emptyPool)
    for (const [rate, pool] of pools) {
      if (!explains(rate, pool, taxByRate.get(rate) ?? 0n, field)) return false
    }
    for (const [rate, tax] of taxByRate) if (!pools.has(rate) && tax !== 0n) return false
    return true
  }

  const found = open.map(() => new Set<bigint>())
  for (const way of ways(open)) {
    if (!works(way)) continue
    way.forEach((rate, index) => found[index]?.add(rate))
    if (found.every((rates) => rates.size > 1)) return nothing
  }
  return found.map((rates) => (rates.size === 1 ? ([...rates][0] ?? null) : null))
}
