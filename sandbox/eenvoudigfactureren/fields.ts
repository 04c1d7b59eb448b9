import { type Decimal, readDecimal } from './decimal.ts'
import { Refusal } from './refusal.ts'

/** Fields of a request, whatever it was encoded in. */
export type Fields = Record<string, unknown>

/** Whether a value is an object of fields (and no list). */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a field says anything. */
export function isGiven(fields: Fields, name: string): boolean {
  const value = fields[name]
  return value !== undefined && value !== null && value !== ''
}

/** A field as text; '' when it is left out, null, or no scalar. */
export function readText(fields: Fields, name: string): string {
  const value = fields[name]
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** A field as text that must fit. @throws Refusal: a longer value is refused, not cut (contract 2.1) */
export function readLimited(fields: Fields, name: string, max: number): string {
  const text = readText(fields, name)
  if (text.length > max && Array.from(text).length > max) throw new Refusal(`${name} too long`)
  return text
}

/** A yes/no field; a JSON boolean is taken too (contract 1). */
export function readYes(fields: Fields, name: string, otherwise: boolean): boolean {
  if (!isGiven(fields, name)) return otherwise
  return ['yes', 'true', '1'].includes(readText(fields, name).toLowerCase())
}

/** A field as exact decimal; undefined when it is left out. @throws Refusal when it is not a number */
export function readNumber(fields: Fields, name: string): Decimal | undefined {
  if (!isGiven(fields, name)) return undefined
  const value = readDecimal(fields[name])
  if (value === undefined) throw new Refusal(`${name} invalid`)
  return value
}

/** A field as whole number. @throws Refusal when it is given and not one */
export function readWhole(fields: Fields, name: string, otherwise: number): number {
  if (!isGiven(fields, name)) return otherwise
  const text = readText(fields, name).trim()
  if (!/^-?\d{1,15}$/.test(text)) throw new Refusal(`${name} invalid`)
  return Number(text)
}

/** A field out of a closed set. @throws Refusal when it is given and not in the set */
export function readChoice<T extends string>(
  fields: Fields,
  name: string,
  choices: readonly T[],
  otherwise: T,
): T {
  if (!isGiven(fields, name)) return otherwise
  const choice = choices.find((candidate) => candidate === readText(fields, name))
  if (choice === undefined) throw new Refusal(`${name} unknown`)
  return choice
}

/** A date as YYYY-MM-DD. @throws Refusal when it is given and not a day */
export function readDate(fields: Fields, name: string, otherwise: string): string {
  if (!isGiven(fields, name)) return otherwise
  const text = readText(fields, name).trim()
  const day = new Date(`${text}T00:00:00Z`)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime())
  if (!isDay || day.toISOString().slice(0, 10) !== text) throw new Refusal(`${name} invalid`)
  return text
}

/** The objects in a list field, or in the one element that an XML list nests its items in. */
export function readObjects(fields: Fields, name: string): Fields[] {
  const value = fields[name]
  const inner: unknown = isFields(value) ? Object.values(value)[0] : value
  const list: unknown[] = Array.isArray(inner) ? inner : isFields(inner) ? [inner] : []
  return list.filter(isFields)
}
