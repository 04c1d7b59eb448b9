import { z } from 'zod'

/** Shapes that the routes of several screens share. */

export const identifier = z.uuid()
export const moment = z.iso.datetime()
export const day = z.iso.date().refine((text) => text >= '1900', 'before 1900')

/** A code of the catalogue, in words of the asked language. */
export const explained = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string(),
  cause: z.string(),
  remedy: z.string(),
})

export const language = z.object({ language: z.enum(['nl', 'en']).default('nl') })
export const integrationParams = z.object({ integrationId: identifier })
