import { sql, type Selectable } from 'kysely'
import { z } from 'zod'
import type { TicketState, TicketTable } from '../../database/desk-tables.ts'
import { places } from '../../merchants/vault.ts'
import type { TicketRoom } from './ticket-room.ts'

export type Ticket = Selectable<TicketTable>

export interface TicketMessage {
  id: string
  author: 'merchant' | 'operator'
  authorId: string
  text: string
  at: Date
}

interface Page {
  items: Ticket[]
  next: string | null
}

const encode = ({ changedAt, id }: Ticket) => `${changedAt.toISOString()}_${id}`

const decode = (text: string | undefined): { at: string; id: string } | null => {
  const [at = '', id = '', ...more] = (text ?? '').split('_')
  const isOurs = z.iso.datetime().safeParse(at).success && z.uuid().safeParse(id).success
  return isOurs && more.length === 0 ? { at, id } : null
}

/** One page of tickets, the one that changed last first; `integrationId` null: of everybody. */
export const listTickets = async (
  { db, vault }: TicketRoom,
  wanted: {
    integrationId: string | null
    state?: TicketState | undefined
    assigneeId?: string | undefined
    code?: string | undefined
    system?: string | undefined
    after?: string | undefined
    limit: number
  },
): Promise<Page> => {
  const cursor = decode(wanted.after)
  let select = db.selectFrom('tickets').selectAll()
  if (wanted.integrationId !== null)
    select = select.where('integrationId', '=', wanted.integrationId)
  if (wanted.state !== undefined) select = select.where('state', '=', wanted.state)
  if (wanted.assigneeId !== undefined) select = select.where('assigneeId', '=', wanted.assigneeId)
  if (wanted.code !== undefined) select = select.where('code', '=', wanted.code)
  if (wanted.system !== undefined) select = select.where('system', '=', wanted.system)
  if (cursor !== null) {
    select = select.where(
      sql<boolean>`(changed_at, id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`,
    )
  }
  const rows = await select
    .orderBy('changedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(wanted.limit + 1)
    .execute()
  const items = rows.slice(0, wanted.limit)
  const last = items.at(-1)
  return {
    items: items.map((row) => ({
      ...row,
      subject: vault.open(row.subject, places.ticket(row.id)),
    })),
    next: rows.length > wanted.limit && last !== undefined ? encode(last) : null,
  }
}

/** @param integrationId null: whosever it is, for the operator */
export const findTicket = async (
  { db, vault }: TicketRoom,
  integrationId: string | null,
  ticketId: string,
): Promise<Ticket | null> => {
  let select = db.selectFrom('tickets').selectAll().where('id', '=', ticketId)
  if (integrationId !== null) select = select.where('integrationId', '=', integrationId)
  const row = await select.executeTakeFirst()
  return row === undefined
    ? null
    : { ...row, subject: vault.open(row.subject, places.ticket(row.id)) }
}

/** More than any thread has; the newest are shown. */
const messagesMax = 500

/** The thread of a ticket, oldest first. */
export const readMessages = async (
  { db, vault }: TicketRoom,
  { integrationId, id }: Pick<Ticket, 'integrationId' | 'id'>,
): Promise<TicketMessage[]> => {
  const rows = await db
    .selectFrom('ticketMessages')
    .select(['id', 'author', 'authorId', 'text', 'at'])
    .where('integrationId', '=', integrationId)
    .where('ticketId', '=', id)
    .orderBy('id', 'desc')
    .limit(messagesMax)
    .execute()
  return rows
    .toReversed()
    .map((row) => ({ ...row, text: vault.open(row.text, places.ticketMessage(row.id)) }))
}

/** Until when the figures of the sale are kept with a ticket; null: there are none, or no more. */
export const figuresKeptUntil = async (
  { db, clock }: TicketRoom,
  { integrationId, id }: Pick<Ticket, 'integrationId' | 'id'>,
): Promise<Date | null> => {
  const row = await db
    .selectFrom('ticketAttachments')
    .select('expiresAt')
    .where('integrationId', '=', integrationId)
    .where('ticketId', '=', id)
    .where('expiresAt', '>', clock.now())
    .executeTakeFirst()
  return row?.expiresAt ?? null
}

/** Opens the sealed figures. @returns null when there are none, or their time is over */
export const openFigures = async (
  { db, vault, clock }: TicketRoom,
  { integrationId, id }: Pick<Ticket, 'integrationId' | 'id'>,
): Promise<Record<string, unknown> | null> => {
  const row = await db
    .selectFrom('ticketAttachments')
    .select('content')
    .where('integrationId', '=', integrationId)
    .where('ticketId', '=', id)
    .where('expiresAt', '>', clock.now())
    .executeTakeFirst()
  if (row === undefined) return null
  return z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(vault.open(row.content, places.ticketAttachment(id))))
}
