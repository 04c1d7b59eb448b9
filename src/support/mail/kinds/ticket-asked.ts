import { z } from 'zod'
import { mailKind } from '../mail-kind.ts'

/** Tells an operator that a merchant wrote. What was written stays in Doorvoer: it may hold a buyer's data. */
export const ticketAsked = mailKind({
  essential: true,
  params: z.object({ name: z.string(), reference: z.string(), url: z.url() }),
  write: ({ name, reference, url }, language) =>
    language === 'nl'
      ? {
          subject: `${reference} wacht op antwoord`,
          parts: [
            { is: 'text', text: `Beste ${name},` },
            { is: 'text', text: `Er is geschreven in ticket ${reference}.` },
            { is: 'button', label: 'Open het ticket', url },
          ],
        }
      : {
          subject: `${reference} waits for an answer`,
          parts: [
            { is: 'text', text: `Dear ${name},` },
            { is: 'text', text: `Somebody wrote in ticket ${reference}.` },
            { is: 'button', label: 'Open the ticket', url },
          ],
        },
})
