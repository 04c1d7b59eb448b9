import type { Finding } from '../connectors/finding.ts'
import { isHealthy } from '../connectors/finding.ts'
import type { HttpClient } from '../connectors/http.ts'
import { findWebshop } from '../connectors/registry.ts'
import { Trouble } from '../problems/reason.ts'
import { turnstile } from '../world/turnstile.ts'
import {
  examine,
  openConnection,
  saveCredentials,
  saveSubscriptions,
  sessionOf,
} from './connections.ts'
import type { MerchantRoom } from './integrations.ts'
import { EnvelopeError } from './key-ring.ts'

/** The address a shop calls for one integration; its last part is unguessable. */
export const hookAddress = (publicUrl: string, system: string, hookKey: string): string =>
  `${publicUrl}/hooks/${system}/${hookKey}`

interface Connecting {
  integrationId: string
  system: string
  credentials: Record<string, unknown>
  /** The shop's own id at its platform, when an app store brought it. */
  account?: string
}

/**
 * Who connects one integration twice at the same moment would ask the shop twice to call us, and keep the keys of one
 * of the two. Between two web servers it may still happen: the next time it is connected the doubles are taken away.
 */
const inTurn = turnstile()

/**
 * Connects, or reconnects, a webshop: stores its credentials, lets the doctor look, and asks it to call us.
 * @returns the doctor's findings; the dot is red when one is bad
 */
export const connectWebshop = (
  room: MerchantRoom,
  http: HttpClient,
  publicUrl: string,
  { integrationId, system, credentials, account }: Connecting,
): Promise<Finding[]> =>
  inTurn(integrationId, async () => {
    await saveCredentials(room, integrationId, 'webshop', system, credentials, account ?? null)
    const findings = await examine(room, http, integrationId, 'webshop')
    const connector = findWebshop(system)
    if (!isHealthy(findings) || connector.subscribe === undefined) return findings

    const connection = await openConnection(room, integrationId, 'webshop')
    if (connection === null) throw new Error('the connection was removed while it was being made')
    const { hookKey } = await room.db
      .selectFrom('integrations')
      .select('hookKey')
      .where('id', '=', integrationId)
      .executeTakeFirstOrThrow()
    const subscriptions = await connector.subscribe(
      sessionOf(connection, http, room),
      hookAddress(publicUrl, system, hookKey),
      connection.subscriptions,
    )
    await saveSubscriptions(room, integrationId, subscriptions)
    return findings
  })

/** Connects, or reconnects, an accounting system. @returns the doctor's findings */
export const connectAccounting = async (
  room: MerchantRoom,
  http: HttpClient,
  { integrationId, system, credentials }: Connecting,
): Promise<Finding[]> => {
  await saveCredentials(room, integrationId, 'accounting', system, credentials)
  return examine(room, http, integrationId, 'accounting')
}

/**
 * Asks a shop to call us no more, as well as it goes: an integration is stopped whether the shop answers or
 * not, and a call that still comes finds nobody.
 * @returns whether the shop was told, or has nothing to be told
 */
export const leaveWebshop = async (
  room: MerchantRoom,
  http: HttpClient,
  publicUrl: string,
  integrationId: string,
): Promise<boolean> => {
  try {
    const connection = await openConnection(room, integrationId, 'webshop')
    if (connection === null || connection.subscriptions.length === 0) return true
    const connector = findWebshop(connection.system)
    if (connector.unsubscribe === undefined) return true
    const { hookKey } = await room.db
      .selectFrom('integrations')
      .select('hookKey')
      .where('id', '=', integrationId)
      .executeTakeFirstOrThrow()
    const address = hookAddress(publicUrl, connection.system, hookKey)
    await connector.unsubscribe(
      sessionOf(connection, http, room),
      address,
      connection.subscriptions,
    )
    return true
  } catch (error) {
    if (error instanceof Trouble || error instanceof EnvelopeError) return false
    throw error
  }
}
