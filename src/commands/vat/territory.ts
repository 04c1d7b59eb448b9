import { territoryOf } from '../../vat/territory.ts'
import { jsonCommand, mistake, Mistake, readOptions, required } from './answer.ts'

const usage = 'doorvoer vat territory --country CC [--postcode P]'

/** `doorvoer vat territory`: the VAT territory of a country and postcode, as one JSON object. */
export const vatTerritoryCommand = jsonCommand(function* (args) {
  const { values, positionals } = readOptions(args, ['country', 'postcode'], usage)
  if (positionals.length > 0)
    throw new Mistake(`"${positionals.join(' ')}" is too much. Usage: ${usage}`)
  const country = required(values.country, 'country', usage)
  if (country.trim() === '') throw mistake('COUNTRY_MISSING', {})
  const territory = territoryOf(country, values.postcode ?? '')
  if (territory === null) throw mistake('COUNTRY_UNKNOWN', { country })
  yield territory
})
