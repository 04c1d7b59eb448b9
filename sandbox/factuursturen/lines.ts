import { type Account } from './account.ts'
import { type Client } from './client.ts'
import { type Decimal, decimalNumber, readDecimal, unit } from './decimal.ts'
import { type Fields, isFields } from './form.ts'
import { isGiven, readBoolean, readNumber, readText } from './input.ts'
import { Refusal } from './refusal.ts'
import { type Switches } from './switches.ts'
import { type PricedLine } from './totals.ts'

/** A line of an invoice, before its total is known. */
export interface Line extends PricedLine {
  amountDesc: string
  description: string
}

/** What reading a line depends on. */
export interface LineRules {
  account: Account
  switches: Pick<Switches, 'unknownTaxRate'>
  client: Pick<Client, 'country'>
}

/**
 * Reads the lines of an invoice: a list, or an object with a key per line (contract 3.2).
 * @throws Refusal when a number is none, or a tax rate is not one of the account (contract 3.5).
 */
export function readLines(fields: Fields, rules: LineRules): Line[] {
  const value = fields['lines']
  const lines: unknown[] = Array.isArray(value)
    ? value
    : isFields(value)
      ? Object.values(value)
      : []
  return lines.map((line) => {
    if (!isFields(line)) throw new Refusal('a line is not an object')
    return readLine(line, rules)
  })
}

function readLine(fields: Fields, rules: LineRules): Line {
  // A line with only a description is a line of text (contract 3.2).
  const isText = !isGiven(fields, 'price') && !isGiven(fields, 'amount')
  return {
    amountDesc: readText(fields, 'amount_desc'),
    description: readText(fields, 'description'),
    amount: readNumber(fields, 'amount', isText ? 0n : unit),
    price: readNumber(fields, 'price', 0n),
    discountPct: readNumber(fields, 'discount_pct', 0n),
    taxRate: isText ? 0n : readTaxRate(fields, rules),
    isText,
  }
}

function readTaxRate(fields: Fields, { account, client, switches }: LineRules): Decimal {
  const abroad = readBoolean(fields, 'tax_country', false)
  if (abroad && client.country === account.country) {
    // A production note: it errors when the client's country is not foreign (contract 3.2).
    throw new Refusal('tax_country can only be used for a client in another country')
  }
  const country = abroad ? client.country : account.country
  const rate = readNumber(fields, 'tax_rate', defaultRate(account))
  if (switches.unknownTaxRate === 'accept' || hasRate(account, country, rate)) return rate
  throw new Refusal(`tax_rate ${decimalNumber(rate)} is not available`)
}

function hasRate(account: Account, country: number, rate: Decimal): boolean {
  return account.taxes.some(
    (tax) => tax.country === country && readDecimal(tax.percentage) === rate,
  )
}

function defaultRate(account: Account): Decimal {
  return readDecimal(account.taxes.find((tax) => tax.default)?.percentage) ?? 0n
}
