import type { BookingState } from '../../../../src/database/booking-state.ts'
import { found, wrote, Refused, type Statement } from './statement.ts'
import type { Rows, Tabled } from './tables.ts'

export type Booking = Rows['bookings']

/** Writes a booking as PostgreSQL would: or not, where a rule of the table is broken. */
export const putBooking = (db: Tabled, row: Booking): void => {
  if (row.state === 'booked' && row.remoteNumber === null) {
    throw new Refused('23514', 'a booking without proof')
  }
  if ((row.state === 'reserved' || row.state === 'uncertain') && row.reference === null) {
    throw new Refused('23514', 'a reservation without a reference')
  }
  db.table('bookings').put(row)
}

const bookingsOf = (db: Tabled, integrationId: string, ids: readonly string[]): Booking[] =>
  ids.flatMap((id) => db.table('bookings').get(`${integrationId} ${id}`) ?? [])

const within = (state: BookingState, states: readonly BookingState[]): boolean =>
  states.includes(state)

/** The bookings a person chose, by the two forms that `decisions.ts` knows. */
const chosen = (
  db: Tabled,
  integrationId: string,
  picked: readonly string[] | string,
  states: readonly BookingState[],
): Booking[] => {
  const found =
    typeof picked === 'string'
      ? db
          .table('bookings')
          .of(integrationId)
          .filter((row) => row.state === 'refused' && row.reasonCode === picked)
      : bookingsOf(db, integrationId, picked)
  return found.filter(({ state }) => within(state, states))
}

export const bookingStatements: readonly Statement[] = [
  {
    name: 'fetch what is due',
    like: ['select w.n, "due"."integration_id"'],
    run(db, params) {
      const [json, now, workable] = params as [string, Date, BookingState[]]
      const looks = JSON.parse(json) as {
        n: number
        integration_id: string
        under_way: string[]
        most: number
      }[]
      const due = looks.flatMap(({ n, integration_id: integrationId, under_way: underWay, most }) =>
        db
          .table('bookings')
          .of(integrationId)
          .filter(
            (row) =>
              row.dueAt !== null &&
              row.dueAt <= now &&
              workable.includes(row.state) &&
              !underWay.includes(row.id),
          )
          .sort((a, b) => a.lane - b.lane || Number(a.dueAt) - Number(b.dueAt))
          .slice(0, most)
          .map((row) => ({ ...row, n })),
      )
      return found(due)
    },
  },
  {
    name: 'references like these',
    like: ['select w.n, taken.reference from jsonb_to_recordset('],
    run(db, params) {
      const wishes = JSON.parse(params[0] as string) as {
        n: number
        integration_id: string
        id: string
        beginning: string
      }[]
      const alike = wishes.flatMap(({ n, integration_id: integrationId, id, beginning }) =>
        db
          .table('bookings')
          .of(integrationId)
          .filter(
            (row) =>
              row.id !== id &&
              row.reference !== null &&
              row.reference >= beginning &&
              row.reference < `${beginning}.`,
          )
          .map(({ reference }) => ({ n, reference })),
      )
      return found(alike)
    },
  },
  {
    name: 'review',
    like: ['with waiting as ( select id as waiting_id from bookings'],
    run(db, params) {
      const [integrationId, now] = params as [string, Date]
      const waiting = db
        .table('bookings')
        .of(integrationId)
        .filter(({ state, dueAt }) => state === 'open' && dueAt === null)
      for (const row of waiting) putBooking(db, { ...row, dueAt: now })
      return wrote(waiting.length)
    },
  },
  {
    name: 'process again',
    like: ['with chosen as', 'update bookings set due_at =', 'mentions = mentions + 1'],
    run(db, params) {
      const [integrationId, picked, states, now] = params as [
        string,
        string[] | string,
        BookingState[],
        Date,
      ]
      const rows = chosen(db, integrationId, picked, states)
      for (const row of rows) {
        const back = row.state === 'refused' || row.state === 'closed'
        const entry = { at: now.toISOString(), from: row.state, to: 'seen' as const, code: null }
        putBooking(db, {
          ...row,
          dueAt: now,
          attempts: 0,
          mentions: row.mentions + 1,
          ...(back && { history: [...row.history, entry], changedAt: now, state: 'seen' }),
        })
      }
      return wrote(rows.length)
    },
  },
  {
    name: 'put aside',
    like: ['with chosen as', "update bookings set state = 'closed'"],
    run(db, params) {
      const [integrationId, picked, states, now] = params as [
        string,
        string[] | string,
        BookingState[],
        Date,
      ]
      const rows = chosen(db, integrationId, picked, states)
      for (const row of rows) {
        const entry = {
          at: now.toISOString(),
          from: row.state,
          to: 'closed' as const,
          code: 'IGNORED',
        }
        putBooking(db, {
          ...row,
          state: 'closed',
          reasonCode: 'IGNORED',
          reasonParams: {},
          dueAt: null,
          changedAt: now,
          history: [...row.history, entry],
        })
      }
      return wrote(rows.length)
    },
  },
  {
    name: 'decide',
    like: ["and state = 'parked' returning state", 'uncertain_since = null, lookups = 0'],
    run(db, params) {
      const [to, code, reasonParams, number, bookedAt, dueAt, now, there] = params as [
        'booked' | 'seen',
        string | null,
        string | null,
        string | null,
        Date | null,
        Date | null,
        Date,
        boolean,
      ]
      const [integrationId, id] = params.slice(-2) as [string, string]
      const [row] = bookingsOf(db, integrationId, [id])
      if (row?.state !== 'parked') return wrote(0)
      const entry = { at: now.toISOString(), from: row.state, to, code }
      putBooking(db, {
        ...row,
        state: to,
        reasonCode: code,
        reasonParams:
          reasonParams === null ? null : (JSON.parse(reasonParams) as Record<string, string>),
        remoteNumber: number ?? row.remoteNumber,
        bookedAt,
        dueAt,
        uncertainSince: null,
        lookups: 0,
        attempts: 0,
        changedAt: now,
        recreated: row.recreated || !there,
        history: [...row.history, entry],
      })
      return wrote(1, [{ state: to }])
    },
  },
  {
    name: 'in which state',
    like: ['select "state" from "bookings"'],
    run(db, params) {
      const [integrationId, id] = params as [string, string]
      return found(bookingsOf(db, integrationId, [id]).map(({ state }) => ({ state })))
    },
  },
]
