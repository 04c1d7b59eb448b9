/** The fields of a control request's body. */
export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Reads an object of known fields.
 * @throws Error with one readable line when it is none, or has a field that is not known.
 */
export function readFields(value: unknown, what: string, known: readonly string[]): Fields {
  if (!isFields(value)) throw new Error(`${what} must be an object of: ${known.join(', ')}`)
  const stranger = Object.keys(value).find((name) => !known.includes(name))
  if (stranger === undefined) return value
  throw new Error(`${what} has no ${stranger}; there are: ${known.join(', ')}`)
}

/** @throws Error when it is not a text of at most `lengthMax` characters. */
export function readText(value: unknown, what: string, lengthMax = 10_000): string {
  if (typeof value === 'string' && value.length <= lengthMax) return value
  throw new Error(`${what} must be a text of at most ${lengthMax} characters`)
}

/** @throws Error when it is neither true nor false. */
export function readFlag(value: unknown, what: string): boolean {
  if (typeof value === 'boolean') return value
  throw new Error(`${what} must be true or false`)
}

/** @throws Error when it is not a whole number in the range. */
export function readWhole(
  value: unknown,
  what: string,
  range: { min: number; max: number },
): number {
  const { min, max } = range
  const fits = typeof value === 'number' && value >= min && value <= max && Number.isInteger(value)
  if (fits) return value
  throw new Error(`${what} must be a whole number from ${min} to ${max}`)
}
