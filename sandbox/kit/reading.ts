/** Reads a value of unknown shape (a control body). Throws an Error with one readable line. */
export type Reader<T> = (value: unknown, name: string) => T

const textMax = 2000

export const text: Reader<string> = (value, name) => {
  if (typeof value === 'string' && value.length <= textMax) return value
  throw new Error(`${name} must be a text of at most ${textMax} characters`)
}

export const decimal: Reader<number> = (value, name) => {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new Error(`${name} must be a number`)
}

export const whole: Reader<number> = (value, name) => {
  if (Number.isSafeInteger(value)) return value as number
  throw new Error(`${name} must be a whole number`)
}

export const flag: Reader<boolean> = (value, name) => {
  if (typeof value === 'boolean') return value
  throw new Error(`${name} must be true or false`)
}

export const moment: Reader<string> = (value, name) => {
  if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return value
  throw new Error(`${name} must be a date such as 2026-03-02T09:10:00Z`)
}

export function orNull<T>(reader: Reader<T>): Reader<T | null> {
  return (value, name) => (value === null ? null : reader(value, name))
}

export function oneOf<const T extends string>(...values: T[]): Reader<T> {
  return (value, name) => {
    const found = values.find((candidate) => candidate === value)
    if (found !== undefined) return found
    throw new Error(`${name} must be one of ${values.join(', ')}`)
  }
}

export function listOf<T>(reader: Reader<T>, lengthMax: number): Reader<T[]> {
  return (value, name) => {
    if (!Array.isArray(value)) throw new Error(`${name} must be a list`)
    if (value.length > lengthMax) throw new Error(`${name} has more than ${lengthMax} items`)
    return value.map((item, index) => reader(item, `${name}[${index}]`))
  }
}

/** An object with these fields and no others: a typing error in a test must not pass in silence. */
export function record<T extends object>(
  readers: { [K in keyof T]-?: Reader<Exclude<T[K], undefined>> },
  required: readonly (keyof T & string)[] = [],
): Reader<T> {
  const known = readers as Record<string, Reader<unknown> | undefined>
  return (value, name) => {
    const given = fields(value, name)
    const missing = required.find((key) => given[key] === undefined)
    if (missing !== undefined) throw new Error(`${name}.${missing} is missing`)
    const entries = Object.entries(given).map(([key, item]) => {
      const reader = known[key]
      if (reader !== undefined) return [key, reader(item, `${name}.${key}`)]
      throw new Error(`${name} has no field ${key}; known: ${Object.keys(known).join(', ')}`)
    })
    return Object.fromEntries(entries) as T
  }
}

export function fields(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw new Error(`${name} must be an object`)
}

/** A name → number map, such as a module's extra fields. */
export const numbers: Reader<Record<string, number>> = (value, name) =>
  Object.fromEntries(
    Object.entries(fields(value, name)).map(([key, item]) => [
      key,
      decimal(item, `${name}.${key}`),
    ]),
  )

/** A name → text map, such as a dialect's field names. */
export const texts: Reader<Record<string, string>> = (value, name) =>
  Object.fromEntries(
    Object.entries(fields(value, name)).map(([key, item]) => [key, text(item, `${name}.${key}`)]),
  )
