import { z } from 'zod'
import { inMoney } from '../../words.ts'
import { mailKind } from '../mail-kind.ts'

const services = {
  nl: {
    year: 'een jaar Doorvoer',
    migration: 'migratie van verkopen',
    installation: 'installatie',
  },
  en: { year: 'a year of Doorvoer', migration: 'migration of sales', installation: 'installation' },
} as const

/** An offer for a service that somebody asked for, with its payment link. */
export const serviceOffer = mailKind({
  essential: true,
  params: z.object({
    service: z.enum(['year', 'migration', 'installation']),
    quantity: z.int(),
    integration: z.string(),
    netCents: z.int(),
    vatCents: z.int(),
    vatPercent: z.string(),
    grossCents: z.int(),
    payUrl: z.url(),
  }),
  write(given, language) {
    const nl = language === 'nl'
    const service = services[language][given.service]
    const money = (cents: number) => inMoney(cents, language)
    return {
      subject: nl
        ? `Offerte: ${service} voor ${given.integration}`
        : `Offer: ${service} for ${given.integration}`,
      parts: [
        {
          is: 'text',
          text: nl
            ? `Hierbij onze offerte voor ${service} van uw koppeling ${given.integration}. Er gebeurt niets voordat u betaalt.`
            : `This is our offer for ${service} of your integration ${given.integration}. Nothing happens before you pay.`,
        },
        {
          is: 'facts',
          facts: [
            [
              given.quantity === 1 ? service : `${given.quantity} × ${service}`,
              money(given.netCents),
            ],
            [`${nl ? 'Btw' : 'VAT'} ${given.vatPercent} %`, money(given.vatCents)],
            [nl ? 'Samen' : 'Together', money(given.grossCents)],
          ],
        },
        { is: 'button', label: nl ? 'Bekijk en betaal' : 'See and pay', url: given.payUrl },
      ],
    }
  },
})
