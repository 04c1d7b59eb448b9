import type { Kysely } from 'kysely'
import { findAccounting, findWebshop } from '../../connectors/registry.ts'
import type { Side, Tables } from '../../database/schema.ts'
import type { Vault } from '../../merchants/vault.ts'
import { later, type Clock } from '../../world/clock.ts'
import type { Random } from '../../world/random.ts'
import { notificationsOf } from '../notifications.ts'
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
const rowsMax = 500

const titleOf = (side: Side, system: string): string =>
  side === 'webshop' ? findWebshop(system).title : findAccounting(system).title

/** Tells of connections that turned red and stayed so, once each time. @returns how many mails were written */
export const tellRedConnections = async (room: NewsRoom): Promise<number> => {
  const now = room.clock.now()
  const red = await room.db
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
    .orderBy('redSince')
    .limit(rowsMax)
    .execute()
  let written = 0
  for (const each of red) {
    const { integrationId: id, merchantId } = each
    const { connectionRed, recipients } = await notificationsOf(room.db, { id, merchantId })
    for (const { email, language } of connectionRed ? recipients : []) {
      const since = each.redSince?.toISOString() ?? ''
      const isNew = await queueMail(room.db, room, {
        kind: 'connection-red',
        to: email,
        language,
        integrationId: each.integrationId,
        onceKey: `red:${each.integrationId}:${each.side}:${since}:${email}`,
        params: {
          integration: each.name,
          system: titleOf(each.side, each.system),
          code: each.problemCode ?? 'CONNECTION_BROKEN',
          params: each.problemParams ?? {},
          url: `${room.publicUrl}/i/${each.integrationId}/configuration`,
        },
      })
      if (isNew) written += 1
    }
  }
  return written
}

/** Tells of installations that were completed, once each. @returns how many mails were written */
export const tellInstallations = async (room: NewsRoom): Promise<number> => {
  const now = room.clock.now()
  const done = await room.db
    .selectFrom('integrations')
    .select(['id', 'merchantId', 'name', 'webshop', 'accounting'])
    .where('configuredAt', '>', later(now, -newsMs))
    .where('state', '=', 'active')
    .orderBy('configuredAt')
    .limit(rowsMax)
    .execute()
  let written = 0
  for (const { id, merchantId, name, webshop, accounting } of done) {
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
  }
  return written
}
