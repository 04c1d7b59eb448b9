import { sql } from 'kysely'
import { onTestFinished } from 'vitest'
import type { Booking } from '../../src/bookings/booking.ts'
import type { Engine } from '../../src/bookings/engine.ts'
import { takeLease, type Lease } from '../../src/bookings/mailbox.ts'
import type { SaleMention } from '../../src/connectors/webshop.ts'
import type { BookingState } from '../../src/database/booking-state.ts'
import { createIntegration } from '../../src/merchants/integrations.ts'
import { amount } from '../../src/money/amount.ts'
import type { TestDatabase } from './database.ts'
import { openTestEngine } from './engine.ts'
import { virtualClock, type VirtualClock } from './virtual-clock.ts'

/** An integration without remotes: for everything that never leaves the database. */
export interface QuietStage {
  clock: VirtualClock
  engine: Engine
  /** The integration. */
  id: string
  /** Integrations that were rung for and not answered. */
  rung: string[]
  /** @throws when somebody holds it, or it rests */
  lease(holder?: string): Promise<Lease>
  /** As when the holder gave no sign of life for as long as a lease lasts. */
  expireLease(): Promise<void>
  /** A booking in any state, due now, with everything its state asks for and nothing else. */
  bookingIn(state: BookingState, change?: Partial<Planted>): Promise<Booking>
  row(booking: Pick<Booking, 'shopId'>): Promise<Booking>
  mailbox(): Promise<{
    fence: number
    holder: string | null
    bell: boolean
    restUntil: Date | null
  }>
  /** All that a commit could change of this integration, as text. */
  everything(): Promise<unknown[]>
}

export interface Planted {
  shopId: string
  reasonCode: string
  dueAt: Date | null
  fingerprint: string
  totalCents: number
}

/** What a list of a shop says of a sale. */
export const mention = (
  shopId: string,
  change: { number?: string; date?: string; fingerprint?: string; total?: string } = {},
): SaleMention => ({
  ref: { kind: 'order', id: shopId },
  number: change.number ?? `W-${shopId}`,
  date: change.date ?? '2026-11-20',
  fingerprint: change.fingerprint ?? 'first',
  total: amount(change.total ?? '12.10'),
})

/** What a webhook says of a sale. */
export const hint = (shopId: string): Pick<SaleMention, 'ref'> => ({
  ref: { kind: 'order', id: shopId },
})

// Engines that begin at the same moment of a virtual clock need different chance, or they make the same ids.
let seed = 100_000
let shopIds = 0

/** Makes the integration; what was opened is closed when the test is over. */
export const setQuietStage = async (database: TestDatabase): Promise<QuietStage> => {
  const clock = virtualClock()
  seed += 1
  const bench = openTestEngine(database, { clock, seed })
  const { engine, rung } = bench
  const leases: Lease[] = []
  onTestFinished(async () => {
    for (const lease of leases) await lease.yield()
    await bench.close()
  })
  const { db } = database
  const wanted = { merchantId: 'm', name: 'T', webshop: 'kmoshops', accounting: 'factuursturen' }
  const { id } = await createIntegration(engine, wanted)

  const row: QuietStage['row'] = ({ shopId }) =>
    db
      .selectFrom('bookings')
      .selectAll()
      .where('integrationId', '=', id)
      .where('shopId', '=', shopId)
      .executeTakeFirstOrThrow()

  return {
    clock,
    engine,
    id,
    rung,
    row,
    async lease(holder = 'worker 1') {
      const answer = await takeLease(db, clock, id, holder)
      if (answer.is !== 'leased') throw new Error(`the mailbox is ${answer.is}`)
      leases.push(answer.lease)
      return answer.lease
    },
    async expireLease() {
      await sql`update mailboxes set lease_until = ${clock.now()} where integration_id = ${id}`.execute(
        db,
      )
    },
    async bookingIn(state, change = {}) {
      shopIds += 1
      const shopId = change.shopId ?? String(shopIds)
      const { fingerprint = 'first', totalCents = 1210, reasonCode = null } = change
      const dueAt = change.dueAt === undefined ? clock.now() : change.dueAt
      await engine.commits.see(id, [hint(shopId)], 'live')
      await sql`update bookings set state = ${state}, due_at = ${dueAt}, fingerprint = ${fingerprint},
          number = 'W-' || shop_id, total_cents = ${totalCents}, currency = 'EUR',
          sale_date = '2026-11-20', reference = 'W-' || shop_id, draft_hash = 'hash',
          reason_code = ${reasonCode}, reason_params = case when ${reasonCode}::text is null then null else '{}'::jsonb end,
          remote_number = case when ${state} = 'booked' then '20260001' end,
          booked_at = case when ${state} = 'booked' then ${clock.now()}::timestamptz end,
          history = case when ${state} = 'seen' then history else history || jsonb_build_array(
            jsonb_build_object('at', ${clock.now().toISOString()}::text, 'from', 'seen', 'to', ${state}::text,
              'code', ${reasonCode}::text)) end
        where integration_id = ${id} and shop_id = ${shopId}`.execute(db)
      return row({ shopId })
    },
    mailbox: () =>
      db
        .selectFrom('mailboxes')
        .select(['fence', 'holder', 'bell', 'restUntil'])
        .where('integrationId', '=', id)
        .executeTakeFirstOrThrow(),
    everything: () =>
      Promise.all(
        (['bookings', 'mailboxes', 'debtors'] as const).map(async (table) => {
          const rows = await db
            .selectFrom(table)
            .selectAll()
            .where('integrationId', '=', id)
            .execute()
          return rows.map((each) => JSON.stringify(each)).sort()
        }),
      ),
  }
}
