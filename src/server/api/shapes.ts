import { z } from 'zod'
import { integrationParams } from './kit.ts'

/** What the routes of several screens show. */

/** A code of the catalogue, in words of the asked language. */
export const explained = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string(),
  cause: z.string(),
  remedy: z.string(),
})

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
export const bilingual = z.object({ nl: z.string(), en: z.string() })

/** A field of a form, in both languages. Secrets are write-only: a form never carries their value. */
export const formField = z.object({
  name: z.string(),
  kind: z.enum(['text', 'secret', 'url', 'number', 'switch', 'choice', 'choices']),
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
