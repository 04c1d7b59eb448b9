import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setBookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { gate } from '../../test/support/gate.ts'
import { mention, setQuietStage, type QuietStage } from '../../test/support/quiet-stage.ts'
import { eventually } from '../../test/support/eventually.ts'
import { seededRandom, type Random } from '../world/random.ts'
import { commitsOn } from './commits.ts'
import { drain } from './drain.ts'
import { ringFor } from './ring-for.ts'
import { takeLease, type Lease } from './mailbox.ts'
import { timeSliceMs } from './schedule.ts'

/**
 * Rows are the truth and the bell is only a bell, but no wake-up may get lost: whenever something is due,
 * a bell is on its way or somebody is at it. The sweep under all this is not used here.
 */
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const dueOf = async (integrationId: string): Promise<string[]> => {
  const found = await sql<{ shopId: string }>`select shop_id from bookings
    where integration_id = ${integrationId} and due_at is not null
    order by shop_id`.execute(database.db)
  return found.rows.map((row) => row.shopId)
}

/** Gives others a few turns, as many as chance has it. */
const dawdle = async (random: Random): Promise<void> => {
  for (let turns = random.fraction() * 4; turns > 0; turns -= 1) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve)
    })
  }
}

/** What a drain does with a mailbox, without remotes: closes whatever is due. */
const closeDue = async (
  { engine, id }: QuietStage,
  lease: Lease,
  random: Random,
): Promise<void> => {
  const due = await engine.db
    .selectFrom('bookings')
    .selectAll()
    .where('integrationId', '=', id)
    .where('dueAt', 'is not', null)
    .execute()
  for (const booking of due) {
    if (booking.state !== 'seen' && booking.state !== 'open') throw new Error(booking.state)
    await dawdle(random)
    await engine.commits.settle(lease, booking, booking.state, {
      to: 'closed',
      reason: null,
      dueAt: null,
    })
  }
}

const answerBell = async (stage: QuietStage, worker: string, random: Random): Promise<void> => {
  const answer = await takeLease(database.db, stage.clock, stage.id, worker)
  if (answer.is !== 'leased') return
  await closeDue(stage, answer.lease, random)
  while (!(await answer.lease.release())) await closeDue(stage, answer.lease, random)
}

describe('whatever many shops and workers do at once', () => {
  // Between its statement and its commit an intake has counted on a bell and cannot be seen yet: the
  // longer that takes, the more often somebody answers the bell just then.
  beforeAll(async () => {
    await sql`create function linger() returns trigger language plpgsql as $$
      begin perform pg_sleep(random() * 0.004); return null; end $$`.execute(database.db)
    await sql`create constraint trigger linger after insert or update on bookings
      deferrable initially deferred for each row when (new.state = 'seen') execute function linger()`.execute(
      database.db,
    )
  })
  afterAll(async () => {
    await sql`drop trigger linger on bookings`.execute(database.db)
  })

  test.for([1, 2, 3])('nothing is left due without a bell (seed %i)', async (seed) => {
    const stage = await setQuietStage(database)
    const { engine, id, rung } = stage
    const random = seededRandom(seed)
    // Many short rounds: what one bell forgot, the next bell would find.
    for (let round = 0; round < 15; round += 1) {
      let shops = 5
      const shop = async (name: number) => {
        await dawdle(random)
        // Ten sales that all shops talk about, each time with something new; in order, as pages are.
        const ids = Array.from({ length: 10 }, (_, each) => each).filter(
          () => random.fraction() < 0.2,
        )
        const fingerprint = `${round}-${name}`
        const page = ids.map((each) => mention(String(each), { fingerprint }))
        // As with the real queue, a worker hears of the bell when it has been committed.
        const bells: string[] = []
        const ring = () => Promise.resolve(void bells.push(id))
        await commitsOn({ ...engine, ring }).see(id, page, 'live')
        rung.push(...bells)
        shops -= 1
      }
      const worker = async (name: string) => {
        while (shops > 0 || rung.length > 0) {
          if (rung.shift() === undefined) await dawdle(random)
          else await answerBell(stage, name, random)
        }
      }
      await Promise.all([
        ...Array.from({ length: shops }, (_, name) => shop(name)),
        ...['a', 'b', 'c'].map(worker),
      ])
      expect(await dueOf(id), `round ${round}`).toEqual([])
      expect(await stage.mailbox()).toMatchObject({ bell: false, holder: null })
    }
  })

  test('a bell that is rung while it is being answered is not answered by who comes in vain', async () => {
    const stage = await setQuietStage(database)
    const { engine, id } = stage
    await sql`update mailboxes set bell = true where integration_id = ${id}`.execute(database.db)
    const lockWaiters = async (count: number) => {
      await eventually(async () => {
        const waiting = await sql`select 1 from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(database.db)
        expect(waiting.rows).toHaveLength(count)
      })
    }
    const locked = gate()
    const unlock = gate()
    const locking = database.db.transaction().execute(async (trx) => {
      await sql`select 1 from mailboxes where integration_id = ${id} for update`.execute(trx)
      locked.open()
      await unlock.opened
    })
    await locked.opened
    // First a worker answers the bell; then an intake, which saw it waiting a moment ago, looks again.
    const taking = stage.lease('worker 1')
    await lockWaiters(1)
    const rung = gate()
    const commit = gate()
    const ring = async () => {
      rung.open()
      await commit.opened
    }
    const seeing = commitsOn({ ...engine, ring }).see(id, [mention('7')], 'live')
    await lockWaiters(2)
    unlock.open()
    await locking
    const lease = await taking
    await rung.opened
    expect(await dueOf(id), 'the worker sees nothing yet').toEqual([])
    commit.open()
    await seeing
    // Another worker hears the second bell, and finds the mailbox busy.
    expect(await takeLease(database.db, stage.clock, id, 'worker 2')).toEqual({ is: 'busy' })
    expect(await dueOf(id)).toEqual(['7'])
    expect(await lease.release(), 'so the first one has to look again').toBe(false)
  })

  test('ringing for one integration by twenty at once ends, and rings once or a little more', async () => {
    const { engine, id, rung } = await setQuietStage(database)
    await Promise.all(Array.from({ length: 20 }, () => ringFor(engine, id)))
    expect(rung.length).toBeGreaterThan(0)
    expect(rung.length).toBeLessThan(20)
  })
})

describe('a drain', () => {
  test('works on what was heard while it was at the last one', async () => {
    const stage = await setBookingStage(database)
    const first = await stage.sell()
    const held = stage.holdAt('before:commit-settled')
    stage.rung.length = 0
    const draining = stage.drain()
    await held.reached
    const second = await stage.sell()
    expect(stage.rung).toEqual([stage.id])
    held.letGo()
    await draining
    expect(await stage.row(first)).toMatchObject({ state: 'booked' })
    expect(await stage.row(second)).toMatchObject({ state: 'booked' })
  })

  test('that has used its time slice rings for what is left', async () => {
    const stage = await setBookingStage(database, { concurrency: 1 })
    for (let count = 0; count < 5; count += 1) await stage.sell()
    stage.at = (point) =>
      point === 'after:call-create-invoice' ? stage.clock.advance(timeSliceMs / 2) : undefined
    stage.rung.length = 0
    await stage.drain()
    expect(await stage.states()).toEqual({ booked: 2, seen: 3 })
    expect(stage.rung).toEqual([stage.id])
    await stage.bench.drainAll()
    expect(await stage.states()).toEqual({ booked: 5 })
    expect(stage.rung).toEqual([])
  })

  test('that has used its time slice rings too when another worker answered a bell in vain', async () => {
    const stage = await setBookingStage(database, { concurrency: 1 })
    await stage.sell()
    await stage.sell()
    stage.rung.length = 0
    const held = stage.holdAt('before:call-create-invoice')
    const draining = stage.drain()
    await held.reached
    // A webhook rings; another worker takes the bell off the queue and finds the mailbox busy.
    await stage.sell()
    expect(stage.rung.splice(0)).toEqual([stage.id])
    await drain(stage.openWorker({ name: 'worker 2' }).engine, stage.id)
    await stage.clock.advance(timeSliceMs)
    held.letGo()
    await draining
    expect(await stage.states()).toEqual({ booked: 1, seen: 2 })
    expect(stage.rung).toEqual([stage.id])
  })

  test('that had to rest or to stop leaves no bell behind that keeps later ones silent', async () => {
    const stage = await setBookingStage(database, { concurrency: 1 })
    await stage.sell()
    stage.rung.length = 0
    stage.books.account.keyActive = false
    const held = stage.holdAt('before:call-find-debtor')
    const draining = stage.drain()
    await held.reached
    await stage.sell()
    expect(stage.rung.splice(0)).toEqual([stage.id])
    await drain(stage.openWorker({ name: 'worker 2' }).engine, stage.id)
    held.letGo()
    await draining
    // The merchant reconnects, and whoever reconnected him rings.
    stage.books.account.keyActive = true
    await stage.giveCredentials('accounting')
    await ringFor(stage.engine, stage.id)
    expect(stage.rung).toEqual([stage.id])
  })

  test('with nothing to do keeps nothing and rings for nobody', async () => {
    const stage = await setBookingStage(database)
    stage.rung.length = 0
    await stage.drain()
    expect(stage.rung).toEqual([])
    expect(stage.clock.sleepers()).toBe(0)
  })

  test('does nothing while another is at it, and leaves him the bell', async () => {
    const stage = await setBookingStage(database)
    await stage.sell()
    const held = stage.holdAt('before:call-read-sale')
    const draining = stage.drain()
    await held.reached
    const requests = stage.shop.ledger().requests
    await drain(stage.openWorker({ name: 'worker 2' }).engine, stage.id)
    expect(stage.shop.ledger().requests).toEqual(requests)
    held.letGo()
    await draining
    expect(await stage.states()).toEqual({ booked: 1 })
  })
})
