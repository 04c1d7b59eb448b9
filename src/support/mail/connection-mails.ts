import { sql, type Kysely } from 'kysely'
import { findAccounting, findWebshop } from '../../connectors/registry.ts'
import { inPages } from '../../database/in-pages.ts'
import type { Side, Tables } from '../../database/schema.ts'
import type { Vault } from '../../merchants/vault.ts'
import { later, type Clock } from '../../world/clock.ts'
import type { Random } from '../../world/random.ts'
import { audienceOf } from '../audience.ts'
import { managersOf } from '../recipients.ts'
import { queueMail } from './queue-mail.ts'

/** What telling news needs from outside. */
export interface NewsRoom {
  db: Kysely<Tables>
  vault: Vault
  clock: Clock
  random: Random
  publicUrl: string
}

const minute = 60_000
/** A connection that is green again within this was a hiccup and nobody's trouble. */
const patienceMs = 30 * minute
/** What is older was told, or happened before there was a mail room. */
const newsMs = 2 * 24 * 60 * minute
const pageMax = 500

/** Told of an integration that nobody could be told about; the others go on. */
type OnFault = (error: unknown, integrationId: string) => void

const titleOf = (side: Side, system: string): string =>
  side === 'webshop' ? findWebshop(system).title : findAccounting(system).title

/** Connections that turned red and stayed so. */
const redOnes = (
  db: Kysely<Tables>,
  now: Date,
  after: { integrationId: string; side: Side } | null,
) =>
  db
    .selectFrom('connections')
    .innerJoin('integrations', 'integrations.id', 'connections.integrationId')
    .select([
      'connections.integrationId',
      'side',
      'system',
      'problemCode',
      'problemParams',
      'redSince',
      'integrations.merchantId',
      'integrations.name',
    ])
    .where('redSince', '<=', later(now, -patienceMs))
    .where('redSince', '>', later(now, -newsMs))
    .where('integrations.state', '=', 'active')
    .where(
      sql<boolean>`(${after === null}::boolean or (connections.integration_id, side)
        > (${after?.integrationId ?? null}::uuid, ${after?.side ?? null}::text))`,
    )
    .orderBy('connections.integrationId')
    .orderBy('side')
    .limit(pageMax)
    .execute()

type RedOne = Awaited<ReturnType<typeof redOnes>>[number]

const tellRedOne = async (room: NewsRoom, red: RedOne): Promise<number> => {
  const { integrationId, merchantId } = red
  const { connectionRed, recipients } = await audienceOf(room.db, { id: integrationId, merchantId })
  let written = 0
  for (const { email, language } of connectionRed ? recipients : []) {
    const since = red.redSince?.toISOString() ?? ''
    const isNew = await queueMail(room.db, room, {
      kind: 'connection-red',
      to: email,
      language,
      integrationId,
      onceKey: `red:${integrationId}:${red.side}:${since}:${email}`,
      params: {
        integration: red.name,
        system: titleOf(red.side, red.system),
        code: red.problemCode ?? 'CONNECTION_BROKEN',
        params: red.problemParams ?? {},
        url: `${room.publicUrl}/i/${integrationId}/configuration`,
      },
    })
    if (isNew) written += 1
  }
  return written
}

/**
 * Tells of connections that turned red and stayed so, once each time: of all of them, for it is when a system has
 * changed its keys that there are thousands.
 * @returns how many mails were written
 */
export const tellRedConnections = async (room: NewsRoom, onFault: OnFault): Promise<number> => {
  const now = room.clock.now()
  let written = 0
  for await (const red of inPages<RedOne>(pageMax, (after) => redOnes(room.db, now, after))) {
    written += await tellRedOne(room, red).catch((error: unknown) => {
      onFault(error, red.integrationId)
      return 0
    })
  }
  return written
}

/** Integrations whose installation was completed of late. */
const completedOnes = (db: Kysely<Tables>, now: Date, after: { id: string } | null) =>
  db
    .selectFrom('integrations')
    .select(['id', 'merchantId', 'name', 'webshop', 'accounting'])
    .where('configuredAt', '>', later(now, -newsMs))
    .where('state', '=', 'active')
    .where(sql<boolean>`(${after === null}::boolean or id > ${after?.id ?? null}::uuid)`)
    .orderBy('id')
    .limit(pageMax)
    .execute()

type CompletedOne = Awaited<ReturnType<typeof completedOnes>>[number]

const tellCompletedOne = async (
  room: NewsRoom,
  { id, merchantId, name, webshop, accounting }: CompletedOne,
): Promise<number> => {
  let written = 0
  for (const { email, language } of await managersOf(room.db, merchantId)) {
    const isNew = await queueMail(room.db, room, {
      kind: 'install-finished',
      to: email,
      language,
      integrationId: id,
      onceKey: `installed:${id}:${email}`,
      params: {
        integration: name,
        webshop: titleOf('webshop', webshop),
        accounting: titleOf('accounting', accounting),
        dashboardUrl: `${room.publicUrl}/i/${id}/report`,
      },
    })
    if (isNew) written += 1
  }
  return written
}

/** Tells of installations that were completed, once each. @returns how many mails were written */
export const tellInstallations = async (room: NewsRoom, onFault: OnFault): Promise<number> => {
  const now = room.clock.now()
  let written = 0
  for await (const completed of inPages<CompletedOne>(pageMax, (after) =>
    completedOnes(room.db, now, after),
  )) {
    written += await tellCompletedOne(room, completed).catch((error: unknown) => {
      onFault(error, completed.id)
      return 0
    })
  }
  return written
}
