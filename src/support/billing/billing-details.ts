import { sql, type Kysely, type Selectable } from 'kysely'
import type { BillingDetailsTable } from '../../database/licence-tables.ts'
import type { Tables } from '../../database/schema.ts'
import { viesPrefixes } from '../../vat/vat-number-forms.ts'
import { readVatNumber } from '../../vat/vat-number.ts'
import { later } from '../../world/clock.ts'
import type { BillingRoom } from './billing-room.ts'

export type BillingDetails = Selectable<BillingDetailsTable>

const givenFields = [
  'company',
  'attention',
  'street',
  'postcode',
  'city',
  'country',
  'vatNumber',
  'email',
] as const

/** What a merchant fills in. */
export type GivenDetails = Pick<BillingDetails, (typeof givenFields)[number]>

/** What a merchant's invoices say of it; what it has not filled in yet is ''. */
export const billingDetailsOf = async (
  db: Kysely<Tables>,
  merchantId: string,
  home: string,
): Promise<BillingDetails> => {
  const kept = await db
    .selectFrom('billingDetails')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .executeTakeFirst()
  if (kept !== undefined) return kept
  const merchant = await sql<{ name: string }>`
    select name from merchant where id = ${merchantId}`.execute(db)
  return {
    merchantId,
    company: merchant.rows[0]?.name ?? '',
    attention: '',
    street: '',
    postcode: '',
    city: '',
    country: home,
    vatNumber: '',
    vatVerdict: null,
    vatAskedAt: null,
    vatProof: null,
    email: '',
    changedAt: new Date(0),
  }
}

/** An invoice needs the name and address of its buyer. */
export const isComplete = ({ company, street, postcode, city }: GivenDetails): boolean =>
  [company, street, postcode, city].every((text) => text.trim() !== '')

/** What VIES says of a number. Silence is no answer: it is asked again by `recheckVatNumbers`. */
const askVies = async (
  { vies, seller, clock }: BillingRoom,
  vatNumber: string,
  country: string,
): Promise<Pick<BillingDetails, 'vatVerdict' | 'vatAskedAt' | 'vatProof'>> => {
  const read = readVatNumber(vatNumber, country)
  const own = readVatNumber(seller.vatNumber, seller.country)
  if (read.form !== 'ok' || !viesPrefixes.has(read.country)) {
    return { vatVerdict: null, vatAskedAt: null, vatProof: null }
  }
  const answer = await vies.check({
    country: read.country,
    number: read.number,
    requester: own.form === 'ok' ? { country: own.country, number: own.number } : null,
  })
  const vatAskedAt = clock.now()
  switch (answer.is) {
    case 'valid':
      return { vatVerdict: 'valid', vatAskedAt, vatProof: answer.consultationNumber }
    case 'invalid':
    case 'impossible':
      return { vatVerdict: 'invalid', vatAskedAt, vatProof: null }
    case 'silent':
      return { vatVerdict: null, vatAskedAt, vatProof: null }
  }
}

const isSame = (one: GivenDetails, other: GivenDetails): boolean =>
  givenFields.every((field) => one[field] === other[field])

/**
 * Stores what a merchant's invoices are to say of it; its VAT number is asked of VIES, unless that was done.
 * @param was what the sender saw before: from another window, a colleague's details are not overwritten unseen
 * @returns `wrong-number` when the VAT number has a form that none has; `changed` when something else was kept meanwhile
 */
export const saveBillingDetails = async (
  room: BillingRoom,
  merchantId: string,
  given: GivenDetails,
  was?: GivenDetails,
): Promise<BillingDetails | 'wrong-number' | 'changed'> => {
  const read = readVatNumber(given.vatNumber, given.country)
  if (read.form === 'wrong' && read.why !== 'empty') return 'wrong-number'
  const vatNumber = read.form === 'ok' ? read.normalised : ''
  const kept = await billingDetailsOf(room.db, merchantId, room.seller.country)
  if (was !== undefined && !isSame(was, kept)) return 'changed'
  const asked =
    kept.vatNumber === vatNumber && kept.vatVerdict !== null
      ? { vatVerdict: kept.vatVerdict, vatAskedAt: kept.vatAskedAt, vatProof: kept.vatProof }
      : await askVies(room, vatNumber, given.country)
  const details = { ...given, ...asked, vatNumber, changedAt: room.clock.now() }
  const saved = await room.db
    .insertInto('billingDetails')
    .values({ merchantId, ...details })
    .onConflict((conflict) => {
      const update = conflict.column('merchantId').doUpdateSet(details)
      // VIES may take its time: what was kept while it was asked counts as well.
      return was === undefined
        ? update
        : update.where('billingDetails.changedAt', '=', kept.changedAt)
    })
    .returningAll()
    .executeTakeFirst()
  return saved ?? 'changed'
}

const recheckMs = 20 * 3_600_000
const recheckMax = 200

/** Asks VIES again about every number it was silent about. @returns how many it has answered */
export const recheckVatNumbers = async (room: BillingRoom): Promise<number> => {
  const rows = await room.db
    .selectFrom('billingDetails')
    .selectAll()
    .where('vatNumber', '<>', '')
    .where('vatVerdict', 'is', null)
    .where('vatAskedAt', '<=', later(room.clock.now(), -recheckMs))
    .orderBy('vatAskedAt')
    .limit(recheckMax)
    .execute()
  let answered = 0
  for (const { merchantId, vatNumber, country } of rows) {
    const asked = await askVies(room, vatNumber, country)
    if (asked.vatVerdict !== null) answered += 1
    await room.db
      .updateTable('billingDetails')
      .set(asked)
      .where('merchantId', '=', merchantId)
      .where('vatNumber', '=', vatNumber)
      .execute()
  }
  return answered
}
