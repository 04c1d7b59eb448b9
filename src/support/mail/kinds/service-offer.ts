import { z } from 'zod'
import type { Text } from '../../../problems/problem.ts'
import { inMoney } from '../../words.ts'
import { mailKind } from '../mail-kind.ts'

const services = {
  year: { nl: 'een jaar Doorvoer', en: 'a year of Doorvoer' },
  migration: { nl: 'migratie van verkopen', en: 'migration of sales' },
  installation: { nl: 'installatie', en: 'installation' },
} as const satisfies Record<string, Text>

/** When what is offered happens. */
const beginnings = {
  agreed: {
    nl: 'Er gebeurt niets voordat u betaalt, en er wordt niets vanzelf afgeschreven.',
    en: 'Nothing happens before you pay, and nothing is collected by itself.',
  },
  paid: {
    nl: 'Zodra de betaling binnen is, begint de migratie vanzelf. Eerder gebeurt er niets.',
    en: 'As soon as the payment is in, the migration begins by itself. Nothing happens before.',
  },
  already: {
    nl: 'De migratie is al begonnen; betalen kan intussen.',
    en: 'The migration has begun already; you can pay meanwhile.',
  },
} as const satisfies Record<string, Text>

/** An offer for a service that somebody asked for, with its payment link. */
export const serviceOffer = mailKind({
  essential: true,
  params: z.object({
    service: z.enum(['year', 'migration', 'installation']),
    begins: z.enum(['agreed', 'paid', 'already']),
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
    const service = services[given.service][language]
    const money = (cents: number) => inMoney(cents, language)
    const per = { nl: 'per begonnen duizend verkopen', en: 'for every thousand sales begun' }
    return {
      subject: nl
        ? `Offerte: ${service} voor ${given.integration}`
        : `Offer: ${service} for ${given.integration}`,
      parts: [
        {
          is: 'text',
          text: nl
            ? `Hierbij onze offerte voor ${service} van uw koppeling ${given.integration}.`
            : `This is our offer for ${service} of your integration ${given.integration}.`,
        },
        { is: 'text', text: beginnings[given.begins][language] },
        {
          is: 'facts',
          facts: [
            [
              `${given.quantity === 1 ? '' : `${given.quantity} × `}${service}${given.service === 'migration' ? `, ${per[language]}` : ''}`,
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
