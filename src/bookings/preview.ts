import { titleOf } from '../connectors/registry.ts'
import { Trouble, type Reason } from '../problems/reason.ts'
import { judge, type Verdict } from '../sale/checks/all.ts'
import type { Draft } from '../sale/draft.ts'
import type { Sale } from '../sale/sale.ts'
import { reason } from '../problems/reason.ts'
import { draftOf, rehearse, type Rehearsal } from './book.ts'
import { refOf, type Booking } from './booking.ts'
import { booksOf, turnstile, type FindRoom } from './desk.ts'
import { openEnds, type Engine } from './engine.ts'
import { asDecided } from './vat-decision.ts'

/** A sale's own figures at this moment, with what Doorvoer makes of them. Nothing of it is stored. */
export type Preview =
  /** The draft is the one that would be composed, with its rounding line where the books need one. */
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
const askBooks = (room: FindRoom, draft: Draft): Promise<Rehearsal> =>
  rehearse(room, draft).catch((error: unknown) => {
    if (error instanceof Trouble) return { draft, problem: error.reason }
    throw error
  })

/** Reads the sale of a booking from the shop and judges it, without booking anything. */
export const preview = async (engine: Engine, booking: Booking): Promise<Preview> => {
  const ends = await openEnds(engine, booking.integrationId)
  if (ends === null) return { is: 'unreachable', reason: reason('NOT_COMPLETE') }
  const [paused] = ends.paused
  if (paused !== undefined) {
    return { is: 'unreachable', reason: reason('REMOTE_PAUSED', { system: titleOf(paused) }) }
  }
  try {
    const found = await ends.webshop.connector.read(ends.webshop.session, refOf(booking))
    if ('is' in found) return { is: 'gone' }
    const sale = asDecided(found, booking)
    const room = { ...engine, ...ends, integrationId: booking.integrationId, inTurn: turnstile() }
    const drafting = await draftOf(room, sale)
    if (drafting.is !== 'drafted') return { is: 'undrafted', sale, reason: drafting.reason }
    const { draft } = drafting
    const verdicts = judge({ sale, draft, books: booksOf(ends.accounting) })
    // As on the way of a sale, the books are asked last.
    if (verdicts.some(({ problem }) => problem !== null))
      return { is: 'read', sale, draft, verdicts }
    const rehearsal = await askBooks(room, draft)
    verdicts.push({ check: booksTakeIt, problem: rehearsal.problem })
    return { is: 'read', sale, draft: rehearsal.draft, verdicts }
  } catch (error) {
    if (error instanceof Trouble) return { is: 'unreachable', reason: error.reason }
    throw error
  }
}
