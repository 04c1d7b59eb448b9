import { sql } from 'kysely'
import type { MerchantRoom } from '../../merchants/integrations.ts'
import { mayKnock } from '../../merchants/knocks.ts'
import { makePasswordLink } from '../../merchants/password-links.ts'
import {
  insertSeat,
  insertUser,
  userByEmail,
  type Role,
  type User,
} from '../../merchants/people.ts'
import { later } from '../../world/clock.ts'
import { newIdentifier } from '../../world/identifier.ts'
import { hashOf, newSecret } from '../../world/secret.ts'
import { queueMail } from '../mail/queue-mail.ts'

const days = 14
/** Offers of one merchant that wait at the same time. */
export const offersMax = 50

export interface SeatOffer {
  id: string
  email: string
  role: Role
  offeredAt: Date
  expiresAt: Date
}

/** The offers of a merchant that nobody has taken yet. */
export const offersOf = (
  { db, clock }: Pick<MerchantRoom, 'db' | 'clock'>,
  merchantId: string,
): Promise<SeatOffer[]> =>
  db
    .selectFrom('seatOffers')
    .select(['id', 'email', 'role', 'offeredAt', 'expiresAt'])
    .where('merchantId', '=', merchantId)
    .where('expiresAt', '>', clock.now())
    .orderBy('offeredAt', 'desc')
    .execute()

export type Offered = { is: 'offered'; offer: SeatOffer } | { is: 'has-seat' } | { is: 'too-often' }

/** Offers a seat by mail. A second offer to the same address replaces the first. */
export const offerSeat = async (
  room: MerchantRoom,
  publicUrl: string,
  wanted: { merchantId: string; email: string; role: Role; by: User },
): Promise<Offered> => {
  const { merchantId, role, by } = wanted
  const email = wanted.email.toLowerCase()
  const { clock, random } = room
  const waiting = await offersOf(room, merchantId)
  const mayGoOn = await mayKnock(room.db, clock, 'seat-offer', `${merchantId}:${email}`)
  if (!mayGoOn || waiting.length >= offersMax) return { is: 'too-often' }
  return room.db.transaction().execute(async (trx): Promise<Offered> => {
    const seated = await sql`select 1 from seat s join "user" u on u.id = s."userId"
      where s."organizationId" = ${merchantId} and u.email = ${email}`.execute(trx)
    if (seated.rows.length > 0) return { is: 'has-seat' }
    const merchant = await sql<{ name: string }>`
      select name from merchant where id = ${merchantId}`.execute(trx)
    const token = newSecret(random)
    const row = {
      role,
      tokenHash: hashOf(token),
      offeredBy: by.id,
      offeredAt: clock.now(),
      expiresAt: later(clock.now(), days * 86_400_000),
    }
    const offer = await trx
      .insertInto('seatOffers')
      .values({ merchantId, id: newIdentifier(clock, random), email, ...row })
      .onConflict((conflict) => conflict.columns(['merchantId', 'email']).doUpdateSet(row))
      .returning(['id', 'email', 'role', 'offeredAt', 'expiresAt'])
      .executeTakeFirstOrThrow()
    await queueMail(trx, room, {
      kind: 'seat-offer',
      to: email,
      language: by.language,
      integrationId: null,
      onceKey: `seat-offer:${newIdentifier(clock, random)}`,
      params: {
        merchant: merchant.rows[0]?.name ?? '',
        from: by.name,
        role,
        acceptUrl: `${publicUrl}/invitation#${token}`,
        days,
      },
    })
    return { is: 'offered', offer }
  })
}

/** Takes an offer back. @returns false when there is none */
export const withdrawOffer = async (
  { db }: Pick<MerchantRoom, 'db'>,
  merchantId: string,
  id: string,
): Promise<boolean> => {
  const gone = await db
    .deleteFrom('seatOffers')
    .where('merchantId', '=', merchantId)
    .where('id', '=', id)
    .executeTakeFirst()
  return gone.numDeletedRows === 1n
}

export interface OpenedOffer {
  merchant: string
  role: Role
  email: string
  /** Whether the address can sign in already; told to whoever holds the link, which is its mailbox. */
  known: boolean
}

/** What a link offers. @returns null when it does not work (any more) */
export const openOffer = async (
  { db, clock }: Pick<MerchantRoom, 'db' | 'clock'>,
  token: string,
): Promise<OpenedOffer | null> => {
  const offer = await db
    .selectFrom('seatOffers')
    .select(['merchantId', 'email', 'role'])
    .where('tokenHash', '=', hashOf(token))
    .where('expiresAt', '>', clock.now())
    .executeTakeFirst()
  if (offer === undefined) return null
  const merchant = await sql<{ name: string }>`
    select name from merchant where id = ${offer.merchantId}`.execute(db)
  const known = (await userByEmail(db, offer.email)) !== null
  return { merchant: merchant.rows[0]?.name ?? '', role: offer.role, email: offer.email, known }
}

/** Uses an offer up, for a user who is signed in. @returns the merchant; null when it does not work */
export const takeSeat = (
  room: MerchantRoom,
  token: string,
  userId: string,
): Promise<string | null> =>
  room.db.transaction().execute(async (trx) => {
    const offer = await trx
      .deleteFrom('seatOffers')
      .where('tokenHash', '=', hashOf(token))
      .returning(['merchantId', 'role', 'expiresAt'])
      .executeTakeFirst()
    if (offer === undefined || offer.expiresAt <= room.clock.now()) return null
    await insertSeat(trx, room, { merchantId: offer.merchantId, userId, role: offer.role })
    return offer.merchantId
  })

/**
 * Makes an account for the address of an offer and gives it the seat. The link came by mail, so the address is
 * its holder's.
 * @returns the one-time link to set a password; null when the offer does not work or the address has an account
 */
export const joinByOffer = (
  room: MerchantRoom,
  publicUrl: string,
  token: string,
  person: { name: string; language: 'nl' | 'en' },
): Promise<string | null> =>
  room.db.transaction().execute(async (trx) => {
    const offer = await trx
      .selectFrom('seatOffers')
      .select(['merchantId', 'email', 'role', 'expiresAt'])
      .where('tokenHash', '=', hashOf(token))
      .forUpdate()
      .executeTakeFirst()
    if (offer === undefined || offer.expiresAt <= room.clock.now()) return null
    const user = await insertUser(trx, room, { ...person, email: offer.email })
    if (user === null) return null
    await trx.deleteFrom('seatOffers').where('tokenHash', '=', hashOf(token)).execute()
    const { merchantId, role } = offer
    await insertSeat(trx, room, { merchantId, userId: user.id, role })
    return makePasswordLink(trx, room, publicUrl, user.id, 1)
  })
