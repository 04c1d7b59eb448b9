import { titleOf } from '../connectors/registry.ts'
import { Trouble, reason, type Reason } from '../problems/reason.ts'
import { firstSaleProblem, judge, type Verdict } from '../sale/checks/all.ts'
import type { Draft } from '../sale/draft.ts'
import { gate } from '../sale/gate.ts'
import type { Sale, SaleRef } from '../sale/sale.ts'
import { draftOf } from './draft-of.ts'
import { rehearseIn, type Rehearsal } from './rehearse.ts'
import { factsOf } from './sale-facts.ts'
import { refOf, type Booking } from './booking.ts'
import { claimOn, noDebtorYet } from './claims.ts'
import { turnstile } from '../world/turnstile.ts'
import { booksOf, type Desk, type Ends } from './desk.ts'
import { openEnds, type Engine } from './engine.ts'
import { asDecided } from './as-decided.ts'
import { sealOf } from './go-ahead.ts'

/** A sale's own figures at this moment, with what Doorvoer makes of them. Nothing of it is stored. */
export type Preview =
  | {
      is: 'read'
      sale: Sale
      /** The one that would be composed, with its rounding line where the books need one. */
      draft: Draft
      verdicts: Verdict[]
      /** Stands for what is seen here, for whoever lets it pass. */
      seal: string
      /** What the books would make of it; null when they were not asked, or did not answer. */
      rehearsal: Rehearsal | null
    }
  /** The amounts don't even make a draft, or not yet. */
  | { is: 'undrafted'; sale: Sale; reason: Reason; waits: boolean }
  | { is: 'gone' }
  | { is: 'unreachable'; reason: Reason }

type Room = Omit<Desk, 'lease' | 'commits' | 'onFault'>

const booksTakeIt: Verdict['check'] = {
  id: 'books-take-it',
  title: { nl: 'Boekhouding kan de factuur aannemen', en: 'Bookkeeping can take the invoice' },
}

/** What the books say of a draft; that they don't answer is an answer too. */
const askBooks = async (
  room: Room,
  draft: Draft,
): Promise<{ rehearsal: Rehearsal | null; verdict: Verdict }> => {
  try {
    const rehearsal = await rehearseIn(room, draft)
    return { rehearsal, verdict: { check: booksTakeIt, problem: rehearsal.problem } }
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
    return { rehearsal: null, verdict: { check: booksTakeIt, problem: error.reason } }
  }
}

/** Reads a sale from the shop and judges it, without booking anything. */
export const rehearse = async (
  engine: Engine,
  integrationId: string,
  ends: Ends,
  ref: SaleRef,
  decided: (sale: Sale) => Sale = (sale) => sale,
): Promise<Preview> => {
  const [paused] = ends.paused
  if (paused !== undefined) {
    return { is: 'unreachable', reason: reason('REMOTE_PAUSED', { system: titleOf(paused) }) }
  }
  try {
    const found = await ends.webshop.connector.read(ends.webshop.session, ref)
    if ('is' in found) return { is: 'gone' }
    const sale = decided(found)
    const room: Room = { ...engine, ...ends, integrationId, inTurn: turnstile() }
    const books = booksOf(ends.accounting)
    const unfit = firstSaleProblem({ sale, books })
    const drafting = await draftOf(room, sale)
    if (drafting.is !== 'drafted') {
      const waits = unfit === null && drafting.is === 'silent'
      return { is: 'undrafted', sale, reason: unfit ?? drafting.reason, waits }
    }
    const { draft } = drafting
    const verdicts = judge({ sale, draft, books })
    // As on the way of a sale, the books are asked last.
    if (verdicts.some(({ problem }) => problem !== null)) {
      return { is: 'read', sale, draft, seal: sealOf(draft), verdicts, rehearsal: null }
    }
    const { rehearsal, verdict } = await askBooks(room, draft)
    const asComposed = rehearsal?.draft ?? draft
    return {
      is: 'read',
      sale,
      draft: asComposed,
      seal: sealOf(draft),
      verdicts: [...verdicts, verdict],
      rehearsal,
    }
  } catch (error) {
    if (error instanceof Trouble) return { is: 'unreachable', reason: error.reason }
    throw error
  }
}

/** Why a sale would not be booked yet, or never, by its status and the settings; null when it would be. */
export const objectionOfGate = (
  ends: Ends,
  sale: Sale,
): { reason: Reason; waits: boolean } | null => {
  const { connector, session } = ends.webshop
  const trigger = connector.trigger(session.settings)
  const gated = gate(sale, { ...trigger, from: trigger.from ?? ends.startDate })
  return gated.is === 'pass' ? null : { reason: gated.reason, waits: gated.is === 'wait' }
}

/** The number of the invoice that the books hold of this sale already; null when they hold none or can't tell. */
export const inBooksAlready = async (
  engine: Engine,
  integrationId: string,
  ends: Ends,
  { sale, draft, rehearsal }: { sale: Sale; draft: Draft; rehearsal: Rehearsal },
): Promise<string | null> => {
  const { connector, session } = ends.accounting
  const debtorId = rehearsal.debtor.is === 'existing' ? rehearsal.debtor.debtor.id : null
  try {
    const found = await connector.find(session, draft.reference, { date: draft.date, debtorId })
    if (found.is !== 'found') return null
    const { ref } = sale
    const { number, date, totalCents = null } = factsOf(sale, ends.options)
    const marks = {
      ...{ kind: ref.kind, shopId: ref.id, number, saleDate: date, totalCents },
      debtorId: debtorId ?? noDebtorYet,
    }
    const room = { ...engine, ...ends, integrationId }
    const claim = await claimOn(room, marks, draft.reference, found.receipt)
    return claim === 'theirs' ? null : found.receipt.remoteNumber
  } catch (error) {
    if (error instanceof Trouble) return null
    throw error
  }
}

/** Reads the sale of a booking from the shop and judges it, without booking anything. */
export const preview = async (engine: Engine, booking: Booking): Promise<Preview> => {
  const { integrationId } = booking
  const ends = await openEnds(engine, integrationId)
  if (ends === null) return { is: 'unreachable', reason: reason('NOT_COMPLETE') }
  return rehearse(engine, integrationId, ends, refOf(booking), (sale) => asDecided(sale, booking))
}
