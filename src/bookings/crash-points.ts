/**
 * The places where a crash hurts: before and after every commit and every call of the way of a sale. They
 * are named here and nowhere else. Both tables below are complete by their types: a new commit or call
 * without a name does not compile.
 */
import type { AccountingConnector, ProductShelf } from '../connectors/accounting.ts'
import type { WebshopConnector } from '../connectors/webshop.ts'
import type { Commits } from './commits.ts'

/** What reads and never changes anything remotely or here; dying there is dying before the next step. */
type Harmless =
  | 'id'
  | 'title'
  | 'credentials'
  | 'settings'
  | 'capabilities'
  | 'trigger'
  | 'planDebtor'
  | 'compose'
  | 'verifyWebhook'
  | 'administration'
  | 'check'
  | 'choices'
  | 'changes'
  | 'history'
  | 'invoices'
  | 'subscribe'
  | 'unsubscribe'
  | 'store'
  | 'readDebtor'
  | 'changedDebtors'
  | 'readAnswer'
  // Its own steps are named.
  | 'products'
  | 'wanted'
  | 'signIn'
  | 'activation'

const commits = {
  see: 'commit-seen',
  holdDebtor: 'commit-debtor-held',
  rememberDebtor: 'commit-debtor-remembered',
  holdProduct: 'commit-product-held',
  rememberProduct: 'commit-product-remembered',
  reserve: 'commit-reserved',
  settle: 'commit-settled',
} as const satisfies Record<keyof Commits, string>

const calls = {
  read: 'call-read-sale',
  findDebtor: 'call-find-debtor',
  createDebtor: 'call-create-debtor',
  findProduct: 'call-find-product',
  createProduct: 'call-create-product',
  find: 'call-look-up',
  create: 'call-create-invoice',
} as const satisfies Record<
  Exclude<
    keyof AccountingConnector | keyof WebshopConnector | keyof ProductShelf<never, never>,
    Harmless
  >,
  string
>

export const steps = { ...commits, ...calls } as const
export type Step = keyof typeof steps
export type CrashPoint = `${'before' | 'after'}:${(typeof steps)[Step]}`

/** Every crash point, in the order of the way of a sale. */
export const crashPoints: readonly CrashPoint[] = Object.values(steps).flatMap(
  (name) => [`before:${name}`, `after:${name}`] as const,
)

/** What happens at a crash point: nothing in production, death in a crash test, a branch in a simulation. */
export type AtCrashPoint = (point: CrashPoint) => void | Promise<void>

export const carryOn: AtCrashPoint = () => undefined

/**
 * Dies at the given point, at its `nth` passage: no cleaning up, no finally, as when the power fails.
 * @param kill ends the process at once; `process.kill(process.pid, 'SIGKILL')` in a crash test
 */
export const dieAt = (point: string, nth: number, kill: () => void): AtCrashPoint => {
  let passages = 0
  return (each) => {
    if (each !== point) return
    passages += 1
    if (passages === nth) kill()
  }
}

/** `target` with both crash points around each of its steps. */
export const withCrashPoints = <T extends object>(target: T, at: AtCrashPoint): T => {
  if (at === carryOn) return target
  const wrapped: Record<string, unknown> = Object.fromEntries(Object.entries(target))
  for (const [step, name] of Object.entries(steps)) {
    const work: unknown = Reflect.get(target, step)
    if (typeof work !== 'function') continue
    wrapped[step] = async (...args: unknown[]) => {
      await at(`before:${name}`)
      const result: unknown = await (work as (...given: unknown[]) => unknown).apply(target, args)
      await at(`after:${name}`)
      return result
    }
  }
  return wrapped as unknown as T
}
