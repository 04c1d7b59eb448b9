import { z } from 'zod'
import type { Scope } from '../../merchants/api-tokens.ts'

/**
 * Who may call a route. `public`: anybody. `session`: a person who is signed in, never a token. A scope: a
 * person, or a token that has it.
 */
export type Access = 'public' | 'session' | Scope

/** What one route takes in and answers, and who may call it. */
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

export const identifier = z.uuid()
export const moment = z.iso.datetime()
export const day = z.iso.date().refine((text) => text >= '1900', 'before 1900')

/** Text that the database can hold: without NUL. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\0]*$/)

/** A code of the catalogue, in words of the asked language. */
export const explained = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string(),
  cause: z.string(),
  remedy: z.string(),
  /** Path of the page that explains the code, on this host; '' for a code that no longer exists. */
  help: z.string(),
})

export const language = z.object({ language: z.enum(['nl', 'en']).default('nl') })
export const integrationParams = z.object({ integrationId: identifier })

/** A page of a list that is read by key: where the next one begins, or null. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() })

/** Which page of such a list. */
export const pageQuery = z.object({
  after: line(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const languageName = z.enum(['nl', 'en'])

/** One line of text: without NUL, and without a break, which would start a mail header of its own. */
export const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^\P{Cc}*$/u)

/** As long as a mail server takes (RFC 5321, section 4.5.3.1.3). */
export const emailAddress = z
  .email()
  .max(254)
  .transform((text) => text.toLowerCase())

/** One line of a sale with its VAT and why it is so, read live from the shop. */
export const figureLine = z.object({
  kind: z.enum(['product', 'shipping', 'payment', 'surcharge', 'discount', 'rounding']),
  description: z.string(),
  quantity: z.string(),
  amount: z.string(),
  includesVat: z.boolean(),
  vatPercent: z.string().nullable(),
  /** Why its VAT is what it is; null while it is not known. */
  why: z.string().nullable(),
})

/** Net, VAT and gross of all lines with one percentage. */
export const rateTotal = z.object({
  vatPercent: z.string(),
  net: z.string(),
  vat: z.string(),
  gross: z.string(),
})

export const verdict = z.object({
  check: z.string(),
  title: z.string(),
  is: z.enum(['passed', 'failed', 'waits', 'not-reached']),
  problem: explained.nullable(),
})

export const side = z.enum(['webshop', 'accounting'])
export const connectionParams = integrationParams.extend({ side })
const bilingual = z.object({ nl: z.string(), en: z.string() })

/** A field of a form, in both languages. Secrets are write-only: a form never carries their value. */
const formField = z.object({
  name: z.string(),
  kind: z.enum(['text', 'secret', 'url', 'date', 'number', 'switch', 'choice', 'choices']),
  label: bilingual,
  help: bilingual.optional(),
  required: z.boolean(),
  advanced: z.boolean(),
  /** What the value must be like, so that a form can say so before it is sent. */
  min: z.number().optional(),
  max: z.number().optional(),
  maxLength: z.number().optional(),
  pattern: z.string().optional(),
  options: z
    .union([
      z.array(z.object({ value: z.string(), label: bilingual })),
      z.object({ from: z.string() }),
    ])
    .optional(),
  default: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional(),
})

/** What a merchant fills in, by the names of the form's fields. */
export const values = z.record(
  z.string().max(100),
  z.union([z.string().max(5_000), z.number(), z.boolean(), z.array(z.string().max(500)).max(500)]),
)

export const systemShape = z.object({
  id: z.string(),
  title: z.string(),
  /** How it is connected: by a form, from its app store, by signing in there, by being activated there. */
  connecting: z.array(z.enum(['form', 'store', 'sign-in', 'activation'])),
  credentials: z.array(formField),
  settings: z.array(formField),
  capabilities: z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())])),
})

export const findingShape = z.object({ subject: z.string(), problem: explained.nullable() })
