import type { TicketState } from '../../database/desk-tables.ts'
import { places } from '../../merchants/vault.ts'
import { newIdentifier } from '../../world/identifier.ts'
import { queueMail } from '../mail/queue-mail.ts'
import type { Ticket } from './read-tickets.ts'
import { consoleTopic, type TicketRoom } from './ticket-room.ts'

/** Whose turn it is after somebody wrote; a ticket that was settled is opened again. */
const stateAfter = { merchant: 'asked', operator: 'answered' } as const satisfies Record<
  string,
  TicketState
>

interface NewMessage {
  author: 'merchant' | 'operator'
  authorId: string
  text: string
  /** Whether the ticket is done with it. */
  settle?: boolean
  /** Who gets it by mail as well; null: nobody. */
  mailTo: { address: string; name: string; url: string } | null
}

/** Adds a message to a thread, and writes the mail that brings it. */
export const writeMessage = async (
  room: TicketRoom,
  ticket: Pick<Ticket, 'integrationId' | 'id' | 'reference' | 'subject' | 'language'>,
  message: NewMessage,
): Promise<{ state: TicketState; messageId: string }> => {
  const { db, vault, clock, random } = room
  const { integrationId, id: ticketId } = ticket
  const now = clock.now()
  const id = newIdentifier(clock, random)
  const state = message.settle === true ? 'settled' : stateAfter[message.author]
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('ticketMessages')
      .values({
        integrationId,
        id,
        ticketId,
        author: message.author,
        authorId: message.authorId,
        text: vault.seal(message.text, places.ticketMessage(id)),
        at: now,
      })
      .execute()
    await trx
      .updateTable('tickets')
      .set({ state, changedAt: now, settledAt: state === 'settled' ? now : null })
      .where('integrationId', '=', integrationId)
      .where('id', '=', ticketId)
      .execute()
    if (message.mailTo !== null) {
      const { address, name, url } = message.mailTo
      const { reference, subject, language } = ticket
      await queueMail(trx, room, {
        kind: 'ticket-answer',
        to: address,
        language,
        integrationId,
        onceKey: `ticket-answer:${id}`,
        params: { name, reference, subject, text: message.text, url },
      })
    }
  })
  room.announce(integrationId)
  room.announce(consoleTopic)
  return { state, messageId: id }
}

/** Says that a ticket is done. */
export const settleTicket = async (
  room: TicketRoom,
  { integrationId, id }: Pick<Ticket, 'integrationId' | 'id'>,
): Promise<void> => {
  const now = room.clock.now()
  await room.db
    .updateTable('tickets')
    .set({ state: 'settled', changedAt: now, settledAt: now })
    .where('integrationId', '=', integrationId)
    .where('id', '=', id)
    .where('state', '<>', 'settled')
    .execute()
  room.announce(integrationId)
  room.announce(consoleTopic)
}

/** Gives a ticket to an operator, or back to all. */
export const assignTicket = async (
  room: TicketRoom,
  { integrationId, id }: Pick<Ticket, 'integrationId' | 'id'>,
  assigneeId: string | null,
): Promise<void> => {
  await room.db
    .updateTable('tickets')
    .set({ assigneeId })
    .where('integrationId', '=', integrationId)
    .where('id', '=', id)
    .execute()
  room.announce(consoleTopic)
}
