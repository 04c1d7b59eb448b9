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

/** Which extra addresses of an integration said themselves that they want its mails. */
export const confirmedAddresses = async (
  db: Kysely<Tables>,
  integrationId: string,
): Promise<Set<string>> => {
  const rows = await db
    .selectFrom('confirmedAddresses')
    .select('email')
    .where('integrationId', '=', integrationId)
    .execute()
  return new Set(rows.map(({ email }) => email))
}

const isSame = (one: Notifications, other: Notifications): boolean =>
  one.language === other.language &&
  one.digest === other.digest &&
  one.connectionRed === other.connectionRed &&
  one.addresses.toSorted().join() === other.addresses.toSorted().join()

/**
 * Keeps the choices. Addresses are kept in lower case, each once; one that is taken away has to say anew that it
 * wants mails when it comes back.
 * @param was what the sender saw before: from another window, a colleague's choices are not overwritten unseen
 * @returns null when something else was kept meanwhile
 */
export const saveNotifications = (
  db: Kysely<Tables>,
  integrationId: string,
  wanted: Notifications,
  was?: Notifications,
): Promise<Notifications | null> =>
  db.transaction().execute(async (trx) => {
    // One at a time: the first choices of an integration have no row of their own to wait for.
    await trx
      .selectFrom('integrations')
      .select('id')
      .where('id', '=', integrationId)
      .forNoKeyUpdate()
      .execute()
    if (was !== undefined && !isSame(was, await notificationsOf(trx, integrationId))) return null
    return writeNotifications(trx, integrationId, wanted)
  })

const writeNotifications = async (
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
  await db
    .deleteFrom('confirmedAddresses')
    .where('integrationId', '=', integrationId)
    .where((eb) => (addresses.length === 0 ? eb.val(true) : eb('email', 'not in', addresses)))
    .execute()
  return { ...wanted, addresses }
}
