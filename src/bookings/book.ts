import { createHash } from 'node:crypto'
import type { Composition, Debtor, Receipt } from '../connectors/accounting.ts'
import type { BookingEvidence } from '../database/schema.ts'
import { parseAmount, toCents, type Amount } from '../money/amount.ts'
import type { Outcome } from '../problems/outcome.ts'
import { reason, type Reason } from '../problems/reason.ts'
import { firstProblem, firstSaleProblem } from '../sale/checks/all.ts'
import type { Draft } from '../sale/draft.ts'
import { gate } from '../sale/gate.ts'
import { makeDraft, type Drafting } from '../sale/make-draft.ts'
import { asBooked, roundingAllowed, withCentMoved, withRounding } from '../sale/rounding-line.ts'
import type { Gone, Sale } from '../sale/sale.ts'
import { later } from '../world/clock.ts'
import { alreadyInBooks, type Standing } from './already-in-books.ts'
import { refOf, type Booking } from './booking.ts'
import type { Facts, Proof } from './settlement.ts'
import { booksOf, type Desk, type FindRoom } from './desk.ts'
import { findDebtor, makeDebtor, type DebtorFound } from './find-debtor.ts'
import { findProducts, forgetProducts, knownProducts } from './find-products.ts'
import { ownReference } from './own-reference.ts'
import { postpone } from './postpone.ts'
import { sumsOf } from './rate-sums.ts'
import { wasThereBefore } from './hand-booked.ts'
import { readAgain, type Reading } from './read-again.ts'
import type { Report } from './report.ts'
import { lookups } from './schedule.ts'
import { asDecided } from './as-decided.ts'
import { checkVatNumber, type CheckRoom, type NumberCheck } from './vat-number-check.ts'
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

/** Whole cents of a total; null when it has a fraction of a cent, which no check lets through. */
const cents = (total: Amount): number | undefined =>
  total.times(100).isInteger() ? toCents(total) : undefined

/**
 * The number a sale is listed under: for an order the one that leads, by which the shop mentioned it and the
 * invoice refers to it; for a credit its own, for its order has been listed already.
 */
const numberOf = (sale: Sale, { leadingNumber }: Desk['options']): string =>
  sale.ref.kind === 'order' && leadingNumber === 'order'
    ? sale.orderNumber
    : (sale.invoiceNumber ?? sale.orderNumber)

/** What a booking keeps of its sale. */
export const factsOf = (
  sale: Sale,
  options: Desk['options'],
): Facts & { number: string; date: string } => {
  const totalCents = cents(sale.total)
  return {
    number: numberOf(sale, options),
    date: sale.date,
    currency: sale.currency,
    ...(totalCents !== undefined && { totalCents }),
  }
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
    const wanted = draft.reference
    const reading = { sale: found, atMs }
    const not: string[] = []
    while (not.length < referencesMax) {
      const reference = await ownReference(desk, booking, wanted, not)
      const report = await bookDraft(desk, booking, { ...draft, reference }, reading, {
        ...facts,
        evidence,
      })
      if (report !== 'reference-taken') return report
      not.push(reference)
    }
    throw new Error(`${referencesMax} shops have a sale of one number`)
  })
}

/** References tried until one is no other shop's: one per shop that books into the same administration. */
const referencesMax = 20

type Drafted =
  | { is: 'drafted'; draft: Draft; evidence: BookingEvidence }
  | Extract<NumberCheck, { is: 'silent' }>
  | Extract<Drafting, { is: 'refused' }>

/** The draft of a sale; VIES is asked only when the treatment hangs on the buyer's VAT number. */
export const draftOf = async (
  desk: CheckRoom & Pick<Desk, 'options'>,
  sale: Sale,
): Promise<Drafted> => {
  const drafting = makeDraft(sale, desk.options)
  if (drafting.is === 'refused') return drafting
  if (drafting.is === 'drafted') return { ...drafting, evidence: evidenceOf(drafting.draft) }
  const check = await checkVatNumber(desk, sale)
  if (check.is === 'silent') return check
  const again = makeDraft(sale, desk.options, check.is)
  if (again.is === 'refused') return again
  if (again.is === 'hold') throw new Error('a sale that waits for a verdict it has')
  return { ...again, evidence: { ...evidenceOf(again.draft), vies: check.proof } }
}

const evidenceOf = (draft: Draft): BookingEvidence => {
  const rates = { proved: 0, evidenced: 0, assumed: 0 }
  for (const { vat } of draft.lines) rates[vat.status] += 1
  const { regime, destination, ratesOf } = draft
  return { regime, rates, destination, ratesOf, sums: sumsOf(draft) }
}

const bookDraft = async (
  desk: Desk,
  booking: Booking,
  draft: Draft,
  reading: Reading,
  facts: Facts,
): Promise<Report | 'reference-taken'> => {
  const found = await findDebtor(desk, draft)
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
  if (waitsForGoAhead(desk, booking)) {
    return settleAs(desk, booking, 'open', reason('GO_AHEAD_WANTED'), facts)
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

/** A migration was looked at as a whole before it was started; only live sales wait one by one. */
const waitsForGoAhead = ({ wantsGoAhead }: Desk, { lane, goAheadAt }: Booking): boolean =>
  wantsGoAhead && lane === 0 && goAheadAt === null

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

const rehearsed = (found: Extract<DebtorFound, { is: 'existing' | 'missing' }>): Debtor =>
  found.is === 'existing' ? found.debtor : { id: '', traits: found.traits }

/** A composition, and the draft it is of: the sale's own, or that with a rounding line. */
export type Composed =
  | (Extract<Composition<unknown>, { is: 'composed' }> & { draft: Draft })
  | { is: 'refused'; reason: Reason }

/** What the books would come to, whether or not that is good; null when it is not about the total. */
const predicted = (composed: Composition<unknown>): Amount | null => {
  if (composed.is === 'composed') return composed.predictedTotal
  return composed.reason.code === 'TOTAL_WOULD_DIFFER'
    ? parseAmount(composed.reason.params['predicted'])
    : null
}

/**
 * The connector's composition of a draft. Where the books' own rounding would come to another total, a line of
 * at most a cent per percentage makes up for it (contracts/vat.md §6 step 2); else the sale is refused.
 */
export const composeOn = (
  {
    accounting: { connector, facts: known },
  }: { accounting: Pick<Desk['accounting'], 'connector' | 'facts'> },
  draft: Draft,
  debtor: Debtor,
  products: Readonly<Record<string, string>>,
): Composed => {
  const facts = { ...known, products }
  const composed = connector.compose(draft, debtor, facts)
  const { gross } = draft.totals
  const total = predicted(composed)
  if (composed.is === 'composed' && composed.predictedTotal.equals(gross)) {
    return { ...composed, draft }
  }
  if (composed.is === 'refused' && total === null) return composed

  const difference = gross.minus(total ?? gross)
  if (difference.abs().lessThanOrEqualTo(roundingAllowed(draft))) {
    for (const changed of [withRounding(draft, difference), ...withCentMoved(draft)]) {
      const rounded = connector.compose(changed, debtor, facts)
      if (rounded.is === 'composed' && rounded.predictedTotal.equals(gross)) {
        return { ...rounded, draft: asBooked(changed) }
      }
    }
  }
  if (composed.is === 'refused') return composed
  return {
    is: 'refused',
    reason: reason('TOTAL_WOULD_DIFFER', {
      system: connector.title,
      predicted: composed.predictedTotal.toFixed(2),
      total: gross.toFixed(2),
    }),
  }
}

/** What the books would make of a draft, told without creating anything. */
export interface Rehearsal {
  /** As it would be composed, with its rounding line where the books need one. */
  draft: Draft
  debtor: DebtorFound
  /** Why they would not take it; null when they would. */
  problem: Reason | null
  /** The total they would come to, incl. VAT; null while that is not known. */
  total: Amount | null
}

/** Composes a draft as booking would, without creating anything. */
export const rehearseIn = async (desk: FindRoom, draft: Draft): Promise<Rehearsal> => {
  const debtor = await findDebtor(desk, draft)
  if (debtor.is === 'refused') return { draft, debtor, problem: debtor.reason, total: null }
  // Somebody is creating the debtor at this moment: its traits are not known yet.
  if (debtor.is === 'wait') return { draft, debtor, problem: null, total: null }
  const composed = composeOn(desk, draft, rehearsed(debtor), await knownProducts(desk, draft))
  return composed.is === 'refused'
    ? { draft, debtor, problem: composed.reason, total: null }
    : { draft: composed.draft, debtor, problem: null, total: composed.predictedTotal }
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
      return made.debtor
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

export const proofOf = (receipt: Receipt): Proof => ({
  remoteId: receipt.remoteId,
  remoteNumber: receipt.remoteNumber,
  remoteTotalCents: receipt.total === null ? null : (cents(receipt.total) ?? null),
})

/**
 * The warning a booking carries: the books came to another total than was predicted, or the connector's own;
 * null when all is well.
 */
export const warningOf = (desk: Desk, receipt: Receipt, total: Amount): Reason | null =>
  receipt.total === null || receipt.total.equals(total)
    ? (receipt.warning ?? null)
    : reason('TOTAL_DIFFERS_AFTER_BOOKING', {
        system: desk.accounting.connector.title,
        number: receipt.remoteNumber,
        booked: receipt.total.toFixed(2),
        total: total.toFixed(2),
      })

/** A booking that was created again may still get a late twin: look once more when that is over. */
export const twinLook = (desk: Desk, booking: Booking): Date | null =>
  booking.recreated
    ? later(desk.clock.now(), desk.accounting.connector.capabilities.lateEffectMs)
    : null

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
