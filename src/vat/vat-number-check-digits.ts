import * as jsvat from 'jsvat-next'

export type CheckDigit = 'ok' | 'failed' | 'none'

/**
 * Dutch numbers pass either the eleven-test over the nine digits (companies) or ISO 7064 mod 97,10 over the
 * whole number with its letters as numbers (sole traders, since 2020). A remainder of ten is no digit: that
 * number was never issued (contracts/vat.md §2.2; jsvat-next takes it for a 0).
 */
const dutch = (number: string): boolean => {
  const digits = Array.from(number.slice(0, 9), Number)
  const weighted = digits
    .slice(0, 8)
    .reduce((total, digit, index) => total + digit * (9 - index), 0)
  if (weighted > 0 && weighted % 11 === digits[8]) return true
  // N = 23, L = 21, B = 11.
  return BigInt(`2321${number.slice(0, 9)}11${number.slice(10)}`) % 97n === 1n
}

/** Belgian numbers: the last two digits are 97 minus the first eight modulo 97, so 01 to 97. */
const belgian = (number: string): boolean =>
  97 - (Number(number.slice(0, 8)) % 97) === Number(number.slice(8))

const luhn = (digits: string): boolean => {
  const total = Array.from(digits, Number)
    .reverse()
    .map((digit, index) => (index % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit))
    .reduce((sum, digit) => sum + digit, 0)
  return total % 10 === 0
}

/**
 * French numbers: the nine digits are a SIREN with a Luhn digit (not in Monaco, where they start with 000);
 * a key of digits is (SIREN · 100 + 12) mod 97, a key with letters has a rule modulo 11, which jsvat-next
 * does not have (contracts/vat.md §2.3; source: python-stdnum, fr/tva.py).
 */
const french = (number: string): boolean => {
  const siren = number.slice(2)
  if (!siren.startsWith('000') && !luhn(siren)) return false
  if (/^\d\d/.test(number)) return (Number(siren) * 100 + 12) % 97 === Number(number.slice(0, 2))
  const alphabet = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'
  const [first, second] = [alphabet.indexOf(number.charAt(0)), alphabet.indexOf(number.charAt(1))]
  const key = first < 10 ? first * 24 + second - 10 : first * 34 + second - 100
  return (Number(siren) + 1 + Math.floor(key / 11)) % 11 === key % 11
}

const countries: Readonly<Record<string, jsvat.Country>> = {
  AT: jsvat.austria,
  BG: jsvat.bulgaria,
  CHE: jsvat.switzerland,
  CY: jsvat.cyprus,
  CZ: jsvat.czechRepublic,
  DE: jsvat.germany,
  DK: jsvat.denmark,
  EE: jsvat.estonia,
  EL: jsvat.greece,
  ES: jsvat.spain,
  FI: jsvat.finland,
  GB: jsvat.unitedKingdom,
  HR: jsvat.croatia,
  HU: jsvat.hungary,
  IE: jsvat.ireland,
  IT: jsvat.italy,
  LT: jsvat.lithuania,
  LU: jsvat.luxembourg,
  LV: jsvat.latvia,
  MT: jsvat.malta,
  NO: jsvat.norway,
  PL: jsvat.poland,
  PT: jsvat.portugal,
  RO: jsvat.romania,
  SE: jsvat.sweden,
  SI: jsvat.slovenia,
  SK: jsvat.slovakiaRepublic,
}

/**
 * Whether the check digit of a number of right form is right. A failure is a warning only: VIES is the
 * authority, and the rules are folklore in several states (contracts/vat.md §2.3).
 * @param prefix as in VIES, or GB, CHE, NO
 * @param number without prefix, of the country's form
 */
export const checkDigitOf = (prefix: string, number: string): CheckDigit => {
  const verdict = (right: boolean): CheckDigit => (right ? 'ok' : 'failed')
  if (prefix === 'NL') return verdict(dutch(number))
  if (prefix === 'BE') return verdict(belgian(number))
  if (prefix === 'FR') return verdict(french(number))
  // Northern Irish numbers are British ones; those of the state (GD, HA) have no check digit.
  const country = prefix === 'XI' ? 'GB' : prefix
  if (country === 'GB' && /^[GH]/.test(number)) return 'none'
  const rules = countries[country]
  if (rules === undefined) return 'none'
  const asTyped = country === 'NO' ? `${number}MVA` : `${country}${number}`
  return verdict(jsvat.checkVAT(asTyped, [rules]).isValid)
}
