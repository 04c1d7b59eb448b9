import { sql } from 'kysely'
import type { ListedInvoice, Receipt } from '../connectors/accounting.ts'
import { reason, type Reason } from '../problems/reason.ts'
import type { Draft } from '../sale/draft.ts'
import type { Booking } from './booking.ts'
import { claimedByNeighbours } from './claims.ts'
import { asked } from './commit-errors.ts'
import type { Desk } from './desk.ts'
import type { DebtorFound } from './find-debtor.ts'

/** The note on a booking whose invoice stood in the books before Doorvoer sent anything; else null. */
export const wasThereBefore = (
  { accounting }: Pick<Desk, 'accounting'>,
  { draftHash }: Pick<Booking, 'draftHash'>,
  { remoteNumber }: Receipt,
): Reason | null =>
  draftHash === null
    ? reason('FOUND_IN_BOOKS', { system: accounting.connector.title, number: remoteNumber })
    : null

/** Of these invoices the ones that belong to no booking of this integration, neither by id nor by reference. */
const unclaimed = async (
  { db, integrationId }: Pick<Desk, 'db' | 'integrationId'>,
  bookingId: string,
  invoices: readonly ListedInvoice[],
): Promise<ListedInvoice[]> => {
  if (invoices.length === 0) return []
  const ids = invoices.map(({ remoteId }) => remoteId)
  const references = invoices.map(({ reference }) => reference).filter((each) => each !== '')
  const claims = await asked(
    db
      .selectFrom('bookings')
      .select(['remoteId', 'reference', 'number'])
      .where('integrationId', '=', integrationId)
      .where('id', '<>', bookingId)
      .where(
        sql<boolean>`(remote_id = any (${ids}::text[]) or reference collate "C" = any (${references}::text[]))`,
      )
      .execute(),
  )
  const claimedIds = new Set(claims.map(({ remoteId }) => remoteId))
  const claimedReferences = new Set(claims.map(({ reference }) => reference))
  return invoices.filter(
    ({ remoteId, reference }) =>
      !claimedIds.has(remoteId) && (reference === '' || !claimedReferences.has(reference)),
  )
}

/**
 * The invoice that somebody typed for a sale of before the integration, under a reference of their own: the
 * same debtor, day and total, and of no other sale (spec §2.6). Only asked in a migration: a live sale has had
 * nobody to type it. A fixed debtor gathers many customers, so for those the day and the total say nothing.
 * @throws Trouble of the accounting system
 */
export const foundByHand = async (
  desk: Desk,
  booking: Booking,
  draft: Draft,
  found: DebtorFound,
): Promise<Receipt | null> => {
  if (booking.migrationId === null || found.is !== 'existing') return null
  const fixed = new Map(Object.entries(desk.settings.fixedDebtors))
  if (fixed.has(draft.paymentMethod?.id ?? '')) return null
  const { connector, session } = desk.accounting
  const filter = { from: draft.date, until: draft.date, debtorId: found.debtor.id }
  const same: ListedInvoice[] = []
  for await (const { invoices } of connector.invoices(session, filter)) {
    same.push(
      ...invoices.filter(
        ({ date, total, debtorId }) =>
          date === draft.date &&
          debtorId === found.debtor.id &&
          total?.equals(draft.totals.gross) === true,
      ),
    )
  }
  const ours = await unclaimed(desk, booking.id, same)
  const marks = { ...booking, saleDate: draft.date, debtorId: found.debtor.id }
  const ids = ours.map(({ remoteId }) => remoteId)
  const theirs = await claimedByNeighbours(desk, marks, ids)
  const hit = ours.find(({ remoteId }) => !theirs.has(remoteId))
  return hit === undefined
    ? null
    : { remoteId: hit.remoteId, remoteNumber: hit.remoteNumber, total: hit.total }
}
