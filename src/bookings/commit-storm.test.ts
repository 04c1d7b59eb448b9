import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { eventually } from '../../test/support/eventually.ts'
import { hint, mention, setQuietStage, type QuietStage } from '../../test/support/quiet-stage.ts'
import { connectPool, databaseOn, type Database } from '../database/connect.ts'
import { seededRandom } from '../world/random.ts'
import type { Booking } from './booking.ts'
import { DatabaseFailed } from './commit-errors.ts'
import { commitsOn, type Commits } from './commits.ts'
import { ignore, process } from './decisions.ts'
import type { Lease } from './mailbox.ts'
import { review } from './polling.ts'

/** Everybody writes at once, from several processes, in every order: nobody waits in a circle. */
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const random = seededRandom(11)

const chosen = <T>(list: readonly T[], count: number): T[] =>
  list
    .map((each) => ({ each, key: random.fraction() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ each }) => each)

const oneOf = <T>(list: readonly T[]): T => {
  const found = list[Math.floor(random.fraction() * list.length)]
  if (found === undefined) throw new Error('nothing to choose from')
  return found
}

interface Process {
  db: Database
  commits: Commits
  rung: string[]
}

/** Processes with a pool each. `end` closes the pools: PostgreSQL then tells all it counted. */
const startProcesses = (stage: QuietStage, count: number) => {
  const pools = Array.from({ length: count }, () =>
    connectPool({ url: database.url, connectionsMax: 8 }),
  )
  let isOpen = true
  const end = async () => {
    if (!isOpen) return
    isOpen = false
    for (const pool of pools) await pool.end()
  }
  onTestFinished(end)
  const processes = pools.map((pool, index): Process => {
    const db = databaseOn(pool)
    const rung: string[] = []
    const { clock } = stage
    const ring = (_: unknown, id: string) => Promise.resolve(void rung.push(id))
    return {
      db,
      rung,
      commits: commitsOn({ db, clock, random: seededRandom(900_000 + index), ring }),
    }
  })
  return { processes, end }
}

const deadlocks = async (): Promise<number> => {
  const found = await sql<{ deadlocks: number }>`
    select deadlocks from pg_stat_database where datname = current_database()`.execute(database.db)
  return found.rows[0]?.deadlocks ?? -1
}

const rowsOf = ({ id }: QuietStage) =>
  database.db.selectFrom('bookings').selectAll().where('integrationId', '=', id).execute()

const settlement = { reason: null, dueAt: null } as const

/** A sale that is booked at its second attempt, whatever is heard of it meanwhile. */
const bookedInTwo = async ({ commits }: Process, lease: Lease, booking: Booking) => {
  const reservation = { reference: `R-${booking.shopId}`, draftHash: 'hash', facts: {} }
  await commits.reserve(lease, booking, reservation)
  await commits.settle(lease, booking, 'reserved', { ...settlement, to: 'open' })
  await commits.reserve(lease, { ...booking, state: 'open' }, reservation)
  await commits.settle(lease, booking, 'reserved', {
    ...settlement,
    to: 'booked',
    proof: { remoteId: booking.shopId, remoteNumber: booking.shopId, remoteTotalCents: null },
  })
}

const shopIds = Array.from({ length: 60 }, (_, index) => String(index))
const left = shopIds.slice(0, 20)
const bookable = shopIds.slice(20, 40)
const refusable = shopIds.slice(40)

/** An integration with all the sales, its lease taken and its bell silent. */
const ready = async () => {
  const stage = await setQuietStage(database)
  // In another order than any that a statement locks them in.
  for (const shopId of chosen(shopIds, shopIds.length)) {
    await stage.engine.commits.see(stage.id, [hint(shopId)], 'live')
  }
  return { stage, lease: await stage.lease() }
}

describe('commits of several integrations, from several processes, all at once', () => {
  test('wait for nobody in a circle, lose no mention, and ring once for each integration', async () => {
    const parties = [await ready(), await ready(), await ready(), await ready()]
    const [first] = parties
    if (first === undefined) throw new Error('nobody')
    const gone = await setQuietStage(database)
    await sql`update integrations set state = 'stopped' where id = ${gone.id}`.execute(database.db)
    const before = await deadlocks()
    const { processes, end } = startProcesses(first.stage, 3)
    const heard = new Map<string, number>()
    const count = (key: string) => heard.set(key, (heard.get(key) ?? 0) + 1)

    const hearing = Array.from({ length: 400 }, async (_, index) => {
      const { stage } = oneOf(parties)
      const onlyLeft = index % 2 === 0
      const named = chosen(onlyLeft ? left : shopIds, 15)
      for (const shopId of named) count(`${stage.id} ${shopId}`)
      const due = await oneOf(processes).commits.see(stage.id, named.map(hint), 'live')
      if (onlyLeft) expect(due).toBe(15)
      else expect(due).toBeLessThanOrEqual(15)
    })
    const toStopped = Array.from({ length: 40 }, async () => {
      const { commits } = oneOf(processes)
      expect(await commits.see(gone.id, chosen(shopIds, 5).map(hint), 'live')).toBe('stopped')
    })
    const refusedAt = new Map<string, number>()
    const moving = parties.flatMap(({ stage, lease }) => [
      ...bookable.map(async (shopId) => {
        await bookedInTwo(oneOf(processes), lease, await stage.row({ shopId }))
      }),
      ...refusable.map(async (shopId) => {
        const booking = await stage.row({ shopId })
        const { commits } = oneOf(processes)
        refusedAt.set(booking.id, booking.mentions)
        await commits.reserve(lease, booking, { reference: shopId, draftHash: 'x', facts: {} })
        await commits.settle(lease, booking, 'reserved', { ...settlement, to: 'refused' })
      }),
    ])
    await Promise.all([...hearing, ...toStopped, ...moving])
    await end()

    expect(await eventually(deadlocks)).toBe(before)
    for (const { stage } of parties) {
      for (const row of await rowsOf(stage)) {
        const { shopId } = row
        if (left.includes(shopId)) {
          const mentions = 1 + (heard.get(`${stage.id} ${shopId}`) ?? 0)
          expect(row).toMatchObject({ state: 'seen', mentions, dueAt: stage.clock.now() })
        } else if (bookable.includes(shopId)) {
          expect(row).toMatchObject({ state: 'booked', remoteNumber: shopId, dueAt: null })
        } else if (row.state === 'refused') {
          // Nobody has mentioned it since the sale was read.
          expect(row).toMatchObject({ mentions: refusedAt.get(row.id), dueAt: null })
        } else expect(row).toMatchObject({ dueAt: stage.clock.now() })
      }
      const rung = processes.flatMap((each) => each.rung.filter((id) => id === stage.id))
      expect(rung).toEqual([stage.id])
    }
    expect(await rowsOf(gone)).toEqual([])
  })

  test('fail only for themselves when PostgreSQL refuses what they carry', async () => {
    const { stage, lease } = await ready()
    const { processes } = startProcesses(stage, 1)
    const [one] = processes
    if (one === undefined) throw new Error('nobody')
    const bookings = await Promise.all(bookable.map((shopId) => stage.row({ shopId })))
    const seeing = Array.from({ length: 60 }, (_, index) =>
      one.commits.see(
        stage.id,
        [mention(`new-${index}`, index === 30 ? { date: '2026-02-31' } : {})],
        'live',
      ),
    )
    const moving = bookings.map(async (booking, index) => {
      const facts = index === 7 ? { date: '2026-02-31' } : {}
      await one.commits.reserve(lease, booking, {
        reference: booking.shopId,
        draftHash: 'hash',
        facts,
      })
    })
    const [seen, moved] = await Promise.all([
      Promise.allSettled(seeing),
      Promise.allSettled(moving),
    ])
    expect(seen.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual([
      30,
    ])
    for (const [index, each] of moved.entries()) {
      if (index === 7) expect(each).toMatchObject({ reason: expect.any(DatabaseFailed) as Error })
      else expect(each.status).toBe('fulfilled')
    }
    const states = (await rowsOf(stage)).map(({ state }) => state)
    expect(states.filter((state) => state === 'reserved')).toHaveLength(19)
    expect(states.filter((state) => state === 'seen')).toHaveLength(60 + 59 - 19)
  })

  test('FAULT: get in nobody’s way who processes again, or puts aside, many at one click', async () => {
    const { stage } = await ready()
    const before = await deadlocks()
    const { processes, end } = startProcesses(stage, 3)
    const ids = (await rowsOf(stage)).map(({ id }) => id)
    const engineOf = ({ db }: Process) => ({ ...stage.engine, db })
    const work = Array.from({ length: 150 }, async (_, index) => {
      const someone = oneOf(processes)
      await someone.commits.see(stage.id, chosen(shopIds, 50).map(hint), 'live')
      const bookingIds = chosen(ids, 50)
      if (index % 3 === 0) await ignore(engineOf(oneOf(processes)), stage.id, { bookingIds })
      else await process(engineOf(oneOf(processes)), stage.id, { bookingIds })
    })
    const results = await Promise.allSettled(work)
    await end()
    expect(await eventually(deadlocks)).toBe(before)
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([])
  })
  test('FAULT: get not in the way of the nightly review either', async () => {
    const { stage } = await ready()
    const before = await deadlocks()
    const { processes, end } = startProcesses(stage, 3)
    const { id } = stage
    await sql`update integrations set state = 'active' where id = ${id}`.execute(database.db)
    for (let night = 0; night < 10; night += 1) {
      await sql`update bookings set state = 'open', due_at = null where integration_id = ${id}`.execute(
        database.db,
      )
      await Promise.all([
        ...processes.map(({ db }) => review({ ...stage.engine, db })),
        ...Array.from({ length: 12 }, () =>
          oneOf(processes).commits.see(id, chosen(shopIds, 50).map(hint), 'live'),
        ),
      ])
    }
    await end()
    expect(await eventually(deadlocks)).toBe(before)
  })
})
