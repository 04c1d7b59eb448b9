import { z } from 'zod'
import { mailKind } from '../mail-kind.ts'

/** Tells the owner of an account that its password is another one now. */
export const passwordChanged = mailKind({
  essential: true,
  params: z.object({ name: z.string(), forgottenUrl: z.url() }),
  write: ({ name, forgottenUrl }, language) =>
    language === 'nl'
      ? {
          subject: 'Uw wachtwoord van Doorvoer is gewijzigd',
          parts: [
            { is: 'text', text: `Beste ${name},` },
            {
              is: 'text',
              text: 'Het wachtwoord van uw account is zojuist ingesteld. Was u dat zelf, dan hoeft u niets te doen. Was u het niet, stel dan meteen een nieuw wachtwoord in.',
            },
            { is: 'button', label: 'Nieuw wachtwoord', url: forgottenUrl },
          ],
        }
      : {
          subject: 'Your Doorvoer password was changed',
          parts: [
            { is: 'text', text: `Dear ${name},` },
            {
              is: 'text',
              text: 'The password of your account has just been set. If that was you, there is nothing to do. If it was not, set a new password at once.',
            },
            { is: 'button', label: 'New password', url: forgottenUrl },
          ],
        },
})
