import { compareTrader, type Trader } from './compare.ts'
import { drawConsultationNumber } from './consultation.ts'
import { hasForm, isMemberState } from './forms.ts'
import { failureOf } from './member-states.ts'
import { type PlantedNumber } from './numbers.ts'
import { type Question } from './question.ts'
import { type Result, resultOf } from './result.ts'
import { isTestNumber, testCode, testTrader } from './test-numbers.ts'
import { type Vies } from './vies.ts'

/**
 * Carries out one check: what VIES decides by itself at once, the rest when the member state has had
 * its time.
 */
export async function checkNumber(vies: Vies, question: Question): Promise<Result> {
  const { states, switches, timers, traffic } = vies
  const planted = vies.numbers.get(question.countryCode, question.vatNumber)
  const early = decideEarly(vies, question, planted)
  if (early !== undefined) return early

  const state = states.get(question.countryCode)
  const leave = traffic.enter(question.countryCode, {
    state: vies.hasLimits ? state.concurrentMax : Infinity,
    global: vies.hasLimits ? switches.globalConcurrentMax : Infinity,
  })
  if (typeof leave === 'string') return resultOf(leave)
  await timers.pause(state.answerMs)
  leave()
  const failure = failureOf(state) ?? planted?.error
  return failure === undefined ? decideByState(vies, question, planted) : resultOf(failure)
}

/** What needs no member state; undefined when one must be asked. */
function decideEarly(
  vies: Vies,
  question: Question,
  planted: PlantedNumber | undefined,
): Result | undefined {
  const { switches } = vies
  const { countryCode, vatNumber } = question
  if (!switches.vowAvailable) return resultOf('SERVICE_UNAVAILABLE')
  if (!isMemberState(countryCode)) return resultOf('INVALID_INPUT')
  if (isForTestService(vies, question, planted)) return decideByTable(vies, question)
  if (planted === undefined && !hasForm(countryCode, vatNumber)) {
    const isRefused = switches.malformed === 'refuse' || vatNumber === ''
    return resultOf(isRefused ? 'INVALID_INPUT' : 'INVALID')
  }
  const problem = requesterProblem(vies, question)
  return problem === undefined ? undefined : resultOf(problem)
}

function isForTestService(
  { switches }: Vies,
  { call, vatNumber }: Question,
  planted: PlantedNumber | undefined,
): boolean {
  if (call === 'check-vat-test-service' || switches.testNumbers === 'only') return true
  // What a person planted goes first: RO100 is a number that may exist.
  return switches.testNumbers === 'listed' && planted === undefined && isTestNumber(vatNumber)
}

function decideByTable(vies: Vies, question: Question): Result {
  const code = testCode(question.vatNumber)
  const consultationNumber = consultationFor(vies, question, code)
  return resultOf(code, { consultationNumber, ...(code === 'VALID' ? testTrader : {}) })
}

function decideByState(vies: Vies, question: Question, planted: PlantedNumber | undefined): Result {
  const { states, switches } = vies
  const { discloses, compares } = states.get(question.countryCode)
  const isComingUp = states.takeFalseNegative(question.countryCode)
  const isValid = planted === undefined ? switches.unlisted === 'valid' : planted.valid !== false
  if (!isValid || isComingUp) {
    const consultationNumber = consultationFor(vies, question, 'INVALID')
    return resultOf('INVALID', { consultationNumber, falseNegative: isValid })
  }
  const trader = traderOf(question, planted)
  return resultOf('VALID', {
    ...(discloses ? trader : {}),
    ...(compares ? { matches: compareTrader(question.trader, trader) } : {}),
    consultationNumber: consultationFor(vies, question, 'VALID'),
  })
}

/** The address is in lines, with an empty one before and after, as Dutch ones were seen. */
function traderOf(
  { countryCode, vatNumber }: Question,
  planted: PlantedNumber | undefined,
): Trader {
  return {
    name: planted?.name ?? `SANDBOX ${countryCode}${vatNumber}`,
    address: planted?.address ?? '\nSANDBOXLAAN 00012\n1000AA SANDBOX\n',
  }
}

/** The code that keeps this requester from asking; undefined when it may, or there is none. */
function requesterProblem(vies: Vies, question: Question): string | undefined {
  const { requesterMemberStateCode, requesterNumber } = question
  if (requesterMemberStateCode === '' && requesterNumber === '') return undefined
  const planted = vies.numbers.get(requesterMemberStateCode, requesterNumber)
  if (planted?.error !== undefined) return planted.error
  const isValid =
    planted === undefined
      ? hasForm(requesterMemberStateCode, requesterNumber)
      : planted.valid !== false
  return isValid ? undefined : 'INVALID_REQUESTER_INFO'
}

function consultationFor(vies: Vies, question: Question, code: string): string {
  const { consultation } = vies.switches
  const isMeant = code === 'VALID' || (code === 'INVALID' && consultation === 'answers')
  const isAsked = question.requesterNumber !== '' && requesterProblem(vies, question) === undefined
  if (!isMeant || !isAsked || consultation === 'never') return ''
  return drawConsultationNumber(vies.random)
}
