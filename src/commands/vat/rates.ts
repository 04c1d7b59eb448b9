import { ratesOn, standardRateOn } from '../../vat/rates.ts'
import { jsonCommand, Mistake, readOptions, required } from './answer.ts'
import { readDate, readTerritory } from './place.ts'

const usage = 'doorvoer vat rates --territory CC --date YYYY-MM-DD'

/**
 * `doorvoer vat rates`: the rates a webshop may charge there on that day, as one JSON object. `rates` and
 * `standard` are numbers in percent; `rows` are the rows of our table with their periods and sources.
 */
export const vatRatesCommand = jsonCommand(function* (args) {
  const { values, positionals } = readOptions(args, ['territory', 'date'], usage)
  if (positionals.length > 0)
    throw new Mistake(`"${positionals.join(' ')}" is too much. Usage: ${usage}`)
  const territory = readTerritory(required(values.territory, 'territory', usage))
  const date = readDate(required(values.date, 'date', usage), territory)
  const rows = ratesOn(territory, date)
  const standard = standardRateOn(territory, date)
  yield {
    territory: territory.code,
    date,
    standard: standard === null ? null : Number(standard.percent),
    rates: rows.map(({ percent }) => Number(percent)),
    rows: rows.map(({ country, class: rateClass, percent, from, to, source }) => ({
      country,
      class: rateClass,
      percent: Number(percent),
      from,
      to,
      source,
    })),
  }
})
