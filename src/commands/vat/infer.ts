import { inferRate, type RateVerdict } from '../../vat/infer-rate.ts'
import { readStatedLine, roundings, type StatedLine } from '../../vat/stated-line.ts'
import { jsonCommand, mistake, Mistake, oneOf, readOptions, required } from './answer.ts'
import { readDate, readTerritory } from './place.ts'

const usage =
  'doorvoer vat infer --territory CC --date YYYY-MM-DD --net A --tax A [--gross A] [--quantity Q] [--rounding row|unit|total] [--decimals 2|4]'

const names = [
  'territory',
  'date',
  'net',
  'tax',
  'gross',
  'quantity',
  'rounding',
  'decimals',
] as const

const readLine = (values: Partial<Record<(typeof names)[number], string>>): StatedLine => {
  const net = required(values.net, 'net', usage)
  const tax = required(values.tax, 'tax', usage)
  const decimals = oneOf(values.decimals ?? '2', ['2', '4'], 'decimals') === '2' ? 2 : 4
  const read = readStatedLine(
    { net, tax, gross: values.gross ?? null, quantity: values.quantity ?? null },
    { decimals },
  )
  if (read.is === 'unreadable') throw mistake('VAT_AMOUNT_UNREADABLE', { field: read.field })
  if (!read.line.quantity.greaterThan(0)) {
    throw mistake('QUANTITY_NOT_POSITIVE', { quantity: values.quantity ?? '' })
  }
  return read.line
}

/** The rate in percent; null unless it is proved, evidenced or assumed. */
const rateOf = (verdict: RateVerdict): number | null =>
  'percent' in verdict ? Number(verdict.percent) : null

/**
 * `doorvoer vat infer`: which legal rate explains the amounts of one line, as one JSON object: `status`,
 * `rate` (percent or null), `compatible` (percentages that fit, 0 included), and for impossible amounts what
 * they come to and where a fitting rate exists.
 */
export const vatInferCommand = jsonCommand(function* (args) {
  const { values, positionals } = readOptions(args, names, usage)
  if (positionals.length > 0)
    throw new Mistake(`"${positionals.join(' ')}" is too much. Usage: ${usage}`)
  const territory = readTerritory(required(values.territory, 'territory', usage))
  const date = readDate(required(values.date, 'date', usage), territory)
  const rounding = oneOf(values.rounding ?? 'row', roundings, 'rounding')
  const verdict = inferRate(readLine(values), { territory, date, rounding })
  const hint =
    verdict.status === 'impossible'
      ? {
          rawPercent: verdict.rawPercent === null ? null : Number(verdict.rawPercent),
          wouldFit: verdict.wouldFit.map(({ percent, countries }) => ({
            rate: Number(percent),
            countries,
          })),
        }
      : {}
  yield {
    status: verdict.status,
    rate: rateOf(verdict),
    compatible: verdict.compatible.map(Number),
    territory: territory.code,
    date,
    rounding,
    ...hint,
  }
})
