import { candidateRates } from '../vat/candidate-rates.ts'
import { inferSaleRates } from '../vat/infer-sale-rates.ts'
import type { RateVerdict } from '../vat/infer-rate.ts'
import { rateFinding } from '../vat/rate-finding.ts'
import type { Territory } from '../vat/territory.ts'
import { finding, type VatFinding } from '../vat/vat-finding.ts'
import { hundredthsOf, percentOf } from '../vat/percent.ts'
import type { Sale, SaleLine } from './sale.ts'
import type { VatPosition } from './vat-position.ts'

/** What was found about the rate of one line, and what has to be said about it. */
export interface LineRate {
  verdict: RateVerdict
  /** A remark when the line has a rate, a reason not to book when it has none; null when all is well. */
  finding: VatFinding | null
}

/** The rate of a line for which the shop states a percentage and no VAT amount of its own. */
const statedRate = (
  percent: string,
  line: number,
  where: { territory: Territory; date: string; by: 'stated' | 'merchant' },
): LineRate => {
  const legal = candidateRates(where.territory, where.date)
  const rate = hundredthsOf(percent)
  if (rate !== null && legal.includes(rate)) {
    return {
      verdict: {
        status: 'evidenced',
        percent: percentOf(rate),
        by: where.by,
        compatible: [percent],
      },
      finding: null,
    }
  }
  return {
    verdict: { status: 'contradiction', stated: percent, compatible: [] },
    finding: finding('VAT_RATE_NOT_LEGAL', {
      line,
      rate: percent,
      country: where.territory.code,
      date: where.date,
      legal: legal.map((each) => `${percentOf(each)} %`).join(', '),
    }),
  }
}

/**
 * The rate of every line: by interval arithmetic where the shop states amounts of VAT, else the percentage it
 * states if that can be legal at that place and date (spec §3 check 2). Never a snap to a rate nearby.
 */
export const lineRates = (
  sale: Sale,
  territory: Territory,
  position: Pick<VatPosition, 'rounding' | 'defaultRates'>,
): LineRate[] => {
  const date = sale.taxPoint ?? sale.date
  const stated = sale.lines.flatMap((line, index) =>
    line.stated === undefined || (line.stated.isDifference === true && line.vatPercent !== null)
      ? []
      : [{ line, index, stated: line.stated }],
  )
  const inferred = inferSaleRates({
    territory,
    date,
    rounding: position.rounding,
    lines: stated.map(({ line, stated: amounts }) => ({
      ...amounts,
      stated: line.vatPercent?.toString() ?? null,
      taxClass: line.taxClass ?? null,
      sku: line.sku ?? '',
      earlier: null,
    })),
    totals: (sale.vatByRate ?? []).map(({ percent, vat }) => ({
      percent: percent.toString(),
      tax: vat,
    })),
    defaultPercent: position.defaultRates[territory.code] ?? null,
  })
  const verdicts = new Map(
    stated.map(({ index, stated: amounts }, nth): [number, LineRate] => {
      const verdict = inferred.lines[nth]
      if (verdict === undefined) throw new Error('a line without a verdict')
      const where = { line: amounts, number: index + 1, territory, date }
      return [index, { verdict, finding: rateFinding(verdict, where) }]
    }),
  )
  return sale.lines.map((line: SaleLine, index) => {
    const known = verdicts.get(index)
    if (known !== undefined) return known
    if (line.vatPercent !== null) {
      const by = sale.vatDecided === true ? 'merchant' : 'stated'
      return statedRate(line.vatPercent.toString(), index + 1, { territory, date, by })
    }
    throw new Error('a line without VAT, which makeDraft refuses')
  })
}
