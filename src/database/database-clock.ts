import type pg from 'pg'
import { later, type Clock } from '../world/clock.ts'

/** Often enough for a machine that slept, or a database whose own clock was set. */
const askEveryMs = 30_000
/** An answer that took longer says too little about when it was given. */
const roundTripMsMax = 2_000

/** What the database said its time was, and when that was by our monotonic clock. */
interface Reading {
  at: Date
  atMs: number
  roundTripMs: number
}

const ask = async (pool: pg.Pool, own: Clock): Promise<Reading> => {
  const askedMs = own.monotonicMs()
  const { rows } = await pool.query<{ at: Date }>('select clock_timestamp() as at')
  const [row] = rows
  if (row === undefined) throw new Error('the database does not know the time')
  const roundTripMs = own.monotonicMs() - askedMs
  return { at: row.at, atMs: askedMs + roundTripMs / 2, roundTripMs }
}

/**
 * The time as the database has it: one clock for all processes on it. Leases, holds and due times that one
 * worker writes are compared by another, so no machine's own clock may have a say in them (decision 0015).
 * Between two answers time passes by the monotonic clock, which nobody can set.
 * @param ended stops asking when it aborts
 */
export const databaseClock = async (
  pool: pg.Pool,
  own: Clock,
  ended: AbortSignal,
): Promise<Clock> => {
  let reading = await ask(pool, own)
  const now = () => later(reading.at, own.monotonicMs() - reading.atMs)

  const correct = (next: Reading) => {
    const offMs = Math.abs(next.at.getTime() + own.monotonicMs() - next.atMs - now().getTime())
    // A clock that trembles by the length of a question would be no better.
    if (next.roundTripMs <= roundTripMsMax && offMs > next.roundTripMs) reading = next
  }
  const keepAsking = async () => {
    for (;;) {
      await own.sleep(askEveryMs, ended)
      if (ended.aborted) return
      // A database that does not answer has nothing that could be compared either.
      await ask(pool, own).then(correct, () => undefined)
    }
  }
  void keepAsking()
  return { ...own, now }
}
