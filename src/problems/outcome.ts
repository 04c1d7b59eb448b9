import type { Reason } from './reason.ts'

/**
 * What became of a request that changes something remotely. A closed union: the compiler finds whoever
 * forgets that an answer may be lost.
 *
 * - `done`: the remote confirmed it.
 * - `refused`: the remote said no, and repeating it unchanged would get the same no.
 * - `postponed`: it surely did not happen (never sent, or turned away at the door); try again later.
 * - `uncertain`: it may or may not have happened; only a look-up can tell. Never repeat it blindly.
 */
export type Outcome<T> =
  | { is: 'done'; value: T }
  | { is: 'refused'; reason: Reason }
  | { is: 'postponed'; reason: Reason; retryAfterMs?: number; broken?: true }
  | { is: 'uncertain'; reason: Reason }
