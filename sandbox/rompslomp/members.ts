import { type Books } from './books.ts'
import { type Decimal, parseDecimal } from './decimal.ts'
import { Refusal } from './refusal.ts'

/** One object of a request body. */
export type Members = Readonly<Record<string, unknown>>

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

type Room = Pick<Books, 'switches'>

const parameters = ({ switches }: Room, kind: string, message: string): Refusal =>
  new Refusal(switches.parameterStatus, `client.parameters.${kind}`, message)

const badValue = (room: Room, name: string): Refusal =>
  parameters(room, 'invalid_parameter_value', `Ongeldige waarde voor ${name}`)

/**
 * The object under `key` of a JSON body (contract §1).
 * @throws Refusal when there is none
 */
export function readWrapped(room: Room, body: string, key: string): Members {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw parameters(room, 'malformed_json', 'De JSON is ongeldig')
  }
  const wrapped = isMembers(value) ? value[key] : undefined
  if (!isMembers(wrapped)) throw parameters(room, 'missing_parameter', `Parameter ${key} ontbreekt`)
  if (isMembers(value)) permit(room, value, [key])
  return wrapped
}

/** Refuses members that are not in the tables (contract §0 point 6). @throws Refusal */
export function permit(room: Room, members: Members, names: readonly string[]): void {
  if (room.switches.unknownMembers === 'ignore') return
  const strangers = Object.keys(members).filter((name) => !names.includes(name))
  if (strangers.length === 0) return
  throw parameters(
    room,
    'unpermitted_parameters',
    `found unpermitted parameters: ${strangers.map((name) => `:${name}`).join(', ')}`,
  )
}

/** A text; null when it is absent, null or empty (contract §7: empty values are null). */
export function readText(room: Room, members: Members, name: string): string | null {
  const value = members[name]
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  throw badValue(room, name)
}

export function readFlag(room: Room, members: Members, name: string, absent: boolean): boolean {
  const value = members[name]
  if (value === undefined || value === null) return absent
  if (value === true || value === 'true' || value === 1 || value === '1') return true
  if (value === false || value === 'false' || value === 0 || value === '0') return false
  throw badValue(room, name)
}

/** An id; null when it is absent. */
export function readId(room: Room, members: Members, name: string): number | null {
  const text = readText(room, members, name)
  if (text === null) return null
  if (!/^\d{1,12}$/.test(text)) throw badValue(room, name)
  return Number(text)
}

/** A decimal number of any precision, as text or number (contract §5); null when absent. */
export function readDecimal(room: Room, members: Members, name: string): Decimal | null {
  const value = members[name]
  if (value === undefined || value === null || value === '') return null
  const decimal = parseDecimal(value)
  if (decimal === undefined) throw badValue(room, name)
  return decimal
}

/** YYYY-MM-DD of a day that exists; null when absent. */
export function readDate(room: Room, members: Members, name: string): string | null {
  const text = readText(room, members, name)
  if (text === null) return null
  const date = new Date(`${text}T00:00:00Z`)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime())
  if (!isDay || date.toISOString().slice(0, 10) !== text) throw badValue(room, name)
  return text
}

/** A list of objects; undefined when absent. */
export function readList(room: Room, members: Members, name: string): Members[] | undefined {
  const value = members[name]
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value) && value.every(isMembers)) return value
  throw badValue(room, name)
}
