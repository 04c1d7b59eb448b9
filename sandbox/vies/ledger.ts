import { type Question } from './question.ts'
import { type Result } from './result.ts'

const keptMax = 20_000

/** One check that was asked. */
export interface LedgerCheck {
  /** When it was asked. */
  at: string
  call: Question['call']
  /** Country code and number as they were sent. */
  number: string
  /** Country code and number of the requester; '' when none was given. */
  requester: string
  /** VALID, INVALID or a failure code; PENDING while the member state is at work. */
  verdict: string
  consultationNumber: string
  /** The state was coming up: the verdict is INVALID and the truth VALID. */
  falseNegative: boolean
  /** The kind of garbage its answer was turned into; '' for none. */
  garbage: string
}

/** What was asked of VIES, for whoever checks from outside. */
export interface Ledger {
  /** The last 20,000, oldest first. */
  checks: LedgerCheck[]
  /** Checks asked since the start, those no longer kept too. */
  total: number
  statusCalls: number
  /** Per state the most checks at once, those kept out by a limit too. */
  mostAtOnce: Record<string, number>
}

/** The ledger while it is being written. */
export interface LedgerBook {
  /** Writes a check down; what it returns fills in the outcome. */
  ask(question: Question, how: { at: Date; garbage: string }): (result: Result) => void
  countStatusCall(): void
  read(mostAtOnce: Record<string, number>): Ledger
  clear(): void
}

/** Makes an empty ledger. */
export function createLedgerBook(): LedgerBook {
  let checks: LedgerCheck[] = []
  let total = 0
  let statusCalls = 0
  return {
    ask: (question, { at, garbage }) => {
      const check: LedgerCheck = {
        at: at.toISOString(),
        call: question.call,
        number: question.countryCode + question.originalVatNumber,
        requester: question.requesterMemberStateCode + question.requesterNumber,
        verdict: 'PENDING',
        consultationNumber: '',
        falseNegative: false,
        garbage,
      }
      checks.push(check)
      total += 1
      // Cut in large bites: shifting one by one costs too much in a bench.
      if (checks.length > keptMax * 1.5) checks = checks.slice(-keptMax)
      return ({ code, consultationNumber, falseNegative }) => {
        Object.assign(check, { verdict: code, consultationNumber, falseNegative })
      }
    },
    countStatusCall: () => (statusCalls += 1),
    read: (mostAtOnce) => ({
      checks: checks.slice(-keptMax).map((check) => ({ ...check })),
      total,
      statusCalls,
      mostAtOnce,
    }),
    clear: () => {
      checks = []
      total = 0
      statusCalls = 0
    },
  }
}
