import { isDay } from '../../vat/rates.ts'
import { territoryByCode, type Territory } from '../../vat/territory.ts'
import { ratesBegin } from '../../vat/rates-table.ts'
import { mistake, Mistake } from './answer.ts'

/** The territory of `--territory`. @throws Mistake when there is none */
export const readTerritory = (text: string): Territory => {
  if (text.trim() === '') throw mistake('COUNTRY_MISSING', {})
  const territory = territoryByCode(text)
  if (territory === null) throw mistake('COUNTRY_UNKNOWN', { country: text })
  return territory
}

/** The day of `--date`. @throws Mistake when it is no day, or one before the table of rates begins */
export const readDate = (text: string, territory: Territory): string => {
  if (!isDay(text))
    throw new Mistake(`Option --date is "${text}" but must be a day such as 2026-11-20.`)
  if (text < ratesBegin) throw mistake('VAT_RATES_UNKNOWN', { country: territory.code, date: text })
  return text
}
