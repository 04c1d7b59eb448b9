import type { HttpClient } from '../connectors/http.ts'
import type { Outcome } from '../problems/outcome.ts'
import { reason, type Reason } from '../problems/reason.ts'
import { later } from '../world/clock.ts'
import type { Desk } from './desk.ts'
import { callBudgetMs, leaveWithinMs } from './schedule.ts'

export type MadeOnce<T> =
  | { is: 'made'; value: T }
  | { is: 'refused'; reason: Reason }
  /** Somebody else is creating it. */
  | { is: 'wait'; reason: Reason; until: Date }
  /** It went wrong, in a way that passes. */
  | { is: 'failed'; reason: Reason; until: Date; broken?: true }

/** Where it is written down that something is being made, and what came of it. */
interface Shelf<T> {
  /** Nobody else makes it until `until`. @returns false when somebody holds it already */
  hold(until: Date): Promise<boolean>
  /** @param made null when it surely was not made, and anybody may try again */
  remember(made: T | null): Promise<void>
}

/** How long nobody else may create it: until the request has left, ended and had its effect, however late. */
const holdMs = ({ connector }: Pick<Desk['accounting'], 'connector'>): number =>
  leaveWithinMs + callBudgetMs + connector.capabilities.lateEffectMs

/** Somebody is creating it, or it is unknown whether somebody did. */
const waitUntil = ({ accounting }: Pick<Desk, 'accounting'>, until: Date) => ({
  is: 'wait' as const,
  reason: reason('OUTCOME_UNKNOWN', { system: accounting.connector.title }),
  until,
})

/**
 * What somebody's hold says to who has looked since `lookedAt` and found nothing. Over: it ran out meanwhile, and
 * what took effect at its last moment is there now, so look again. Null: nobody had it any more.
 */
export const holdSince = (
  desk: Pick<Desk, 'accounting' | 'clock'>,
  known: { heldUntil: Date | null } | undefined,
  lookedAt: Date,
) => {
  const until = known?.heldUntil ?? null
  if (until === null || until <= lookedAt) return null
  return until <= desk.clock.now() ? 'over' : waitUntil(desk, until)
}

/** Lets a request that changes something out only when `mayLeave` says so at the moment its turn has come. */
const askedAtTheDoor = (http: HttpClient, mayLeave: () => Promise<boolean>): HttpClient => ({
  send: (request) => http.send(request.method === 'GET' ? request : { ...request, mayLeave }),
})

/**
 * Creates what an invoice refers to at most once: the intention is committed before the request leaves, so that
 * after a crash or a lost answer everybody waits and looks instead of creating a second one.
 *
 * It is committed at the door, when the request's turn at the remote's pace has come: a hold that began
 * before would run out while the request is still waiting, or may still take effect.
 *
 * @param create the call of the connector, with the session it must use
 * @throws whatever the call or the commits throw; the hold then lasts
 */
export const makeOnce = async <T>(
  desk: Desk,
  shelf: Shelf<T>,
  create: (session: Desk['accounting']['session']) => Promise<Outcome<T>>,
): Promise<MadeOnce<T>> => {
  const { connector, session } = desk.accounting
  const hold = { is: 'not asked for' as 'not asked for' | 'ours' | 'theirs', until: new Date(0) }
  const mayLeave = async () => {
    if (hold.is !== 'not asked for') return hold.is === 'ours'
    const askedAt = desk.clock.now()
    hold.until = later(askedAt, holdMs(desk.accounting))
    hold.is = (await shelf.hold(hold.until)) ? 'ours' : 'theirs'
    return hold.is === 'ours' && desk.clock.now() <= later(askedAt, leaveWithinMs)
  }
  const outcome = await create({ ...session, http: askedAtTheDoor(session.http, mayLeave) })
  if (hold.is === 'theirs') return waitUntil(desk, hold.until)
  if (hold.is === 'not asked for' && (outcome.is === 'done' || outcome.is === 'uncertain')) {
    throw new Error(`${connector.id} created something that nobody let out`)
  }
  switch (outcome.is) {
    case 'done':
      await shelf.remember(outcome.value)
      return { is: 'made', value: outcome.value }
    case 'refused':
      if (hold.is === 'ours') await shelf.remember(null)
      return outcome
    case 'postponed':
      if (hold.is === 'ours') await shelf.remember(null)
      return {
        is: 'failed',
        reason: outcome.reason,
        until: later(desk.clock.now(), outcome.retryAfterMs ?? 0),
        ...(outcome.broken && { broken: true }),
      }
    case 'uncertain':
      return { is: 'failed', reason: outcome.reason, until: hold.until }
  }
}
