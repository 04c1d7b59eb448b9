import type { Booking } from '../../bookings/booking.ts'
import { openEnds, type Engine } from '../../bookings/engine.ts'
import { toCents } from '../../money/amount.ts'
import { addressIn, type Remote } from '../remote/remote.ts'
import type { BookedInvoice, BooksEnd, DemoBooks } from './remotes.ts'

/** Pages of real books that are read at most to find what a run put there. */
const pagesMax = 200

/**
 * Real books in the place of a sandbox. What is booked there stays: under references that begin with the mark of
 * the run, so that it is told from what stood there before.
 */
export const remoteBooks = (
  { system, credentials, settings }: Remote,
  vatTable: BooksEnd['vatTable'],
): DemoBooks => ({
  system,
  url: addressIn(credentials),
  credentials,
  settings,
  ...(vatTable !== undefined && { vatTable }),
  isReal: true,
  invoices() {
    throw new Error('real books are asked for what was booked, not told')
  },
  close: () => Promise.resolve(),
})

/** The first and the last day of what was booked. */
const periodOf = (bookings: readonly Booking[]): { from: string; until: string } | null => {
  const days = bookings.flatMap(({ saleDate }) => saleDate ?? []).sort()
  const [from] = days
  const until = days.at(-1)
  return from === undefined || until === undefined ? null : { from, until }
}

/** What stands in the books under references with this mark, as the books list it themselves. */
export const listedInBooks = async (
  engine: Engine,
  integrationId: string,
  bookings: readonly Booking[],
  mark: string,
): Promise<BookedInvoice[]> => {
  const period = periodOf(bookings)
  if (period === null) return []
  const ends = await openEnds(engine, integrationId)
  if (ends === null) throw new Error('the books can no longer be asked: their connection is broken')
  const { connector, session } = ends.accounting
  const found: BookedInvoice[] = []
  let pages = 0
  for await (const { invoices, complete } of connector.invoices(session, {
    ...period,
    debtorId: null,
  })) {
    if (!complete) throw new Error('the books do not list everything: nothing can be judged')
    for (const { reference, remoteNumber, total } of invoices) {
      if (!reference.startsWith(mark)) continue
      found.push({
        reference,
        number: remoteNumber,
        totalCents: total === null ? 0 : toCents(total),
      })
    }
    pages += 1
    if (pages >= pagesMax) throw new Error(`the books have more than ${pagesMax} pages of invoices`)
  }
  return found
}
