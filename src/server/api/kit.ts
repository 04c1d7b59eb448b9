import { z } from 'zod'
import type { Scope } from '../../merchants/api-tokens.ts'

/** The shapes that the tables of routes share. */

export const identifier = z.uuid()
export const moment = z.iso.datetime()
export const languageName = z.enum(['nl', 'en'])
export const language = z.object({ language: languageName.default('nl') })
export const integrationParams = z.object({ integrationId: identifier })

/** One line of text that the database can hold: without NUL, and without a break that starts a mail header. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => ![...text].some((sign) => sign < ' ' || sign === '\u007f'), 'one line')

/** As long as a mail server takes (RFC 5321, section 4.5.3.1.3). */
export const emailAddress = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email())
  .transform((text) => text.toLowerCase())

/**
 * Who may call a route. `public`: anybody. `session`: a person who is signed in, never a token. A scope: a
 * person, or a token that has it.
 */
export type Access = 'public' | 'session' | Scope

export interface RouteShape {
  summary: string
  /** Left out: reading an integration takes `read`, everything else a person. */
  access?: Access
  /** Calls a minute of one address, where the limit of the whole interface is too wide. */
  perMinute?: number
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  answer: z.ZodType
}

/** Who may call this route: nobody gets in because somebody forgot to say. */
export const accessOf = (key: string, { access }: RouteShape): Access =>
  access ?? (key.startsWith('GET /api/integrations/') ? 'read' : 'session')
