import type { Amount } from '../money/amount.ts'
import { fits, percentsOf } from './compatible-rates.ts'
import type { Evidence, RateVerdict } from './infer-rate.ts'
import { hundredthsOf, percentOf } from './percent.ts'
import { baseFieldOf, pooledReading, poolOf } from './pooled-lines.ts'
import { decideByTotals, type TaxTotal } from './rate-assignment.ts'
import { isFree, type Candidate } from './sale-line.ts'
import type { Rounding } from './stated-line.ts'
import { unitsOf } from './units.ts'

// The steps of contracts/vat.md §8.2 after a line's own amounts and stated rate. Each settles those open
// lines for which it leaves exactly one of the rates that fit.

/** The shop's own sum of VAT for one rate; the percentage as text. */
export interface StatedTotal {
  percent: string
  tax: Amount
}

/** A verdict with the line it is about; null when the line is unreadable. */
export interface Judged {
  candidate: Candidate | null
  verdict: RateVerdict
}

/** What a line was found to be, in hundredths of a percent; null when it has no rate yet. */
const rateOf = (verdict: RateVerdict): bigint | null =>
  'percent' in verdict ? hundredthsOf(verdict.percent) : null

export const isOpen = (judged: Judged): judged is Judged & { candidate: Candidate } =>
  judged.verdict.status === 'undecided' && judged.candidate !== null

/** Gives an open line the rate that `evidence` names, when that rate is one of those that fit. */
const settle = (judged: Judged, by: Evidence, rate: bigint | null): Judged => {
  if (!isOpen(judged) || rate === null || !judged.candidate.fitting.includes(rate)) return judged
  const { compatible } = judged.verdict
  return { ...judged, verdict: { status: 'evidenced', percent: percentOf(rate), by, compatible } }
}

/** Evidence 2: the shop's own VAT per rate. */
export const byTotals = (
  lines: readonly Judged[],
  stated: readonly StatedTotal[],
): readonly Judged[] => {
  const totals = stated.map(({ percent, tax }): TaxTotal | null => {
    const [rate, units] = [hundredthsOf(percent), unitsOf(tax)]
    return rate === null || units === null ? null : { rate, tax: units }
  })
  const known = totals.filter((total) => total !== null)
  // With a line of no rate at all the totals cannot be explained.
  const unsound = lines.some((judged) => !isOpen(judged) && rateOf(judged.verdict) === null)
  if (unsound || known.length < totals.length) return lines

  const open = lines.filter(isOpen).filter(({ candidate }) => !isFree(candidate))
  const fixed = lines.flatMap(({ candidate, verdict }) => {
    const rate = rateOf(verdict)
    return candidate === null || rate === null ? [] : [{ candidate, rate }]
  })
  const candidates = open.map(({ candidate }) => candidate)
  const rates = decideByTotals(candidates, fixed, known)
  return lines.map((judged) => {
    const index = judged.candidate === null ? -1 : candidates.indexOf(judged.candidate)
    return settle(judged, 'totals', rates[index] ?? null)
  })
}

/** What lines share when they surely have the same rate. */
const poolKey = ({ line }: Candidate): string | null => {
  if (line.taxClass !== null) return `class ${line.taxClass}`
  return line.sku === '' ? null : `sku ${line.sku}`
}

/**
 * The one rate that fits every line of a pool. Where the residue is carried, the sum of neighbouring lines is
 * off by one step only, which separates rates that each line alone does not; elsewhere the errors add up and
 * the sum says nothing new.
 */
const rateOfPool = (
  lines: readonly Candidate[],
  all: readonly Judged[],
  rounding: Rounding,
): bigint | null => {
  const [first, ...others] = lines
  if (first === undefined) return null
  const shared = first.fitting.filter((rate) =>
    others.every(({ fitting }) => fitting.includes(rate)),
  )
  const fitting = rounding === 'total' ? shared.filter(fitsCarried(lines, all)) : shared
  return fitting.length === 1 ? (fitting[0] ?? null) : null
}

/** Whether a rate fits the sum of these lines: each run of neighbours is off by one whole step at most. */
const fitsCarried = (lines: readonly Candidate[], all: readonly Judged[]) => {
  const members = new Set<Candidate | null>(lines)
  const isMember = (index: number): boolean => {
    const candidate = all[index]?.candidate ?? null
    return candidate !== null && members.has(candidate)
  }
  const runs = all.filter((_, index) => isMember(index) && !isMember(index - 1)).length
  const field = baseFieldOf(lines)
  const pool = poolOf(lines, field)
  const reading = pooledReading(pool, field, pool.tax, 2n * pool.half * BigInt(runs))
  return (rate: bigint): boolean => fits(rate, reading)
}

/** Evidence 3: lines of the same tax class or product. */
export const byPool = (lines: readonly Judged[], rounding: Rounding): readonly Judged[] => {
  const candidates = lines.flatMap(({ candidate }) => (candidate === null ? [] : [candidate]))
  const rates = new Map(
    [...Map.groupBy(candidates, poolKey)].map(([key, pool]) => [
      key,
      key === null ? null : rateOfPool(pool, lines, rounding),
    ]),
  )
  return lines.map((judged) => {
    const key = judged.candidate === null ? null : poolKey(judged.candidate)
    return settle(judged, 'pool', rates.get(key) ?? null)
  })
}

/** Evidence 4: the same product or tax class in an earlier sale to the same territory. */
export const byEarlier = (lines: readonly Judged[]): readonly Judged[] =>
  lines.map((judged) => {
    const earlier = judged.candidate?.line.earlier ?? null
    return settle(judged, 'earlier', earlier === null ? null : hundredthsOf(earlier))
  })

/** Evidence 5: all lines that are not open have one single rate, and one of them is proved. */
export const byOthers = (lines: readonly Judged[]): readonly Judged[] => {
  const others = lines.filter((judged) => !isOpen(judged))
  const rates = new Set(others.map(({ verdict }) => rateOf(verdict)))
  const proved = others.some(({ verdict }) => verdict.status === 'proved')
  const [only] = rates
  const rate = proved && rates.size === 1 && only !== undefined ? only : null
  return lines.map((judged) => settle(judged, 'others', rate))
}

/** Evidence 6, an assumption: the merchant's default. */
export const byDefault = (lines: readonly Judged[], percent: string | null): readonly Judged[] => {
  const rate = percent === null ? null : hundredthsOf(percent)
  return lines.map((judged) => {
    if (!isOpen(judged) || rate === null || !judged.candidate.fitting.includes(rate)) return judged
    const compatible = percentsOf(judged.candidate.fitting)
    return { ...judged, verdict: { status: 'assumed', percent: percentOf(rate), compatible } }
  })
}
