import type { Kysely, Selectable, Transaction } from 'kysely'
import { resumeHeldBack } from '../../bookings/held-back.ts'
import { moveSurvey } from '../../bookings/surveys/ask-survey.ts'
import type { PaymentTable } from '../../database/licence-tables.ts'
import type { Tables } from '../../database/schema.ts'
import {
  endsAfterRevoking,
  nextStepOn,
  stopsBookingOn,
  termMonths,
  termStartsOn,
  type LicenceStep,
} from '../../merchants/licence.ts'
import { changeLicence, lockedLicence, type Licence } from '../../merchants/licences.ts'
import { addDays, addMonths, calendarDay, daysBetween, type Day } from '../../world/calendar-day.ts'
import { later } from '../../world/clock.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { payersOf } from '../recipients.ts'
import { payUrl, profileUrl, type BillingRoom } from './billing-room.ts'
import { offerForTerm, type Offer } from './offers.ts'
import type { OwnInvoice } from './own-invoice.ts'
import { lastInvoiceOf, writeInvoice } from './own-invoices.ts'
import { partOf, without } from './price.ts'
import { settlementOf, type PaymentStanding, type Settlement } from './settlement.ts'

export type Payment = Selectable<PaymentTable>

const hour = 3_600_000
const day = 24 * hour

/** When a payment is looked at again without being told: notices get lost too. */
const lookAfterMs: Readonly<Record<Payment['state'], number | null>> = {
  creating: hour / 4,
  open: hour / 4,
  // Chargebacks come within weeks; a look a day costs nothing.
  paid: day,
  surplus: day,
  failed: null,
  canceled: null,
  expired: null,
}
/** A bank may take money back for so long (SEPA direct debit: 13 months; cards less). */
const watchedMs = 400 * day

const lookAgainAt = (payment: Payment, state: Payment['state'], now: Date): Date | null => {
  const afterMs = lookAfterMs[state]
  const isOld = now.getTime() - payment.createdAt.getTime() > watchedMs
  return payment.way === 'transfer' || afterMs === null || isOld ? null : later(now, afterMs)
}

/** What a settlement did to the licence. */
interface Changed {
  /** The present end; null when this payment has nothing to do with it. */
  endsOn: Day | null
  term: { from: Day; until: Day } | null
  grantedDays: number
  resumed: number
  again: Offer | null
}

const unchanged: Changed = { endsOn: null, term: null, grantedDays: 0, resumed: 0, again: null }

/** A migration that waited for its payment begins; one that an operator let begin before goes on. */
const beginMigration = async (
  trx: Transaction<Tables>,
  { clock }: BillingRoom,
  { integrationId, forSurvey, unitCents, quantity }: Offer,
): Promise<void> => {
  if (forSurvey === null) return
  const survey = { integrationId, id: forSurvey }
  await moveSurvey({ db: trx, clock }, survey, 'start', unitCents * quantity)
}

/** A year more; what waited for it becomes due. */
const grant = async (
  trx: Transaction<Tables>,
  room: BillingRoom,
  licence: Licence,
  offer: Offer,
): Promise<Changed> => {
  const today = calendarDay(room.clock.now())
  const from = termStartsOn(licence, today)
  const endsOn = addMonths(from, termMonths * offer.quantity)
  const { integrationId } = licence
  await changeLicence(trx, integrationId, {
    term: 'paid',
    endsOn,
    lookOn: nextStepOn({ ...licence, term: 'paid', endsOn }, today),
  })
  const resumed = await resumeHeldBack(trx, room.ring, integrationId)
  const term = { from, until: addDays(endsOn, -1) }
  return { endsOn, term, grantedDays: daysBetween(from, endsOn), resumed, again: null }
}

/** The year is gone again. The mail that says so is the warning, so the ladder goes on behind it. */
const revoke = async (
  db: Kysely<Tables>,
  room: BillingRoom,
  licence: Licence,
  payment: Payment,
): Promise<Changed> => {
  const today = calendarDay(room.clock.now())
  const endsOn = endsAfterRevoking(licence, payment.grantedDays, today)
  const told: LicenceStep = endsOn === today ? 'ended' : 'offer'
  await changeLicence(db, licence.integrationId, {
    endsOn,
    step: told,
    stepFor: endsOn,
    lookOn: nextStepOn({ ...licence, endsOn }, today),
  })
  const again =
    licence.billing === 'store'
      ? null
      : await offerForTerm(db, room, { ...licence, endsOn }, payment.merchantId)
  return { ...unchanged, endsOn, again }
}

const changeOf = async (
  trx: Transaction<Tables>,
  room: BillingRoom,
  settlement: Settlement,
  { licence, offer, payment }: { licence: Licence | undefined; offer: Offer; payment: Payment },
): Promise<Changed> => {
  // What has ended stays ended: the money is another matter.
  if (licence === undefined || licence.stoppedOn !== null || offer.service !== 'year') {
    return unchanged
  }
  switch (settlement.licence) {
    case 'grant':
      return grant(trx, room, licence, offer)
    case 'revoke':
      return revoke(trx, room, licence, payment)
    case 'leave':
      return unchanged
  }
}

/** The mails about money, to everybody who pays for this merchant. */
const tell = async (
  db: Kysely<Tables>,
  room: BillingRoom,
  invoice: OwnInvoice,
  changed: Changed,
): Promise<void> => {
  const { integrationId } = invoice
  for (const { email, language } of await payersOf(db, invoice.merchantId)) {
    const to = { to: email, language, integrationId, onceKey: `invoice:${invoice.id}:${email}` }
    const facts = {
      invoiceId: invoice.id,
      invoiceNumber: invoice.number,
      integration: invoice.subject.integration,
    }
    await (invoice.credits === null
      ? queueMail(db, room, {
          kind: 'payment-received',
          ...to,
          params: {
            ...facts,
            grossCents: invoice.grossCents,
            endsOn: changed.endsOn,
            resumed: changed.resumed,
            profileUrl: profileUrl(room.publicUrl, integrationId),
          },
        })
      : queueMail(db, room, {
          kind: 'money-back',
          ...to,
          params: {
            ...facts,
            credits: invoice.credits,
            cents: -invoice.grossCents,
            endsOn: changed.endsOn,
            stopsBookingOn:
              changed.endsOn === null
                ? null
                : stopsBookingOn({ term: 'paid', endsOn: changed.endsOn }),
            payUrl: changed.again === null ? null : payUrl(room.publicUrl, changed.again.token),
          },
        }))
  }
}

/** Writes down what a settlement comes to: an invoice or a credit invoice, of the part that changed. */
const invoiceFor = async (
  db: Kysely<Tables>,
  room: BillingRoom,
  settlement: Settlement,
  { offer, payment }: { offer: Offer; payment: Payment },
  changed: Changed,
): Promise<OwnInvoice> => {
  const price = without(partOf(payment, settlement.keptCents), partOf(payment, payment.keptCents))
  const before = await lastInvoiceOf(db, payment.id)
  const [payer] = await payersOf(db, payment.merchantId)
  const { name } = await db
    .selectFrom('integrations')
    .select('name')
    .where('id', '=', payment.integrationId)
    .executeTakeFirstOrThrow()
  return writeInvoice(db, room, {
    offer,
    payment,
    price,
    language: payer?.language ?? 'nl',
    integration: before?.subject.integration ?? name,
    term:
      changed.term ??
      (before?.subject.from !== undefined && before.subject.until !== undefined
        ? { from: before.subject.from, until: before.subject.until }
        : null),
    credits: price.grossCents < 0 ? (before?.number ?? null) : null,
  })
}

/** Nothing follows: it stands as it stood, and is only looked at again later. */
const isSame = (payment: Payment, { state, keptCents, trouble }: Settlement): boolean =>
  payment.state === state && payment.keptCents === keptCents && payment.trouble === trouble

/**
 * Does what follows from how a payment stands, all of it or nothing: the payment, its offer, the licence, what
 * waited for it, the invoice with its number, and the mails.
 * @param payment as it was when `standing` was asked for
 * @returns false when it has changed meanwhile: what was asked for is stale, ask again
 */
export const settleWithin = async (
  trx: Transaction<Tables>,
  room: BillingRoom,
  payment: Payment,
  standing: PaymentStanding,
): Promise<boolean> => {
  const now = room.clock.now()
  const licence = await lockedLicence(trx, payment.integrationId)
  const offer = await trx
    .selectFrom('offers')
    .selectAll()
    .where('id', '=', payment.offerId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const settlement = settlementOf(payment, standing, offer.state)
  const { state, keptCents, trouble } = settlement
  const same = isSame(payment, settlement)
  const moved = await trx
    .updateTable('payments')
    .set({
      ...{ state, keptCents, trouble },
      version: same ? payment.version : payment.version + 1,
      lookAt: lookAgainAt(payment, state, now),
      ...(!same && { changedAt: now }),
    })
    .where('id', '=', payment.id)
    .where('version', '=', payment.version)
    .executeTakeFirst()
  if (moved.numUpdatedRows === 0n) return false
  if (settlement.invoiceCents === 0) return true

  if (payment.state !== 'paid') {
    await trx
      .updateTable('offers')
      .set({ state: 'paid', changedAt: now })
      .where('id', '=', offer.id)
      .execute()
    await beginMigration(trx, room, offer)
  }
  const context = { licence, offer, payment }
  const changed = await changeOf(trx, room, settlement, context)
  if (settlement.licence !== 'leave') {
    await trx
      .updateTable('payments')
      .set({ grantedDays: changed.grantedDays })
      .where('id', '=', payment.id)
      .execute()
  }
  await tell(trx, room, await invoiceFor(trx, room, settlement, context, changed), changed)
  return true
}

/** The same, in a transaction of its own. */
export const settlePayment = (
  room: BillingRoom,
  payment: Payment,
  standing: PaymentStanding,
): Promise<boolean> =>
  room.db.transaction().execute((trx) => settleWithin(trx, room, payment, standing))
