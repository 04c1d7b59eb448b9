import type { Kysely } from 'kysely'
import type { Tables } from '../database/schema.ts'

/** What an integration's people are told by mail, besides what belongs to the service itself. */
export interface Notifications {
  /** The language of the mails about this integration. */
  language: 'nl' | 'en'
  digest: 'daily' | 'weekly' | 'never'
  /** Told at once when a connection turns red. */
  connectionRed: boolean
  /** E-mail addresses besides those of the users. */
  addresses: string[]
}

export const addressesMax = 10

const standard: Notifications = {
  language: 'nl',
  digest: 'daily',
  connectionRed: true,
  addresses: [],
}

/** The choices of an integration; one that has none kept has the standard ones. */
export const notificationsOf = async (
  db: Kysely<Tables>,
  integrationId: string,
): Promise<Notifications> => {
  const row = await db
    .selectFrom('notifications')
    .select(['language', 'digest', 'connectionRed', 'addresses'])
    .where('integrationId', '=', integrationId)
    .executeTakeFirst()
  return row ?? standard
}

/** Keeps the choices. Addresses are kept in lower case, each once. */
export const saveNotifications = async (
  db: Kysely<Tables>,
  integrationId: string,
  wanted: Notifications,
): Promise<Notifications> => {
  const addresses = [...new Set(wanted.addresses.map((each) => each.toLowerCase()))]
  const row = { ...wanted, addresses: JSON.stringify(addresses) }
  await db
    .insertInto('notifications')
    .values({ integrationId, ...row })
    .onConflict((conflict) => conflict.column('integrationId').doUpdateSet(row))
    .execute()
  return { ...wanted, addresses }
}
