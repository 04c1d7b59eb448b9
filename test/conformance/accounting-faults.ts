import { expect } from 'vitest'
import type { FaultKind, FaultRule } from '../../sandbox/kit/fault-rule.ts'
import type { Outcome } from '../../src/problems/outcome.ts'
import { Trouble } from '../../src/problems/reason.ts'
import { planted } from './accounting-drafts.ts'

/** Budget of a request that waits in vain: a sandbox in the same process answers in a few. */
const vainMs = 120
/** Budget of a request that gets its answer, on however busy a machine. */
const amplyMs = 10_000
const lateMs = 300

/** One way for a remote to misbehave, and what becomes of a create under it. */
interface FaultCase {
  name: string
  rule: FaultRule
  budgetMs: number
  outcome: Outcome<unknown>['is']
  /** The effect comes after the client gave up. */
  isLate: boolean
}

/** A kind of fault that the kit learns does not compile without a row here. */
const byKind: Record<FaultKind, Partial<FaultCase>> = {
  latency: { outcome: 'done', rule: { fault: 'latency', delayMs: 30 } },
  'error-before': {},
  'error-after': {},
  'timeout-before': { budgetMs: vainMs },
  'timeout-after': { budgetMs: vainMs },
  'rate-limit': { outcome: 'postponed' },
  'bad-json': {},
  html: {},
  truncated: {},
  'reset-before': {},
  'reset-after': {},
  'late-effect': { isLate: true, rule: { fault: 'late-effect', delayMs: lateMs } },
  unauthorized: { outcome: 'postponed' },
  'slow-body': { budgetMs: vainMs },
}

const ordinaryCase = (fault: FaultKind): FaultCase => ({
  name: fault,
  rule: { fault },
  budgetMs: amplyMs,
  outcome: 'uncertain',
  isLate: false,
})

/** Every kind of fault, on the one call that creates. */
export const createFaults: readonly FaultCase[] = [
  ...Object.entries(byKind).map(([fault, change]) => ({
    ...ordinaryCase(fault as FaultKind),
    ...change,
  })),
  {
    ...ordinaryCase('latency'),
    name: 'latency beyond our patience',
    rule: { fault: 'latency', delayMs: lateMs },
    budgetMs: vainMs,
    isLate: true,
  },
  {
    ...ordinaryCase('error-after'),
    name: '500 after',
    rule: { fault: 'error-after', status: 500 },
  },
  {
    ...ordinaryCase('error-after'),
    name: '504 after',
    rule: { fault: 'error-after', status: 504 },
  },
  {
    ...ordinaryCase('error-after'),
    name: '408 after',
    rule: { fault: 'error-after', status: 408 },
  },
]

/** Every kind of fault, on a call that reads, for as long as it is asked. */
export const readFaults: readonly FaultCase[] = Object.keys(byKind).map((kind) => {
  const fault = kind as FaultKind
  const waits = fault === 'latency' || byKind[fault].budgetMs === vainMs
  const rule = { fault, times: 0, ...(fault === 'latency' && { delayMs: lateMs }) }
  return { ...ordinaryCase(fault), rule, budgetMs: waits ? vainMs : amplyMs }
})

/** The value of a create that must have worked. */
export const valueOf = <T>(outcome: Outcome<T>): T => {
  if (outcome.is === 'done') return outcome.value
  throw new Error(`${outcome.is}: ${outcome.reason.code}`)
}

/** Reasons are stored and logged: nothing of the buyer and no key may be in them. */
export const expectNoSecrets = (text: string, secrets: readonly unknown[]): void => {
  for (const secret of [...Object.values(planted), ...secrets]) {
    if (typeof secret === 'string' && secret !== '') expect(text).not.toContain(secret)
  }
}

/**
 * What a create says must agree with the books: done means exactly one, postponed means none. It never says
 * refused, for nothing is wrong with the data.
 */
export const expectHonest = (
  outcome: Outcome<unknown>,
  given: FaultCase,
  countInBooks: () => number,
): void => {
  expect(outcome.is).toBe(given.outcome)
  if (outcome.is === 'done') expect(countInBooks()).toBe(1)
  if (outcome.is === 'postponed') expect(countInBooks()).toBe(0)
}

/** Waits for an effect that comes after the client gave up. @throws when it does not come */
export const awaitLateEffect = async (given: FaultCase, count: () => number): Promise<void> => {
  if (given.isLate) await expect.poll(count, { timeout: 10 * lateMs, interval: 20 }).toBe(1)
}

/** The trouble that `work` must end in. */
export const troubleOf = async (work: Promise<unknown>): Promise<Trouble> => {
  const result: unknown = await work.catch((error: unknown) => error)
  if (result instanceof Trouble) return result
  throw new Error(`no trouble but ${JSON.stringify(result)}`)
}
