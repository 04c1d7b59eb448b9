import { queueMail } from '../support/mail/queue-mail.ts'
import type { MonitorRoom } from './monitor.ts'
import { listOperators } from './operators.ts'

/** Tells the operators by mail that a merchant wrote. @param messageId one mail per message and operator */
export const tellOfTicket = async (
  room: MonitorRoom,
  publicUrl: string,
  { id, reference }: { id: string; reference: string },
  messageId: string,
): Promise<void> => {
  for (const { userId, name, email, language } of await listOperators(room.db)) {
    await queueMail(room.db, room, {
      kind: 'ticket-asked',
      to: email,
      language,
      integrationId: null,
      onceKey: `ticket-asked:${messageId}:${userId}`,
      params: { name, reference, url: `${publicUrl}/operator/tickets/${id}` },
    })
  }
}
