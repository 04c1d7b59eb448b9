import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import type { Vault } from '../merchants/vault.ts'
import { queueMail } from '../support/mail/queue-mail.ts'
import { consoleTopic } from '../support/tickets/ticket-room.ts'
import { alarmInWords } from './alarm-words.ts'
import { listAlarms, settleAlarms } from './alarms.ts'
import { measureAll, type Health } from './health.ts'
import { judgeHealth, type Finding } from './judge-health.ts'
import type { LogRoom } from './log.ts'
import { listOperators } from './operators.ts'
import { quietnessOf, silenceMinMs, type Quietness } from './rhythm.ts'
import { salesByHour } from './sales-by-hour.ts'

export interface MonitorRoom extends LogRoom {
  vault: Vault
  announce(topic: string): void
}

export interface Round {
  measured: number
  raised: number
  resolved: number
}

interface Judged {
  integrationId: string
  found: readonly Finding[]
}

/** Measures every integration that there is, and says what is wrong with each. */
const judgeAll = async (db: Database, now: Date): Promise<Judged[]> => {
  const judged: Judged[] = []
  for await (const page of measureAll(db, now)) {
    const standings = await standingsOf(
      db,
      page.map((each) => each.now.integrationId),
    )
    for (const { now: health, before } of page) {
      const { integrationId } = health
      const standing = standings.get(integrationId)
      if (standing === undefined) continue
      const quiet = await quietnessNow(db, health, now)
      judged.push({ integrationId, found: judgeHealth(health, before, quiet, standing) })
    }
  }
  return judged
}

/**
 * One round of the watch: measures every integration, raises alarms and resolves those that no longer hold, and
 * tells the operators by mail of what is new. An alarm is raised together with its mail, or by the next round:
 * one that stands is told no more.
 * @param publicUrl where the links of that mail lead
 */
export const monitor = async (room: MonitorRoom, publicUrl: string): Promise<Round> => {
  const now = room.clock.now()
  const judged = await judgeAll(room.db, now)
  const round = await room.db.transaction().execute(async (trx) => {
    const within = { ...room, db: trx }
    const raised: string[] = []
    let resolved = 0
    for (const { integrationId, found } of judged) {
      const settled = await settleAlarms(within, integrationId, found)
      raised.push(...settled.raised)
      resolved += settled.resolved
    }
    resolved += await resolveStopped(trx, now)
    if (raised.length > 0) await tellOperators(within, publicUrl, raised)
    return { measured: judged.length, raised: raised.length, resolved }
  })
  room.announce(consoleTopic)
  return round
}

/** A shop that sold a moment ago is not quiet: its past need not be read to know that. */
const quietnessNow = async (db: Database, health: Health, now: Date): Promise<Quietness> => {
  const { lastSeenAt, integrationId } = health
  if (lastSeenAt === null) return { is: 'unknown' }
  if (now.getTime() - lastSeenAt.getTime() < silenceMinMs) return { is: 'usual' }
  return quietnessOf(await salesByHour(db, integrationId, now), lastSeenAt, now)
}

interface Standing {
  active: boolean
  paused: boolean
}

const standingsOf = async (
  db: Database,
  ids: readonly string[],
): Promise<Map<string, Standing>> => {
  const found = await sql<Standing & { id: string }>`
    select i.id, i.state = 'active' as active,
      exists (select 1 from remote_pauses p where p.system in (i.webshop, i.accounting)) as paused
    from integrations i where i.id = any (${[...ids]}::uuid[])`.execute(db)
  return new Map(found.rows.map(({ id, ...standing }) => [id, standing]))
}

/** Whoever stopped rings no bell any more. */
const resolveStopped = async (db: Database, now: Date): Promise<number> => {
  const done = await sql`
    update alarms a set resolved_at = ${now} from integrations i
    where a.resolved_at is null and i.id = a.integration_id and i.state = 'stopped'`.execute(db)
  return Number(done.numAffectedRows ?? 0)
}

/** As many as a person reads; the rest is on the console. */
const toldMax = 50

const tellOperators = async (
  room: MonitorRoom,
  publicUrl: string,
  raised: readonly string[],
): Promise<void> => {
  const { items } = await listAlarms(room.db, { show: 'all', ids: raised, limit: toldMax })
  const alarms = items.map(({ kind, params, integrationId, integrationName, merchant }) => ({
    ...alarmInWords(kind, params, merchant || integrationName || ''),
    url: `${publicUrl}/operator/integrations/${integrationId ?? ''}`,
  }))
  for (const { userId, name, email, language } of await listOperators(room.db)) {
    await queueMail(room.db, room, {
      kind: 'operator-alarms',
      to: email,
      language,
      integrationId: null,
      onceKey: `alarms:${raised[0] ?? ''}:${userId}`,
      params: {
        name,
        alarms,
        more: raised.length - alarms.length,
        url: `${publicUrl}/operator/alarms`,
      },
    })
  }
}
