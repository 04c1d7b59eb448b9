import { z } from 'zod'
import { mailKind } from '../mail-kind.ts'

/** The installation is complete: what happens now, and where to look. */
export const installFinished = mailKind({
  essential: true,
  params: z.object({
    integration: z.string(),
    webshop: z.string(),
    accounting: z.string(),
    dashboardUrl: z.url(),
  }),
  write: (given, language) =>
    language === 'nl'
      ? {
          subject: `${given.integration} is klaar: ${given.webshop} en ${given.accounting} zijn gekoppeld`,
          parts: [
            {
              is: 'text',
              text: `De installatie van ${given.integration} is voltooid. Nieuwe verkopen uit ${given.webshop} worden vanaf vandaag facturen in ${given.accounting}.`,
            },
            {
              is: 'text',
              text: 'Bekijk de eerste boekingen rustig op Rapportage. Wat niet geboekt kan worden, staat met reden en oplossing bij Fouten.',
            },
            { is: 'button', label: 'Naar het dashboard', url: given.dashboardUrl },
          ],
        }
      : {
          subject: `${given.integration} is ready: ${given.webshop} and ${given.accounting} are connected`,
          parts: [
            {
              is: 'text',
              text: `The installation of ${given.integration} is complete. From today new sales of ${given.webshop} become invoices in ${given.accounting}.`,
            },
            {
              is: 'text',
              text: 'Have a look at the first bookings on Report. What cannot be booked is on Errors, with reason and remedy.',
            },
            { is: 'button', label: 'To the dashboard', url: given.dashboardUrl },
          ],
        },
})
