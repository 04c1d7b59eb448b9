import type { Kysely } from 'kysely'
import type { Tables } from '../database/schema.ts'
import {
  confirmedAddresses,
  notificationsOf,
  type Notifications,
} from '../merchants/notifications.ts'
import { managersOf, type Recipient } from './recipients.ts'

/** Who hears what of an integration besides what belongs to the service (spec §5). */
export interface Audience extends Pick<Notifications, 'digest' | 'connectionRed'> {
  recipients: Recipient[]
}

/** Who runs the merchant and the addresses that were added and confirmed, with what they chose to be told. */
export const audienceOf = async (
  db: Kysely<Tables>,
  { id, merchantId }: { id: string; merchantId: string },
): Promise<Audience> => {
  const managers = await managersOf(db, merchantId)
  const { digest, connectionRed, addresses, language } = await notificationsOf(db, id)
  const known = new Set(managers.map(({ email }) => email.toLowerCase()))
  const confirmed = await confirmedAddresses(db, id)
  const added = addresses
    .filter((email) => !known.has(email.toLowerCase()) && confirmed.has(email.toLowerCase()))
    .map((email) => ({ email, language }))
  return { digest, connectionRed, recipients: [...managers, ...added] }
}
