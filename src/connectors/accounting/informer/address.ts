import { clean } from './fields.ts'

/** A street as Informer keeps it. Put together again, it reads as it was. */
export interface StreetParts {
  street: string
  house_number: string
  house_number_suffix: string
}

/** "Plein 1944 12 hs": the last number with something before it, and at most a short addition. */
const numbered =
  /^(?<street>.+) (?<number>\d{1,5})(?<suffix>[ \-/]{0,3}[a-z]{0,4}(?:[ \-/]?\d{1,4})?)$/i

/** Takes the house number off the end of a street; '' when there is none there, as the manual has it. */
export const splitStreet = (line: string): StreetParts => {
  const whole = clean(line)
  const { street = '', number = '', suffix = '' } = numbered.exec(whole)?.groups ?? {}
  // "12 34" is no street with a number.
  if (!/\D/.test(street)) return { street: whole, house_number: '', house_number_suffix: '' }
  return {
    street,
    house_number: number,
    house_number_suffix: suffix.replace(/^[ \-/]+/, ''),
  }
}
