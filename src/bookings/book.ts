import { createHash } from 'node:crypto'
import type { Composition, Debtor, Receipt } from '../connectors/accounting.ts'
import type { Outcome } from '../problems/outcome.ts'
import { reason, type Reason } from '../problems/reason.ts'
import { firstProblem, firstSaleProblem } from '../sale/checks/all.ts'
import type { Draft } from '../sale/draft.ts'
import { gate } from '../sale/gate.ts'
import type { Gone, Sale } from '../sale/sale.ts'
import { later } from '../world/clock.ts'
import { alreadyInBooks, type Standing } from './already-in-books.ts'
import { asDecided } from './as-decided.ts'
import { refOf, type Booking } from './booking.ts'
import { composeOn } from './compose-on.ts'
import { creditedSale } from './credited-sale.ts'
import { booksOf, type Desk } from './desk.ts'
import { draftOf } from './draft-of.ts'
import { findDebtor, makeDebtor, type DebtorFound } from './find-debtor.ts'
import { findProducts, forgetProducts, knownProducts } from './find-products.ts'
import { goAheadMissing, sealOf } from './go-ahead.ts'
import { wasThereBefore } from './hand-booked.ts'
import { ownReference } from './own-reference.ts'
import { postpone } from './postpone.ts'
import { readAgain, type Reading } from './read-again.ts'
import { proofOf, twinLook, warningOf } from './receipt-proof.ts'
import { rehearsed } from './rehearse.ts'
import type { Report } from './report.ts'
import { factsOf } from './sale-facts.ts'
import { lookups } from './schedule.ts'
import type { Facts } from './settlement.ts'
import { whileSilent } from './vies-hold.ts'

/** Only these two lead here; the others are the clerk's. */
type Before = 'seen' | 'open'

const fine: Report = { is: 'fine' }

const settleAs = async (
  desk: Desk,
  booking: Booking,
  to: 'open' | 'refused' | 'closed' | 'parked',
  why: Reason,
  facts: Facts,
  dueAt: Date | null = null,
): Promise<Report> => {
  await desk.commits.settle(desk.lease, booking, booking.state, {
    to,
    reason: why,
    dueAt,
    facts,
    attempts: 0,
  })
  return fine
}

/** The sale as the shop has it at this moment. @throws Trouble of the webshop */
export const readSale = ({ webshop }: Desk, booking: Booking): Promise<Sale | Gone> =>
  webshop.connector.read(webshop.session, refOf(booking))

/**
 * The way of one sale, from what was read to the receipt. Branches here, plain work in the leaves; every
 * way out settles the booking.
 * @throws Trouble of the accounting system, Overtaken from commits; `work` turns both into a Report
 */
export const book = async (desk: Desk, booking: Booking, found: Sale | Gone): Promise<Report> => {
  const { webshop, accounting } = desk
  const atMs = desk.clock.monotonicMs()
  if ('is' in found) return settleAs(desk, booking, 'closed', reason('SALE_GONE'), {})
  const sale = asDecided(found, booking)
  const facts = factsOf(sale, desk.options)

  const trigger = webshop.connector.trigger(webshop.session.settings)
  const from = booking.migrationId === null ? (trigger.from ?? desk.startDate) : null
  const gated = gate(sale, { ...trigger, from })
  if (gated.is === 'wait') return settleAs(desk, booking, 'open', gated.reason, facts)
  if (gated.is === 'close') return settleAs(desk, booking, 'closed', gated.reason, facts)

  const credited = await creditedSale(desk, sale)
  if (credited.is === 'cancelled') return settleAs(desk, booking, 'closed', credited.reason, facts)
  if (credited.is === 'first') {
    return settleAs(desk, booking, 'open', credited.reason, facts, credited.until)
  }

  const books = booksOf(accounting)
  const unfit = firstSaleProblem({ sale, books })
  if (unfit !== null) return settleAs(desk, booking, 'refused', unfit, facts)
  const drafted = await draftOf(desk, sale)
  if (drafted.is === 'refused') return settleAs(desk, booking, 'refused', drafted.reason, facts)
  if (drafted.is === 'silent') {
    const why = whileSilent(booking, drafted, desk.clock.now(), desk.settings.viesHoldHours)
    return settleAs(desk, booking, 'open', why, facts, drafted.until)
  }
  const { draft } = drafted
  const evidence = sale === found ? drafted.evidence : { ...drafted.evidence, withVat: true }
  const problem = firstProblem({ sale, draft, books })
  if (problem !== null) return settleAs(desk, booking, 'refused', problem, facts)

  // Two sales of one customer, one after the other: the first may have to create the debtor.
  return desk.inTurn(`address ${draft.debtor.buyer.email.trim().toLowerCase()}`, async () => {
    const reading = { sale: found, atMs }
    const [debtor, first] = await Promise.all([
      findDebtor(desk, draft),
      ownReference(desk, booking, draft.reference),
    ])
    const not: string[] = []
    let reference = first
    while (not.length < referencesMax) {
      const referred = { ...draft, reference }
      const report = await bookDraft(desk, booking, referred, debtor, reading, {
        ...facts,
        evidence,
      })
      if (report !== 'reference-taken') return report
      not.push(reference)
      reference = await ownReference(desk, booking, draft.reference, not)
    }
    throw new Error(`${referencesMax} shops have a sale of one number`)
  })
}

/** References tried until one is no other shop's: one per shop that books into the same administration. */
const referencesMax = 20

const bookDraft = async (
  desk: Desk,
  booking: Booking,
  draft: Draft,
  found: DebtorFound,
  reading: Reading,
  facts: Facts,
): Promise<Report | 'reference-taken'> => {
  if (found.is === 'refused') return settleAs(desk, booking, 'refused', found.reason, facts)
  if (found.is === 'wait') {
    return settleAs(desk, booking, 'open', found.reason, facts, found.until)
  }

  // Composed before anything is created, so that a refusal leaves no debtor behind.
  const known = await knownProducts(desk, draft)
  const rehearsal = composeOn(desk, draft, rehearsed(found), known)
  if (rehearsal.is === 'refused') {
    return settleAs(desk, booking, 'refused', rehearsal.reason, facts)
  }
  const standing = await alreadyInBooks(desk, booking, draft, found, facts)
  const settled = await settleStanding(desk, booking, draft, standing, facts)
  if (settled !== null) return settled
  const seal = sealOf(draft)
  const waits = goAheadMissing(desk, booking, seal)
  if (waits !== null) {
    return settleAs(desk, booking, 'open', waits, { ...facts, waitingSeal: seal })
  }

  const products = await findProducts(desk, draft, known)
  if (products.is === 'refused') return settleAs(desk, booking, 'refused', products.reason, facts)
  if (products.is === 'wait') {
    return settleAs(desk, booking, 'open', products.reason, facts, products.until)
  }
  if (products.is === 'failed') return waitFor(desk, booking, products, facts)
  const debtor = await debtorFor(desk, booking, draft, found, facts)
  if ('is' in debtor) return debtor
  // Where nothing had to be made the rehearsal was the real thing.
  const composed =
    found.is === 'existing' && products.products === known
      ? rehearsal
      : composeOn(desk, draft, debtor, products.products)
  if (composed.is === 'refused') return settleAs(desk, booking, 'refused', composed.reason, facts)
  const changed = await readAgain(desk, booking, reading)
  if (changed !== null) return changed
  return createInvoice(desk, booking, draft, composed, { ...facts, debtorId: debtor.id })
}

/** Something had to be made first and was not: whether it was is not known, or it can't be made now. */
const waitFor = async (
  desk: Desk,
  booking: Booking,
  wait: { reason: Reason; until: Date; broken?: true },
  facts: Facts,
): Promise<Report> => {
  const report = await postpone(desk, booking, booking.state as Before, {
    reason: wait.reason,
    side: 'accounting',
    retryAfterMs: Math.max(0, wait.until.getTime() - desk.clock.now().getTime()),
    broken: wait.broken,
    facts,
  })
  return report.is === 'trouble' ? { is: 'trouble', restMs: null } : report
}

/** Settles what check 5 found; null when the books do not have the sale yet. */
const settleStanding = async (
  desk: Desk,
  booking: Booking,
  draft: Draft,
  standing: Standing,
  facts: Facts,
): Promise<Report | 'reference-taken' | null> => {
  switch (standing.is) {
    case 'absent':
      return null
    case 'theirs':
      return 'reference-taken'
    case 'contested':
      return settleAs(desk, booking, 'open', standing.reason, facts, standing.until)
    case 'cannot-tell':
      return settleAs(desk, booking, 'parked', standing.reason, facts)
    case 'other':
      return settleAs(desk, booking, 'refused', standing.reason, facts)
    case 'there': {
      const reference = standing.hasReference ? { reference: draft.reference } : {}
      const known = { ...facts, ...reference }
      return settleBooked(desk, booking, draft, standing.receipt, known, true)
    }
  }
}

const debtorFor = async (
  desk: Desk,
  booking: Booking,
  draft: Draft,
  found: Extract<DebtorFound, { is: 'existing' | 'missing' }>,
  facts: Facts,
): Promise<Debtor | Report> => {
  if (found.is === 'existing') return found.debtor
  const made = await makeDebtor(desk, draft, found.traits)
  switch (made.is) {
    case 'made':
      return made.value
    case 'refused':
      return settleAs(desk, booking, 'refused', made.reason, facts)
    case 'wait':
      return settleAs(desk, booking, 'open', made.reason, facts, made.until)
    case 'failed':
      return waitFor(desk, booking, made, facts)
  }
}

const createInvoice = async (
  desk: Desk,
  booking: Booking,
  draft: Draft,
  composed: Extract<Composition<unknown>, { is: 'composed' }>,
  facts: Facts,
): Promise<Report> => {
  const { connector, session } = desk.accounting
  const draftHash = createHash('sha256').update(JSON.stringify(composed.wire)).digest('hex')
  await desk.commits.reserve(desk.lease, booking, { reference: draft.reference, draftHash, facts })

  const outcome = await connector
    .create(session, composed.wire)
    .catch((error: unknown): Outcome<Receipt> => {
      desk.onFault(error, booking)
      return { is: 'uncertain', reason: reason('INTERNAL_FAULT') }
    })
  switch (outcome.is) {
    case 'done':
      return settleBooked(
        desk,
        { ...booking, state: 'reserved' },
        draft,
        outcome.value,
        { ...facts, reference: draft.reference },
        false,
      )
    case 'refused':
      await forgetProducts(desk, draft)
      await desk.commits.settle(desk.lease, booking, 'reserved', {
        to: 'refused',
        reason: outcome.reason,
        dueAt: null,
        attempts: 0,
      })
      return fine
    case 'postponed':
      return postpone(desk, booking, 'reserved', { ...outcome, side: 'accounting' })
    case 'uncertain':
      await desk.commits.settle(desk.lease, booking, 'reserved', {
        to: 'uncertain',
        reason: outcome.reason,
        dueAt: later(desk.clock.now(), lookups.firstAfterMs),
        // Counted from now: the request may have waited long for its turn before it left.
        uncertainSince: desk.clock.now(),
        lookups: 0,
        attempts: 0,
      })
      return { is: 'trouble', restMs: null }
  }
}

const settleBooked = async (
  desk: Desk,
  booking: Booking,
  draft: Draft,
  receipt: Receipt,
  facts: Facts,
  isFound: boolean,
): Promise<Report> => {
  const warning = warningOf(desk, receipt, draft.totals.gross)
  await desk.commits.settle(desk.lease, booking, booking.state, {
    to: 'booked',
    reason: warning ?? (isFound ? wasThereBefore(desk, booking, receipt) : null),
    dueAt: twinLook(desk, booking),
    facts,
    proof: proofOf(receipt),
  })
  return fine
}
