import type { Kysely, Selectable } from 'kysely'
import type { OfferTable, Service } from '../../database/licence-tables.ts'
import type { Tables } from '../../database/schema.ts'
import { tariffOn } from '../../merchants/tariffs.ts'
import { calendarDay, type Day } from '../../world/calendar-day.ts'
import { newIdentifier } from '../../world/identifier.ts'
import { billingDetailsOf, type BillingDetails } from './billing-details.ts'
import type { BillingRoom } from './billing-room.ts'
import { ownVat, type OwnVat } from './own-vat.ts'
import { priceOf, type Price } from './price.ts'

export type Offer = Selectable<OfferTable>

/** An offer with what it costs this buyer today: the VAT hangs on the buyer, until the moment of paying. */
export interface Quote {
  offer: Offer
  details: BillingDetails
  vat: OwnVat
  price: Price
}

interface NewOffer {
  integrationId: string
  merchantId: string
  service: Service
  quantity: number
  forEnd: Day | null
  /** The migration that begins once it is paid. */
  forSurvey?: string
}

const tokenBytes = 24

/** Writes down an offer at the tariff of today. @throws while there is no tariff */
export const makeOffer = async (
  db: Kysely<Tables>,
  { clock, random }: BillingRoom,
  wanted: NewOffer,
): Promise<Offer> => {
  const at = clock.now()
  const unitCents = await tariffOn(db, wanted.service, calendarDay(at))
  if (unitCents === null) throw new Error(`there is no tariff for ${wanted.service}`)
  return db
    .insertInto('offers')
    .values({
      ...wanted,
      id: newIdentifier(clock, random),
      token: Buffer.from(random.bytes(tokenBytes)).toString('base64url'),
      unitCents,
      state: 'open',
      madeAt: at,
      changedAt: at,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/**
 * The offer for the year after a licence's present end: made once, whoever asks first.
 * @param db a transaction that holds the licence
 */
export const offerForTerm = async (
  db: Kysely<Tables>,
  room: BillingRoom,
  licence: { integrationId: string; endsOn: Day },
  merchantId: string,
): Promise<Offer> => {
  const { integrationId, endsOn } = licence
  const kept = await db
    .selectFrom('offers')
    .selectAll()
    .where('integrationId', '=', integrationId)
    .where('forEnd', '=', endsOn)
    .where('state', '=', 'open')
    .executeTakeFirst()
  if (kept !== undefined) return kept
  return makeOffer(db, room, {
    integrationId,
    merchantId,
    service: 'year',
    quantity: 1,
    forEnd: endsOn,
  })
}

/** What an offer costs its buyer today. */
export const quoteOf = async (
  db: Kysely<Tables>,
  { seller, clock }: Pick<BillingRoom, 'seller' | 'clock'>,
  offer: Offer,
): Promise<Quote> => {
  const details = await billingDetailsOf(db, offer.merchantId, seller.country)
  const vat = ownVat(seller.country, details, calendarDay(clock.now()))
  const price = priceOf(offer.unitCents * offer.quantity, vat.percent)
  return { offer, details, vat, price }
}

/** Takes back an offer that nobody has paid. @returns the integration it was for; null when it was not open */
export const withdrawOffer = async (
  db: Kysely<Tables>,
  offerId: string,
  at: Date,
): Promise<string | null> => {
  const gone = await db
    .updateTable('offers')
    .set({ state: 'withdrawn', changedAt: at })
    .where('id', '=', offerId)
    .where('state', '=', 'open')
    .returning('integrationId')
    .executeTakeFirst()
  return gone?.integrationId ?? null
}

export const offerByToken = (db: Kysely<Tables>, token: string): Promise<Offer | undefined> =>
  db.selectFrom('offers').selectAll().where('token', '=', token).executeTakeFirst()

/** The offer for the year after the present end that waits to be paid, when there is one. */
export const openOfferOf = (
  db: Kysely<Tables>,
  integrationId: string,
): Promise<Offer | undefined> =>
  db
    .selectFrom('offers')
    .selectAll()
    .where('integrationId', '=', integrationId)
    .where('forEnd', 'is not', null)
    .where('state', '=', 'open')
    .executeTakeFirst()
