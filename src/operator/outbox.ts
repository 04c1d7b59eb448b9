import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'

export interface OutboxLine {
  id: string
  kind: string
  toAddress: string
  state: string
  trouble: string | null
  createdAt: Date
  dueAt: Date | null
  sentAt: Date | null
}

/** One page of the mail outbox, newest first; what a mail says stays sealed. */
export const listOutbox = async (
  db: Database,
  wanted: { state?: string | undefined; after?: string | undefined; limit: number },
): Promise<{ items: OutboxLine[]; next: string | null }> => {
  const { state = null, after = null, limit } = wanted
  const found = await sql<OutboxLine>`
    select id, kind, to_address, state, trouble, created_at, due_at, sent_at from mails
    where (${state}::text is null or state = ${state}) and (${after}::uuid is null or id < ${after}::uuid)
    order by id desc limit ${limit + 1}`.execute(db)
  const items = found.rows.slice(0, limit)
  return { items, next: found.rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}
