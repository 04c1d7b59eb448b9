import { z } from 'zod'
import type { StoppedBy } from '../../../database/licence-tables.ts'
import type { Language } from '../../../problems/problem.ts'
import { mailKind } from '../mail-kind.ts'

const why: Readonly<Record<Language, Readonly<Record<StoppedBy, string>>>> = {
  nl: {
    merchant: 'U heeft de koppeling gestopt.',
    operator: 'De koppeling is op uw verzoek gestopt.',
    store: 'De app is in de app-winkel van uw webshop verwijderd.',
    lapse: 'De licentie was al meer dan 60 dagen verlopen.',
  },
  en: {
    merchant: 'You have stopped the integration.',
    operator: 'The integration was stopped at your request.',
    store: 'The app was removed in the app store of your webshop.',
    lapse: 'The licence had been expired for more than 60 days.',
  },
}

/** An integration has ended, as of today: why, and what that means. */
export const integrationStopped = mailKind({
  essential: true,
  params: z.object({
    integration: z.string(),
    licenceKey: z.string(),
    by: z.enum(['merchant', 'operator', 'store', 'lapse']),
    webshop: z.string(),
    accounting: z.string(),
    newUrl: z.url(),
  }),
  write: (given, language) =>
    language === 'nl'
      ? {
          subject: `${given.integration} is gestopt`,
          parts: [
            { is: 'text', text: `${why.nl[given.by]} Vanaf vandaag wordt er niets meer geboekt.` },
            {
              is: 'text',
              text: `De sleutels van ${given.webshop} en ${given.accounting} zijn bij ons gewist. Trek ze voor de zekerheid ook daar in. Wat geboekt is, blijft in uw boekhouding en op uw rapportage staan.`,
            },
            { is: 'facts', facts: [['Licentiesleutel', given.licenceKey]] },
            { is: 'button', label: 'Opnieuw beginnen', url: given.newUrl },
          ],
        }
      : {
          subject: `${given.integration} has been stopped`,
          parts: [
            { is: 'text', text: `${why.en[given.by]} Nothing is booked any more as of today.` },
            {
              is: 'text',
              text: `The keys of ${given.webshop} and ${given.accounting} were deleted here. To be safe, revoke them there too. What was booked stays in your bookkeeping and on your report.`,
            },
            { is: 'facts', facts: [['Licence key', given.licenceKey]] },
            { is: 'button', label: 'Start again', url: given.newUrl },
          ],
        },
})
