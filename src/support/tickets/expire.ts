import { sql } from 'kysely'
import { later } from '../../world/clock.ts'
import type { TicketRoom } from './ticket-room.ts'

const dayMs = 86_400_000
/** A ticket that was settled so long ago helps nobody, and people wrote names into it. */
const settledDays = 365

/** Removes what tickets may no longer keep. @returns how many attachments and tickets went */
export const expireTickets = async ({
  db,
  clock,
}: Pick<TicketRoom, 'db' | 'clock'>): Promise<{ attachments: number; tickets: number }> => {
  const now = clock.now()
  const attachments = await sql`delete from ticket_attachments where expires_at <= ${now}`.execute(
    db,
  )
  const tickets = await sql`
    delete from tickets where state = 'settled'
      and changed_at < ${later(now, -settledDays * dayMs)}`.execute(db)
  return {
    attachments: Number(attachments.numAffectedRows ?? 0),
    tickets: Number(tickets.numAffectedRows ?? 0),
  }
}
