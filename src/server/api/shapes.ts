import { z } from 'zod'

/** What one route takes in and answers. */
export interface RouteShape {
  summary: string
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  answer: z.ZodType
}

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
