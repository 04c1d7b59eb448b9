import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { setBookingStage, type BookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { factuursturen } from '../connectors/accounting/factuursturen/index.ts'
import type { AccountingConnector } from '../connectors/accounting.ts'
import { reason, Trouble } from '../problems/reason.ts'
import { turnstile } from '../world/turnstile.ts'
import type { Desk } from './desk.ts'
import { openEnds } from './engine.ts'
import { leasedHttp } from './leased-http.ts'
import { takeLease } from './mailbox.ts'
import { callBudgetMs } from './schedule.ts'
import { work } from './work.ts'

/** Where a system can't search by address we keep an index of hashed ones, and read what changed. */
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const minuteMs = 60_000
const pageSize = 2
const email = 'an@klant.example'

interface IndexStage extends BookingStage {
  /** Cursors the list was asked with, one for each time it was begun. */
  asked: (string | null)[]
  /** Fails after so many pages, until it is null again. */
  breaksAfter: number | null
  /** Works off everything that is due, side by side. */
  book(): Promise<void>
  /** Puts clients in the books by hand; one with a number that exists is changed. */
  put(...clients: { email: string; clientnr?: number }[]): Promise<void>
}

/** Factuursturen as if it could not search: a list of what changed instead. Its cursor is how far one is. */
const setStage = async (lateEffectMs = 120_000): Promise<IndexStage> => {
  const base = await setBookingStage(database)
  const changes: { id: string; emails: string[] }[] = []
  const stage: IndexStage = Object.assign(base, {
    asked: [] as (string | null)[],
    breaksAfter: null,
    async book() {
      const { engine, id, clock } = base
      const answer = await takeLease(engine.db, clock, id, 'worker')
      if (answer.is !== 'leased') throw new Error('nobody may book')
      const { lease } = answer
      const ends = await openEnds(engine, id, (http) => leasedHttp(http, () => lease))
      if (ends === null) throw new Error('the integration does not book')
      onTestFinished(() => lease.yield())
      const accounting = { ...ends.accounting, connector }
      const inTurn = turnstile()
      const desk: Desk = { ...engine, ...ends, accounting, integrationId: id, lease, inTurn }
      const due = await engine.db
        .selectFrom('bookings')
        .selectAll()
        .where('integrationId', '=', id)
        .where('dueAt', '<=', clock.now())
        .orderBy('shopId')
        .execute()
      await Promise.all(due.map((booking) => work(desk, booking)))
      await lease.yield()
    },
    async put(...clients: { email: string; clientnr?: number }[]) {
      await base.plant(
        'clients',
        clients.map((client) => ({ ...client, tax_type: 'intax', country: 18 })),
      )
    },
  })
  /** The books' own log: who is new, or has another address than the log knows. */
  const noteChanges = () => {
    for (const client of stage.books.ledger().clients) {
      const id = String(client.clientnr)
      const emails = client.email === '' ? [] : [client.email]
      const last = changes.findLast((each) => each.id === id)
      if (last?.emails.join() !== emails.join()) changes.push({ id, emails })
    }
  }
  const listing: Pick<AccountingConnector, 'changedDebtors' | 'findDebtor'> = {
    findDebtor: () => Promise.reject(new Error('this system cannot search')),
    async *changedDebtors(_books, since) {
      stage.asked.push(since)
      noteChanges()
      let pages = 0
      for (let from = Number(since ?? 0); from < changes.length; from += pageSize) {
        if (pages === stage.breaksAfter) {
          throw new Trouble('later', reason('REMOTE_TROUBLE', { system: 'Boeken', status: 503 }))
        }
        pages += 1
        const debtors = changes.slice(from, from + pageSize)
        yield await Promise.resolve({ debtors, cursor: String(from + debtors.length) })
      }
    },
  }
  const capabilities = { ...factuursturen.capabilities, lateEffectMs }
  const connector: AccountingConnector = {
    ...(factuursturen as unknown as AccountingConnector),
    capabilities,
    ...listing,
  }
  return stage
}

const scan = ({ id }: BookingStage) =>
  database.db
    .selectFrom('debtorScans')
    .select(['cursor', 'scannedAt'])
    .where('integrationId', '=', id)
    .executeTakeFirst()

const clients = ({ books }: BookingStage) => books.ledger().clients

/** Numbers of the debtors that were invoiced, in order. */
const invoiced = ({ books }: BookingStage) =>
  books.ledger().invoices.map(({ clientnr }) => clientnr)

describe('a debtor of a system that cannot search', () => {
  test('is found through the index, on any page and however the address is spelt', async () => {
    const stage = await setStage()
    await stage.put({ email: 'a@x.example' }, { email: 'b@x.example' }, { email: '' })
    await stage.put({ email: 'AN@Klant.example', clientnr: 4 })
    const shopId = await stage.sell({ email })
    await stage.book()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked', debtorId: '4' })
    expect(clients(stage)).toHaveLength(4)
    expect(await scan(stage)).toEqual({ cursor: '4', scannedAt: stage.clock.now() })
  })

  test('is kept by the hash of its address only', async () => {
    const stage = await setStage()
    await stage.put({ email })
    await stage.sell({ email: 'other@klant.example' })
    await stage.book()
    const rows = await database.db
      .selectFrom('debtors')
      .selectAll()
      .where('integrationId', '=', stage.id)
      .execute()
    expect(rows).toHaveLength(2)
    for (const row of rows) {
      expect(row.emailHash).toHaveLength(32)
      expect(row.emailHash.toString('latin1')).not.toContain('klant')
      expect(JSON.stringify(row)).not.toContain('klant.example')
    }
  })

  /** Seed 9 of `npm run prove -- clock`: nothing was read for hours, and a debtor made twice. */
  test('is asked about again where the clock was set back since', async () => {
    const stage = await setStage()
    await stage.put({ email: 'a@x.example' })
    await stage.sell({ email: 'a@x.example' })
    await stage.book()
    await database.db
      .updateTable('debtorScans')
      .set({ scannedAt: new Date(stage.clock.now().getTime() + 24 * 60 * minuteMs) })
      .where('integrationId', '=', stage.id)
      .execute()
    await stage.put({ email })
    await stage.sell({ email })
    await stage.book()
    expect(await stage.states()).toEqual({ booked: 2 })
    expect(clients(stage)).toHaveLength(2)
  })

  test('is asked about once for many sales, and again after a minute, from where we were', async () => {
    const stage = await setStage()
    await stage.put({ email: 'a@x.example' }, { email: 'b@x.example' }, { email: 'c@x.example' })
    await stage.sell()
    await stage.sell()
    await stage.sell({ email: 'b@x.example' })
    await stage.book()
    expect(await stage.states()).toEqual({ booked: 3 })
    expect(stage.asked).toEqual([null])
    await stage.clock.advance(minuteMs - 1)
    await stage.sell()
    await stage.book()
    expect(stage.asked).toEqual([null])
    await stage.put({ email: 'late@x.example' })
    await stage.clock.advance(1)
    const late = await stage.sell({ email: 'late@x.example' })
    await stage.book()
    expect(stage.asked).toEqual([null, '3'])
    const planted = clients(stage).find((client) => client.email === 'late@x.example')
    expect((await stage.row(late)).debtorId).toBe(String(planted?.clientnr))
  })

  test('that we made is found again before and after the list has it', async () => {
    const stage = await setStage()
    for (const waitMs of [0, 2 * minuteMs, 2 * minuteMs]) {
      await stage.clock.advance(waitMs)
      await stage.sell({ email })
      await stage.book()
    }
    expect(invoiced(stage)).toEqual([1, 1, 1])
    expect(clients(stage)).toHaveLength(1)
  })

  test('FAULT: that shares its address with others is always the oldest', async () => {
    const stage = await setStage()
    await stage.put({ email, clientnr: 9 }, { email, clientnr: 10 }, { email, clientnr: 11 })
    for (let count = 0; count < 3; count += 1) {
      await stage.sell({ email })
      await stage.book()
      await stage.clock.advance(2 * minuteMs)
      await stage.put({ email, clientnr: 2 - count })
    }
    expect(invoiced(stage)).toEqual([9, 9, 9])
  })

  test('FAULT: is not invoiced for its old address once that is another one', async () => {
    const stage = await setStage()
    await stage.put({ email, clientnr: 5 })
    await stage.sell({ email })
    await stage.book()
    await stage.put({ email: 'moved@klant.example', clientnr: 5 })
    await stage.clock.advance(2 * minuteMs)
    const old = await stage.sell({ email })
    const moved = await stage.sell({ email: 'moved@klant.example' })
    await stage.book()
    expect((await stage.row(moved)).debtorId).toBe('5')
    expect((await stage.row(old)).debtorId).not.toBe('5')
  })

  test('that was deleted in the books is made anew', async () => {
    const stage = await setStage()
    await stage.put({ email: 'a@x.example', clientnr: 5 })
    await stage.sell()
    await stage.book()
    await database.db
      .updateTable('debtors')
      .set({ remoteId: '77' })
      .where('integrationId', '=', stage.id)
      .execute()
    const shopId = await stage.sell({ email: 'a@x.example' })
    await stage.book()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
  })
})

describe('a list that fails half-way', () => {
  test('books nobody, keeps what it read, and goes on from there', async () => {
    const stage = await setStage()
    await stage.put(...['a', 'b', 'c', 'd', 'e'].map((name) => ({ email: `${name}@x.example` })))
    stage.breaksAfter = 1
    const shopId = await stage.sell({ email: 'e@x.example' })
    await stage.book()
    expect(await stage.row(shopId)).toMatchObject({ state: 'open', reasonCode: 'REMOTE_TROUBLE' })
    expect(await scan(stage)).toEqual({ cursor: '2', scannedAt: null })
    expect(clients(stage)).toHaveLength(5)
    stage.breaksAfter = null
    await stage.clock.advance(minuteMs)
    await stage.book()
    expect(stage.asked).toEqual([null, '2'])
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked', debtorId: '5' })
  })
})

describe('a create of a debtor whose answer is lost', () => {
  test.each([0, 120_000])(
    'FAULT: is looked for in a list read after it, where late effects take %i ms, and one is made',
    async (lateEffectMs) => {
      const stage = await setStage(lateEffectMs)
      await stage.sell()
      await stage.book()
      await stage.clock.advance(30_000)
      stage.books.faults.add({
        fault: 'reset-after',
        match: { method: 'POST', path: '/clients$' },
      })
      const shopId = await stage.sell({ email })
      await stage.book()
      expect(await stage.row(shopId)).toMatchObject({ state: 'open' })
      expect(clients(stage)).toHaveLength(2)
      for (let looks = 0; looks < 20; looks += 1) {
        await stage.clock.advance(callBudgetMs / 2)
        await stage.book()
      }
      expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
      expect(clients(stage)).toHaveLength(2)
    },
  )
})
