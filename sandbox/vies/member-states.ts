import { isFailureCode } from './codes.ts'
import { isMemberState, memberStateCodes } from './forms.ts'
import { isFields, readFields, readFlag, readWhole } from './reading.ts'

/** How a member state's registry is doing, and what it tells. */
export interface MemberState {
  /**
   * `Available`, `Unavailable` (MS_UNAVAILABLE), `Monitoring Disabled` (answers all the same),
   * `Coming Up` (calls valid numbers invalid), or a failure code that every check of it gives while
   * check-status stays green.
   */
  mode: string
  /** Checks at once before MS_MAX_CONCURRENT_REQ. */
  concurrentMax: number
  /** How long a check takes it; only then can checks be at once. */
  answerMs: number
  /** Whether it gives name and address. */
  discloses: boolean
  /** Whether it compares trader details of the request with what is registered. */
  compares: boolean
}

/** Per country code, or `*` for all: a mode, or what changes. */
export type StateChange = Readonly<Record<string, string | Partial<MemberState>>>

/** The member states of one sandbox. */
export interface MemberStates {
  get(countryCode: string): MemberState
  list(): Record<string, MemberState>
  /**
   * Takes a change in: all of it, or nothing when there is a mistake in it.
   * @throws Error with one readable line.
   */
  change(change: unknown): void
  /** Whether a check that is about to be answered gets the answer of a state coming up. */
  takeFalseNegative(countryCode: string): boolean
  reset(): void
}

const modes = ['Available', 'Unavailable', 'Monitoring Disabled', 'Coming Up']
const fields = ['mode', 'concurrentMax', 'answerMs', 'discloses', 'compares']
const answerMsMax = 600_000
const concurrentMaxMax = 1_000_000

/** Makes the states as they start; `comingUpChecks` is asked when a state starts to come up. */
export function createMemberStates(comingUpChecks: () => number): MemberStates {
  let states = freshStates()
  let falseNegativesLeft = new Map<string, number>()

  function get(countryCode: string): MemberState {
    const state = states.get(countryCode)
    if (state === undefined) throw new Error(`no member state ${countryCode}`)
    return state
  }

  return {
    get,
    list: () => Object.fromEntries([...states].map(([code, state]) => [code, { ...state }])),
    change: (change) => {
      // All are read before the first is changed: a bad one changes nothing.
      for (const { codes, part } of readChange(change)) {
        for (const code of codes) {
          states.set(code, { ...get(code), ...part })
          if (part.mode === 'Coming Up') falseNegativesLeft.set(code, comingUpChecks() || Infinity)
        }
      }
    },
    takeFalseNegative: (code) => {
      if (get(code).mode !== 'Coming Up') return false
      const left = (falseNegativesLeft.get(code) ?? 1) - 1
      falseNegativesLeft.set(code, left)
      if (left <= 0) states.set(code, { ...get(code), mode: 'Available' })
      return true
    },
    reset: () => {
      states = freshStates()
      falseNegativesLeft = new Map()
    },
  }
}

/** The code a check of this state fails with; undefined when the state answers. */
export function failureOf({ mode }: MemberState): string | undefined {
  if (mode === 'Unavailable') return 'MS_UNAVAILABLE'
  return modes.includes(mode) ? undefined : mode
}

/** What check-status says of the state: only a hint, for it stays green under a failure code. */
export function availabilityOf({ mode }: MemberState): string {
  return mode === 'Unavailable' || mode === 'Monitoring Disabled' ? mode : 'Available'
}

function freshStates(): Map<string, MemberState> {
  return new Map(
    memberStateCodes.map((code) => [
      code,
      {
        mode: 'Available',
        concurrentMax: 10,
        answerMs: 0,
        // Contract 1.1: Germany and Spain as a rule do not.
        discloses: code !== 'DE' && code !== 'ES',
        compares: code !== 'DE',
      },
    ]),
  )
}

function readChange(change: unknown): { codes: readonly string[]; part: Partial<MemberState> }[] {
  if (!isFields(change)) throw new Error('send an object of member states, such as {"DE": "…"}')
  return Object.entries(change).map(([code, value]) => {
    if (code !== '*' && !isMemberState(code)) {
      throw new Error(`no member state ${code}; there are: *, ${memberStateCodes.join(', ')}`)
    }
    return { codes: code === '*' ? memberStateCodes : [code], part: readPart(code, value) }
  })
}

function readPart(code: string, value: unknown): Partial<MemberState> {
  if (typeof value === 'string') return { mode: readMode(code, value) }
  const given = readFields(value, code, fields)
  const part: Partial<MemberState> = {}
  if ('mode' in given) part.mode = readMode(code, given['mode'])
  if ('concurrentMax' in given) {
    const range = { min: 0, max: concurrentMaxMax }
    part.concurrentMax = readWhole(given['concurrentMax'], `${code}.concurrentMax`, range)
  }
  if ('answerMs' in given) {
    part.answerMs = readWhole(given['answerMs'], `${code}.answerMs`, { min: 0, max: answerMsMax })
  }
  if ('discloses' in given) part.discloses = readFlag(given['discloses'], `${code}.discloses`)
  if ('compares' in given) part.compares = readFlag(given['compares'], `${code}.compares`)
  return part
}

function readMode(code: string, value: unknown): string {
  const fits = typeof value === 'string' && (modes.includes(value) || isFailureCode(value))
  if (fits) return value
  throw new Error(`the mode of ${code} must be one of ${modes.join(', ')}, or a failure code`)
}
