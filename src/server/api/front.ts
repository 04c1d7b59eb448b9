import { z } from 'zod'
import { homeCountries } from '../../merchants/integration-settings.ts'
import { emailAddress, language, languageName, oneLine, type RouteShape } from './shapes.ts'

const role = z.enum(['owner', 'admin', 'member'])
const token = z.string().regex(/^[\w-]{43}$/)
/** As the sign-in takes them (src/merchants/sign-in.ts). */
const password = z.string().min(10).max(200)
const claim = z.string().min(1).max(2000)
const section = z.object({ title: z.string(), paragraphs: z.array(z.string()) })

/** What anybody may ask: the way in. None of it tells who has an account. */
export const frontApi = {
  'POST /api/sign-up': {
    summary: 'Ask for an account and a first integration; the way in comes by mail',
    access: 'public',
    perMinute: 10,
    body: z.object({
      name: oneLine(100).min(1),
      company: oneLine(100).min(1),
      email: emailAddress,
      homeCountry: z.enum(homeCountries),
      language: languageName,
      webshop: oneLine(50),
      accounting: oneLine(50),
      /** From the address with which an app store sent the browser. */
      claim: claim.optional(),
    }),
    answer: z.object({ mailed: z.literal(true) }),
  },
  'POST /api/password-link': {
    summary: 'Have a link to set a new password mailed',
    access: 'public',
    perMinute: 10,
    body: z.object({ email: emailAddress }),
    answer: z.object({ mailed: z.literal(true) }),
  },
  'POST /api/password': {
    summary: 'Set a password with a link from a mail, which works once',
    access: 'public',
    perMinute: 10,
    body: z.object({ token, password }),
    /** The address to sign in with. */
    answer: z.object({ email: z.string() }),
  },
  'GET /api/terms': {
    summary: 'The terms that apply now',
    access: 'public',
    query: language,
    answer: z.object({ version: z.string(), title: z.string(), sections: z.array(section) }),
  },
  'POST /api/store-claim': {
    summary: 'Which app store sent this browser, and whether its claim still works',
    access: 'public',
    perMinute: 30,
    body: z.object({ claim }),
    answer: z.object({ system: z.string(), title: z.string() }),
  },
  'POST /api/seat-offer': {
    summary: 'What an invitation offers',
    access: 'public',
    perMinute: 30,
    body: z.object({ token }),
    answer: z.object({ merchant: z.string(), role, email: z.string(), known: z.boolean() }),
  },
  'POST /api/seat-offer/join': {
    summary: 'Take an invitation with a new account; answers the link to set its password',
    access: 'public',
    perMinute: 10,
    body: z.object({ token, name: oneLine(100).min(1), language: languageName }),
    answer: z.object({ passwordUrl: z.url() }),
  },
  'POST /api/seat-offer/accept': {
    summary: 'Take an invitation with the account that is signed in',
    access: 'session',
    body: z.object({ token }),
    answer: z.object({ merchantId: z.string() }),
  },
} as const satisfies Record<string, RouteShape>
