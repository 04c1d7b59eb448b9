import type { Amount } from '../money/amount.ts'
import { candidateRates } from './candidate-rates.ts'
import { fits, percentsOf } from './compatible-rates.ts'
import { verdictOn, type Evidence, type RateVerdict } from './infer-rate.ts'
import { hundredthsOf, percentOf } from './percent.ts'
import { baseFieldOf, pooledReading, poolOf } from './pooled-lines.ts'
import { decideByTotals, type TaxTotal } from './rate-assignment.ts'
import { roundingOf } from './rounding-mode.ts'
import { isFree, type Candidate, type SaleRateLine } from './sale-line.ts'
import type { Rounding } from './stated-line.ts'
import type { Territory } from './territory.ts'
import { unitsOf } from './units.ts'

/** A sale, as far as its rates are concerned. Percentages are texts (`21`). */
export interface SaleRates {
  territory: Territory
  /** The tax point, YYYY-MM-DD: of the original sale, also for a credit. */
  date: string
  /** How this shop is known to round. */
  rounding: Rounding
  /** In the order of the shop: a carried residue runs along them. */
  lines: readonly SaleRateLine[]
  /** The shop's own VAT per rate; empty when it states none. */
  totals: readonly Readonly<{ percent: string; tax: Amount }>[]
  /** The merchant's default for this territory; null when there is none. */
  defaultPercent: string | null
}

/** The verdict on every line, in their order, and the rounding mode that explains the sale. */
export interface SaleVerdict {
  /** Another mode than the known one means: remember it for this shop. */
  rounding: Rounding
  lines: readonly RateVerdict[]
}

/** A verdict with the line it is about; null when the line is unreadable. */
interface Judged {
  candidate: Candidate | null
  verdict: RateVerdict
}

/** What a line was found to be, in hundredths of a percent; null when it has no rate yet. */
const rateOf = (verdict: RateVerdict): bigint | null =>
  'percent' in verdict ? hundredthsOf(verdict.percent) : null

const isOpen = (judged: Judged): judged is Judged & { candidate: Candidate } =>
  judged.verdict.status === 'undecided' && judged.candidate !== null

/** Gives an open line the rate that `evidence` names, when that rate is one of those that fit. */
const settle = (judged: Judged, by: Evidence, rate: bigint | null): Judged => {
  if (!isOpen(judged) || rate === null || !judged.candidate.fitting.includes(rate)) return judged
  const { compatible } = judged.verdict
  return { ...judged, verdict: { status: 'evidenced', percent: percentOf(rate), by, compatible } }
}

const byTotals = (lines: readonly Judged[], sale: SaleRates): readonly Judged[] => {
  const totals = sale.totals.map(({ percent, tax }): TaxTotal | null => {
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

const byPool = (lines: readonly Judged[], rounding: Rounding): readonly Judged[] => {
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

const byEarlier = (lines: readonly Judged[]): readonly Judged[] =>
  lines.map((judged) => {
    const earlier = judged.candidate?.line.earlier ?? null
    return settle(judged, 'earlier', earlier === null ? null : hundredthsOf(earlier))
  })

/** The single rate of all lines that are not open; null when they differ, one has none, or none is proved. */
const byOthers = (lines: readonly Judged[]): readonly Judged[] => {
  const others = lines.filter((judged) => !isOpen(judged))
  const rates = new Set(others.map(({ verdict }) => rateOf(verdict)))
  const proved = others.some(({ verdict }) => verdict.status === 'proved')
  const [only] = rates
  const rate = proved && rates.size === 1 && only !== undefined ? only : null
  return lines.map((judged) => settle(judged, 'others', rate))
}

const byDefault = (lines: readonly Judged[], percent: string | null): readonly Judged[] => {
  const rate = percent === null ? null : hundredthsOf(percent)
  return lines.map((judged) => {
    if (!isOpen(judged) || rate === null || !judged.candidate.fitting.includes(rate)) return judged
    const compatible = percentsOf(judged.candidate.fitting)
    return { ...judged, verdict: { status: 'assumed', percent: percentOf(rate), compatible } }
  })
}

/**
 * The rates of a whole sale: every line by its own amounts, other rounding modes when one line fits nothing,
 * then the evidence of contracts/vat.md §8.2 in its order, each only where it leaves exactly one rate. What
 * is still undecided at the end is to be held; what is impossible or a contradiction is to be refused.
 */
export const inferSaleRates = (sale: SaleRates): SaleVerdict => {
  const rates = candidateRates(sale.territory, sale.date)
  const { rounding, candidates } = roundingOf(sale.lines, rates, sale.rounding)
  const question = { territory: sale.territory, date: sale.date, rounding }
  const alone = sale.lines.map((line, index): Judged => {
    const candidate = candidates[index] ?? null
    const fitting = candidate === null ? null : candidate.fitting
    return { candidate, verdict: verdictOn(line, fitting, { ...question, stated: line.stated }) }
  })
  const settled = alone.some(isOpen)
    ? byDefault(byOthers(byEarlier(byPool(byTotals(alone, sale), rounding))), sale.defaultPercent)
    : alone
  return { rounding, lines: settled.map(({ verdict }) => verdict) }
}
