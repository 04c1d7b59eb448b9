import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'

export interface QueueLine {
  name: string
  waiting: number
  active: number
  failed: number
  /** How long the oldest job has been waiting; null: none does. */
  oldestSeconds: number | null
  cron: string | null
}

/** The job queue as pg-boss keeps it. Empty where no worker ever started. */
export const listQueues = async (db: Database, now: Date): Promise<QueueLine[]> => {
  const there = await sql<{ there: boolean }>`
    select to_regclass('pgboss.job') is not null as there`.execute(db)
  if (there.rows[0]?.there !== true) return []
  const found = await sql<QueueLine>`
    select q.name, s.cron,
      (count(j.id) filter (where j.state in ('created', 'retry')))::int as waiting,
      (count(j.id) filter (where j.state = 'active'))::int as active,
      (count(j.id) filter (where j.state = 'failed'))::int as failed,
      extract(epoch from ${now}::timestamptz
        - min(j.created_on) filter (where j.state in ('created', 'retry')))::int as oldest_seconds
    from pgboss.queue q
    left join pgboss.schedule s on s.name = q.name
    left join pgboss.job j on j.name = q.name and j.state in ('created', 'retry', 'active', 'failed')
    where q.name not like '\\_\\_%'
    group by q.name, s.cron order by q.name`.execute(db)
  return found.rows
}

export interface MailboxCounts {
  total: number
  held: number
  ringing: number
  resting: number
}

/** The mailboxes of all integrations: who is at work, for whom a bell rings, who rests. */
export const countMailboxes = async (db: Database, now: Date): Promise<MailboxCounts> => {
  const found = await sql<MailboxCounts>`
    select count(*)::int as total,
      (count(*) filter (where holder is not null and lease_until > ${now}))::int as held,
      (count(*) filter (where bell))::int as ringing,
      (count(*) filter (where rest_until > ${now}))::int as resting
    from mailboxes`.execute(db)
  return found.rows[0] ?? { total: 0, held: 0, ringing: 0, resting: 0 }
}
