import { findAccounting, findWebshop } from '../connectors/registry.ts'
import type { HttpClient } from '../connectors/http.ts'
import type { RemoteApp, SignIn } from '../connectors/sign-in.ts'
import { openConnection, type OpenConnection } from './connections.ts'
import type { MerchantRoom } from './integrations.ts'
import { places } from './vault.ts'

/** The operator's registrations with remotes that need one, by system. */
export type RemoteApps = Readonly<Record<string, NonNullable<RemoteApp>>>

export interface RenewalRoom extends MerchantRoom {
  http: HttpClient
  apps: RemoteApps
}

/** The sign-in of a connection's system, if it has one. */
export const signInOf = ({
  side,
  system,
}: Pick<OpenConnection, 'side' | 'system'>): SignIn<never> | undefined =>
  (side === 'webshop' ? findWebshop(system) : findAccounting(system)).signIn as
    SignIn<never> | undefined

/** What signing in at a remote talks through. */
export const remoteOf = ({ http, clock, random, apps }: RenewalRoom, system: string) => ({
  http,
  clock,
  random,
  app: apps[system] ?? null,
})

const renewalOf = (connection: OpenConnection) => signInOf(connection)?.renewal

/** Whether the credentials have to be renewed before they are used. */
const isStale = (connection: OpenConnection, now: Date): boolean => {
  const staleAt = renewalOf(connection)?.staleAt(connection.credentials as never) ?? null
  return staleAt !== null && staleAt <= now
}

/**
 * Renews credentials that go stale, for all workers once: the row is locked meanwhile, and whoever waited
 * finds the new ones. They are stored before anybody uses them, since the remote has forgotten the old ones.
 * @returns the connection as it is now
 * @throws Trouble when the remote refuses; the old credentials stay as they were
 */
const renew = (
  room: RenewalRoom,
  connection: OpenConnection,
  isNeeded: (now: OpenConnection) => boolean,
): Promise<OpenConnection | null> =>
  room.db.transaction().execute(async (trx) => {
    const { integrationId, side, system } = connection
    await trx
      .selectFrom('connections')
      .select('integrationId')
      .where('integrationId', '=', integrationId)
      .where('side', '=', side)
      .forUpdate()
      .execute()
    const current = await openConnection({ ...room, db: trx }, integrationId, side)
    if (current === null || !isNeeded(current)) return current
    const renewal = renewalOf(current)
    if (renewal === undefined) return current
    const credentials: unknown = await renewal.renew(
      remoteOf(room, system),
      current.credentials as never,
    )
    const sealed = room.vault.seal(
      JSON.stringify(credentials),
      places.credentials(integrationId, side),
    )
    await trx
      .updateTable('connections')
      .set({ credentials: sealed })
      .where('integrationId', '=', integrationId)
      .where('side', '=', side)
      .execute()
    return { ...current, credentials: credentials as Record<string, unknown>, sealed }
  })

/** The connection with credentials that are good for the next while. @throws Trouble */
export const freshConnection = async (
  room: RenewalRoom,
  connection: OpenConnection,
): Promise<OpenConnection | null> => {
  const now = room.clock.now()
  return isStale(connection, now)
    ? renew(room, connection, (each) => isStale(each, now))
    : connection
}

/**
 * A remote refused credentials that were thought to be good: renews them once, unless somebody has already.
 * @returns the envelope of the credentials there are now, worth another try; null when there are no others
 */
export const renewRefused = async (
  room: RenewalRoom,
  connection: Pick<OpenConnection, 'integrationId' | 'side' | 'system'> & { sealed: string },
): Promise<string | null> => {
  const opened = await openConnection(room, connection.integrationId, connection.side)
  if (opened === null) return null
  if (opened.sealed !== connection.sealed) return opened.sealed
  if (renewalOf(opened)?.staleAt(opened.credentials as never) == null) return null
  const renewed = await renew(room, opened, (each) => each.sealed === connection.sealed)
  return renewed !== null && renewed.sealed !== connection.sealed ? renewed.sealed : null
}
