import { putBooking, type Booking } from './booking-statements.ts'
import { mustRing } from './mailbox-statements.ts'
import { wrote, type Statement } from './statement.ts'
import type { Tabled } from './tables.ts'

/** One row of the statement's JSON. */
interface Mentioned {
  integration_id: string
  id: string
  kind: Booking['kind']
  shop_id: string
  times: number
  lane: number
  migration_id: string | null
  number: string
  sale_date: string | null
  fingerprint: string | null
  total_cents: number | null
}

const euros = (cents: number): string => (cents / 100).toFixed(2)

const differs = (one: number | null, other: number | null): boolean =>
  one !== null && other !== null && one !== other

const isNews = (row: Booking, said: Mentioned): boolean => {
  if (row.state === 'parked') return false
  if (row.state !== 'booked') {
    const isAskedAnew =
      said.migration_id !== null &&
      said.migration_id !== row.migrationId &&
      (row.state === 'refused' ||
        ['SALE_BEFORE_START', 'MIGRATION_CANCELLED'].includes(row.reasonCode ?? ''))
    return said.fingerprint === null || said.fingerprint !== row.fingerprint || isAskedAnew
  }
  if (row.reasonCode === null) return differs(said.total_cents, row.totalCents)
  return row.reasonCode === 'SALE_CHANGED_AFTER_BOOKING' && said.total_cents !== null
}

const firstSeen = (said: Mentioned, now: Date, historyEntry: string): Booking => ({
  integrationId: said.integration_id,
  id: said.id,
  kind: said.kind,
  shopId: said.shop_id,
  number: said.number,
  saleDate: said.sale_date,
  state: 'seen',
  lane: said.lane,
  dueAt: now,
  mentions: said.times,
  fingerprint: said.fingerprint,
  reasonCode: null,
  reasonParams: null,
  totalCents: said.total_cents,
  currency: null,
  reference: null,
  draftHash: null,
  waitingSeal: null,
  goAheadSeal: null,
  debtorId: null,
  remoteId: null,
  remoteNumber: null,
  remoteTotalCents: null,
  attempts: 0,
  lookups: 0,
  uncertainSince: null,
  recreated: false,
  seenAt: now,
  changedAt: now,
  bookedAt: null,
  history: JSON.parse(historyEntry) as Booking['history'],
  evidence: null,
  migrationId: said.migration_id,
  withVat: null,
  goAheadAt: null,
})

const seenAgain = (row: Booking, said: Mentioned, now: Date, historyMax: number): Booking => {
  const back = row.state === 'refused' || row.state === 'closed'
  const entry = { at: now.toISOString(), from: row.state, to: 'seen' as const, code: null }
  const changed = differs(said.total_cents, row.totalCents)
  return {
    ...row,
    mentions: row.mentions + said.times,
    fingerprint: said.fingerprint,
    lane: row.state === 'closed' ? said.lane : Math.min(row.lane, said.lane),
    migrationId: said.migration_id ?? row.migrationId,
    ...(back && { state: 'seen' as const, changedAt: now }),
    ...(back && row.history.length < historyMax && { history: [...row.history, entry] }),
    ...((back || row.state === 'seen' || row.state === 'open') && { dueAt: now }),
    ...(row.state === 'booked' && {
      reasonCode: changed ? 'SALE_CHANGED_AFTER_BOOKING' : null,
      reasonParams: changed
        ? { booked: euros(row.totalCents ?? 0), total: euros(said.total_cents ?? 0) }
        : null,
    }),
  }
}

const isTaker = (db: Tabled, id: string): boolean => {
  const integration = db.table('integrations').get(id)
  return integration !== undefined && integration.state !== 'stopped'
}

export const seeStatement: Statement = {
  name: 'see',
  like: ['with mentioned as ( select * from jsonb_to_recordset'],
  run(db, params) {
    const [json, integrations, now, , , historyEntry, historyMax] = params as [
      string,
      string[],
      Date,
      Date,
      Date,
      string,
      number,
    ]
    const takers = integrations.filter((id) => isTaker(db, id))
    const due = new Map<string, string[]>()
    let written = 0
    for (const said of JSON.parse(json) as Mentioned[]) {
      const id = said.integration_id
      if (!takers.includes(id)) continue
      const row = db.booking(id, said.kind, said.shop_id)
      if (row !== undefined && !isNews(row, said)) continue
      const after =
        row === undefined
          ? firstSeen(said, now, historyEntry)
          : seenAgain(row, said, now, historyMax)
      putBooking(db, after)
      written += 1
      if (after.state === 'booked' || after.dueAt === null) continue
      due.set(id, [...(due.get(id) ?? []), `${said.kind} ${said.shop_id}`])
    }
    const rung = new Map([...due.keys()].sort().map((id) => [id, mustRing(db, id) === true]))
    return wrote(
      written,
      takers.map((id) => ({ id, ring: rung.get(id) ?? false, due: due.get(id) ?? [] })),
    )
  },
}
