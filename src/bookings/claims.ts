import { sql } from 'kysely'
import type { Receipt } from '../connectors/accounting.ts'
import { openRow, type ConnectionRow, type OpenConnection } from '../merchants/connections.ts'
import { EnvelopeError } from '../merchants/key-ring.ts'
import { Trouble } from '../problems/reason.ts'
import { asked } from './commit-errors.ts'
import type { Booking } from './booking.ts'
import type { Desk } from './desk.ts'

/**
 * Two shops of one merchant may book into one administration, and both may sell an order 100000001. An invoice
 * that is found by its reference is then not always the one that was looked for: here it is asked whose it is.
 */

/** The debtor of a customer whom the books do not have yet: of no invoice there is. */
export const noDebtorYet = ''

/** What of a booking tells its sale from another shop's. */
export type SaleMarks = Pick<
  Booking,
  'kind' | 'shopId' | 'number' | 'saleDate' | 'totalCents' | 'debtorId'
>

/** A booking of another integration of the same merchant in the same accounting system. */
type Theirs = SaleMarks &
  Pick<Booking, 'state' | 'reference' | 'remoteId' | 'remoteNumber'> & {
    /** Whether it is known to be in the same administration; a stopped integration has no credentials left. */
    isHere: boolean
  }

/**
 * Whose invoice a look-up found: 'free' when none of the neighbours says it is theirs; 'theirs' when one of them
 * booked it; 'contested' while one of them has the same reference on its way and may have made it; 'unclear' when
 * one that was stopped booked an invoice of this id, in this administration or another.
 */
export type Claim = 'free' | 'theirs' | 'contested' | 'unclear'

type Room = Pick<Desk, 'db' | 'integrationId' | 'vault' | 'accounting'>

/** A neighbour whose connection is broken here must not keep our sales: nobody can tell where it books. */
const openIfReadable = (room: Room, row: ConnectionRow): OpenConnection | null => {
  try {
    return openRow(room, row)
  } catch (error) {
    if (error instanceof EnvelopeError || error instanceof Trouble) return null
    throw error
  }
}

/**
 * The merchant's other integrations that book into the same administration, by id: true where that is known, false
 * where nobody can tell any more.
 */
const neighboursOf = async (room: Room): Promise<Map<string, boolean>> => {
  const { db, integrationId, accounting } = room
  const { connector, session } = accounting
  const rows = await asked(
    db
      .selectFrom('integrations as own')
      .innerJoin('integrations as neighbour', (join) =>
        join
          .onRef('neighbour.merchantId', '=', 'own.merchantId')
          .onRef('neighbour.accounting', '=', 'own.accounting')
          .onRef('neighbour.id', '<>', 'own.id'),
      )
      .innerJoin('connections', (join) =>
        join
          .onRef('connections.integrationId', '=', 'neighbour.id')
          .on('connections.side', '=', 'accounting'),
      )
      .selectAll('connections')
      .where('own.id', '=', integrationId)
      .execute(),
  )
  const here = connector.administration(session)
  const neighbours = new Map<string, boolean>()
  for (const row of rows) {
    const open = openIfReadable(room, row)
    if (open === null) neighbours.set(row.integrationId, false)
    else if (connector.administration(open as never) === here) {
      neighbours.set(row.integrationId, true)
    }
  }
  return neighbours
}

const theirsWith = async (
  room: Room,
  references: readonly string[],
  remoteIds: readonly string[],
): Promise<Theirs[]> => {
  const neighbours = await neighboursOf(room)
  if (neighbours.size === 0) return []
  const rows = await asked(
    room.db
      .selectFrom('bookings')
      .select(['kind', 'shopId', 'number', 'saleDate', 'totalCents', 'debtorId'])
      .select(['integrationId', 'state', 'reference', 'remoteId', 'remoteNumber'])
      .where(sql<boolean>`integration_id = any (${[...neighbours.keys()]}::uuid[])`)
      .where(
        sql<boolean>`(reference collate "C" = any (${references}::text[])
          or remote_id = any (${remoteIds}::text[]))`,
      )
      .execute(),
  )
  return rows.map((row) => ({ ...row, isHere: neighbours.get(row.integrationId) === true }))
}

/**
 * Whether two bookings are of one sale: the same shop may have been installed before. Two shops may agree in
 * their numbers, even on the same day; not in their customer and their total as well.
 */
const isSameSale = (ours: SaleMarks, theirs: SaleMarks): boolean =>
  ours.kind === theirs.kind &&
  ours.shopId === theirs.shopId &&
  ours.number === theirs.number &&
  ours.saleDate === theirs.saleDate &&
  ours.totalCents === theirs.totalCents &&
  (ours.debtorId === null || theirs.debtorId === null || ours.debtorId === theirs.debtorId)

const isOnItsWay = ({ state }: Theirs): boolean =>
  state === 'reserved' || state === 'uncertain' || state === 'parked'

/** Whether theirs is this very invoice; one that was booked by a person's word has a number only. */
const isInvoiceOf = (
  { remoteId, remoteNumber }: Pick<Receipt, 'remoteId' | 'remoteNumber'>,
  theirs: Theirs,
): boolean =>
  theirs.state === 'booked' &&
  (theirs.remoteId === null ? theirs.remoteNumber === remoteNumber : theirs.remoteId === remoteId)

/** Whose an invoice is that was found under our reference. Pure. */
const judgeClaim = (ours: SaleMarks, receipt: Receipt, others: readonly Theirs[]): Claim => {
  const strangers = others.filter((each) => !isSameSale(ours, each))
  const owner = strangers.find((each) => isInvoiceOf(receipt, each))
  if (owner !== undefined) return owner.isHere ? 'theirs' : 'unclear'
  return strangers.some((each) => each.isHere && isOnItsWay(each)) ? 'contested' : 'free'
}

/** Whose an invoice is that was found under our reference. @throws DatabaseFailed */
export const claimOn = async (
  room: Room,
  ours: SaleMarks,
  reference: string,
  receipt: Receipt,
): Promise<Claim> => judgeClaim(ours, receipt, await theirsWith(room, [reference], []))

/**
 * Of these invoices those that a neighbour booked for another sale.
 * @returns their remote ids
 * @throws DatabaseFailed
 */
export const claimedByNeighbours = async (
  room: Room,
  ours: SaleMarks,
  remoteIds: readonly string[],
): Promise<Set<string>> => {
  if (remoteIds.length === 0) return new Set()
  const others = await theirsWith(room, [], remoteIds)
  const strangers = others.filter((each) => each.isHere && !isSameSale(ours, each))
  return new Set(strangers.flatMap(({ remoteId }) => remoteId ?? []))
}
