import { type Account } from './account.ts'
import { addDays, dateAndTime } from './calendar.ts'
import { toCents } from './decimal.ts'
import { type Document } from './document.ts'

/** A finalised invoice. A record is replaced, never changed. */
export interface Invoice extends Document {
  /** Place in the order of making, from 0. */
  readonly sequence: number
  readonly id: string
  /** The number as printed. */
  readonly number: string
  /** Its digits only: "without layout" (contract 3.2). */
  readonly digits: string
  readonly date: string
  readonly dueDate: string
  /** Date, or ''. */
  readonly uncollectible: string
  readonly paidDate: string
  readonly openCents: number
  readonly language: string
  readonly paymentUrl: string
  readonly history: readonly { date: string; time: string; description: string }[]
  /** Whether the customer got an e-mail. */
  readonly mailed: boolean
  readonly createdAt: string
  readonly origin: 'api' | 'hand'
}

/** What the moment of making an invoice decides. */
export interface Issue {
  account: Account
  sequence: number
  counter: number
  /** A number forced by the caller, without layout; '' for the next (contract 3.2). */
  forcedDigits: string
  moment: Date
  /** Invoice date from the request, or '' for today. */
  sent: string
  /** From the request, or ''. */
  paidDate: string
  paymentToken: string
  origin: 'api' | 'hand'
}

const sentDescriptions = {
  // The first is in the recorded example, the others are invented.
  email: 'Factuur verstuurd via e-mail',
  mail: 'Factuur verwerkt voor verzending per post',
  printcenter: 'Factuur verstuurd via printcenter',
}

/** Finalises a document into an invoice (contract 3.3, 3.4). A hand-made one mails nobody. */
export function issueInvoice(document: Document, issue: Issue): Invoice {
  const { account, moment, origin } = issue
  const now = dateAndTime(moment)
  const date = issue.sent || now.date
  const number = printNumber(issue, now.date)
  const digits = number.replace(/\D/g, '')
  const openCents = openAfterPayment(document)
  const isPaid = openCents <= 0 && document.alreadyPaid !== 0n
  const description = sentDescriptions[document.sendMethod]
  return {
    ...document,
    sequence: issue.sequence,
    id: account.ids === 'digits' ? digits : String(issue.sequence + 1),
    number,
    digits,
    date,
    dueDate: addDays(date, document.paymentPeriodDays),
    uncollectible: '',
    paidDate: isPaid ? issue.paidDate || date : '',
    openCents,
    language: document.client.default_doclang || account.language,
    paymentUrl: `https://www.factuursturen.nl/pay?${issue.paymentToken}`,
    history: origin === 'hand' ? [] : [{ ...now, description }],
    mailed: origin === 'api' && document.sendMethod === 'email' && document.client.email !== '',
    createdAt: moment.toISOString(),
    origin,
  }
}

function openAfterPayment({ alreadyPaid, totals }: Document): number {
  return alreadyPaid === 'full' ? 0 : totals.totalCents - toCents(alreadyPaid)
}

function printNumber({ account, counter, forcedDigits }: Issue, today: string): string {
  const year = today.slice(0, 4)
  if (forcedDigits !== '') {
    // Only what stands before the year and counter is layout that a forced number lacks.
    return `${account.numberLayout.replace(/\{.*$/, '')}${forcedDigits}`
  }
  return account.numberLayout
    .replace('{year}', year)
    .replace('{counter}', String(counter).padStart(4, '0'))
}
