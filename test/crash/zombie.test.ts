import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installIntegration } from '../support/engine.ts'
import { openGround, type Ground } from './ground.ts'
import { isStopped, makeHome, until, type Running } from './processes.ts'
import type { PlacedSale, Remotes } from './remotes.ts'

/**
 * Workers that sleep through the end of their lease (SIGSTOP, as a long pause or a suspended machine would)
 * and wake up with a create in their hands that somebody else has done meanwhile.
 */

const stepMsMax = 90_000
const takeOverMsMax = 120_000
const testMsMax = 300_000
const lockKey = 7_001

let home: Awaited<ReturnType<typeof makeHome>>
beforeAll(async () => {
  home = await makeHome()
})
afterAll(() => home.remove())

/** Makes writes that match `event` wait, so that a worker can be stopped while it waits for its commit. */
interface Barrier {
  /** Resolves when somebody waits there. */
  reached(): Promise<void>
  /** Lets everybody through, for ever. */
  open(): Promise<void>
}

const raiseBarrier = async ({ database }: Ground, event: string): Promise<Barrier> => {
  const { db, url } = database
  const holder = new pg.Client({ connectionString: url })
  await holder.connect()
  // A test that fails drops the database from under it.
  holder.on('error', () => undefined)
  await holder.query(`select pg_advisory_lock($1)`, [lockKey])
  await sql`
    create function wait_at_barrier() returns trigger language plpgsql as $$
    begin
      perform pg_advisory_xact_lock_shared(${sql.lit(lockKey)});
      return new;
    end $$`.execute(db)
  await sql`
    create trigger barrier ${sql.raw(event)} execute function wait_at_barrier()`.execute(db)
  return {
    async reached() {
      await until('a worker at the barrier', stepMsMax, async () => {
        const { rows } = await holder.query(
          `select 1 from pg_locks l join pg_database d on d.oid = l.database
           where d.datname = current_database() and locktype = 'advisory' and objid = $1
             and not granted`,
          [lockKey],
        )
        return rows.length > 0 ? true : null
      })
    },
    open: () => holder.end(),
  }
}

/** One integration with a sale, and the worker that is to become a zombie. */
interface Scene {
  ground: Ground
  remotes: Remotes
  integrationId: string
  sale: PlacedSale
  zombie: Running
}

const hear = async (ground: Ground, integrationId: string, { ref }: PlacedSale): Promise<void> => {
  await ground.bench.engine.commits.see(integrationId, [{ ref }], 'live')
}

const setScene = async (ground: Ground, env: Readonly<Record<string, string>>): Promise<Scene> => {
  const remotes = await ground.startRemotes()
  const integrationId = await installIntegration(ground.bench.engine, remotes.shop, remotes.books, {
    settings: remotes.settings,
  })
  const sale = remotes.place('lost')
  await hear(ground, integrationId, sale)
  return { ground, remotes, integrationId, sale, zombie: ground.start('worker', env) }
}

const stop = async ({ zombie }: Scene): Promise<void> => {
  zombie.signal('SIGSTOP')
  await until('the stop', stepMsMax, async () => ((await isStopped(zombie.pid)) ? true : null))
}

/** Another worker books the sale, and ends. */
const takeOver = async ({ ground, sale }: Scene): Promise<void> => {
  const other = ground.start('worker')
  await until('the take-over', takeOverMsMax, async () => {
    const booking = (await ground.bookings()).find((each) => each.shopId === sale.ref.id)
    return booking?.state === 'booked' ? true : null
  })
  await other.stop()
}

/**
 * Wakes the zombie and gives it another sale. When it has the lease of that one, what it had in its hands
 * when it fell asleep is done with.
 */
const wake = async ({ ground, remotes, integrationId, zombie }: Scene): Promise<void> => {
  const before = new Date()
  zombie.signal('SIGCONT')
  const next = remotes.place('lost')
  await hear(ground, integrationId, next)
  await until('the next lease of the zombie', stepMsMax, async () => {
    const takings = await ground.takings()
    return takings.find(({ pid, at }) => pid === zombie.pid && at > before)
  })
}

const expectBookedOnce = async ({ ground, remotes, sale }: Scene): Promise<void> => {
  const booking = (await ground.bookings()).find((each) => each.shopId === sale.ref.id)
  const invoices = remotes.invoicesFor(sale)
  expect(invoices).toMatchObject([{ totalCents: sale.totalCents }])
  expect(booking).toMatchObject({ state: 'booked', remoteNumber: invoices[0]?.number })
  expect(remotes.debtorsFor(sale)).toBe(1)
}

const onGround = async (work: (ground: Ground) => Promise<void>): Promise<void> => {
  const ground = await openGround(home.folder)
  try {
    await work(ground)
  } finally {
    await ground.close()
  }
}

describe.concurrent('a worker that wakes up after another took over', () => {
  test(
    'creates no invoice, if it slept between its reservation and the create',
    () =>
      onGround(async (ground) => {
        const barrier = await raiseBarrier(
          ground,
          `before update on bookings for each row
            when (new.state = 'reserved' and old.state <> 'reserved')`,
        )
        const scene = await setScene(ground, {})
        await barrier.reached()
        await stop(scene)
        // The reservation commits now; the worker hears of it when it wakes.
        await barrier.open()
        await until('the reservation', stepMsMax, async () => {
          const [booking] = await ground.bookings()
          return booking?.state === 'reserved' ? true : null
        })
        expect(scene.remotes.count()).toEqual({ invoices: 0, debtors: 1 })
        await takeOver(scene)
        await wake(scene)
        await expectBookedOnce(scene)
      }),
    testMsMax,
  )

  test(
    'creates no debtor, if it slept between holding and creating it',
    () =>
      onGround(async (ground) => {
        const barrier = await raiseBarrier(ground, 'before insert on debtors for each row')
        const scene = await setScene(ground, {})
        await barrier.reached()
        await stop(scene)
        await barrier.open()
        await until('the hold', stepMsMax, async () => {
          const held = await ground.database.db.selectFrom('debtors').select('heldUntil').execute()
          return held.length > 0 ? true : null
        })
        expect(scene.remotes.count()).toEqual({ invoices: 0, debtors: 0 })
        await takeOver(scene)
        await wake(scene)
        await expectBookedOnce(scene)
      }),
    testMsMax,
  )

  test(
    'creates no invoice, if it slept while the create waited for its turn at the pace of the books',
    () =>
      onGround(async (ground) => {
        // Debtor sought, reference sought, debtor made: the fourth call, the create, has to wait for the next
        // window, which begins in its sleep.
        const scene = await setScene(ground, { DOORVOER_PACES: 'factuursturen=4/25s/8' })
        await until('the reservation', stepMsMax, async () => {
          const [booking] = await ground.bookings()
          return booking?.state === 'reserved' ? true : null
        })
        await stop(scene)
        expect(scene.remotes.count()).toEqual({ invoices: 0, debtors: 1 })
        await takeOver(scene)
        await wake(scene)
        await expectBookedOnce(scene)
      }),
    testMsMax,
  )
})
