import type { Kysely } from 'kysely'
import type { Tables } from '../../database/schema.ts'
import { lockedLicence } from '../../merchants/licences.ts'
import type { Language } from '../../problems/problem.ts'
import { reason, type Reason } from '../../problems/reason.ts'
import { later } from '../../world/clock.ts'
import { newIdentifier } from '../../world/identifier.ts'
import { isComplete } from './billing-details.ts'
import { payUrl, type BillingRoom } from './billing-room.ts'
import { looksLikePayment, type Mollie, type MolliePayment } from './mollie.ts'
import { offerByToken, quoteOf, type Quote } from './offers.ts'
import { settlePayment, settleWithin, type Payment } from './settle-payment.ts'

/** Where Mollie tells us that something became of a payment. */
export const noticePath = '/pay/mollie'

export type Started = { is: 'started'; goTo: string } | { is: 'refused'; reason: Reason }

const refused = (code: Reason['code'], params: Reason['params'] = {}): Started => ({
  is: 'refused',
  reason: reason(code, params),
})

const byId = (db: Kysely<Tables>, id: string): Promise<Payment | undefined> =>
  db.selectFrom('payments').selectAll().where('id', '=', id).executeTakeFirst()

const underWay = (db: Kysely<Tables>, offerId: string): Promise<Payment | undefined> =>
  db
    .selectFrom('payments')
    .selectAll()
    .where('offerId', '=', offerId)
    .where('state', 'in', ['creating', 'open'])
    .executeTakeFirst()

const newPayment = (
  { clock, random }: BillingRoom,
  { offer, price, vat }: Quote,
  way: Payment['way'],
) => {
  const at = clock.now()
  return {
    ...price,
    id: newIdentifier(clock, random),
    offerId: offer.id,
    integrationId: offer.integrationId,
    merchantId: offer.merchantId,
    way,
    remoteId: null,
    checkoutUrl: null,
    state: way === 'mollie' ? ('creating' as const) : ('open' as const),
    vatPercent: vat.percent,
    vatTreatment: vat.treatment,
    trouble: null,
    lookAt: way === 'mollie' ? later(at, 15 * 60_000) : null,
    createdAt: at,
    changedAt: at,
  }
}

/** Ours no more: somebody pays in another way. */
const giveUp = async (
  db: Kysely<Tables>,
  { clock }: BillingRoom,
  { id, version }: Payment,
): Promise<void> => {
  await db
    .updateTable('payments')
    .set({ state: 'expired', version: version + 1, changedAt: clock.now() })
    .where('id', '=', id)
    .execute()
}

/**
 * The payment of an offer that is under way, or a new one: whoever clicks twice, or in two windows, gets the
 * same. One that was begun at another price (a VAT number was proven since) is given up; should it be paid all
 * the same, that counts.
 */
const begin = (room: BillingRoom, quote: Quote): Promise<Payment | null> =>
  room.db.transaction().execute(async (trx) => {
    const offer = await trx
      .selectFrom('offers')
      .select('state')
      .where('id', '=', quote.offer.id)
      .forUpdate()
      .executeTakeFirst()
    if (offer?.state !== 'open') return null
    const kept = await underWay(trx, quote.offer.id)
    if (kept?.grossCents === quote.price.grossCents) return kept
    if (kept !== undefined) await giveUp(trx, room, kept)
    return trx
      .insertInto('payments')
      .values(newPayment(room, quote, 'mollie'))
      .returningAll()
      .executeTakeFirstOrThrow()
  })

const descriptions: Readonly<Record<Language, (number: string) => string>> = {
  nl: (number) => `Doorvoer, offerte ${number}`,
  en: (number) => `Doorvoer, offer ${number}`,
}

/** A number people can say over the telephone. */
export const offerNumber = (offerId: string): string => offerId.slice(-8).toUpperCase()

/** Asks Mollie for a payment. Asking again after silence is harmless: it goes by our own id. */
const create = async (
  room: BillingRoom,
  mollie: Mollie,
  payment: Payment,
  { offer }: Quote,
  language: Language,
): Promise<Started> => {
  const answer = await mollie.create({
    ourId: payment.id,
    cents: payment.grossCents,
    description: descriptions[language](offerNumber(offer.id)),
    redirectUrl: `${payUrl(room.publicUrl, offer.token)}?back=1`,
    webhookUrl: room.publicUrl + noticePath,
    language,
  })
  if (answer.is === 'payment' && answer.payment.checkoutUrl !== null) {
    const { id: remoteId, checkoutUrl } = answer.payment
    await room.db
      .updateTable('payments')
      .set({ remoteId, checkoutUrl, state: 'open', changedAt: room.clock.now() })
      .where('id', '=', payment.id)
      .where('state', '=', 'creating')
      .execute()
    return { is: 'started', goTo: checkoutUrl }
  }
  if (answer.is !== 'refused') return refused('PAYMENT_SERVICE_SILENT')
  await room.db
    .updateTable('payments')
    .set({ state: 'failed', lookAt: null, trouble: null, changedAt: room.clock.now() })
    .where('id', '=', payment.id)
    .where('state', '=', 'creating')
    .execute()
  return refused('PAYMENT_REFUSED', { said: answer.said })
}

/** Begins to pay an offer, or goes on with it. @returns where the browser goes */
export const startPayment = async (
  room: BillingRoom,
  token: string,
  language: Language,
): Promise<Started> => {
  const { db, mollie } = room
  const offer = await offerByToken(db, token)
  if (offer === undefined) return refused('NOT_FOUND')
  if (offer.state !== 'open') return refused('OFFER_CLOSED')
  if (mollie === null) return refused('PAYMENTS_BY_TRANSFER')
  const quote = await quoteOf(db, room, offer)
  if (!isComplete(quote.details)) return refused('BILLING_DETAILS_MISSING')
  const before = await underWay(db, offer.id)
  if (before?.remoteId != null) {
    // It may have run out, or been paid in another window.
    if ((await reread(room, before.id)) === 'silent') return refused('PAYMENT_SERVICE_SILENT')
  }
  const payment = await begin(room, quote)
  if (payment === null) return refused('OFFER_CLOSED')
  return payment.checkoutUrl === null
    ? create(room, mollie, payment, quote, language)
    : { is: 'started', goTo: payment.checkoutUrl }
}

/** Reads again and settles, until nobody came in between. */
const rereadsMax = 5

/** Asks Mollie how a payment stands, and does what follows. */
export const reread = async (
  room: BillingRoom,
  paymentId: string,
): Promise<'settled' | 'silent' | 'unknown'> => {
  for (let count = 0; count < rereadsMax; count += 1) {
    const payment = await byId(room.db, paymentId)
    if (payment?.remoteId == null || room.mollie === null) return 'unknown'
    const answer = await room.mollie.read(payment.remoteId)
    if (answer.is === 'none') return 'unknown'
    if (answer.is !== 'payment') return 'silent'
    if (await settlePayment(room, payment, answer.payment)) return 'settled'
  }
  return 'silent'
}

/** How long ago a payment may have been begun of which the answer was lost, to be recognised by its notice. */
const adoptMs = 2 * 3_600_000

/**
 * A notice of a payment that we don't know by Mollie's id: nobody's, or one whose creation we did not live to
 * note. Mollie is asked only while there is such a one, so that strangers can't make us ask.
 */
const adopt = async (room: BillingRoom, remoteId: string): Promise<Payment | undefined> => {
  const lost = await room.db
    .selectFrom('payments')
    .select('id')
    .where('state', '=', 'creating')
    .where('createdAt', '>', later(room.clock.now(), -adoptMs))
    .limit(100)
    .execute()
  if (lost.length === 0 || room.mollie === null) return undefined
  const answer = await room.mollie.read(remoteId)
  const found: MolliePayment | null = answer.is === 'payment' ? answer.payment : null
  if (found === null || !lost.some(({ id }) => id === found.ourId)) return undefined
  return room.db
    .updateTable('payments')
    .set({ remoteId, checkoutUrl: found.checkoutUrl, state: 'open', changedAt: room.clock.now() })
    .where('id', '=', found.ourId ?? '')
    .where('state', '=', 'creating')
    .returningAll()
    .executeTakeFirst()
}

/**
 * Somebody says that something became of a payment. Whoever it was is not believed: Mollie is asked.
 * @returns `silent` when Mollie did not answer: whoever told should tell again
 */
export const noticed = async (
  room: BillingRoom,
  remoteId: string,
): Promise<'settled' | 'silent' | 'unknown'> => {
  if (!looksLikePayment(remoteId)) return 'unknown'
  const known = await room.db
    .selectFrom('payments')
    .select('id')
    .where('remoteId', '=', remoteId)
    .executeTakeFirst()
  const payment = known ?? (await adopt(room, remoteId))
  return payment === undefined ? 'unknown' : reread(room, payment.id)
}

const dueMax = 100
/** After this nobody can pay any more what Mollie never answered about. */
const lostMs = 24 * 3_600_000

/** Looks after payments without being told: notices get lost. @returns how many were looked at */
export const rereadDue = async (room: BillingRoom): Promise<number> => {
  const now = room.clock.now()
  const due = await room.db
    .selectFrom('payments')
    .selectAll()
    .where('lookAt', '<=', now)
    .orderBy('lookAt')
    .limit(dueMax)
    .execute()
  for (const payment of due) {
    const isLost = payment.remoteId === null && now.getTime() - payment.createdAt.getTime() > lostMs
    const result = payment.remoteId === null ? 'unknown' : await reread(room, payment.id)
    if (result === 'settled') continue
    await room.db
      .updateTable('payments')
      .set({
        lookAt: isLost ? null : later(now, 3_600_000),
        ...(isLost && { state: 'failed' as const }),
      })
      .where('id', '=', payment.id)
      .where('version', '=', payment.version)
      .execute()
  }
  return due.length
}

/** How money that came by bank transfer stands, as the operator tells it. */
const standingOf = (payment: Payment, refundedCents: number) => ({
  status: 'paid' as const,
  currency: 'EUR',
  cents: payment.grossCents,
  refundedCents,
  chargedBackCents: 0,
})

/**
 * The operator says that an offer was paid by bank transfer.
 * @returns null when it is done; else why it can't be
 */
export const markPaid = async (room: BillingRoom, offerId: string): Promise<Reason | null> => {
  const offer = await room.db
    .selectFrom('offers')
    .selectAll()
    .where('id', '=', offerId)
    .executeTakeFirst()
  if (offer === undefined) return reason('NOT_FOUND')
  const quote = await quoteOf(room.db, room, offer)
  if (!isComplete(quote.details)) return reason('BILLING_DETAILS_MISSING')
  return room.db.transaction().execute(async (trx) => {
    await lockedLicence(trx, offer.integrationId)
    const held = await trx
      .selectFrom('offers')
      .select('state')
      .where('id', '=', offerId)
      .forUpdate()
      .executeTakeFirst()
    if (held?.state !== 'open') return reason('OFFER_CLOSED')
    const kept = await underWay(trx, offerId)
    // What was begun at Mollie is given up; should it be paid too, that is one too many, and said so.
    if (kept !== undefined) await giveUp(trx, room, kept)
    const payment = await trx
      .insertInto('payments')
      .values(newPayment(room, quote, 'transfer'))
      .returningAll()
      .executeTakeFirstOrThrow()
    await settleWithin(trx, room, payment, standingOf(payment, 0))
    return null
  })
}

/** The operator says that a bank transfer was paid back, wholly or in part. */
export const markPaidBack = async (
  room: BillingRoom,
  paymentId: string,
  cents: number,
): Promise<Reason | null> => {
  const payment = await byId(room.db, paymentId)
  if (payment === undefined) return reason('NOT_FOUND')
  if (payment.way !== 'transfer' || payment.state !== 'paid' || cents > payment.keptCents) {
    return reason('PAYMENT_NOT_REFUNDABLE')
  }
  const backCents = payment.grossCents - payment.keptCents + cents
  const settled = await settlePayment(room, payment, standingOf(payment, backCents))
  return settled ? null : reason('PAYMENT_NOT_REFUNDABLE')
}
