import { z } from 'zod'
import type { HttpClient } from '../connectors/http.ts'
import { isHealthy, type Finding } from '../connectors/finding.ts'
import { findWebshop } from '../connectors/registry.ts'
import { later } from '../world/clock.ts'
import { connectWebshop } from './connect.ts'
import { openConnection, sessionOf } from './connections.ts'
import type { MerchantRoom } from './integrations.ts'
import { followStore } from './licences.ts'
import { places } from './vault.ts'

/** Long enough to sign up in between, short enough that a link in a browser's history is worth nothing. */
const claimMs = 60 * 60_000

const claimSchema = z.object({ system: z.string(), account: z.string(), until: z.iso.datetime() })

/** A shop whose platform has handed over its credentials, waiting for a merchant to take it. */
export interface StoreClaim {
  system: string
  account: string
}

/**
 * The proof that a browser came from the app store for this shop: only its bearer may take the shop. Sealed,
 * so that it can travel in an address.
 */
export const sealClaim = ({ vault, clock }: MerchantRoom, claim: StoreClaim): string =>
  vault.seal(
    JSON.stringify({ ...claim, until: later(clock.now(), claimMs).toISOString() }),
    places.storeClaim,
  )

/** @returns null for a claim that is not ours, was changed, or is too old */
export const openClaim = ({ vault, clock }: MerchantRoom, text: string): StoreClaim | null => {
  try {
    const { until, ...claim } = claimSchema.parse(JSON.parse(vault.open(text, places.storeClaim)))
    return new Date(until) > clock.now() ? claim : null
  } catch {
    // Whatever is wrong with it, it opens nothing.
    return null
  }
}

export type Claimed =
  | { is: 'connected'; returnUrl: string }
  /** The shop was handed over, but a right is missing. */
  | { is: 'unhealthy'; findings: Finding[] }
  /** The handshake is gone: the app was removed meanwhile, or somebody took the shop already. */
  | { is: 'gone' }

/**
 * Connects the shop of a claim to an integration, with the credentials of its handshake, and tells the
 * platform that the installation is complete. The handshake is used up by it.
 */
export const takeShop = async (
  room: MerchantRoom,
  http: HttpClient,
  publicUrl: string,
  integrationId: string,
  { system, account }: StoreClaim,
): Promise<Claimed> => {
  const { db, vault } = room
  const handshake = await db
    .selectFrom('storeHandshakes')
    .select('credentials')
    .where('system', '=', system)
    .where('account', '=', account)
    .executeTakeFirst()
  const { store } = findWebshop(system)
  if (handshake === undefined || store === undefined) return { is: 'gone' }

  const credentials = z
    .record(z.string(), z.string())
    .parse(JSON.parse(vault.open(handshake.credentials, places.handshake(system, account))))
  const findings = await connectWebshop(room, http, publicUrl, {
    integrationId,
    system,
    account,
    credentials,
  })
  if (!isHealthy(findings)) return { is: 'unhealthy', findings }

  const connection = await openConnection(room, integrationId, 'webshop')
  if (connection === null) return { is: 'gone' }
  const { returnUrl } = (await store.finish?.(sessionOf(connection, http, room))) ?? {
    returnUrl: publicUrl,
  }
  await followStore(db, integrationId, room.clock.now())
  await db
    .deleteFrom('storeHandshakes')
    .where('system', '=', system)
    .where('account', '=', account)
    .execute()
  return { is: 'connected', returnUrl }
}
