import { z } from 'zod'
import { mailKind } from '../mail-kind.ts'

const roles = {
  owner: { nl: 'eigenaar', en: 'owner' },
  admin: { nl: 'beheerder', en: 'administrator' },
  member: { nl: 'accountant (alleen bekijken)', en: 'accountant (view only)' },
} as const

/** Offers somebody a seat at a merchant. */
export const seatOffer = mailKind({
  essential: true,
  params: z.object({
    merchant: z.string(),
    from: z.string(),
    role: z.enum(['owner', 'admin', 'member']),
    acceptUrl: z.url(),
    days: z.int(),
  }),
  write: ({ merchant, from, role, acceptUrl, days }, language) =>
    language === 'nl'
      ? {
          subject: `${from} nodigt u uit bij ${merchant} op Doorvoer`,
          parts: [
            {
              is: 'text',
              text: `${from} geeft u toegang tot de boekingen van ${merchant} op Doorvoer, als ${roles[role].nl}.`,
            },
            { is: 'button', label: 'Uitnodiging bekijken', url: acceptUrl },
            {
              is: 'text',
              text: `De link blijft ${days} dagen geldig. Zegt dit u niets? Dan hoeft u niets te doen.`,
            },
          ],
        }
      : {
          subject: `${from} invites you to ${merchant} on Doorvoer`,
          parts: [
            {
              is: 'text',
              text: `${from} gives you access to the bookings of ${merchant} on Doorvoer, as ${roles[role].en}.`,
            },
            { is: 'button', label: 'Look at the invitation', url: acceptUrl },
            {
              is: 'text',
              text: `The link stays valid for ${days} days. Does this mean nothing to you? Then there is nothing to do.`,
            },
          ],
        },
})
