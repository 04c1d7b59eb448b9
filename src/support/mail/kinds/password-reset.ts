import { z } from 'zod'
import { mailKind } from '../mail-kind.ts'

/** The link with which somebody sets a new password, once. */
export const passwordReset = mailKind({
  essential: true,
  params: z.object({ name: z.string(), passwordUrl: z.url(), hours: z.int() }),
  write: ({ name, passwordUrl, hours }, language) =>
    language === 'nl'
      ? {
          subject: 'Een nieuw wachtwoord voor Doorvoer',
          parts: [
            { is: 'text', text: `Beste ${name},` },
            {
              is: 'text',
              text: `Met deze link stelt u een nieuw wachtwoord in. De link werkt één keer en blijft ${hours === 1 ? 'een uur' : `${hours} uur`} geldig. Overal waar u nog bent aangemeld wordt u afgemeld.`,
            },
            { is: 'button', label: 'Nieuw wachtwoord instellen', url: passwordUrl },
            {
              is: 'text',
              text: 'Hebt u hier niet om gevraagd? Dan hoeft u niets te doen: uw wachtwoord blijft wat het was.',
            },
          ],
        }
      : {
          subject: 'A new password for Doorvoer',
          parts: [
            { is: 'text', text: `Dear ${name},` },
            {
              is: 'text',
              text: `With this link you set a new password. It works once and stays valid for ${hours === 1 ? 'an hour' : `${hours} hours`}. You will be signed out everywhere else.`,
            },
            { is: 'button', label: 'Set a new password', url: passwordUrl },
            {
              is: 'text',
              text: 'Did you not ask for this? Then there is nothing to do: your password stays what it was.',
            },
          ],
        },
})
