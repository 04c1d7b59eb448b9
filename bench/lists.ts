/**
 * What the lists of the dashboard cost where an integration has 100,000 bookings: `node bench/lists.ts`. Prints
 * the times of what a screen asks the database, and the plan of each page of a list; fails above 50 ms.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import {
  countDays,
  countTabs,
  listBookings,
  listCauses,
  measureSpeed,
  selectPage,
} from '../src/bookings/listing.ts'
import { connectPool, databaseOn, type Database } from '../src/database/connect.ts'
import { startEmbedded } from '../src/database/embedded.ts'
import { migrate } from '../src/database/migrate.ts'
import { monotonicMs } from './moment.ts'
import { timesOf } from './statistics.ts'

const p99MaxMs = 50
const rounds = 60
const integrationId = '019c0000-0000-7000-8000-000000000001'

/** A busy shop with a bad week behind it: 80,000 booked, 15,000 refused for 12 causes, 5,000 open. */
const fill = async (db: Database): Promise<void> => {
  await sql`
    insert into integrations (id, merchant_id, name, state, webshop, accounting, licence_key, hook_key,
      debtor_key, settings, created_at)
    values (${integrationId}, 'bench', 'Bench', 'active', 'kmoshops', 'factuursturen', 'K', 'H', '', '{}', now())
  `.execute(db)
  await sql`
    insert into bookings (integration_id, id, kind, shop_id, number, sale_date, state, reference,
      remote_number, reason_code, reason_params, total_cents, currency, seen_at, changed_at, booked_at)
    select ${integrationId}, gen_random_uuid(), 'order', n, 'W-' || n, date '2026-11-20' - (n % 365), state,
      'W-' || n, case when state = 'booked' then 'F' || n end,
      case when state <> 'booked' then 'CAUSE_' || n % 12 end, jsonb_build_object('n', n), 1210, 'EUR', at, at,
      case when state = 'booked' then at end
    from generate_series(1, 100000) n,
      lateral (select case when n % 100 < 80 then 'booked' when n % 100 < 95 then 'refused' else 'open' end as state,
        timestamptz '2026-11-20' - n * interval '5 minutes' as at)`.execute(db)
  await sql`vacuum analyze bookings`.execute(db)
}

const page = { search: '', limit: 50 } as const
const tabs = ['report', 'errors', 'open'] as const

/** Where a page deep in a list begins. */
const cursorAt = async (db: Database, tab: (typeof tabs)[number], pages: number) => {
  let after: string | undefined
  for (let n = 0; n < pages; n += 1) {
    const { next } = await listBookings(db, integrationId, { ...page, tab, limit: 200, after })
    if (next === null) break
    after = next
  }
  return after
}

const measure = async (name: string, ask: () => Promise<unknown>): Promise<boolean> => {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const began = monotonicMs()
    await ask()
    times.push(monotonicMs() - began)
  }
  const { p50, p99 } = timesOf(times)
  const passed = p99 <= p99MaxMs
  console.log(
    `${name.padEnd(34)} ${p50.toFixed(1).padStart(7)} ${p99.toFixed(1).padStart(7)}  ${passed ? 'pass' : 'FAIL'}`,
  )
  return passed
}

const folder = await mkdtemp(path.join(tmpdir(), 'doorvoer-lists-'))
await chmod(folder, 0o755)
const server = await startEmbedded({ folder: path.join(folder, 'postgres') })
const pool = connectPool({ url: server.url })
try {
  const db = databaseOn(pool)
  await migrate(db as never)
  await fill(db)
  console.log('ms, 100,000 bookings                   p50     p99')
  const passed: boolean[] = []
  for (const tab of tabs) {
    const after = await cursorAt(db, tab, 20)
    const asks = {
      'first page': page,
      'page far on': { ...page, after },
      'of one month': { ...page, from: '2026-05-01', until: '2026-05-31' },
      searched: { ...page, search: 'W-4242' },
      'searched in vain': { ...page, search: 'nothing' },
      ...(tab === 'errors' && { 'of one cause': { ...page, code: 'CAUSE_7' } }),
    }
    for (const [name, query] of Object.entries(asks)) {
      const asked = { ...query, tab }
      passed.push(await measure(`${tab}, ${name}`, () => listBookings(db, integrationId, asked)))
    }
  }
  passed.push(
    await measure('errors by cause', () => listCauses(db, integrationId, {})),
    await measure('counts of the tabs', () => countTabs(db, integrationId)),
    await measure('chart of 30 days', () => countDays(db, integrationId, '2026-11-20', 30)),
    await measure('speed of 30 days', () => measureSpeed(db, integrationId, '2026-11-20', 30)),
  )
  for (const tab of tabs) {
    const after = await cursorAt(db, tab, 20)
    const plan = await selectPage(db, integrationId, { ...page, tab, after }).explain<{
      'QUERY PLAN': string
    }>('text', sql`analyze, costs off, timing off, summary off`)
    console.log(`\n${tab}, page far on:`)
    for (const row of plan) console.log(`  ${Object.values(row)[0] ?? ''}`)
  }
  process.exitCode = passed.every(Boolean) ? 0 : 1
} finally {
  await pool.end()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
