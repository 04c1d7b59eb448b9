import { z } from 'zod'
import { mailKind } from '../mail-kind.ts'

/** Brings the answer of support to who asked. */
export const ticketAnswer = mailKind({
  essential: true,
  params: z.object({
    name: z.string(),
    reference: z.string(),
    subject: z.string(),
    text: z.string(),
    url: z.url(),
  }),
  write: (given, language) =>
    language === 'nl'
      ? {
          subject: `Antwoord op ${given.reference}: ${given.subject}`,
          parts: [
            { is: 'text', text: `Beste ${given.name},` },
            { is: 'text', text: given.text },
            { is: 'button', label: 'Bekijk en antwoord', url: given.url },
            {
              is: 'text',
              text: 'Antwoorden kan in Doorvoer zelf; op deze mail wordt niet gelezen wat u terugstuurt.',
            },
          ],
        }
      : {
          subject: `Answer to ${given.reference}: ${given.subject}`,
          parts: [
            { is: 'text', text: `Dear ${given.name},` },
            { is: 'text', text: given.text },
            { is: 'button', label: 'Look and answer', url: given.url },
            {
              is: 'text',
              text: 'You can answer in Doorvoer itself; nobody reads what is sent back to this mail.',
            },
          ],
        },
})
