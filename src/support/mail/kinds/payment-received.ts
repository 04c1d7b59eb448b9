import { z } from 'zod'
import { inDays, inMoney } from '../../words.ts'
import { mailKind } from '../mail-kind.ts'

/** Thanks for a payment, with its invoice; and what it bought. */
export const paymentReceived = mailKind({
  essential: true,
  params: z.object({
    invoiceId: z.uuid(),
    invoiceNumber: z.string(),
    integration: z.string(),
    grossCents: z.int(),
    /** Until when the licence runs now; null for what extends none. */
    endsOn: z.iso.date().nullable(),
    /** Sales that waited for it and are booked now. */
    resumed: z.int(),
    profileUrl: z.url(),
  }),
  invoice: ({ invoiceId }) => invoiceId,
  write: (given, language) => {
    const amount = inMoney(given.grossCents, language)
    const until = given.endsOn === null ? null : inDays(given.endsOn, language)
    return language === 'nl'
      ? {
          subject: `Betaald: factuur ${given.invoiceNumber}`,
          parts: [
            {
              is: 'text',
              text: `Wij hebben uw betaling van ${amount} ontvangen, dank u wel. Factuur ${given.invoiceNumber} zit bij deze mail en staat op uw profiel.`,
            },
            ...(until === null
              ? []
              : [
                  {
                    is: 'text' as const,
                    text: `Uw koppeling ${given.integration} loopt nu tot ${until}.`,
                  },
                ]),
            ...(given.resumed === 0
              ? []
              : [
                  {
                    is: 'text' as const,
                    text: `De ${given.resumed} verkopen die wachtten, worden nu op volgorde geboekt.`,
                  },
                ]),
            { is: 'button', label: 'Naar uw profiel', url: given.profileUrl },
          ],
        }
      : {
          subject: `Paid: invoice ${given.invoiceNumber}`,
          parts: [
            {
              is: 'text',
              text: `We have received your payment of ${amount}, thank you. Invoice ${given.invoiceNumber} comes with this mail and is on your profile.`,
            },
            ...(until === null
              ? []
              : [
                  {
                    is: 'text' as const,
                    text: `Your integration ${given.integration} now runs until ${until}.`,
                  },
                ]),
            ...(given.resumed === 0
              ? []
              : [
                  {
                    is: 'text' as const,
                    text: `The ${given.resumed} sales that were waiting are being booked now, in order.`,
                  },
                ]),
            { is: 'button', label: 'To your profile', url: given.profileUrl },
          ],
        }
  },
})
