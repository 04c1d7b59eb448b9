import { reason, type Reason } from '../../problems/reason.ts'
import { viesPrefixes } from '../../vat/vat-number-forms.ts'
import type { Clock } from '../../world/clock.ts'
import { withJitter, type Random } from '../../world/random.ts'
import type { HttpClient } from '../http.ts'
import { readAnswer, type Reading } from './answer.ts'
import {
  answered,
  asking,
  closedBreaker,
  failed,
  inconclusive,
  isShaky,
  pauseLeftMs,
  type Breaker,
  type BreakerRules,
} from './breaker.ts'
import { createGate, type Gate } from './gate.ts'
import { checkRequest, inViesWords, type ViesNumber } from './wire.ts'

export interface ViesQuestion extends ViesNumber {
  /** The merchant's own number: with it the answer carries a consultation number, the proof. */
  requester: ViesNumber | null
}

/** Whom to look at: `requester` concerns the merchant, `blocked` the operator, the others pass by themselves. */
type Blame = 'vies' | 'state' | 'requester' | 'blocked' | 'network'

export type ViesAnswer = (
  | {
      is: 'valid' | 'invalid'
      checkedAt: Date
      /** Never sure to be there, also for a valid number. */
      consultationNumber: string | null
      /** Personal data when the number is a sole trader's, as is the address. Null when not disclosed. */
      name: string | null
      address: string | null
    }
  | {
      is: 'silent'
      reason: Reason
      /** Asking sooner brings nothing. When to ask is told by `askAgainAfterMs` (retry.ts). */
      retryAfterMs: number
      blame: Blame
    }
  /** VIES says that no number looks like this. */
  | { is: 'impossible' }
) & {
  /** VIES does not take the requester's number; it was asked again without, so there is no proof. */
  requesterRefused: boolean
}

export interface Vies {
  /** Asks about one number. Ends within ten seconds; trouble of any kind is an answer, `silent`. */
  check(question: ViesQuestion): Promise<ViesAnswer>
}

export interface ViesOptions {
  http: HttpClient
  clock: Clock
  random: Random
  /** Of the REST interface; left out: the Commission's. */
  baseUrl?: string
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Everything about one check: waiting for room, asking, asking again. */
const checkMsMax = 10_000
/** Less than this left is not worth asking for: our own impatience would look like a failure of the state. */
const shortestAskMs = 2_500
/** Before the second ask that an invalid gets from a state that is just coming up. */
const secondAskPauseMs = 1_500
/** For this long after trouble an invalid is asked twice (contracts/vat.md §1.4 item 6). */
const shakyMs = minuteMs

const perState = { inside: 2, waiting: 500 }

const stateRules: BreakerRules = {
  opensAfter: 5,
  pauseMs: 30_000,
  pauseMsMax: 15 * minuteMs,
  probeMs: 2 * checkMsMax,
}

/** An address that is blocked and keeps knocking stays blocked. */
const blockRules: BreakerRules = {
  opensAfter: 1,
  pauseMs: 6 * hourMs,
  pauseMsMax: 24 * hourMs,
  probeMs: 2 * checkMsMax,
}

const overloadWaitMs = 45_000
const downWaitMs = minuteMs
const requesterWaitMs = hourMs
const numberBlockedWaitMs = 6 * hourMs
const askedToWaitMsMax = 6 * hourMs

/** What is known of one member state. */
interface Desk {
  gate: Gate
  breaker: Breaker
  /** Whose fault the last failure was. */
  blame: Blame
}

/** The call ended before it could say anything: not sent for lack of time or room, or by our own settings. */
const saysNothing = new Set(['not-sent', 'address-refused', 'bad-url'])

const keyOf = ({ country, number, requester }: ViesQuestion): string =>
  JSON.stringify([country, number, requester?.country, requester?.number])

/**
 * The client of VIES, which forwards every question to a member state and is often silent. One for the whole
 * process: it protects the states, and itself, by what it remembers of them.
 */
export const createVies = ({ http, clock, random, baseUrl }: ViesOptions): Vies => {
  /** At most one per prefix of VIES. */
  const desks = new Map<string, Desk>()
  /** Checks under way. */
  const underWay = new Map<string, Promise<ViesAnswer>>()
  let block = closedBreaker

  const deskOf = (country: string): Desk => {
    const kept = desks.get(country)
    if (kept !== undefined) return kept
    const made: Desk = { gate: createGate(perState, clock), breaker: closedBreaker, blame: 'state' }
    desks.set(country, made)
    return made
  }

  const silent = (country: string, cause: string, blame: Blame, waitMs: number): ViesAnswer => ({
    is: 'silent',
    reason: reason('VIES_NO_ANSWER', { country, cause }),
    retryAfterMs: waitMs,
    blame,
    requesterRefused: false,
  })

  const blocked = (): ViesAnswer => ({
    is: 'silent',
    reason: reason('VIES_BLOCKED'),
    retryAfterMs: pauseLeftMs(block, clock.monotonicMs()),
    blame: 'blocked',
    requesterRefused: false,
  })

  /** The answer of a check that may not ask now; null when it may. */
  const turnedAway = (country: string, desk: Desk): ViesAnswer | null => {
    const nowMs = clock.monotonicMs()
    if (pauseLeftMs(block, nowMs) > 0) return blocked()
    const leftMs = pauseLeftMs(desk.breaker, nowMs)
    return leftMs > 0 ? silent(country, 'paused', desk.blame, leftMs) : null
  }

  const askOnce = async (
    asked: ViesNumber,
    requester: ViesNumber | null,
    deadlineMs: number,
  ): Promise<Reading> => {
    const leftMs = Math.floor(deadlineMs - clock.monotonicMs())
    const result =
      leftMs < shortestAskMs
        ? ({ is: 'silence', cause: 'not-sent', mayHaveArrived: false } as const)
        : await http.send(checkRequest(asked, requester, leftMs, baseUrl))
    return readAnswer(result, asked, clock.now())
  }

  /** Keeps the books: who is well, who is not. Null when the call ended in a bug. */
  const learn = (desk: Desk, reading: Reading | null) => {
    const nowMs = clock.monotonicMs()
    const fromVies = reading !== null && !(reading.is === 'silent' && reading.blame === 'network')
    if (reading?.is === 'ip-blocked') block = failed(block, blockRules, nowMs, random)
    else block = fromVies ? answered(block, nowMs) : inconclusive(block, nowMs)

    if (reading?.is === 'valid' || reading?.is === 'invalid') {
      desk.breaker = answered(desk.breaker, nowMs)
    } else if (reading?.is === 'silent' && !saysNothing.has(reading.cause)) {
      desk.breaker = failed(desk.breaker, stateRules, nowMs, random)
      desk.blame = reading.blame
    } else desk.breaker = inconclusive(desk.breaker, nowMs)
  }

  const answerOf = (reading: Reading, question: ViesQuestion): ViesAnswer => {
    const { country } = question
    switch (reading.is) {
      case 'valid':
      case 'invalid':
      case 'impossible':
        return { ...reading, requesterRefused: false }
      case 'requester-refused':
        return {
          is: 'silent',
          reason: reason('VIES_REQUESTER_REFUSED', {
            country: question.requester?.country ?? country,
          }),
          retryAfterMs: withJitter(requesterWaitMs, random),
          blame: 'requester',
          requesterRefused: false,
        }
      case 'number-blocked':
        return {
          is: 'silent',
          reason: reason('VIES_NUMBER_BLOCKED', { country }),
          retryAfterMs: withJitter(numberBlockedWaitMs, random),
          blame: 'requester',
          requesterRefused: false,
        }
      case 'ip-blocked':
        return blocked()
      case 'silent': {
        const ownMs = withJitter(reading.overload ? overloadWaitMs : downWaitMs, random)
        const askedMs = Math.min(reading.askedToWaitMs ?? 0, askedToWaitMsMax)
        return silent(country, reading.cause, reading.blame, Math.max(ownMs, askedMs))
      }
    }
  }

  /** Inside the gate: one question, or two where one is not enough. */
  const ask = async (
    question: ViesQuestion,
    desk: Desk,
    deadlineMs: number,
  ): Promise<ViesAnswer> => {
    let { requester } = question
    let reading: Reading | null = null
    const startMs = clock.monotonicMs()
    desk.breaker = asking(desk.breaker, stateRules, startMs)
    block = asking(block, blockRules, startMs)
    try {
      reading = await askOnce(question, requester, deadlineMs)
      if (reading.is === 'requester-refused' && requester !== null) {
        requester = null
        reading = await askOnce(question, requester, deadlineMs)
      }
      if (reading.is === 'invalid' && isShaky(desk.breaker, clock.monotonicMs(), shakyMs)) {
        await clock.sleep(secondAskPauseMs)
        reading = await askOnce(question, requester, deadlineMs)
      }
    } finally {
      learn(desk, reading)
    }
    const answer = answerOf(reading, question)
    return requester === question.requester ? answer : { ...answer, requesterRefused: true }
  }

  const check = async (question: ViesQuestion): Promise<ViesAnswer> => {
    const { country, number } = question
    const deadlineMs = clock.monotonicMs() + checkMsMax
    const desk = deskOf(country)
    const early = turnedAway(country, desk)
    if (early !== null) return early
    if (!(await desk.gate.enter(number, checkMsMax - shortestAskMs))) {
      return silent(country, 'busy', 'state', withJitter(overloadWaitMs, random))
    }
    try {
      return turnedAway(country, desk) ?? (await ask(question, desk, deadlineMs))
    } finally {
      desk.gate.leave(number)
    }
  }

  return {
    check(given) {
      const question: ViesQuestion = {
        ...inViesWords(given),
        requester: given.requester && inViesWords(given.requester),
      }
      if (!viesPrefixes.has(question.country)) {
        return Promise.resolve({ is: 'impossible', requesterRefused: false })
      }
      const key = keyOf(question)
      const shared = underWay.get(key)
      if (shared !== undefined) return shared
      const made = check(question).finally(() => underWay.delete(key))
      underWay.set(key, made)
      return made
    },
  }
}
