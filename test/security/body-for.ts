/** A JSON Schema, as far as the document of our interface has it. */
export interface Schema {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minItems?: number
  minLength?: number
  minimum?: number
  format?: string
  pattern?: string
}

const formats: Readonly<Record<string, string>> = {
  uuid: '019c0000-0000-7000-8000-000000000000',
  email: 'iemand@voorbeeld.example',
  uri: 'https://voorbeeld.example/',
  date: '2026-11-21',
  'date-time': '2026-11-21T10:00:00.000Z',
}

const textFor = ({ format, pattern, minLength = 1 }: Schema): string =>
  formats[format ?? ''] ??
  (pattern === '^[A-Z]{2}$' ? 'NL' : undefined) ??
  (pattern?.includes('{43}') ? 'a'.repeat(43) : 'x'.repeat(Math.max(minLength, 1)))

/** The smallest body that a schema takes: a new route needs nothing by hand to be walked. */
export const bodyFor = (schema: Schema): unknown => {
  if ('const' in schema) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  const [choice] = schema.anyOf ?? schema.oneOf ?? []
  if (choice !== undefined) return bodyFor(choice)
  switch (schema.type ?? 'string') {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, bodyFor(schema.properties?.[name] ?? {})]),
      )
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => bodyFor(schema.items ?? {}))
    case 'integer':
    case 'number':
      return schema.minimum ?? 1
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return textFor(schema)
  }
}
