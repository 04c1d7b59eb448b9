import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { hint, setQuietStage, type QuietStage } from '../../test/support/quiet-stage.ts'
import { gate } from '../../test/support/gate.ts'
import { eventually } from '../../test/support/eventually.ts'
import { connectPool, databaseOn } from '../database/connect.ts'
import { later } from '../world/clock.ts'
import { seededRandom } from '../world/random.ts'
import { noteRest, takeLease } from './mailbox.ts'
import { heartbeatMs, leaseMs } from './schedule.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const take = ({ clock, id }: QuietStage, holder: string) =>
  takeLease(database.db, clock, id, holder)

const ring = ({ id }: QuietStage) =>
  sql`update mailboxes set bell = true where integration_id = ${id}`.execute(database.db)

const leaseUntil = async ({ id }: QuietStage) => {
  const row = await database.db
    .selectFrom('mailboxes')
    .select('leaseUntil')
    .where('integrationId', '=', id)
    .executeTakeFirstOrThrow()
  return row.leaseUntil
}

/** Moves time on by one heartbeat and waits until it is in the database. */
const heartbeat = async (stage: QuietStage) => {
  await stage.clock.advance(heartbeatMs)
  const until = later(stage.clock.now(), leaseMs)
  await eventually(async () => expect(await leaseUntil(stage)).toEqual(until))
}

describe('a lease', () => {
  test('is had by one of twenty who ask at once', async () => {
    const stage = await setQuietStage(database)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => take(stage, `worker ${index}`)),
    )
    const leases = answers.flatMap((answer) => (answer.is === 'leased' ? [answer.lease] : []))
    expect(leases).toHaveLength(1)
    expect(answers.filter((answer) => answer.is === 'busy')).toHaveLength(19)
    await leases[0]?.yield()
  })

  test('is never had by two, and each one has a higher fence than the one before', async () => {
    const stage = await setQuietStage(database)
    const random = seededRandom(5)
    const fences: number[] = []
    let inside = 0
    let insideMost = 0
    const worker = async (name: string) => {
      for (let taken = 0; taken < 8;) {
        const answer = await take(stage, name)
        if (answer.is !== 'leased') continue
        taken += 1
        inside += 1
        insideMost = Math.max(insideMost, inside)
        fences.push(answer.lease.fence)
        await stage.row(await stage.bookingIn('seen', { shopId: name }))
        inside -= 1
        if (random.fraction() < 0.5) await answer.lease.yield()
        else while (!(await answer.lease.release()));
      }
    }
    await Promise.all(['a', 'b', 'c'].map(worker))
    expect(insideMost).toBe(1)
    expect(fences).toHaveLength(24)
    expect(fences).toEqual([...fences].sort((a, b) => a - b))
    expect(new Set(fences).size).toBe(fences.length)
  })

  test('is taken over the moment it runs out, with a higher fence, and not before', async () => {
    const stage = await setQuietStage(database)
    const first = await stage.lease('worker 1')
    // Nobody's heart beats when only the wall clock is moved.
    stage.clock.jump(leaseMs - 1)
    expect(await take(stage, 'worker 2')).toEqual({ is: 'busy' })
    stage.clock.jump(1)
    const second = await stage.lease('worker 2')
    expect(second.fence).toBe(first.fence + 1)
  })

  test('is kept for as long as its heart beats', async () => {
    const stage = await setQuietStage(database)
    const lease = await stage.lease()
    for (let count = 0; count < 10; count += 1) {
      await heartbeat(stage)
      expect(await take(stage, 'worker 2')).toEqual({ is: 'busy' })
      await eventually(() => expect(lease.remainingMs()).toBe(leaseMs))
    }
    expect(lease.lost.aborted).toBe(false)
    expect((await stage.mailbox()).fence).toBe(lease.fence)
  })

  test('says how long it surely holds, and never more than that', async () => {
    const stage = await setQuietStage(database)
    const lease = await stage.lease()
    expect(lease.remainingMs()).toBe(leaseMs)
    await stage.clock.advance(heartbeatMs - 1)
    expect(lease.remainingMs()).toBe(leaseMs - heartbeatMs + 1)
  })

  test('that was taken over is lost at its next heartbeat', async () => {
    const stage = await setQuietStage(database)
    const stale = await stage.lease('worker 1')
    await stage.expireLease()
    const fresh = await stage.lease('worker 2')
    await stage.clock.advance(heartbeatMs)
    await eventually(() => expect(stale.lost.aborted).toBe(true))
    expect(stale.remainingMs()).toBe(0)
    expect(fresh.lost.aborted).toBe(false)
  })

  test('of a worker that died while the clock was a day ahead is taken over when it is right again', async () => {
    const stage = await setQuietStage(database)
    stage.clock.jump(86_400_000)
    await stage.lease('worker 1')
    stage.clock.jump(-86_400_000)
    stage.clock.oversleep(2 * leaseMs)
    expect(await take(stage, 'worker 2')).toMatchObject({ is: 'leased' })
  })

  test('whose database does not answer is lost when it has run out, not before', async () => {
    const stage = await setQuietStage(database)
    const pool = connectPool({ url: database.url })
    const answer = await takeLease(databaseOn(pool), stage.clock, stage.id, 'worker 1')
    if (answer.is !== 'leased') throw new Error('not leased')
    const { lease } = answer
    await pool.end()
    for (let passedMs = 0; passedMs + heartbeatMs < leaseMs; passedMs += heartbeatMs) {
      await stage.clock.advance(heartbeatMs)
      expect(lease.lost.aborted).toBe(false)
    }
    await stage.clock.advance(heartbeatMs)
    await eventually(() => expect(lease.lost.aborted).toBe(true))
    await lease.yield().catch(() => undefined)
  })

  test('FAULT: that could not be given back beats no more, so that it runs out', async () => {
    const stage = await setQuietStage(database)
    const pool = connectPool({ url: database.url })
    const answer = await takeLease(databaseOn(pool), stage.clock, stage.id, 'worker 1')
    if (answer.is !== 'leased') throw new Error('not leased')
    await pool.end()
    await answer.lease.yield().catch(() => undefined)
    await eventually(() => expect(stage.clock.sleepers()).toBe(0))
  })

  test('that was given back beats no more, even for a worker of the same name', async () => {
    const stage = await setQuietStage(database)
    const lease = await stage.lease()
    await lease.yield()
    await eventually(() => expect(stage.clock.sleepers()).toBe(0))
    expect(await stage.mailbox()).toMatchObject({ holder: null })
    await stage.clock.advance(2 * heartbeatMs)
    expect(await stage.mailbox()).toMatchObject({ holder: null, fence: lease.fence })
  })
})

describe('the bell', () => {
  test('is answered by who takes the lease, and by nobody else', async () => {
    const stage = await setQuietStage(database)
    await ring(stage)
    await stage.lease()
    expect((await stage.mailbox()).bell).toBe(false)
    await ring(stage)
    expect(await take(stage, 'worker 2')).toEqual({ is: 'busy' })
    expect((await stage.mailbox()).bell).toBe(true)
  })

  test('that rang meanwhile is answered instead of giving the lease back', async () => {
    const stage = await setQuietStage(database)
    const lease = await stage.lease()
    await ring(stage)
    expect(await lease.release()).toBe(false)
    expect(await stage.mailbox()).toMatchObject({
      bell: false,
      holder: 'worker 1',
      fence: lease.fence,
    })
    expect(await lease.release()).toBe(true)
    expect(await stage.mailbox()).toMatchObject({ bell: false, holder: null })
  })

  test('does not keep who yields', async () => {
    const stage = await setQuietStage(database)
    const lease = await stage.lease()
    await ring(stage)
    await lease.yield()
    expect((await stage.mailbox()).holder).toBeNull()
    // Whoever gave it back once may say so again.
    await lease.yield()
    expect(await lease.release()).toBe(true)
  })

  test('is not answered before those who count on it have committed', async () => {
    const stage = await setQuietStage(database)
    await ring(stage)
    const counting = gate()
    const commit = gate()
    const intake = database.db.transaction().execute(async (trx) => {
      const asked = await sql<{ must: boolean }>`select must_ring(${stage.id}) as must`.execute(trx)
      expect(asked.rows).toEqual([{ must: false }])
      counting.open()
      await commit.opened
    })
    await counting.opened
    const taking = stage.lease()
    await eventually(async () => {
      const waiting = await sql`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(database.db)
      expect(waiting.rows).toHaveLength(1)
    })
    commit.open()
    await intake
    expect((await taking).fence).toBe(1)
  })

  test('must be rung by the first of many at once, and by each again once it was answered', async () => {
    const stage = await setQuietStage(database)
    const { engine, id, rung } = stage
    for (let round = 1; round <= 5; round += 1) {
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          engine.commits.see(id, [hint(`${round}-${index}`)], 'live'),
        ),
      )
      expect(rung).toHaveLength(round)
      await (await stage.lease()).yield()
    }
  })
})

describe('rest', () => {
  test('is respected, and told apart from work', async () => {
    const stage = await setQuietStage(database)
    const lease = await stage.lease()
    await noteRest(database.db, lease, 5, later(stage.clock.now(), 60_000))
    await lease.yield()
    await ring(stage)
    expect(await take(stage, 'worker 2')).toEqual({ is: 'resting' })
    expect((await stage.mailbox()).bell).toBe(true)
    await stage.clock.advance(60_000)
    expect((await stage.lease()).fence).toBe(lease.fence + 1)
  })

  test('ends with the next note of a success', async () => {
    const stage = await setQuietStage(database)
    const lease = await stage.lease()
    await noteRest(database.db, lease, 5, later(stage.clock.now(), 60_000))
    await noteRest(database.db, lease, 0, null)
    expect((await stage.mailbox()).restUntil).toBeNull()
  })
})
