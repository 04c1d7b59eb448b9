import { withJitter, type Random } from '../world/random.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/**
 * When temporary trouble is tried again: after 10 s, 30 s, 2 min, 10 min, 30 min, 1 h, 2 h, 4 h and then
 * every 6 hours, each ± 25 %. After the last one (about five days) it becomes an error for a person.
 */
const retriesMs: readonly number[] = [
  10 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  ...Array.from({ length: 18 }, () => 6 * hour),
]

/** @param attempts how many went wrong so far, from 1. @returns null when it has been tried enough */
export const retryAfter = (attempts: number, random: Random): number | null => {
  const delay = retriesMs[attempts - 1]
  return delay === undefined ? null : withJitter(delay, random)
}

/** So many failures in a row make a whole connection rest. */
const restsFrom = 5

/** How long a whole connection rests after so many failures in a row: 0 at first, at most 15 minutes. */
export const restAfter = (failures: number, random: Random): number =>
  failures < restsFrom
    ? 0
    : withJitter(Math.min(15 * minute, 30 * second * 2 ** (failures - restsFrom)), random)

/**
 * Counts one more failure in a row. What fails side by side fails of one cause: twenty calls on a line that went
 * dead are a reason to rest, and not for a quarter of an hour. So longer rests come one drain at a time.
 *
 * @param before how many it had been when this drain began, or 0 since something went well
 */
export const oneMoreFailure = (failures: number, before: number): number =>
  Math.min(failures + 1, Math.max(restsFrom, before + 1))

/** The clerk's own rhythm. */
export const lookups = {
  /** A lost answer is mostly there already: look soon. */
  firstAfterMs: 2 * second,
  /** The second look, at least this long after the first, and never before the remote's late-effect time. */
  secondAfterMs: 5 * second,
  /** A look-up that fails is tried again after this, doubled each time up to an hour. */
  failedAfterMs: 30 * second,
  failedAfterMsMax: hour,
  /** After so many failed look-ups a person is asked. */
  failedMax: 40,
  /** While another shop's booking with the same reference is on its way, ours waits for its end. */
  contestedAfterMs: minute,
}

/** How long a worker owns a mailbox without a sign of life. */
export const leaseMs = 30 * second
/** Every call ends within this, so that a lease that was fresh at its start still holds at its end. */
export const callBudgetMs = 20 * second
/** A request that creates leaves within this after its intention began to be committed, or not at all. */
export const leaveWithinMs = 5 * second
/** leaseMs − heartbeatMs is more than a call may take. */
export const heartbeatMs = 8 * second
/** A drain yields after this, so that one integration with much work starves nobody. */
export const timeSliceMs = 10 * second
/** Mailboxes that were forgotten (a killed worker, a lost job) are rung again this often. */
export const sweepMs = 10 * second
/** A sale that was read longer ago than this is read once more before its invoice is created. */
export const readingFreshMs = 30 * second
