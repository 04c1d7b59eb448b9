import { type FaultRule, type FaultStatus, readFaultRule } from './fault-rule.ts'
import { type Random } from './random.ts'

export type { FaultKind, FaultRule, FaultStatus } from './fault-rule.ts'

const rulesMax = 1000

/** The switchboard of a sandbox: which requests go wrong, and how. */
export interface Faults {
  /**
   * Adds a rule behind the ones there are and returns its id.
   * @throws Error when the rule is not valid, its id is taken, or the board is full.
   */
  add(rule: FaultRule): string
  /** Takes one rule away; false when there is none of that id. */
  remove(id: string): boolean
  /** Takes all rules away. */
  clear(): void
  /** All rules since the last clear, used-up ones too, with their hit counts. */
  list(): FaultStatus[]
  /** The rule that hits this request, if any. Counts as a hit. */
  take(request: { method: string; rawUrl: string }): FaultRule | undefined
}

interface Entry {
  rule: FaultRule
  id: string
  method: string | undefined
  path: RegExp | undefined
  hits: number
  left: number
}

/** Makes an empty switchboard. `random` decides the rules that have a probability. */
export function createFaults(random: Random): Faults {
  let all: Entry[] = []
  // Used-up rules stay readable in `all` but must not slow the hot path.
  let live: Entry[] = []
  let sequence = 0

  function add(rule: FaultRule): string {
    const entry = enter(readFaultRule(rule), () => `fault-${++sequence}`)
    if (all.length >= rulesMax) throw new Error(`no more than ${rulesMax} fault rules`)
    if (all.some((other) => other.id === entry.id)) throw new Error(`id ${entry.id} is taken`)
    all.push(entry)
    live.push(entry)
    return entry.id
  }

  function remove(id: string): boolean {
    const before = all.length
    all = all.filter((entry) => entry.id !== id)
    live = live.filter((entry) => entry.id !== id)
    return all.length < before
  }

  function take(request: { method: string; rawUrl: string }): FaultRule | undefined {
    if (live.length === 0) return undefined
    const entry = live.find((candidate) => hits(candidate, request, random))
    if (entry === undefined) return undefined
    entry.hits += 1
    entry.left -= 1
    if (entry.left === 0) live = live.filter((other) => other !== entry)
    return entry.rule
  }

  return {
    add,
    remove,
    clear: () => {
      all = []
      live = []
    },
    list: () => all.map(describe),
    take,
  }
}

function enter(rule: FaultRule, nextId: () => string): Entry {
  const times = rule.times ?? 1
  return {
    rule,
    id: rule.id ?? nextId(),
    method: rule.match?.method?.toUpperCase(),
    path: rule.match?.path === undefined ? undefined : new RegExp(rule.match.path),
    hits: 0,
    left: times === 0 ? Infinity : times,
  }
}

function hits(entry: Entry, request: { method: string; rawUrl: string }, random: Random): boolean {
  if (entry.method !== undefined && entry.method !== request.method) return false
  if (entry.path !== undefined && !entry.path.test(request.rawUrl)) return false
  return entry.rule.probability === undefined || random() < entry.rule.probability
}

function describe(entry: Entry): FaultStatus {
  const left = entry.left === Infinity ? null : entry.left
  return { ...entry.rule, id: entry.id, hits: entry.hits, left }
}
