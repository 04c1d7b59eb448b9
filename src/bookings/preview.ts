import { titleOf } from '../connectors/registry.ts'
import { Trouble, type Reason } from '../problems/reason.ts'
import { judge, type Verdict } from '../sale/checks/all.ts'
import type { Draft } from '../sale/draft.ts'
import type { Sale } from '../sale/sale.ts'
import { reason } from '../problems/reason.ts'
import { draftOf, objectionOf } from './book.ts'
import { refOf, type Booking } from './booking.ts'
import { booksOf, turnstile, type FindRoom } from './desk.ts'
import { openEnds, type Engine } from './engine.ts'

/** A sale's own figures at this moment, with what Doorvoer makes of them. Nothing of it is stored. */
export type Preview =
  | { is: 'read'; sale: Sale; draft: Draft; verdicts: Verdict[] }
  /** The amounts don't even make a draft. */
  | { is: 'undrafted'; sale: Sale; reason: Reason }
  | { is: 'gone' }
  | { is: 'unreachable'; reason: Reason }

const booksTakeIt: Verdict['check'] = {
  id: 'books-take-it',
  title: { nl: 'Boekhouding kan de factuur aannemen', en: 'Bookkeeping can take the invoice' },
}

/** What the books say of a draft; that they don't answer is an answer too. */
const verdictOfBooks = async (room: FindRoom, draft: Draft): Promise<Verdict> => {
  const problem = await objectionOf(room, draft).catch((error: unknown) => {
    if (error instanceof Trouble) return error.reason
    throw error
  })
  return { check: booksTakeIt, problem }
}

/** Reads the sale of a booking from the shop and judges it, without booking anything. */
export const preview = async (engine: Engine, booking: Booking): Promise<Preview> => {
  const ends = await openEnds(engine, booking.integrationId)
  if (ends === null) return { is: 'unreachable', reason: reason('NOT_COMPLETE') }
  const [paused] = ends.paused
  if (paused !== undefined) {
    return { is: 'unreachable', reason: reason('REMOTE_PAUSED', { system: titleOf(paused) }) }
  }
  try {
    const sale = await ends.webshop.connector.read(ends.webshop.session, refOf(booking))
    if ('is' in sale) return { is: 'gone' }
    const room = { ...engine, ...ends, integrationId: booking.integrationId, inTurn: turnstile() }
    const drafting = await draftOf(room, sale)
    if (drafting.is !== 'drafted') return { is: 'undrafted', sale, reason: drafting.reason }
    const { draft } = drafting
    const verdicts = judge({ sale, draft, books: booksOf(ends.accounting) })
    // As on the way of a sale, the books are asked last.
    if (verdicts.every(({ problem }) => problem === null)) {
      verdicts.push(await verdictOfBooks(room, draft))
    }
    return { is: 'read', sale, draft, verdicts }
  } catch (error) {
    if (error instanceof Trouble) return { is: 'unreachable', reason: error.reason }
    throw error
  }
}
