import { readJson } from '../kit/control.ts'
import { json } from '../kit/message.ts'
import { type Sandbox, type SandboxOptions, startServer } from '../kit/server.ts'
import { showBackOffice } from './back-office.ts'
import { type GarbageRule, type GarbageStatus } from './garbage.ts'
import { type Ledger } from './ledger.ts'
import { type MemberState, type StateChange } from './member-states.ts'
import { type NumberChange, type PlantedNumber } from './numbers.ts'
import { basePath, createRemote } from './remote.ts'
import { defaultSwitches, readSwitches, type Switches } from './switches.ts'
import { createVies, emptyVies } from './vies.ts'

export type { GarbageKind, GarbageRule, GarbageStatus } from './garbage.ts'
export type { Ledger, LedgerCheck } from './ledger.ts'
export type { MemberState, StateChange } from './member-states.ts'
export type { NumberChange, PlantedNumber } from './numbers.ts'
export type { Switches } from './switches.ts'

export type ViesOptions = SandboxOptions & { switches?: Partial<Switches> }

/**
 * A running fake of VIES. Changes work at once; a change with a mistake in it throws and changes
 * nothing.
 */
export type ViesSandbox = Sandbox & {
  /** Where the API is: the url with the base path. */
  apiUrl: string
  ledger(): Ledger
  switches: Switches
  /** Plants numbers, or takes them away with null. */
  plantNumbers(change: NumberChange): void
  numbers(): Record<string, PlantedNumber>
  changeStates(change: StateChange): void
  states(): Record<string, MemberState>
  /** Puts these rules in the place of those there are. */
  setGarbage(rules: GarbageRule | GarbageRule[]): void
  garbage(): GarbageStatus[]
}

/**
 * Starts a fake of VIES' REST API at `/taxation_customs/vies/rest-api` (contract vat.md, section 1).
 * A reset puts the switches back as they were at the start too.
 */
export async function startVies(options: ViesOptions): Promise<ViesSandbox> {
  const freshSwitches = (): Switches => ({ ...defaultSwitches, ...options.switches })
  const switches = freshSwitches()
  const seed = options.seed ?? 1
  const now = options.now ?? (() => new Date())
  const vies = createVies({ switches, hasLimits: options.limits !== 'off', now, seed })
  const { garbage, ledger, numbers, states, timers, traffic } = vies
  const readLedger = (): Ledger => ledger.read(traffic.mostAtOnce())

  const sandbox = await startServer({
    name: 'vies',
    options,
    ...createRemote(vies),
    control: {
      'GET /ledger': () => json(readLedger()),
      'GET /switches': () => json(switches),
      'PUT /switches': ({ body }) => json(Object.assign(switches, readSwitches(readJson(body)))),
      'GET /numbers': () => json(numbers.list()),
      'PUT /numbers': ({ body }) => {
        numbers.change(readJson(body))
        return json(numbers.list())
      },
      'GET /states': () => json(states.list()),
      'PUT /states': ({ body }) => {
        states.change(readJson(body))
        return json(states.list())
      },
      'GET /garbage': () => json(garbage.list()),
      'PUT /garbage': ({ body }) => {
        garbage.set(readJson(body))
        return json(garbage.list())
      },
    },
    backOffice: () => showBackOffice(vies),
    reset: () => {
      Object.assign(switches, freshSwitches())
      emptyVies(vies, seed)
    },
  })

  return {
    ...sandbox,
    close: () => {
      timers.clear()
      return sandbox.close()
    },
    apiUrl: `${sandbox.url}${basePath}`,
    ledger: readLedger,
    switches,
    plantNumbers: (change) => numbers.change(change),
    numbers: () => numbers.list(),
    changeStates: (change) => states.change(change),
    states: () => states.list(),
    setGarbage: (rules) => garbage.set(rules),
    garbage: () => garbage.list(),
  }
}
