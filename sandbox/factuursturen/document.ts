import { type Account } from './account.ts'
import { isDate } from './calendar.ts'
import { type Client, type SendMethod, sendMethods } from './client.ts'
import { type Decimal, readDecimal } from './decimal.ts'
import { type Fields } from './form.ts'
import {
  isGiven,
  readChoice,
  readLimited,
  readNumber,
  readReference,
  readText,
  readWhole,
} from './input.ts'
import { type Line, readLines } from './lines.ts'
import { Refusal } from './refusal.ts'
import { type Switches } from './switches.ts'
import { computeTotals, type Totals } from './totals.ts'

/** What an invoice and a draft have in common. */
export interface Document {
  readonly client: Client
  readonly reference: readonly [string, string, string]
  readonly lines: readonly Line[]
  readonly totals: Totals
  /** Id of the profile, 0 for none. */
  readonly profile: number
  readonly category: number
  readonly discountType: 'amount' | 'percentage'
  readonly discount: Decimal
  readonly paymentCondition: string
  readonly paymentPeriodDays: number
  readonly alreadyPaid: Decimal | 'full'
  readonly alreadyPaidMethod: string
  readonly sendMethod: SendMethod
}

/** What reading a document depends on. */
export interface DocumentRules {
  account: Account
  switches: Switches
  client: Client
}

const alreadyPaidMethodLength = 32

/**
 * Reads what an invoice request says besides its action (contract 3.2), and adds it up. An unknown
 * profile or category is refused (guess).
 * @throws Refusal when a value does not fit.
 */
export function readDocument(fields: Fields, rules: DocumentRules): Document {
  const { account, client, switches } = rules
  const lines = readLines(fields, rules)
  const discount = readDiscount(fields, client)
  return {
    client,
    reference: readReference(fields),
    lines,
    totals: computeTotals(lines, {
      taxType: client.tax_type,
      taxShifted: client.tax_shifted,
      ...discount,
      switches,
    }),
    profile: readProfile(fields, account),
    category: readCategory(fields, account, client),
    ...discount,
    paymentCondition: readText(fields, 'paymentcondition') || account.paymentCondition,
    paymentPeriodDays: readWhole(fields, 'paymentperiod', client.top),
    alreadyPaid: fields['alreadypaid'] === 'full' ? 'full' : readNumber(fields, 'alreadypaid', 0n),
    alreadyPaidMethod: readLimited(
      fields,
      'alreadypaidmethod',
      alreadyPaidMethodLength,
      switches.tooLong,
    ),
    sendMethod: readChoice(fields, 'sendmethod', sendMethods, client.sendmethod),
  }
}

/**
 * Reads a date field; '' when left out.
 * @throws Refusal when it is not a day as YYYY-MM-DD.
 */
export function readDate(fields: Fields, name: string): string {
  const date = readText(fields, name)
  if (date === '' || isDate(date)) return date
  throw new Refusal(`${name} must be a date as YYYY-MM-DD`)
}

/**
 * The client's own discount goes over every invoice (contract 2.2). That a discount in the request
 * takes its place is a guess; 0 does not, for PHP code tells 0 and nothing apart seldom.
 */
function readDiscount(fields: Fields, client: Client): Pick<Document, 'discountType' | 'discount'> {
  const discount = readNumber(fields, 'discount', 0n)
  if (discount === 0n) {
    return { discountType: 'percentage', discount: readDecimal(client.stddiscount) ?? 0n }
  }
  const types = ['amount', 'percentage'] as const
  return { discountType: readChoice(fields, 'discounttype', types, 'percentage'), discount }
}

function readProfile(fields: Fields, account: Account): number {
  const standard = account.profiles.find((profile) => profile.default)?.id ?? 0
  const id = readWhole(fields, 'profile', standard)
  if (id === standard || account.profiles.some((profile) => profile.id === id)) return id
  throw new Refusal(`profile ${id} not found`)
}

function readCategory(fields: Fields, account: Account, client: Client): number {
  const id = readWhole(fields, 'category', client.default_category)
  if (!isGiven(fields, 'category') || id === 0) return id
  if (account.categories.some((category) => category.id === id)) return id
  throw new Refusal(`category ${id} not found`)
}
