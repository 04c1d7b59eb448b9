import { type SandboxRequest } from '../kit/server.ts'
import { type Decimal, readDecimal } from './decimal.ts'
import { type Fields, isFields, readForm } from './form.ts'
import { Refusal } from './refusal.ts'
import { type Switches } from './switches.ts'

/**
 * Reads a request's body: JSON or a PHP-style form (contract 1). One object in a list is taken for
 * the object, as one client sends it (contract 2.1).
 * @throws Refusal when it is neither.
 */
export function readBody(request: SandboxRequest): Fields {
  const type = request.headers['content-type'] ?? ''
  const looksJson = /^\s*[[{]/.test(request.body)
  if (!type.includes('json') && !looksJson) return readForm(request.body)
  let value: unknown
  try {
    value = JSON.parse(request.body)
  } catch {
    throw new Refusal('the body is not valid JSON')
  }
  const fields: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value
  if (!isFields(fields)) throw new Refusal('the body is not an object')
  return fields
}

/** A field as text; '' when it is left out, null, or no scalar. */
export function readText(fields: Fields, name: string): string {
  const value = fields[name]
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** Whether a field says anything: '' counts as left out (contract 1.1). */
export function isGiven(fields: Fields, name: string): boolean {
  const value = fields[name]
  return value !== undefined && value !== null && value !== ''
}

/**
 * A field as text that must fit. Which of cutting and refusing is real is unknown (contract 2.2).
 * @throws Refusal when it is too long and the switch says so.
 */
export function readLimited(
  fields: Fields,
  name: string,
  max: number,
  tooLong: Switches['tooLong'],
): string {
  const text = readText(fields, name)
  if (text.length <= max) return text
  const characters = Array.from(text)
  if (characters.length <= max) return text
  if (tooLong === 'cut') return characters.slice(0, max).join('')
  throw new Refusal(`${name} is longer than ${max} characters`)
}

/** A field as boolean: true/false in JSON, the words in a form, 0/1 (contract 2.2). */
export function readBoolean(fields: Fields, name: string, otherwise: boolean): boolean {
  if (!isGiven(fields, name)) return otherwise
  return !['false', '0', 'no'].includes(readText(fields, name).toLowerCase())
}

/**
 * A field as exact decimal.
 * @throws Refusal when it is given and not a number.
 */
export function readNumber(fields: Fields, name: string, otherwise: Decimal): Decimal {
  if (!isGiven(fields, name)) return otherwise
  const value = readDecimal(fields[name])
  if (value === undefined) throw new Refusal(`${name} is not a number`)
  return value
}

/**
 * A field as whole number.
 * @throws Refusal when it is given and not a whole number.
 */
export function readWhole(fields: Fields, name: string, otherwise: number): number {
  if (!isGiven(fields, name)) return otherwise
  const text = readText(fields, name).trim()
  if (!/^-?\d{1,15}$/.test(text)) throw new Refusal(`${name} is not a whole number`)
  return Number(text)
}

/**
 * A field out of a closed set.
 * @throws Refusal when it is given and not in the set.
 */
export function readChoice<T extends string>(
  fields: Fields,
  name: string,
  choices: readonly T[],
  otherwise: T,
): T {
  if (!isGiven(fields, name)) return otherwise
  const text = readText(fields, name)
  const choice = choices.find((candidate) => candidate === text)
  if (choice === undefined) throw new Refusal(`${name} must be one of ${choices.join(', ')}`)
  return choice
}

/** The three lines of `reference`; missing ones are '' (contract 1.1). */
export function readReference(fields: Fields): [string, string, string] {
  const reference = isFields(fields['reference']) ? fields['reference'] : {}
  return [readText(reference, 'line1'), readText(reference, 'line2'), readText(reference, 'line3')]
}
