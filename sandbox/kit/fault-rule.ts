/** Every way a remote can misbehave that the sandboxes know how to play. */
export const faultKinds = [
  'latency',
  'error-before',
  'error-after',
  'timeout-before',
  'timeout-after',
  'rate-limit',
  'bad-json',
  'html',
  'truncated',
  'reset-before',
  'reset-after',
  'late-effect',
  'unauthorized',
  'slow-body',
] as const

export type FaultKind = (typeof faultKinds)[number]

/** When to misbehave, and how. A field left out matches everything. */
export interface FaultRule {
  id?: string
  match?: {
    method?: string
    /** Source of a regular expression, tried on the raw path with its query. */
    path?: string
  }
  fault: FaultKind
  /** How many requests it hits; 0 = until removed. Default 1. */
  times?: number
  /** Chance from 0 to 1 that a matching request is hit. Default 1. */
  probability?: number
  /** Milliseconds; what it means and its default depend on the kind (see misbehave.ts). */
  delayMs?: number
  /** Status of 'error-before' (default 503) and 'error-after' (default 502). */
  status?: number
}

/** A rule as the switchboard keeps it, with its hit count. `left` is null when it never runs out. */
export type FaultStatus = FaultRule & { id: string; hits: number; left: number | null }

const numberFields: Record<string, { min: number; max: number; whole: boolean }> = {
  times: { min: 0, max: 1_000_000, whole: true },
  probability: { min: 0, max: 1, whole: false },
  delayMs: { min: 0, max: 3_600_000, whole: true },
  status: { min: 300, max: 599, whole: true },
}

/**
 * Reads an unknown value (a JSON body) as a rule.
 * @throws Error with one readable line when it is not a rule.
 */
export function readFaultRule(value: unknown): FaultRule {
  if (!isRecord(value)) throw new Error('a fault rule is an object')
  const known = ['id', 'match', 'fault', ...Object.keys(numberFields)]
  const stranger = Object.keys(value).find((key) => !known.includes(key))
  if (stranger !== undefined)
    throw new Error(`unknown field ${stranger}; known: ${known.join(', ')}`)

  const fault = faultKinds.find((kind) => kind === value['fault'])
  if (fault === undefined) throw new Error(`fault must be one of ${faultKinds.join(', ')}`)
  const rule: FaultRule = { fault }
  if (value['id'] !== undefined) rule.id = readString(value['id'], 'id')
  if (value['match'] !== undefined) rule.match = readMatch(value['match'])

  const numbers = Object.entries(numberFields)
    .filter(([name]) => value[name] !== undefined)
    .map(([name, range]) => [name, readNumber(value[name], name, range)])
  return { ...rule, ...(Object.fromEntries(numbers) as Partial<FaultRule>) }
}

function readMatch(value: unknown): NonNullable<FaultRule['match']> {
  if (!isRecord(value)) throw new Error('match must be an object')
  const match: NonNullable<FaultRule['match']> = {}
  if (value['method'] !== undefined) match.method = readString(value['method'], 'match.method')
  if (value['path'] !== undefined) match.path = readString(value['path'], 'match.path')
  return match
}

function readString(value: unknown, name: string): string {
  if (typeof value === 'string' && value.length > 0 && value.length <= 500) return value
  throw new Error(`${name} must be a text of 1 to 500 characters`)
}

function readNumber(
  value: unknown,
  name: string,
  range: { min: number; max: number; whole: boolean },
): number {
  const fits = typeof value === 'number' && value >= range.min && value <= range.max
  if (fits && (!range.whole || Number.isInteger(value))) return value
  const kind = range.whole ? 'a whole number' : 'a number'
  throw new Error(`${name} must be ${kind} from ${range.min} to ${range.max}`)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
