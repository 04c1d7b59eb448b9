import { explain, type ProblemCode } from '../../problems/catalogue.ts'
import { reason, type Reason } from '../../problems/reason.ts'
import { countryCodeOf } from '../../vat/country-names.ts'
import { readVatNumber } from '../../vat/vat-number.ts'
import { jsonCommand, mistake, Mistake, readOptions } from './answer.ts'

const usage = 'doorvoer vat number <text>|- [--country CC]'

/** What `doorvoer vat number` says about one number. */
export interface NumberAnswer {
  input: string
  /** Prefix and number; null when the form is wrong. */
  normalised: string | null
  form: 'ok' | 'wrong'
  checkDigit: 'ok' | 'failed' | 'none'
  /** The prefix, as in VIES; null when the form is wrong. */
  country: string | null
  /** Why the form is wrong; null when it is not. */
  why: string | null
  /** What a merchant is told about a number that is wrong, or of which the check digit is; null when all is well. */
  problem: { code: ProblemCode; remedy: string } | null
}

const told = ({ code, params }: Reason): NumberAnswer['problem'] => ({
  code,
  remedy: explain(code, params, 'en').remedy,
})

const answer = (input: string, country: string): NumberAnswer => {
  const number = readVatNumber(input, country)
  if (number.form === 'wrong') {
    return {
      input,
      normalised: null,
      form: 'wrong',
      checkDigit: 'none',
      country: null,
      why: number.why,
      problem: told(reason(number.why === 'empty' ? 'VAT_NUMBER_MISSING' : 'VAT_NUMBER_MALFORMED')),
    }
  }
  const { normalised, checkDigit, country: prefix } = number
  const problem =
    checkDigit === 'failed' ? told(reason('VAT_NUMBER_CHECK_DIGIT', { country: prefix })) : null
  return { input, normalised, form: 'ok', checkDigit, country: prefix, why: null, problem }
}

/**
 * `doorvoer vat number <text>|- [--country CC]`: reads a VAT number, or with `-` one a line from standard
 * input, and writes one JSON object a line.
 */
export const vatNumberCommand = jsonCommand(async function* (args, stdin) {
  const { values, positionals } = readOptions(args, ['country'], usage)
  const country = values.country ?? ''
  if (country !== '' && countryCodeOf(country) === null)
    throw mistake('COUNTRY_UNKNOWN', { country })
  const [text] = positionals
  if (text === undefined || positionals.length > 1) {
    throw new Mistake(
      `Give one VAT number (in quotes when it has spaces), or - for a list. Usage: ${usage}`,
    )
  }
  if (text !== '-') {
    yield answer(text, country)
    return
  }
  for await (const line of stdin) yield answer(line.replace(/\r?\n?$/, ''), country)
})
