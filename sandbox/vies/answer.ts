import { json, type SandboxAnswer } from '../kit/message.ts'
import { messageOf } from './codes.ts'
import { availabilityOf, type MemberState } from './member-states.ts'
import { type Question, type TraderField, traderFields } from './question.ts'
import { isAnswer, type Match, type Result, undisclosed } from './result.ts'
import { type Switches } from './switches.ts'

/** A result in the shape of the POST calls (contract 1.1). */
export function postAnswer(
  question: Question,
  result: Result,
  how: { at: Date; switches: Switches },
): SandboxAnswer {
  if (!isAnswer(result)) return errorAnswer(result.code, how.switches)
  return json({
    countryCode: question.countryCode,
    vatNumber: question.vatNumber,
    requestDate: how.at.toISOString(),
    valid: result.code === 'VALID',
    requestIdentifier: result.consultationNumber,
    name: result.name,
    address: result.address,
    ...traderEcho(question, result),
    ...Object.fromEntries(traderFields.map((name) => [`${name}Match`, result.matches[name]])),
  })
}

/**
 * A result in the shape of the GET call: a failure is as good as an answer there, with `isValid`
 * false and status 200, and only `userError` tells (contract 1.1).
 */
export function getAnswer(question: Question, result: Result, how: { at: Date }): SandboxAnswer {
  return json({
    isValid: result.code === 'VALID',
    requestDate: how.at.toISOString(),
    userError: result.code,
    name: result.name,
    address: result.address,
    requestIdentifier: result.consultationNumber,
    originalVatNumber: question.originalVatNumber,
    vatNumber: question.vatNumber,
    viesApproximate: approximate(question, result),
  })
}

/** The error body of the POST calls; its status is anybody's guess. */
export function errorAnswer(
  code: string,
  { errorStatus, errorMessages }: Switches,
  status: number = errorStatus,
): SandboxAnswer {
  const wrapper = { error: code, ...(errorMessages ? { message: messageOf(code) } : {}) }
  return json({ actionSucceed: false, errorWrappers: [wrapper] }, status)
}

/** The answer of check-status. */
export function statusAnswer(
  states: Record<string, MemberState>,
  { vowAvailable }: Switches,
): SandboxAnswer {
  return json({
    vow: { available: vowAvailable },
    countries: Object.entries(states).map(([countryCode, state]) => ({
      countryCode,
      availability: availabilityOf(state),
    })),
  })
}

function traderEcho({ trader }: Question, { matches }: Result): Record<TraderField, string> {
  const echo = (name: TraderField): string =>
    matches[name] === 'NOT_PROCESSED' ? undisclosed : trader[name]
  return {
    traderName: echo('traderName'),
    traderStreet: echo('traderStreet'),
    traderPostalCode: echo('traderPostalCode'),
    traderCity: echo('traderCity'),
    traderCompanyType: echo('traderCompanyType'),
  }
}

function approximate(question: Question, result: Result): Record<string, string | number> {
  const echo = traderEcho(question, result)
  const { matches } = result
  return {
    name: echo.traderName,
    street: echo.traderStreet,
    postalCode: echo.traderPostalCode,
    city: echo.traderCity,
    companyType: echo.traderCompanyType,
    matchName: matchNumber(matches.traderName),
    matchStreet: matchNumber(matches.traderStreet),
    matchPostalCode: matchNumber(matches.traderPostalCode),
    matchCity: matchNumber(matches.traderCity),
    matchCompanyType: matchNumber(matches.traderCompanyType),
  }
}

function matchNumber(match: Match): 1 | 2 | 3 {
  switch (match) {
    case 'VALID':
      return 1
    case 'INVALID':
      return 2
    case 'NOT_PROCESSED':
      return 3
  }
}
