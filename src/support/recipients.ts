import { sql, type Kysely } from 'kysely'
import type { Tables } from '../database/schema.ts'
import type { Language } from '../problems/problem.ts'

/** Somebody who gets a merchant's mails. */
export interface Recipient {
  email: string
  language: Language
}

const recipientsMax = 50

/** One of each address, however it is written. */
const distinct = (recipients: readonly Recipient[]): Recipient[] => [
  ...new Map(recipients.map((each) => [each.email.trim().toLowerCase(), each])).values(),
]

/** Who runs a merchant: its owners and admins, the owner who was there first in front. */
export const managersOf = async (db: Kysely<Tables>, merchantId: string): Promise<Recipient[]> => {
  const found = await sql<{ email: string; language: string | null }>`
    select u.email, u.language from seat s join "user" u on u.id = s."userId"
    where s."organizationId" = ${merchantId} and s.role in ('owner', 'admin')
    order by s.role = 'owner' desc, s."createdAt", s.id limit ${recipientsMax}`.execute(db)
  return distinct(
    found.rows.map(({ email, language }) => ({
      email,
      language: language === 'en' ? 'en' : 'nl',
    })),
  )
}

/** Who gets offers and invoices: those who run the merchant, and the address it gave for them. */
export const payersOf = async (db: Kysely<Tables>, merchantId: string): Promise<Recipient[]> => {
  const managers = await managersOf(db, merchantId)
  const details = await db
    .selectFrom('billingDetails')
    .select('email')
    .where('merchantId', '=', merchantId)
    .executeTakeFirst()
  if (details === undefined || details.email === '') return managers
  return distinct([...managers, { email: details.email, language: managers[0]?.language ?? 'nl' }])
}
