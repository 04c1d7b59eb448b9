import { z } from 'zod'
import type { Finding } from '../connectors/finding.ts'
import type { HttpClient } from '../connectors/http.ts'
import { findWebshop } from '../connectors/registry.ts'
import { later } from '../world/clock.ts'
import { connectWebshop } from './connect.ts'
import type { MerchantRoom } from './integrations.ts'
import { places } from './vault.ts'

/** As long as an administrator may take over the consent page; the shop itself gives half of it (contract §3.1). */
const patienceMs = 10 * 60_000

const waitingSchema = z.object({
  key: z.string(),
  kept: z.record(z.string(), z.string()),
})

/** What a shop's server handed over, waiting for its administrator's consent. */
export type Waiting = z.output<typeof waitingSchema>

/** The integration a licence key belongs to, however it was typed; undefined where it opens none. */
export const integrationOfLicence = ({ db }: Pick<MerchantRoom, 'db'>, typed: string) => {
  const letters = typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
  const licenceKey = (letters.slice(0, 100).match(/.{1,4}/g) ?? []).join('-')
  return db
    .selectFrom('integrations')
    .select(['id', 'webshop'])
    .where('licenceKey', '=', licenceKey)
    .where('state', '<>', 'stopped')
    .executeTakeFirst()
}

/** One waits per integration: activating again replaces what an earlier attempt left behind. */
const accountOf = (integrationId: string): string => `activation:${integrationId}`

/** Keeps what was handed over, sealed. */
export const keepWaiting = async (
  { db, vault, clock }: MerchantRoom,
  system: string,
  integrationId: string,
  waiting: Waiting,
): Promise<void> => {
  const account = accountOf(integrationId)
  const credentials = vault.seal(JSON.stringify(waiting), places.handshake(system, account))
  const receivedAt = clock.now()
  await db
    .insertInto('storeHandshakes')
    .values({ system, account, credentials, receivedAt })
    .onConflict((conflict) =>
      conflict.columns(['system', 'account']).doUpdateSet({ credentials, receivedAt }),
    )
    .execute()
}

/** What waits for this integration under this key, and how to take it: only one taker gets it. */
export const findWaiting = async (
  { db, vault, clock }: MerchantRoom,
  system: string,
  integrationId: string,
  key: string,
): Promise<{ waiting: Waiting; take(): Promise<boolean> } | null> => {
  const account = accountOf(integrationId)
  const row = await db
    .selectFrom('storeHandshakes')
    .select('credentials')
    .where('system', '=', system)
    .where('account', '=', account)
    .where('receivedAt', '>', later(clock.now(), -patienceMs))
    .executeTakeFirst()
  if (row === undefined) return null
  const opened = vault.open(row.credentials, places.handshake(system, account))
  const waiting = waitingSchema.parse(JSON.parse(opened))
  if (waiting.key !== key) return null
  return {
    waiting,
    async take() {
      const taken = await db
        .deleteFrom('storeHandshakes')
        .where('system', '=', system)
        .where('account', '=', account)
        .where('credentials', '=', row.credentials)
        .executeTakeFirst()
      return taken.numDeletedRows === 1n
    },
  }
}

/** After consent: exchanges what was handed over for credentials and connects. @throws Trouble of the shop */
export const finishActivation = async (
  room: MerchantRoom,
  http: HttpClient,
  publicUrl: string,
  {
    system,
    integrationId,
    kept,
  }: { system: string; integrationId: string } & Pick<Waiting, 'kept'>,
): Promise<Finding[]> => {
  const { activation } = findWebshop(system)
  if (activation === undefined) throw new Error(`${system} is not activated from the shop`)
  const credentials = await activation.finish(kept, { http, clock: room.clock })
  const wanted = { integrationId, system, credentials }
  return connectWebshop(room, http, publicUrl, wanted)
}
