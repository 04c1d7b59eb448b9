import { z } from 'zod'
import { addressesMax } from '../../merchants/notifications.ts'
import {
  emailAddress,
  identifier,
  integrationParams,
  languageName,
  moment,
  type RouteShape,
} from './shapes.ts'

const role = z.enum(['owner', 'admin', 'member'])
const merchantParams = z.object({ merchantId: z.string().min(1).max(100) })
const offer = z.object({
  id: identifier,
  email: z.string(),
  role,
  offeredAt: moment,
  expiresAt: moment,
})

const notifications = z.object({
  language: languageName,
  digest: z.enum(['daily', 'weekly', 'never']),
  connectionRed: z.boolean(),
  addresses: z.array(z.string()),
})
/** With who has not said yet that they want these mails: nothing goes there. */
const keptNotifications = notifications.extend({ unconfirmed: z.array(z.string()) })
/** The same on its way in: addresses have to be some, and not too many. */
const wantedNotifications = notifications.extend({
  addresses: z.array(emailAddress).max(addressesMax),
})

/** The Profile tab: who works here, who is told what, and the way out. */
export const profileApi = {
  'GET /api/merchants/:merchantId/people': {
    summary: 'Who has a seat at a merchant, and who was offered one',
    access: 'session',
    params: merchantParams,
    answer: z.object({
      people: z.array(
        z.object({
          userId: z.string(),
          name: z.string(),
          email: z.string(),
          role,
          since: moment,
          secondFactor: z.boolean(),
        }),
      ),
      offers: z.array(offer),
    }),
  },
  'POST /api/merchants/:merchantId/offers': {
    summary: 'Offer somebody a seat by mail',
    access: 'session',
    params: merchantParams,
    body: z.object({ email: emailAddress, role }),
    answer: z.object({ offer }),
  },
  'DELETE /api/merchants/:merchantId/offers/:offerId': {
    summary: 'Take an offer back',
    access: 'session',
    params: merchantParams.extend({ offerId: identifier }),
    answer: z.object({ withdrawn: z.literal(true) }),
  },
  'PATCH /api/merchants/:merchantId/people/:userId': {
    summary: 'Give somebody another role',
    access: 'session',
    params: merchantParams.extend({ userId: z.string().min(1).max(100) }),
    body: z.object({ role }),
    answer: z.object({ role }),
  },
  'DELETE /api/merchants/:merchantId/people/:userId': {
    summary: 'Take a seat away, or leave your own',
    access: 'session',
    params: merchantParams.extend({ userId: z.string().min(1).max(100) }),
    answer: z.object({ removed: z.literal(true) }),
  },
  'DELETE /api/merchants/:merchantId': {
    summary: 'Delete a merchant with everything that is kept of it; stops its integrations first',
    access: 'session',
    params: merchantParams,
    /** The name of the company, typed by the person. */
    body: z.object({ company: z.string().max(200) }),
    answer: z.object({ deleted: z.literal(true) }),
  },
  'GET /api/integrations/:integrationId/notifications': {
    summary: 'Who is told what by mail',
    params: integrationParams,
    answer: keptNotifications,
  },
  'PUT /api/integrations/:integrationId/notifications': {
    summary: 'Change who is told what by mail',
    access: 'configure',
    params: integrationParams,
    /** `was`: what the sender saw before; refused when something else was kept meanwhile. */
    body: wantedNotifications.extend({ was: notifications.optional() }),
    answer: keptNotifications,
  },
  'GET /api/integrations/:integrationId/terms': {
    summary: 'Which terms were accepted for an integration, and whether newer ones apply',
    params: integrationParams,
    answer: z.object({
      current: z.string(),
      accepted: z.object({ version: z.string(), acceptedAt: moment }).nullable(),
    }),
  },
  'POST /api/integrations/:integrationId/terms': {
    summary: 'Accept the terms that were read; a version that no longer applies is refused',
    access: 'session',
    params: integrationParams,
    body: z.object({ version: z.iso.date(), language: languageName }),
    answer: z.object({ version: z.string(), acceptedAt: moment }),
  },
} as const satisfies Record<string, RouteShape>
