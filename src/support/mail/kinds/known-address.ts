import { z } from 'zod'
import { mailKind } from '../mail-kind.ts'

/** Somebody signed up with an address that has an account: only the owner of the mailbox learns of it. */
export const knownAddress = mailKind({
  essential: true,
  params: z.object({
    name: z.string(),
    webshop: z.string(),
    accounting: z.string(),
    newUrl: z.url(),
    forgottenUrl: z.url(),
  }),
  write: (given, language) =>
    language === 'nl'
      ? {
          subject: 'U hebt al een account bij Doorvoer',
          parts: [
            { is: 'text', text: `Beste ${given.name},` },
            {
              is: 'text',
              text: `Er is zojuist met uw e-mailadres een koppeling van ${given.webshop} en ${given.accounting} aangevraagd. U hebt al een account, dus er is geen nieuw gemaakt. Meld u aan; de koppeling staat dan voor u klaar om toe te voegen.`,
            },
            { is: 'button', label: 'Aanmelden en toevoegen', url: given.newUrl },
            { is: 'text', text: 'Wachtwoord vergeten, of nog nooit ingesteld?' },
            { is: 'button', label: 'Nieuw wachtwoord', url: given.forgottenUrl },
            {
              is: 'text',
              text: 'Was u dit niet? Dan hoeft u niets te doen: er is niets veranderd.',
            },
          ],
        }
      : {
          subject: 'You already have a Doorvoer account',
          parts: [
            { is: 'text', text: `Dear ${given.name},` },
            {
              is: 'text',
              text: `Somebody has just asked for an integration of ${given.webshop} and ${given.accounting} with your e-mail address. You already have an account, so no new one was made. Sign in, and the integration is ready for you to add.`,
            },
            { is: 'button', label: 'Sign in and add it', url: given.newUrl },
            { is: 'text', text: 'Forgot your password, or never set one?' },
            { is: 'button', label: 'New password', url: given.forgottenUrl },
            {
              is: 'text',
              text: 'Was this not you? Then there is nothing to do: nothing has changed.',
            },
          ],
        },
})
