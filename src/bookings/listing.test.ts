import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { setQuietStage, type QuietStage } from '../../test/support/quiet-stage.ts'
import type { BookingState } from '../database/booking-state.ts'
import {
  countDays,
  countTabs,
  findBooking,
  listBookings,
  listCauses,
  measureSpeed,
  type ListQuery,
} from './listing.ts'

let database: TestDatabase
let stage: QuietStage
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  stage = await setQuietStage(database)
})

interface Rows {
  state: BookingState
  count: number
  /** What sets them apart; begins their shop ids. */
  prefix?: string
  code?: string
  day?: string
  /** The first of them changed then, each next one three milliseconds later, three at a time. */
  from?: string
}

const addRows = ({
  state,
  count,
  prefix = state,
  code,
  day = '2026-11-20',
  from = '2026-11-20T08:00:00Z',
}: Rows) =>
  sql`
    insert into bookings (integration_id, id, kind, shop_id, number, sale_date, state, reference,
      remote_number, reason_code, reason_params, seen_at, changed_at, booked_at)
    select ${stage.id}, gen_random_uuid(), 'order', ${prefix} || '-' || n, 'W-' || n, ${day}, ${state},
      'R-' || n, 'F-' || n, ${code ?? null}, jsonb_build_object('n', n), ${from}::timestamptz, at,
      case when ${state} = 'booked' then at end
    from generate_series(1, ${count}::int) n,
      lateral (select ${from}::timestamptz + (n / 3) * interval '3 milliseconds' as at)`.execute(
    database.db,
  )

const query = (change: Partial<ListQuery> = {}): ListQuery => ({
  tab: 'report',
  search: '',
  limit: 100,
  ...change,
})

const list = (change: Partial<ListQuery> = {}) => listBookings(database.db, stage.id, query(change))

describe('a list', () => {
  test.for([
    ['report', 'booked'],
    ['errors', 'refused'],
    ['open', 'open'],
  ] as const)('of %s visits each of 3,000 once while others are added', async ([tab, state]) => {
    await addRows({ state, count: 3_000 })
    const visited: string[] = []
    let after: string | undefined
    for (let pages = 0; pages < 100; pages += 1) {
      const page = await list({ tab, limit: 97, after })
      visited.push(...page.items.map(({ shopId }) => shopId))
      await addRows({ state, count: 10, prefix: `later ${pages}`, from: '2026-11-20T09:00:00Z' })
      if (page.next === null) break
      after = page.next
    }
    expect(visited).toHaveLength(3_000)
    expect(new Set(visited).size).toBe(3_000)
    expect(visited.every((shopId) => shopId.startsWith(`${state}-`))).toBe(true)
  })

  test('is newest first and ends without a next', async () => {
    await addRows({ state: 'booked', count: 7 })
    const { items, next } = await list({ limit: 7 })
    const times = items.map(({ bookedAt }) => bookedAt?.getTime() ?? 0)
    expect(times).toEqual([...times].sort((a, b) => b - a))
    expect(next).toBeNull()
    expect((await list({ limit: 6 })).next).not.toBeNull()
  })

  test('holds its own tab and its own integration only', async () => {
    for (const state of ['booked', 'refused', 'open', 'parked', 'closed'] as const) {
      await addRows({ state, count: 2 })
    }
    const statesOf = async (tab: ListQuery['tab']) =>
      [...new Set((await list({ tab })).items.map(({ state }) => state))].sort()
    expect(await statesOf('report')).toEqual(['booked'])
    expect(await statesOf('errors')).toEqual(['refused'])
    expect(await statesOf('open')).toEqual(['open', 'parked'])
    const other = await setQuietStage(database)
    expect(await listBookings(database.db, other.id, query())).toEqual({ items: [], next: null })
  })

  test('is narrowed by cause and by day, both days included', async () => {
    await addRows({
      state: 'refused',
      count: 2,
      prefix: 'a',
      code: 'EMAIL_MISSING',
      day: '2026-11-18',
    })
    await addRows({
      state: 'refused',
      count: 3,
      prefix: 'b',
      code: 'EMAIL_MISSING',
      day: '2026-11-20',
    })
    await addRows({
      state: 'refused',
      count: 4,
      prefix: 'c',
      code: 'DEBTOR_REFUSED',
      day: '2026-11-20',
    })
    const count = async (change: Partial<ListQuery>) =>
      (await list({ tab: 'errors', ...change })).items.length
    expect(await count({ code: 'EMAIL_MISSING' })).toBe(5)
    expect(await count({ from: '2026-11-18', until: '2026-11-18' })).toBe(2)
    expect(await count({ from: '2026-11-19', until: '2026-11-20' })).toBe(7)
    expect(await count({ code: 'EMAIL_MISSING', from: '2026-11-20' })).toBe(3)
    expect(await count({ until: '2026-11-17' })).toBe(0)
  })

  test('is searched in number, invoice number and reference, whatever the case', async () => {
    await addRows({ state: 'booked', count: 120 })
    const found = async (search: string) =>
      (await list({ search })).items.map(({ number }) => number).sort()
    expect(await found('w-77')).toEqual(['W-77'])
    expect(await found('f-119')).toEqual(['W-119'])
    expect(await found('r-12')).toEqual(['W-12', 'W-120'])
    // Somebody remembers a part of it.
    expect(await found('119')).toEqual(['W-119'])
    expect(await found('nothing')).toEqual([])
  })

  test('takes signs of a pattern for themselves', async () => {
    await addRows({ state: 'booked', count: 5 })
    await sql`update bookings set number = case shop_id
        when 'booked-1' then '100%' when 'booked-2' then 'a_b' when 'booked-3' then 'c\\d' else 'axb' end
      where integration_id = ${stage.id}`.execute(database.db)
    const found = async (search: string) =>
      (await list({ search })).items.map(({ number }) => number)
    expect(await found('%')).toEqual(['100%'])
    expect(await found('_')).toEqual(['a_b'])
    expect(await found('a_b')).toEqual(['a_b'])
    expect(await found('\\')).toEqual(['c\\d'])
    expect(await found("'; drop table bookings; --")).toEqual([])
  })

  test.for(['', 'x', '2026-11-20T09:00:00.000Z', 'null_null', '2026-11-20_1', '%00', '../..'])(
    'begins at its beginning for the cursor "%s"',
    async (after) => {
      await addRows({ state: 'booked', count: 3 })
      expect((await list({ after })).items).toHaveLength(3)
    },
  )

  test.for([
    '2026-99-99T99:99:99.000Z_01a1f866-0d00-7c02-afe0-5c10c2022956',
    '2026-11-20T09:00:00.000Z_------------------------------------',
    '2026--T:Z_01a1f866-0d00-7c02-afe0-5c10c2022956',
  ])('begins at its beginning for the cursor "%s", which only looks like one', async (after) => {
    await addRows({ state: 'booked', count: 3 })
    const shown = await list({ after }).then(
      ({ items }) => items.length,
      (error: unknown) => String(error),
    )
    expect(shown).toBe(3)
  })

  test('goes on from a row that has gone meanwhile', async () => {
    await addRows({ state: 'refused', count: 9 })
    const first = await list({ tab: 'errors', limit: 4 })
    await sql`delete from bookings where integration_id = ${stage.id} and id = ${first.items.at(-1)?.id}`.execute(
      database.db,
    )
    const rest = await list({ tab: 'errors', after: first.next ?? '' })
    expect(rest.items).toHaveLength(5)
  })
})

test('one booking is found in its own integration only', async () => {
  await addRows({ state: 'booked', count: 1 })
  const [row] = (await list()).items
  const other = await setQuietStage(database)
  expect(await findBooking(database.db, stage.id, row?.id ?? '')).toEqual(row)
  expect(await findBooking(database.db, other.id, row?.id ?? '')).toBeUndefined()
})

describe('counts', () => {
  test('of the tabs leave out what is closed', async () => {
    expect(await countTabs(database.db, stage.id)).toMatchObject({ report: 0, errors: 0, open: 0 })
    const counts = {
      seen: 1,
      open: 2,
      reserved: 3,
      uncertain: 4,
      parked: 5,
      booked: 6,
      refused: 7,
      closed: 8,
    }
    for (const [state, count] of Object.entries(counts)) {
      await addRows({ state: state as BookingState, count })
    }
    expect(await countTabs(database.db, stage.id)).toMatchObject({ report: 6, errors: 7, open: 15 })
    // What is more than can be told at a glance is not counted to its end.
    expect(await countTabs(database.db, stage.id, 7)).toEqual({
      report: 6,
      errors: 7,
      open: 7,
      upTo: 7,
    })
  })

  test('of causes have the most frequent first, with the figures of its newest', async () => {
    await addRows({
      state: 'refused',
      count: 2,
      prefix: 'a',
      code: 'EMAIL_MISSING',
      day: '2026-11-18',
    })
    await addRows({ state: 'refused', count: 5, prefix: 'b', code: 'DEBTOR_REFUSED' })
    await addRows({ state: 'refused', count: 2, prefix: 'c', code: 'COUNTRY_UNKNOWN' })
    await addRows({ state: 'open', count: 9, prefix: 'd', code: 'NOT_PAID_YET' })
    await sql`update bookings set changed_at = '2026-11-20T12:00:00Z', reason_params = '{"newest": 1}'
      where integration_id = ${stage.id} and shop_id = 'b-3'`.execute(database.db)
    const causes = await listCauses(database.db, stage.id, {})
    expect(causes.map(({ code, count }) => [code, count])).toEqual([
      ['DEBTOR_REFUSED', 5],
      ['COUNTRY_UNKNOWN', 2],
      ['EMAIL_MISSING', 2],
    ])
    expect(causes[0]?.params).toEqual({ newest: 1 })
    const narrowed = await listCauses(database.db, stage.id, {
      from: '2026-11-18',
      until: '2026-11-19',
    })
    expect(narrowed.map(({ code }) => code)).toEqual(['EMAIL_MISSING'])
  })

  test('of days have every day, also through a change of the hour', async () => {
    await addRows({ state: 'booked', count: 3, prefix: 'a', day: '2026-10-25' })
    await addRows({ state: 'refused', count: 2, prefix: 'b', day: '2026-10-26' })
    await addRows({ state: 'parked', count: 1, prefix: 'c', day: '2026-10-26' })
    await addRows({ state: 'closed', count: 9, prefix: 'd', day: '2026-10-26' })
    await addRows({ state: 'booked', count: 9, prefix: 'e', day: '2026-10-28' })
    expect(await countDays(database.db, stage.id, '2026-10-27', 4)).toEqual([
      { day: '2026-10-24', booked: 0, refused: 0, open: 0 },
      { day: '2026-10-25', booked: 3, refused: 0, open: 0 },
      { day: '2026-10-26', booked: 0, refused: 2, open: 1 },
      { day: '2026-10-27', booked: 0, refused: 0, open: 0 },
    ])
  })

  test('of speed count from the telling to the booking, by the day where merchants live', async () => {
    const took = async (prefix: string, bookedAt: string, seconds: readonly number[], lane = 0) => {
      await addRows({ state: 'booked', count: seconds.length, prefix })
      for (const [index, each] of seconds.entries()) {
        await sql`update bookings set lane = ${lane}, booked_at = ${bookedAt}::timestamptz,
            seen_at = ${bookedAt}::timestamptz - make_interval(secs => ${each})
          where integration_id = ${stage.id} and shop_id = ${`${prefix}-${index + 1}`}`.execute(
          database.db,
        )
      }
    }
    expect(await measureSpeed(database.db, stage.id, '2026-10-26', 3)).toEqual({
      days: [],
      all: null,
    })
    // Half past midnight in Amsterdam.
    await took('a', '2026-10-24T22:30:00Z', [2, 3.2, 90, 7_200])
    await took('b', '2026-10-26T12:00:00Z', [5])
    // Before the first of the three days, by half an hour; and of a migration.
    await took('c', '2026-10-23T21:30:00Z', [1, 1, 1])
    await took('d', '2026-10-26T12:00:00Z', [1_000], 1)
    await addRows({ state: 'refused', count: 2, prefix: 'e' })
    expect(await measureSpeed(database.db, stage.id, '2026-10-26', 3)).toEqual({
      days: [
        { day: '2026-10-25', booked: 4, halfWithinS: 4, mostWithinS: 7_200 },
        { day: '2026-10-26', booked: 1, halfWithinS: 5, mostWithinS: 5 },
      ],
      all: { booked: 5, halfWithinS: 5, mostWithinS: 7_200 },
    })
  })
})
