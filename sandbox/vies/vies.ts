import { mulberry32, type Random } from '../kit/random.ts'
import { createTimers, type Timers } from '../kit/timers.ts'
import { createGarbage, type Garbage } from './garbage.ts'
import { createLedgerBook, type LedgerBook } from './ledger.ts'
import { createMemberStates, type MemberStates } from './member-states.ts'
import { createNumbers, type Numbers } from './numbers.ts'
import { type Switches } from './switches.ts'
import { createTraffic, type Traffic } from './traffic.ts'

/** What every part of the service shares. */
export interface Vies {
  switches: Switches
  /** Whether limits of concurrency are played. */
  hasLimits: boolean
  states: MemberStates
  numbers: Numbers
  garbage: Garbage
  traffic: Traffic
  ledger: LedgerBook
  timers: Timers
  now: () => Date
  random: Random
}

export function createVies(parts: {
  switches: Switches
  hasLimits: boolean
  now: () => Date
  seed: number
}): Vies {
  const { switches, hasLimits, now, seed } = parts
  return {
    switches,
    hasLimits,
    states: createMemberStates(() => switches.comingUpChecks),
    numbers: createNumbers(),
    garbage: createGarbage(),
    traffic: createTraffic(),
    ledger: createLedgerBook(),
    timers: createTimers(),
    now,
    random: mulberry32(seed),
  }
}

/** Forgets everything but the switches. Checks under way are still answered. */
export function emptyVies(vies: Vies, seed: number): void {
  vies.states.reset()
  vies.numbers.clear()
  vies.garbage.set([])
  vies.traffic.reset()
  vies.ledger.clear()
  vies.random = mulberry32(seed)
}
