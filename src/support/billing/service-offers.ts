import type { Kysely, Transaction } from 'kysely'
import type { Service } from '../../database/licence-tables.ts'
import type { Tables } from '../../database/schema.ts'
import { tariffOn } from '../../merchants/tariffs.ts'
import { calendarDay } from '../../world/calendar-day.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { payersOf } from '../recipients.ts'
import { payUrl, type BillingRoom } from './billing-room.ts'
import { makeOffer, quoteOf, type Offer } from './offers.ts'

/** Mails an offer for a service, with its payment link, to everybody who pays for the merchant; each once. */
const mailOffer = async (
  db: Kysely<Tables>,
  room: BillingRoom,
  offer: Offer,
  begins: 'paid' | 'already',
): Promise<void> => {
  const { price, vat } = await quoteOf(db, room, offer)
  const { name } = await db
    .selectFrom('integrations')
    .select('name')
    .where('id', '=', offer.integrationId)
    .executeTakeFirstOrThrow()
  for (const { email, language } of await payersOf(db, offer.merchantId)) {
    await queueMail(db, room, {
      kind: 'service-offer',
      to: email,
      language,
      integrationId: offer.integrationId,
      onceKey: `offer:${offer.id}:${email}`,
      params: {
        ...price,
        begins: offer.service === 'migration' && offer.forSurvey !== null ? begins : 'agreed',
        service: offer.service,
        quantity: offer.quantity,
        integration: name,
        vatPercent: vat.percent,
        payUrl: payUrl(room.publicUrl, offer.token),
      },
    })
  }
}

/**
 * Offers a service to the merchant of an integration, and mails it.
 * @returns null when the service costs nothing today: there is nothing to pay
 */
export const offerService = (
  room: BillingRoom,
  wanted: { integrationId: string; merchantId: string; service: Service; quantity: number },
): Promise<Offer | null> =>
  room.db.transaction().execute(async (trx) => {
    if (!(await tariffOn(trx, wanted.service, calendarDay(room.clock.now())))) return null
    const offer = await makeOffer(trx, room, { ...wanted, forEnd: null })
    await mailOffer(trx, room, offer, 'paid')
    return offer
  })

/** The offer of a migration that counts: open, or paid. */
export const offerOfSurvey = (
  db: Kysely<Tables>,
  { integrationId, id }: { integrationId: string; id: string },
): Promise<Offer | undefined> =>
  db
    .selectFrom('offers')
    .selectAll()
    .where('integrationId', '=', integrationId)
    .where('forSurvey', '=', id)
    .where('state', 'in', ['open', 'paid'])
    .executeTakeFirst()

/** The same, of many migrations at once, by their ids. */
export const offersOfSurveys = async (
  db: Kysely<Tables>,
  surveyIds: readonly string[],
): Promise<Map<string, Offer>> => {
  if (surveyIds.length === 0) return new Map()
  const offers = await db
    .selectFrom('offers')
    .selectAll()
    .where('forSurvey', 'in', surveyIds)
    .where('state', 'in', ['open', 'paid'])
    .execute()
  return new Map(offers.map((offer) => [offer.forSurvey ?? '', offer]))
}

const isFree = async (trx: Transaction<Tables>, room: BillingRoom): Promise<boolean> =>
  !(await tariffOn(trx, 'migration', calendarDay(room.clock.now())))

/**
 * The offer of a migration, made and mailed when it is first asked for; whoever presses Start twice gets the
 * same. Once it is paid the migration begins.
 * @param thousands what it is counted in: every thousand sales that is begun
 * @param begins `already`: an operator lets it begin before it is paid
 * @returns null when migrations cost nothing
 */
export const offerMigration = (
  room: BillingRoom,
  survey: { integrationId: string; id: string },
  thousands: number,
  begins: 'paid' | 'already',
): Promise<Offer | null> =>
  room.db.transaction().execute(async (trx) => {
    // Whoever asks at the same moment waits here, and finds the offer.
    const integration = await trx
      .selectFrom('integrations')
      .select('merchantId')
      .where('id', '=', survey.integrationId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const kept = await offerOfSurvey(trx, survey)
    if (kept !== undefined) return kept
    if (thousands === 0 || (await isFree(trx, room))) return null
    const offer = await makeOffer(trx, room, {
      integrationId: survey.integrationId,
      merchantId: integration.merchantId,
      service: 'migration',
      quantity: thousands,
      forEnd: null,
      forSurvey: survey.id,
    })
    await mailOffer(trx, room, offer, begins)
    return offer
  })
