import { type TraderField } from './question.ts'

export type Match = 'VALID' | 'INVALID' | 'NOT_PROCESSED'

/** What VIES writes where a state discloses nothing or there is nothing to disclose. */
export const undisclosed = '---'

/** What a check comes to, before it is written in one of the two shapes. */
export interface Result {
  /** VALID, INVALID, or a failure code. */
  code: string
  name: string
  address: string
  /** '' for none. */
  consultationNumber: string
  matches: Record<TraderField, Match>
  falseNegative: boolean
}

const noMatches: Record<TraderField, Match> = {
  traderName: 'NOT_PROCESSED',
  traderStreet: 'NOT_PROCESSED',
  traderPostalCode: 'NOT_PROCESSED',
  traderCity: 'NOT_PROCESSED',
  traderCompanyType: 'NOT_PROCESSED',
}

/** A result that discloses nothing; `more` is what it has to tell all the same. */
export function resultOf(code: string, more: Partial<Result> = {}): Result {
  return {
    code,
    name: undisclosed,
    address: undisclosed,
    consultationNumber: '',
    matches: noMatches,
    falseNegative: false,
    ...more,
  }
}

/** Whether a result is a verdict on the number and not a failure. */
export function isAnswer({ code }: Result): boolean {
  return code === 'VALID' || code === 'INVALID'
}
