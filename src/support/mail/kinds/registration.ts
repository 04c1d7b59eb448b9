import { z } from 'zod'
import { mailKind } from '../mail-kind.ts'

/** Brings a new merchant the way in: installation address, user name and the link to set a password. */
export const registration = mailKind({
  essential: true,
  params: z.object({
    name: z.string(),
    userName: z.string(),
    webshop: z.string(),
    accounting: z.string(),
    licenceKey: z.string(),
    installUrl: z.url(),
    passwordUrl: z.url(),
    passwordHours: z.int(),
  }),
  write: (given, language) =>
    language === 'nl'
      ? {
          subject: `Welkom bij Doorvoer: zo koppelt u ${given.webshop} en ${given.accounting}`,
          parts: [
            { is: 'text', text: `Beste ${given.name},` },
            {
              is: 'text',
              text: `Fijn dat u ${given.webshop} aan ${given.accounting} wilt koppelen. Stel eerst een wachtwoord in; de link werkt één keer en blijft ${given.passwordHours} uur geldig.`,
            },
            { is: 'button', label: 'Wachtwoord instellen', url: given.passwordUrl },
            {
              is: 'facts',
              facts: [
                ['Gebruikersnaam', given.userName],
                ['Licentiesleutel', given.licenceKey],
                ['Installatie', given.installUrl],
              ],
            },
            {
              is: 'text',
              text: 'De installatie kunt u op elk moment onderbreken en later hervatten. Er wordt niets geboekt voordat u klaar bent.',
            },
          ],
        }
      : {
          subject: `Welcome to Doorvoer: how to connect ${given.webshop} and ${given.accounting}`,
          parts: [
            { is: 'text', text: `Dear ${given.name},` },
            {
              is: 'text',
              text: `Good to have you connect ${given.webshop} to ${given.accounting}. Set a password first; the link works once and stays valid for ${given.passwordHours} hours.`,
            },
            { is: 'button', label: 'Set a password', url: given.passwordUrl },
            {
              is: 'facts',
              facts: [
                ['User name', given.userName],
                ['Licence key', given.licenceKey],
                ['Installation', given.installUrl],
              ],
            },
            {
              is: 'text',
              text: 'You can leave the installation at any moment and go on later. Nothing is booked before you are done.',
            },
          ],
        },
})
