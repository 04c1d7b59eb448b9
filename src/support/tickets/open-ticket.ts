import { sql } from 'kysely'
import type { Reason } from '../../problems/reason.ts'
import { places } from '../../merchants/vault.ts'
import { later } from '../../world/clock.ts'
import { newIdentifier } from '../../world/identifier.ts'
import type { Random } from '../../world/random.ts'
import { consoleTopic, type TicketRoom } from './ticket-room.ts'

export interface NewTicket {
  integrationId: string
  askerId: string
  language: 'nl' | 'en'
  topic: 'question' | 'problem'
  subject: string
  text: string
  /** What it is about, when it is about a booking. `facts` holds nothing personal. */
  about: {
    bookingId: string
    reason: Reason | { code: string; params: Reason['params'] } | null
    system: string | null
    facts: Record<string, unknown>
  } | null
  /** What may hold a buyer's data: sealed, and gone after `attachmentDays`. */
  attachment: Record<string, unknown> | null
}

const dayMs = 86_400_000
/** Long enough to help, and no longer (spec §6.4, design §4). */
const attachmentDays = 30
/** More questions than any merchant has at once; a script that runs wild stops here. */
const unsettledMax = 100

/** Without letters and digits that look alike: it is read out on the telephone. */
const newReference = (random: Random): string => {
  const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
  return `T-${[...random.bytes(7)].map((byte) => letters[byte % letters.length]).join('')}`
}

/**
 * Opens a ticket with its first message.
 * @returns null when this integration has too many that nobody answered
 */
export const openTicket = async (
  room: TicketRoom,
  wanted: NewTicket,
): Promise<{ id: string; reference: string } | null> => {
  const { db, vault, clock, random } = room
  const { integrationId, askerId, about, attachment } = wanted
  const now = clock.now()
  const id = newIdentifier(clock, random)
  const messageId = newIdentifier(clock, random)
  const reference = newReference(random)
  const opened = await db.transaction().execute(async (trx) => {
    const waiting = await sql`
      select 1 from tickets where integration_id = ${integrationId} and state <> 'settled'
      limit ${unsettledMax}`.execute(trx)
    if (waiting.rows.length >= unsettledMax) return false
    await trx
      .insertInto('tickets')
      .values({
        integrationId,
        id,
        reference,
        askerId,
        language: wanted.language,
        topic: wanted.topic,
        state: 'asked',
        subject: vault.seal(wanted.subject, places.ticket(id)),
        code: about?.reason?.code ?? null,
        params: about?.reason ? JSON.stringify(about.reason.params) : null,
        system: about?.system ?? null,
        bookingId: about?.bookingId ?? null,
        facts: about === null ? null : JSON.stringify(about.facts),
        assigneeId: null,
        createdAt: now,
        changedAt: now,
        settledAt: null,
      })
      .execute()
    await trx
      .insertInto('ticketMessages')
      .values({
        integrationId,
        id: messageId,
        ticketId: id,
        author: 'merchant',
        authorId: askerId,
        text: vault.seal(wanted.text, places.ticketMessage(messageId)),
        at: now,
      })
      .execute()
    if (attachment !== null) {
      await trx
        .insertInto('ticketAttachments')
        .values({
          integrationId,
          ticketId: id,
          content: vault.seal(JSON.stringify(attachment), places.ticketAttachment(id)),
          expiresAt: later(now, attachmentDays * dayMs),
        })
        .execute()
    }
    return true
  })
  if (!opened) return null
  room.announce(integrationId)
  room.announce(consoleTopic)
  return { id, reference }
}
