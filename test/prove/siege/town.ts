import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Booking } from '../../../src/bookings/booking.ts'
import { connectPool, databaseOn } from '../../../src/database/connect.ts'
import { startJobs } from '../../../src/jobs/jobs.ts'
import { startRemotes, type PlacedSale, type Remotes } from '../../crash/remotes.ts'
import { installIntegration, openTestEngine } from '../../support/engine.ts'
import { nameOf, type Pair } from '../pairs.ts'
import type { Chance } from '../simulate/world.ts'
import type { OwnServer } from './own-server.ts'

/** One merchant, with what was sold there. */
export interface Merchant {
  id: string
  pair: Pair
  remotes: Remotes
  sales: PlacedSale[]
}

/** Many merchants on one database, and how they fare. */
export interface Town {
  merchants: readonly Merchant[]
  /**
   * Sells something somewhere; now and then the books' answer to it gets lost.
   * @param word what the shop sends, where it sends anything; else, and where that gets lost, a poll has to find
   * it. Absent: we hear of it by ourselves, mostly
   */
  sell(chance: Chance, word?: 'webhook'): Promise<void>
  /** Every shop is asked what changed. */
  pollAll(): Promise<void>
  bookings: () => Promise<Booking[]>
  /** Mailboxes with work that is due, held by this process; empty when the database can't say. */
  heldBy(pid: number): Promise<string[]>
  /** When each mailbox was taken and by which process, oldest first, in milliseconds. */
  takings(): Promise<{ integrationId: string; pid: number; atMs: number }[]>
  close(): Promise<void>
}

/** How long an installation may wait for a sandbox. */
const patientMs = 120_000
const triesMax = 200
const betweenTriesMs = 200
/** Of the sales whose create goes wrong. */
const lostAnswers = 0.03
/** Of the sales that nobody tells us of: a poll has to find them. */
const unheard = 0.1

/** As a shop that sends its webhook again, and a person who reloads: the database may be away for a while. */
const insist = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (tries === triesMax) throw error
      await pause(betweenTriesMs)
    }
  }
}

export const openTown = async (
  server: OwnServer,
  pairs: readonly Pair[],
  publicUrl?: string,
): Promise<Town> => {
  const { url } = server
  const pool = connectPool({ url, applicationName: 'town' })
  const db = databaseOn(pool)
  const bench = openTestEngine(
    { url, pool, db, close: () => Promise.resolve() },
    { budgetMs: patientMs },
  )
  const jobs = await startJobs({ url, role: 'sender', onError: () => undefined })
  await sql`create table takings (integration_id uuid, holder text, at timestamptz)`.execute(db)
  await sql`
    create function write_down_taking() returns trigger language plpgsql security definer as $$
    begin
      insert into takings values (new.integration_id, new.holder, clock_timestamp());
      return null;
    end $$`.execute(db)
  await sql`
    create trigger takings after update on mailboxes for each row
      when (new.fence <> old.fence) execute function write_down_taking()`.execute(db)

  const merchants: Merchant[] = []
  for (const pair of pairs) {
    const remotes = await startRemotes(pair)
    const { shop, books, settings } = remotes
    const id = await installIntegration(bench.engine, shop, books, {
      settings,
      ...(publicUrl !== undefined && { publicUrl }),
    })
    merchants.push({ id, pair, remotes, sales: [] })
  }

  return {
    merchants,
    async sell(chance, word) {
      const { id, remotes, sales } = chance.pick(merchants)
      const call = chance.pick(['invoice', 'debtor'] as const)
      if (chance.happens(lostAnswers)) {
        remotes.misbehave(call, chance.pick(['reset-after', 'reset-before', 'error-after']))
      }
      const sale = remotes.place(word === undefined ? 'lost' : 'send')
      sales.push(sale)
      if (word !== undefined || chance.happens(unheard)) return
      await insist(() => bench.engine.commits.see(id, [{ ref: sale.ref }], 'live'))
      await jobs.send('drain', { integrationId: id }, id).catch(() => undefined)
    },
    async pollAll() {
      for (const { id } of merchants) {
        await insist(() => jobs.send('poll', { integrationId: id }, id))
      }
    },
    bookings: () => insist(() => db.selectFrom('bookings').selectAll().execute()),
    heldBy: (pid) =>
      db
        .selectFrom('mailboxes')
        .select('integrationId')
        .where('holder', 'like', `% ${pid}`)
        .where((eb) =>
          eb.exists(
            eb
              .selectFrom('bookings')
              .select('id')
              .whereRef('bookings.integrationId', '=', 'mailboxes.integrationId')
              .where('dueAt', '<=', sql<Date>`now()`),
          ),
        )
        .execute()
        .then(
          (rows) => rows.map(({ integrationId }) => integrationId),
          () => [],
        ),
    async takings() {
      const { rows } = await insist(() =>
        sql<{ integrationId: string; pid: number; at: Date }>`
          select integration_id, substring(holder from '[0-9]+$')::integer as pid, at
          from takings order by at`.execute(db),
      )
      return rows.map(({ at, ...taking }) => ({ ...taking, atMs: at.getTime() }))
    },
    async close() {
      await jobs.stop(1_000)
      await bench.close()
      await pool.end()
      await Promise.all(merchants.map(({ remotes }) => remotes.close()))
    },
  }
}

/** What the sandboxes and the rows say in the end. */
export interface Count {
  sales: number
  invoices: number
  lost: number
  doubled: number
  stuck: number
  faults: string[]
}

const toldMax = 20

/** Counts invoices and debtors at the sandboxes, sale by sale. */
export const countUp = (merchants: readonly Merchant[], bookings: readonly Booking[]): Count => {
  const count: Count = { sales: 0, invoices: 0, lost: 0, doubled: 0, stuck: 0, faults: [] }
  const rows = new Map(bookings.map((row) => [`${row.integrationId} ${row.shopId}`, row]))
  for (const { id, pair, remotes, sales } of merchants) {
    count.invoices += remotes.count().invoices
    for (const sale of sales) {
      const invoices = remotes.invoicesFor(sale)
      const row = rows.get(`${id} ${sale.ref.id}`)
      const isTwice = invoices.length > 1 || remotes.debtorsFor(sale) > 1
      count.sales += 1
      if (invoices.length === 0) count.lost += 1
      if (isTwice) count.doubled += 1
      if (row?.state !== 'booked') count.stuck += 1
      const isRight =
        invoices.length === 1 && !isTwice && invoices[0]?.totalCents === sale.totalCents
      if ((isRight && row?.state === 'booked') || count.faults.length >= toldMax) continue
      const what = `${invoices.length} invoices, ${remotes.debtorsFor(sale)} debtors`
      const state = `${row?.state ?? 'unknown'} ${row?.reasonCode ?? ''}`
      count.faults.push(
        `sale ${sale.number} of ${nameOf(pair)}: ${what}; it is ${state}\n    ${JSON.stringify(row?.history)}`,
      )
    }
  }
  if (count.invoices > count.sales) {
    count.faults.push(`${count.invoices} invoices for ${count.sales} sales`)
  }
  return count
}
