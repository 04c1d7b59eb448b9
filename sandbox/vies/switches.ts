import { isFields, readFlag, readWhole } from './reading.ts'

/** Choices where the real behaviour is not known or varies, and the moods of the whole service. */
export interface Switches {
  /** HTTP status of a failure on the POST calls; all three were seen. GET always answers 200. */
  errorStatus: 200 | 400 | 500
  /** Whether an error wrapper has a `message`: most that were seen have only `error`. */
  errorMessages: boolean
  /**
   * The official test numbers on the ordinary calls: answered as the test service does, not special,
   * or the ordinary calls are the test service for every number.
   */
  testNumbers: 'listed' | 'off' | 'only'
  /** Verdict on a well-formed number that nobody planted. */
  unlisted: 'valid' | 'invalid'
  /** A number that cannot exist: INVALID_INPUT, or the answer "not valid". */
  malformed: 'refuse' | 'invalid'
  /** Whether lower case, spaces, dots and dashes in codes and numbers are forgiven. */
  lenientInput: boolean
  /** Which answers to a valid requester carry a consultation number (contract 1.4: no guarantee). */
  consultation: 'answers' | 'valid' | 'never'
  /** How many checks a state that is "Coming Up" answers wrongly; 0 = until told otherwise. */
  comingUpChecks: number
  /** False is VIES itself being down: every check gives SERVICE_UNAVAILABLE. */
  vowAvailable: boolean
  /** Checks at once over all states before GLOBAL_MAX_CONCURRENT_REQ. */
  globalConcurrentMax: number
}

/** The likeliest behaviour, and where nothing is likelier the one that traps a client soonest. */
export const defaultSwitches: Switches = {
  errorStatus: 200,
  errorMessages: true,
  testNumbers: 'listed',
  unlisted: 'valid',
  malformed: 'refuse',
  lenientInput: false,
  consultation: 'answers',
  comingUpChecks: 1,
  vowAvailable: true,
  globalConcurrentMax: 100,
}

const allowed: { [name in keyof Switches]: readonly Switches[name][] | 'flag' | 'count' } = {
  errorStatus: [200, 400, 500],
  errorMessages: 'flag',
  testNumbers: ['listed', 'off', 'only'],
  unlisted: ['valid', 'invalid'],
  malformed: ['refuse', 'invalid'],
  lenientInput: 'flag',
  consultation: ['answers', 'valid', 'never'],
  comingUpChecks: 'count',
  vowAvailable: 'flag',
  globalConcurrentMax: 'count',
}

const countMax = 1_000_000

/**
 * Reads a change to the switches from a control request's body.
 * @throws Error with one readable line.
 */
export function readSwitches(value: unknown): Partial<Switches> {
  if (!isFields(value)) throw new Error('send an object of switches')
  for (const [name, choice] of Object.entries(value)) checkSwitch(name, choice)
  return value
}

function checkSwitch(name: string, choice: unknown): void {
  const choices = Object.entries(allowed).find(([known]) => known === name)?.[1]
  if (choices === undefined) {
    throw new Error(`no switch ${name}; there are: ${Object.keys(allowed).join(', ')}`)
  }
  if (choices === 'flag') readFlag(choice, name)
  else if (choices === 'count') readWhole(choice, name, { min: 0, max: countMax })
  else if (!(choices as readonly unknown[]).includes(choice)) {
    throw new Error(`${name} must be one of: ${choices.join(', ')}`)
  }
}
