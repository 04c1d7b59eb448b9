import type { BookingState } from '../../../../src/database/booking-state.ts'
import { putBooking, type Booking } from './booking-statements.ts'
import { wrote, type Statement } from './statement.ts'

/** One row of the statement's JSON. */
interface Move {
  n: number
  integration_id: string
  fence: number
  id: string
  mentions: number
  from_state: BookingState
  wanted: BookingState
  now: string
  due_at: string | null
  reason_code: string | null
  reason_params: Record<string, string | number> | null
  attempts: number
  lookups: number
  uncertain_since: string | null
  recreated: boolean
  reference: string | null
  draft_hash: string | null
  number: string | null
  sale_date: string | null
  total_cents: number | null
  currency: string | null
  debtor_id: string | null
  evidence: Booking['evidence']
  remote_id: string | null
  remote_number: string | null
  remote_total_cents: number | null
}

const moment = (text: string | null): Date | null => (text === null ? null : new Date(text))

const moved = (row: Booking, move: Move, historyMax: number): Booking => {
  const { wanted, from_state: from } = move
  const now = new Date(move.now)
  const again = row.mentions > move.mentions && ['open', 'closed', 'refused'].includes(wanted)
  const to: BookingState =
    !again || wanted === 'open' ? wanted : from === 'reserved' ? 'open' : from
  const isWanted = to === wanted
  const code = isWanted ? move.reason_code : null
  const isKept =
    row.history.length < historyMax || ['reserved', 'booked', 'parked'].includes(wanted)
  const entry = { at: now.toISOString(), from, to, code }
  return {
    ...row,
    state: to,
    dueAt: again ? now : moment(move.due_at),
    reasonCode: code,
    reasonParams: isWanted ? move.reason_params : null,
    attempts: move.attempts,
    lookups: move.lookups,
    uncertainSince: moment(move.uncertain_since),
    recreated: row.recreated || move.recreated,
    reference: move.reference ?? row.reference,
    draftHash: move.draft_hash ?? row.draftHash,
    number: move.number ?? row.number,
    saleDate: move.sale_date ?? row.saleDate,
    totalCents: move.total_cents ?? row.totalCents,
    currency: move.currency ?? row.currency,
    debtorId: move.debtor_id ?? row.debtorId,
    evidence: move.evidence ?? row.evidence,
    remoteId: move.remote_id ?? row.remoteId,
    remoteNumber: move.remote_number ?? row.remoteNumber,
    remoteTotalCents: move.remote_total_cents ?? row.remoteTotalCents,
    bookedAt: wanted === 'booked' ? (row.bookedAt ?? now) : row.bookedAt,
    changedAt: now,
    history: isKept ? [...row.history, entry] : row.history,
  }
}

export const moveStatement: Statement = {
  name: 'move',
  like: ['with moves as ( select * from jsonb_to_recordset'],
  run(db, params) {
    const [json, historyMax] = params as [string, number]
    const done: { n: number }[] = []
    for (const move of JSON.parse(json) as Move[]) {
      const row = db.table('bookings').get(`${move.integration_id} ${move.id}`)
      const mailbox = db.table('mailboxes').get(move.integration_id)
      if (row?.state !== move.from_state || mailbox?.fence !== move.fence) continue
      putBooking(db, moved(row, move, historyMax))
      done.push({ n: move.n })
    }
    return wrote(done.length, done)
  },
}
