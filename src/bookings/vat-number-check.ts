import { createHmac } from 'node:crypto'
import type { ViesNumber } from '../connectors/vies/wire.ts'
import { isFresh, mayStandIn } from '../connectors/vies/freshness.ts'
import { askAgainAfterMs } from '../connectors/vies/retry.ts'
import type { ViesAnswer } from '../connectors/vies/vies.ts'
import type { VatCheckTable, ViesProof } from '../database/schema.ts'
import type { Selectable } from 'kysely'
import { reason, type Reason } from '../problems/reason.ts'
import type { Sale } from '../sale/sale.ts'
import { readVatNumber } from '../vat/vat-number.ts'
import { later } from '../world/clock.ts'
import { asked } from './commit-errors.ts'
import type { Desk } from './desk.ts'

/** What checking a number needs of a desk; a preview has no more. */
export type CheckRoom = Pick<
  Desk,
  'integrationId' | 'db' | 'clock' | 'random' | 'vies' | 'settings' | 'debtorKey' | 'inTurn'
>

export type NumberCheck =
  | { is: 'valid' | 'invalid'; proof: ViesProof }
  /** Nobody knows yet; asked again by itself. `lastValid`: when VIES last said that it was valid. */
  | { is: 'silent'; reason: Reason; until: Date; lastValid: Date | null }

type Kept = Pick<
  Selectable<VatCheckTable>,
  'verdict' | 'checkedAt' | 'consultationNumber' | 'silences' | 'askAt' | 'acceptedAt'
>

/** How long a person's word stands in for VIES while that is silent. */
const acceptedMs = 30 * 24 * 3_600_000

const requesterOf = ({ vatNumber, homeCountry }: CheckRoom['settings']): ViesNumber | null => {
  const own = readVatNumber(vatNumber, homeCountry)
  return own.form === 'ok' ? { country: own.country, number: own.number } : null
}

/**
 * The key of a number in our table: the number itself is not stored (design §4). The requester is part of it: a
 * consultation number proves something only to whoever asked (contracts/vat.md §1.4 item 2).
 */
const numberHash = (
  { debtorKey, settings }: Pick<CheckRoom, 'debtorKey' | 'settings'>,
  normalised: string,
): Buffer => {
  const requester = requesterOf(settings)
  const asker = requester === null ? 'nobody' : `${requester.country}${requester.number}`
  return createHmac('sha256', debtorKey).update(`vat ${normalised} asked by ${asker}`).digest()
}

const read = (room: CheckRoom, hash: Buffer): Promise<Kept | undefined> =>
  asked(
    room.db
      .selectFrom('vatChecks')
      .select(['verdict', 'checkedAt', 'consultationNumber', 'silences', 'askAt', 'acceptedAt'])
      .where('integrationId', '=', room.integrationId)
      .where('numberHash', '=', hash)
      .executeTakeFirst(),
  )

const keep = async (
  room: Pick<CheckRoom, 'integrationId' | 'db'>,
  hash: Buffer,
  change: Partial<Kept>,
): Promise<void> => {
  await asked(
    room.db
      .insertInto('vatChecks')
      .values({
        integrationId: room.integrationId,
        numberHash: hash,
        verdict: null,
        checkedAt: null,
        consultationNumber: null,
        askAt: null,
        acceptedAt: null,
        ...change,
      })
      .onConflict((conflict) =>
        conflict.columns(['integrationId', 'numberHash']).doUpdateSet(change),
      )
      .execute(),
  )
}

const proved = (kept: Kept): Extract<NumberCheck, { is: 'valid' | 'invalid' }> | null =>
  kept.verdict === null || kept.checkedAt === null
    ? null
    : {
        is: kept.verdict,
        proof: {
          verdict: kept.verdict,
          at: kept.checkedAt.toISOString(),
          consultationNumber: kept.consultationNumber,
        },
      }

const acceptance = ({ acceptedAt }: Kept, now: Date): NumberCheck | null =>
  acceptedAt === null || later(acceptedAt, acceptedMs) <= now
    ? null
    : {
        is: 'valid',
        proof: { verdict: 'accepted', at: acceptedAt.toISOString(), consultationNumber: null },
      }

/** What stands in for VIES while it is silent: an old verdict where the merchant chose so, or a person's word. */
const standIn = (
  kept: Kept,
  now: Date,
  { oldVerdicts }: CheckRoom['settings'],
): NumberCheck | null => {
  const old =
    kept.verdict !== null &&
    kept.checkedAt !== null &&
    mayStandIn({ is: kept.verdict, checkedAt: kept.checkedAt }, now, oldVerdicts)
  return old ? proved(kept) : acceptance(kept, now)
}

const lastValidOf = (kept: Kept | undefined): Date | null =>
  kept?.verdict === 'valid' ? kept.checkedAt : null

/** What is known already and may be used without asking; null when VIES has to be asked. */
const known = (
  kept: Kept,
  now: Date,
  country: string,
  settings: CheckRoom['settings'],
): NumberCheck | null => {
  if (kept.verdict !== null && kept.checkedAt !== null) {
    if (isFresh({ is: kept.verdict, checkedAt: kept.checkedAt }, now)) return proved(kept)
  }
  if (kept.askAt === null || kept.askAt <= now) return null
  const silent = reason('VIES_NO_ANSWER', { country })
  return (
    standIn(kept, now, settings) ?? {
      is: 'silent',
      reason: silent,
      until: kept.askAt,
      lastValid: lastValidOf(kept),
    }
  )
}

const learn = async (
  room: CheckRoom,
  hash: Buffer,
  before: Kept | undefined,
  answer: ViesAnswer,
): Promise<NumberCheck> => {
  const { clock, random, settings } = room
  const now = clock.now()
  if (answer.is !== 'silent') {
    const verdict = answer.is === 'valid' ? 'valid' : 'invalid'
    const checkedAt = answer.is === 'impossible' ? now : answer.checkedAt
    const consultationNumber = answer.is === 'impossible' ? null : answer.consultationNumber
    await keep(room, hash, { verdict, checkedAt, consultationNumber, silences: 0, askAt: null })
    const proof = { verdict, at: checkedAt.toISOString(), consultationNumber } as const
    return { is: verdict, proof }
  }
  const silences = (before?.silences ?? 0) + 1
  const until = later(now, askAgainAfterMs(silences, answer.retryAfterMs, random))
  await keep(room, hash, { silences, askAt: until })
  const instead = before && standIn(before, now, settings)
  const lastValid = lastValidOf(before)
  return instead ?? { is: 'silent', reason: answer.reason, until, lastValid }
}

/**
 * Whether the buyer's VAT number is valid: from what is kept while that is fresh, else from VIES. The verdict,
 * its time and the consultation number are the evidence that goes with the booking.
 */
export const checkVatNumber = async (
  room: CheckRoom,
  { buyer, billing }: Pick<Sale, 'buyer' | 'billing'>,
): Promise<NumberCheck> => {
  const number = readVatNumber(buyer.vatNumber, billing.countryCode)
  if (number.form === 'wrong') throw new Error('only a well-formed number is asked about')
  const hash = numberHash(room, number.normalised)
  // One after the other: whoever comes second reads what the first was told.
  return room.inTurn(`number ${number.normalised}`, () => checkInTurn(room, hash, number))
}

const checkInTurn = async (
  room: CheckRoom,
  hash: Buffer,
  number: ViesNumber,
): Promise<NumberCheck> => {
  const kept = await read(room, hash)
  const already = kept && known(kept, room.clock.now(), number.country, room.settings)
  if (already != null) return already
  const answer = await room.vies.check({
    country: number.country,
    number: number.number,
    requester: requesterOf(room.settings),
  })
  return learn(room, hash, kept, answer)
}

/** A person of the merchant's vouches for the number while VIES is silent: the sale then goes on. */
export const acceptVatNumber = async (
  room: Pick<CheckRoom, 'integrationId' | 'db' | 'clock' | 'debtorKey' | 'settings'>,
  { buyer, billing }: Pick<Sale, 'buyer' | 'billing'>,
): Promise<boolean> => {
  const number = readVatNumber(buyer.vatNumber, billing.countryCode)
  if (number.form === 'wrong') return false
  await keep(room, numberHash(room, number.normalised), { acceptedAt: room.clock.now() })
  return true
}

/** When VIES last said that the buyer's number is valid; null when it never did, or the number is none. */
export const lastValidAnswer = async (
  room: CheckRoom,
  { buyer, billing }: Pick<Sale, 'buyer' | 'billing'>,
): Promise<Date | null> => {
  const number = readVatNumber(buyer.vatNumber, billing.countryCode)
  if (number.form === 'wrong') return null
  return lastValidOf(await read(room, numberHash(room, number.normalised)))
}
