import { createHash } from 'node:crypto'
import { seededRandom } from '../../../src/world/random.ts'

/** Chance of one simulated run: the same seed gives the same run. */
export interface Chance {
  /** A number in [0, 1). */
  fraction(): number
  /** Whether something of this probability happens. */
  happens(probability: number): boolean
  /** A number from `min` to `max`, spread evenly. */
  between(min: number, max: number): number
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number
  /** @throws Error when there is nothing to pick from */
  pick<T>(list: readonly T[]): T
  /** One of the keys, by its weight; null when all weigh nothing. */
  weighed<K extends string>(weights: Readonly<Record<K, number>>): K | null
}

export const chanceOf = (seed: number): Chance => {
  const random = seededRandom(seed)
  const fraction = () => random.fraction()
  const between = (min: number, max: number) => min + fraction() * (max - min)
  const whole = (min: number, max: number) => Math.floor(between(min, max + 1))
  return {
    fraction,
    happens: (probability) => fraction() < probability,
    between,
    whole,
    pick(list) {
      const picked = list[whole(0, list.length - 1)]
      if (picked === undefined) throw new Error('nothing to pick from')
      return picked
    },
    weighed(weights) {
      const all = Object.entries<number>(weights)
      let left = fraction() * all.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [key, weight] of all) {
        left -= weight
        if (left < 0) return key as keyof typeof weights
      }
      return null
    },
  }
}

interface Event {
  atMs: number
  /** Breaks ties: what was planned first happens first. */
  order: number
  act: (() => void | Promise<void>) | null
}

/** How something planned is called off. */
export type CallOff = () => void

/**
 * Virtual time. Whatever takes time is planned here and happens here, one thing after the other; between two
 * of them everything that only waits for its turn of the event loop runs to its end.
 */
export interface World {
  chance: Chance
  /** Milliseconds since the run began. */
  nowMs(): number
  /** The moment, by a clock that is right. */
  now(): Date
  after(delayMs: number, act: () => void | Promise<void>): CallOff
  /** Lets time pass until `untilMs`, or until nothing is planned any more. @throws what an act throws */
  passUntil(untilMs: number): Promise<void>
  /** One line of what happened; all of them make the run's hash. */
  log(line: string): void
  /** The last lines, for whoever looks into a failure. */
  lastLines(): readonly string[]
  /** Hash over every line so far. */
  hash(): string
  events(): number
}

const keptLines = 400
const usualStart = '2026-03-02T06:00:00.000Z'

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

/** Parents come before children: entry n has its children at 2n+1 and 2n+2. */
const isBefore = (one: Event, other: Event): boolean =>
  one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order)

const push = (heap: Event[], event: Event): void => {
  let at = heap.length
  heap.push(event)
  while (at > 0) {
    const above = (at - 1) >> 1
    const parent = heap[above]
    if (parent === undefined || !isBefore(event, parent)) break
    heap[at] = parent
    at = above
  }
  heap[at] = event
}

const pop = (heap: Event[]): Event | undefined => {
  const first = heap[0]
  const last = heap.pop()
  if (first === undefined || last === undefined || heap.length === 0) return first
  let at = 0
  for (;;) {
    const left = heap[2 * at + 1]
    const right = heap[2 * at + 2]
    if (left === undefined) break
    const isRight = right !== undefined && isBefore(right, left)
    const child = isRight ? right : left
    if (!isBefore(child, last)) break
    heap[at] = child
    at = 2 * at + (isRight ? 2 : 1)
  }
  heap[at] = last
  return first
}

export const worldOf = (
  seed: number,
  { keepLines = false, startsAt = usualStart }: { keepLines?: boolean; startsAt?: string } = {},
): World => {
  const start = Date.parse(startsAt)
  const heap: Event[] = []
  const hash = createHash('sha256')
  let lines: string[] = []
  let nowMs = 0
  let order = 0
  let events = 0

  return {
    chance: chanceOf(seed),
    nowMs: () => nowMs,
    now: () => new Date(start + nowMs),
    after(delayMs, act) {
      order += 1
      const event: Event = { atMs: nowMs + Math.max(0, delayMs), order, act }
      push(heap, event)
      return () => {
        event.act = null
      }
    },
    async passUntil(untilMs) {
      // Twice: what runs in the first turn may plan something for the next one.
      await turn()
      await turn()
      for (let next = heap[0]; next !== undefined && next.atMs <= untilMs; next = heap[0]) {
        pop(heap)
        if (next.act === null) continue
        nowMs = next.atMs
        events += 1
        await next.act()
        await turn()
        await turn()
      }
      nowMs = Math.max(nowMs, untilMs)
    },
    log(line) {
      const whole = `${Math.round(nowMs)} ${line}`
      hash.update(whole).update('\n')
      lines.push(whole)
      if (!keepLines && lines.length > 2 * keptLines) lines = lines.slice(-keptLines)
    },
    lastLines: () => (keepLines ? lines : lines.slice(-keptLines)),
    hash: () => hash.copy().digest('hex').slice(0, 16),
    events: () => events,
  }
}
