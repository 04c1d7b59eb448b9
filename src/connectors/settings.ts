import { z } from 'zod'
import type { Text } from '../problems/problem.ts'

interface FieldBase {
  label: Text
  help?: Text
  /** Shown only to who asks for it: nearly nobody needs it. */
  advanced?: true
  /** Never in a form: filled in by signing in at the remote. */
  hidden?: true
}

/** Options known when the connector is written, or the name of a list in the remote's choices. */
export type Options = readonly { value: string; label: Text }[] | { from: string }

/**
 * One setting of a connector. The same description makes the form, its validation, and what is encrypted.
 */
export type Field =
  | (FieldBase & { kind: 'text'; required: boolean; maxLength?: number; pattern?: RegExp })
  | (FieldBase & { kind: 'secret'; required: boolean; maxLength?: number })
  | (FieldBase & { kind: 'url'; required: boolean })
  /** A calendar day, YYYY-MM-DD; '' is none. */
  | (FieldBase & { kind: 'date' })
  | (FieldBase & { kind: 'number'; min: number; max: number; default: number })
  | (FieldBase & { kind: 'switch'; default: boolean })
  | (FieldBase & { kind: 'choice'; options: Options; default: string })
  | (FieldBase & { kind: 'choices'; options: Options; default: readonly string[] })

export type Fields = Readonly<Record<string, Field>>

type ValueOf<F extends Field> = F extends { kind: 'number' }
  ? number
  : F extends { kind: 'switch' }
    ? boolean
    : F extends { kind: 'choices' }
      ? string[]
      : string

/** The values a person filled in for `F`. Optional texts that were left empty are ''. */
export type ValuesOf<F extends Fields> = { [K in keyof F]: ValueOf<F[K]> }

const textMax = 2000

/** One of the options that are known here; what the remote offers is judged by the remote. */
const oneOf = (options: Options) =>
  z
    .string()
    .max(textMax)
    .refine((value) => 'from' in options || options.some((option) => option.value === value))

const schemaOfField = (field: Field): z.ZodType => {
  switch (field.kind) {
    case 'text': {
      let text = z
        .string()
        .trim()
        .max(field.maxLength ?? textMax)
      if (field.pattern !== undefined) text = text.regex(field.pattern)
      return field.required ? text.min(1) : text.default('')
    }
    case 'secret': {
      const text = z
        .string()
        .trim()
        .max(field.maxLength ?? textMax)
      return field.required ? text.min(1) : text.default('')
    }
    case 'url': {
      const url = z.url({ protocol: /^https?$/ }).max(textMax)
      return field.required ? url : url.or(z.literal('')).default('')
    }
    case 'date':
      return z.iso.date().or(z.literal('')).default('')
    case 'number':
      return z.number().min(field.min).max(field.max).default(field.default)
    case 'switch':
      return z.boolean().default(field.default)
    case 'choice':
      return oneOf(field.options).default(field.default)
    case 'choices':
      return z
        .array(oneOf(field.options))
        .max(500)
        .default([...field.default])
  }
}

const buildSchema = (fields: Fields): z.ZodType =>
  z.strictObject(
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schemaOfField(field)])),
  )

/** Fields are constants of their connectors; zod compiles a schema at its first use, which takes half a millisecond. */
const built = new WeakMap<Fields, z.ZodType>()

/** The validation of a form. Unknown keys are refused, so that a misspelt setting is noticed. */
export const schemaOf = <F extends Fields>(fields: F): z.ZodType<ValuesOf<F>> => {
  const schema = built.get(fields) ?? buildSchema(fields)
  built.set(fields, schema)
  return schema as z.ZodType<ValuesOf<F>>
}

/** Every setting at its default. @throws when a field is required and has none. */
export const defaultsOf = <F extends Fields>(fields: F): ValuesOf<F> => schemaOf(fields).parse({})

/** One field of a form as the dashboard gets it. */
export interface FormField {
  name: string
  kind: Field['kind']
  label: Text
  help?: Text
  required: boolean
  advanced: boolean
  min?: number
  max?: number
  maxLength?: number
  /** A pattern's source, where the text must match one. */
  pattern?: string
  options?: Options
  default?: string | number | boolean | readonly string[]
}

/** The form for `fields`, in their order. Secrets are write-only: a form never carries their value. */
export const formOf = (fields: Fields): FormField[] =>
  Object.entries(fields)
    .filter(([, field]) => field.hidden !== true)
    .map(([name, field]) => ({
      name,
      kind: field.kind,
      label: field.label,
      ...(field.help && { help: field.help }),
      required: 'required' in field && field.required,
      advanced: field.advanced ?? false,
      ...('min' in field && { min: field.min, max: field.max }),
      ...('maxLength' in field && { maxLength: field.maxLength }),
      ...('pattern' in field && { pattern: field.pattern.source }),
      ...('options' in field && { options: field.options }),
      ...('default' in field && { default: field.default }),
    }))
