import { sql, type Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../database/schema.ts'
import { managersOf, type Recipient } from './recipients.ts'

const stored = z.object({
  digest: z.enum(['daily', 'weekly', 'never']),
  connectionRed: z.boolean(),
  addresses: z.array(z.string()),
  language: z.enum(['nl', 'en']),
})

/** Who hears what of an integration besides what belongs to the service (spec §5). */
export interface Notifications {
  digest: 'daily' | 'weekly' | 'never'
  connectionRed: boolean
  recipients: Recipient[]
}

/** The choices of an integration, with the extra addresses it gave; the defaults when it chose nothing. */
export const notificationsOf = async (
  db: Kysely<Tables>,
  { id, merchantId }: { id: string; merchantId: string },
): Promise<Notifications> => {
  const managers = await managersOf(db, merchantId)
  // The table comes with a migration of its own, which an installation may not have run yet.
  const there = await sql<{ name: string | null }>`
    select to_regclass('notifications')::text as name`.execute(db)
  if (there.rows[0]?.name == null) {
    return { digest: 'daily', connectionRed: true, recipients: managers }
  }
  const found = await sql<Record<string, unknown>>`
    select digest, connection_red, addresses, language from notifications
    where integration_id = ${id}`.execute(db)
  const chosen = stored.safeParse(found.rows[0]).data
  if (chosen === undefined) return { digest: 'daily', connectionRed: true, recipients: managers }
  const { digest, connectionRed, addresses, language } = chosen
  const known = new Set(managers.map(({ email }) => email.toLowerCase()))
  const extra = addresses
    .filter((email) => !known.has(email.toLowerCase()))
    .map((email) => ({ email, language }))
  return { digest, connectionRed, recipients: [...managers, ...extra] }
}
