import { json } from '../kit/message.ts'
import { type SandboxAnswer } from '../kit/server.ts'
import { type Books } from './books.ts'
import { type Decimal, formatDecimal } from './decimal.ts'

type Room = Pick<Books, 'switches'>

/** A whole number as v1 writes it: mostly a text (contract §5). */
export const whole = ({ switches }: Room, value: number): string | number =>
  switches.numbers === 'texts' ? String(value) : value

/** An amount as v1 writes it, with at least two decimals when a text. */
export const money = ({ switches }: Room, value: Decimal): string | number =>
  switches.numbers === 'texts' ? formatDecimal(value) : Number(formatDecimal(value))

/** Items by their id; an empty map may be `[]` (contract §5). */
export const mapOf = <T extends { id: number }>(
  { switches }: Room,
  items: readonly T[],
  write: (item: T) => unknown,
): unknown =>
  items.length === 0 && switches.emptyMap === 'list'
    ? []
    : Object.fromEntries(items.map((item) => [String(item.id), write(item)]))

/** A success of v1. */
export const success = ({ switches }: Room, body: Record<string, unknown>): SandboxAnswer =>
  json({ ...(switches.emptyError && { error: [] }), ...body })
