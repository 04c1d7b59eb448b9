import { type Decimal, parseDecimal } from './decimal.ts'
import { invalid, missing } from './refusal.ts'

/** One object of a request body. */
export type Members = Readonly<Record<string, unknown>>

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The object of a JSON body. @throws Refusal */
export function readBody(body: string): Members {
  try {
    const value: unknown = JSON.parse(body)
    if (isMembers(value)) return value
  } catch {
    // Not JSON: the same as nothing sent.
  }
  throw missing('body')
}

/** A text; '' when it is absent or null. @throws Refusal */
export function readText(members: Members, name: string): string {
  const value = members[name]
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  throw invalid(name)
}

/** An id as number or numeric text (contract §5); 0 when there is none. @throws Refusal */
export function readId(members: Members, name: string): number {
  const text = readText(members, name).trim()
  if (text === '') return 0
  if (!/^\d{1,12}$/.test(text)) throw invalid(name)
  return Number(text)
}

/** A decimal number of at most `decimals`; null when absent. @throws Refusal */
export function readDecimal(members: Members, name: string, decimals: number): Decimal | null {
  const value = members[name]
  if (value === undefined || value === null || value === '') return null
  const decimal = parseDecimal(value)
  if (decimal === undefined || decimal % 10n ** BigInt(6 - decimals) !== 0n) throw invalid(name)
  return decimal
}

/** YYYY-MM-DD of a day that exists; '' when absent. @throws Refusal */
export function readDate(members: Members, name: string): string {
  const text = readText(members, name)
  if (text === '') return ''
  const date = new Date(`${text}T00:00:00Z`)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime())
  if (!isDay || date.toISOString().slice(0, 10) !== text) throw invalid(name)
  return text
}
