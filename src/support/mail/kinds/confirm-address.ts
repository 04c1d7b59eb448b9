import { z } from 'zod'
import { mailKind } from '../mail-kind.ts'

/** Asks whoever reads at an added address whether they want an integration's mails. */
export const confirmAddress = mailKind({
  essential: true,
  params: z.object({ integration: z.string(), confirmUrl: z.url() }),
  write: ({ integration, confirmUrl }, language) =>
    language === 'nl'
      ? {
          subject: `Wilt u de mails over ${integration} ontvangen?`,
          parts: [
            {
              is: 'text',
              text: `Iemand wil dat Doorvoer ook u vertelt wat er bij de koppeling ${integration} aandacht vraagt: een overzicht van fouten, en bericht als een verbinding verbroken is.`,
            },
            { is: 'button', label: 'Ja, stuur ze mij', url: confirmUrl },
            {
              is: 'text',
              text: 'Zegt dit u niets? Dan hoeft u niets te doen; wij sturen dan geen overzichten.',
            },
          ],
        }
      : {
          subject: `Do you want the mails about ${integration}?`,
          parts: [
            {
              is: 'text',
              text: `Somebody wants Doorvoer to tell you too what needs attention at the integration ${integration}: a digest of errors, and word when a connection is broken.`,
            },
            { is: 'button', label: 'Yes, send them to me', url: confirmUrl },
            {
              is: 'text',
              text: 'Does this mean nothing to you? Then there is nothing to do, and we send no digests.',
            },
          ],
        },
})
