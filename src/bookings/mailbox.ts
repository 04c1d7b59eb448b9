import { sql } from 'kysely'
import type { Clock } from '../world/clock.ts'
import { later } from '../world/clock.ts'
import type { Database } from '../database/connect.ts'
import { heartbeatMs, leaseMs } from './schedule.ts'

/**
 * The right to work on one integration: held by one drain at a time, for as long as it shows signs of life.
 * `fence` grows with every take-over and guards every commit, so that a worker which slept through the end
 * of its lease can change nothing when it wakes.
 */
export interface Lease {
  integrationId: string
  fence: number
  /** Milliseconds the lease surely still holds, by this process's own clock. */
  remainingMs(): number
  /** Aborts when the lease is lost. */
  lost: AbortSignal
  /** Gives the mailbox back, unless the bell rang meanwhile: then it stays ours and the answer is false. */
  release(): Promise<boolean>
  /** Answers the bell while working on: whoever comes after this rings again. */
  silence(): Promise<void>
  /** Gives the mailbox back whatever the bell says, and silences it: whoever leaves work rings anew. */
  yield(): Promise<void>
}

/**
 * Nobody holds the mailbox: never leased, run out, or running longer than any lease does, which is what a
 * clock that was ahead leaves behind.
 */
const isFree = (now: Date) => sql<boolean>`(lease_until is null or lease_until <= ${now}
  or lease_until > ${later(now, 2 * leaseMs)})`

export type LeaseAnswer =
  /** `failures`: how often the remotes failed in a row before. */
  { is: 'leased'; lease: Lease; failures: number } | { is: 'busy' } | { is: 'resting' }

/**
 * Answers the bell of an integration and takes its lease.
 *
 * The bell is silenced in the same statement that takes the lease; that statement waits for every intake
 * that still counts on this bell (see `must_ring`), so what they committed is seen by the reads that follow.
 */
export const takeLease = async (
  db: Database,
  clock: Clock,
  integrationId: string,
  holder: string,
  attempts = 3,
): Promise<LeaseAnswer> => {
  const startedMs = clock.monotonicMs()
  const now = clock.now()
  const rests = sql<boolean>`coalesce(rest_until > ${now}, false)`
  const taken = await sql<{ fence: number; failures: number }>`
    update mailboxes
    set bell = false, holder = ${holder}, lease_until = ${later(now, leaseMs)}, fence = fence + 1
    where integration_id = ${integrationId} and ${isFree(now)} and not ${rests}
    returning fence, failures`.execute(db)
  const [mailbox] = taken.rows
  if (mailbox !== undefined) {
    const lease = holdLease(db, clock, integrationId, mailbox.fence, startedMs)
    return { is: 'leased', lease, failures: mailbox.failures }
  }
  // A bell that reaches somebody who can do nothing is rung again for the one who holds the mailbox: it may
  // have been the second bell of an intake that found the first one just answered.
  const busy = await sql`
    update mailboxes set bell = true
    where integration_id = ${integrationId} and not ${isFree(now)}`.execute(db)
  if (busy.numAffectedRows === 1n) return { is: 'busy' }
  const resting = await db
    .selectFrom('mailboxes')
    .select('fence')
    .where('integrationId', '=', integrationId)
    .where(rests)
    .executeTakeFirst()
  if (resting !== undefined) return { is: 'resting' }
  // It was given back between the two statements.
  return attempts > 1 ? takeLease(db, clock, integrationId, holder, attempts - 1) : { is: 'busy' }
}

const holdLease = (
  db: Database,
  clock: Clock,
  integrationId: string,
  fence: number,
  startedMs: number,
): Lease => {
  let untilMs = startedMs + leaseMs
  const ended = new AbortController()
  const lost = new AbortController()

  const beat = async () => {
    for (;;) {
      await clock.sleep(heartbeatMs, ended.signal)
      if (ended.signal.aborted) return
      const beforeMs = clock.monotonicMs()
      const renewed = await sql`
        update mailboxes set lease_until = ${later(clock.now(), leaseMs)}
        where integration_id = ${integrationId} and fence = ${fence} and holder is not null`
        .execute(db)
        .catch(() => null)
      // A database that does not answer is no proof that the lease is lost, but it may run out.
      if (renewed === null) {
        if (clock.monotonicMs() >= untilMs) lost.abort()
        continue
      }
      if (renewed.numAffectedRows === 0n) {
        lost.abort()
        return
      }
      untilMs = beforeMs + leaseMs
    }
  }
  void beat()

  const silenceBell = () =>
    sql`
    update mailboxes set bell = false
    where integration_id = ${integrationId} and fence = ${fence}`.execute(db)

  const giveBack = async (onlyWhenSilent: boolean): Promise<boolean> => {
    const done = await sql`
      update mailboxes set holder = null, lease_until = null, bell = false
      where integration_id = ${integrationId} and fence = ${fence}
        and (not bell or not ${onlyWhenSilent}::boolean)`.execute(db)
    return done.numAffectedRows === 1n
  }

  return {
    integrationId,
    fence,
    remainingMs: () => (lost.signal.aborted ? 0 : untilMs - clock.monotonicMs()),
    lost: lost.signal,
    async release() {
      if (ended.signal.aborted) return true
      if (await giveBack(true)) {
        ended.abort('given back')
        return true
      }
      if (lost.signal.aborted) {
        ended.abort('given back')
        return true
      }
      // The bell rang while we worked: answer it and look again.
      const mine = await silenceBell()
      if (mine.numAffectedRows === 1n) return false
      ended.abort('given back')
      return true
    },
    async silence() {
      await silenceBell()
    },
    async yield() {
      if (ended.signal.aborted) return
      // Before the query: if that fails, the lease must run out and not be renewed for ever.
      ended.abort('given back')
      await giveBack(false)
    },
  }
}

/** Notes how the remote behaves: a success forgets the failures, trouble may ask for rest. */
export const noteRest = async (
  db: Database,
  lease: Pick<Lease, 'integrationId' | 'fence'>,
  failures: number,
  restUntil: Date | null,
): Promise<void> => {
  await sql`
    update mailboxes set failures = ${failures}, rest_until = ${restUntil}
    where integration_id = ${lease.integrationId} and fence = ${lease.fence}`.execute(db)
}

/**
 * Mailboxes that have work that is due and nobody who does it: because it became due by the clock, its
 * worker died, or a job was lost. The safety net under every bell.
 */
export const forgottenMailboxes = async (
  db: Database,
  now: Date,
  limit: number,
): Promise<string[]> => {
  const found = await sql<{ integrationId: string }>`
    select m.integration_id
    from mailboxes m join integrations i on i.id = m.integration_id
    where i.state = 'active' and ${isFree(now)}
      and (m.rest_until is null or m.rest_until <= ${now})
      -- A broken end is not worth a try; reconnecting rings by itself.
      and not exists (
        select 1 from connections c where c.integration_id = m.integration_id and c.dot = 'red')
      -- What is due waits, in its order, for the end of the pause.
      and not exists (select 1 from remote_pauses p where p.system in (i.webshop, i.accounting))
      and exists (
        select 1 from bookings b
        where b.integration_id = m.integration_id and b.due_at is not null and b.due_at <= ${now})
    limit ${limit}`.execute(db)
  return found.rows.map((row) => row.integrationId)
}
