import { z } from 'zod'
import { inDays, inMoney } from '../../words.ts'
import { mailKind } from '../mail-kind.ts'

/** A payment went back, by refund or chargeback: the credit invoice, and what that means for the licence. */
export const moneyBack = mailKind({
  essential: true,
  params: z.object({
    invoiceId: z.uuid(),
    invoiceNumber: z.string(),
    credits: z.string(),
    integration: z.string(),
    cents: z.int(),
    /** The licence ends then, because the whole payment went back; null: it stays as it is. */
    endsOn: z.iso.date().nullable(),
    stopsBookingOn: z.iso.date().nullable(),
    payUrl: z.url().nullable(),
  }),
  invoice: ({ invoiceId }) => invoiceId,
  write(given, language) {
    const amount = inMoney(given.cents, language)
    const day = (text: string | null) => (text === null ? '' : inDays(text, language))
    const nl = language === 'nl'
    const ends = nl
      ? `Daarmee is het jaar van uw koppeling ${given.integration} niet betaald: zij eindigt op ${day(given.endsOn)}. Tot ${day(given.stopsBookingOn)} boeken wij door. Was het een vergissing? Dan kunt u hieronder opnieuw betalen.`
      : `The year of your integration ${given.integration} is therefore not paid: it ends on ${day(given.endsOn)}. We go on booking until ${day(given.stopsBookingOn)}. Was it a mistake? Then you can pay again below.`
    return {
      subject: nl
        ? `Teruggeboekt: creditfactuur ${given.invoiceNumber}`
        : `Paid back: credit invoice ${given.invoiceNumber}`,
      parts: [
        {
          is: 'text',
          text: nl
            ? `Uw betaling is voor ${amount} teruggegaan. Creditfactuur ${given.invoiceNumber} bij factuur ${given.credits} zit bij deze mail.`
            : `${amount} of your payment went back. Credit invoice ${given.invoiceNumber} to invoice ${given.credits} comes with this mail.`,
        },
        ...(given.endsOn === null ? [] : [{ is: 'text' as const, text: ends }]),
        ...(given.payUrl === null
          ? []
          : [
              {
                is: 'button' as const,
                label: nl ? 'Opnieuw betalen' : 'Pay again',
                url: given.payUrl,
              },
            ]),
      ],
    }
  },
})
