import { readFields, readText, readWhole } from './reading.ts'

/** What an answer can be turned into (see spoil.ts). */
export const garbageKinds = [
  'empty',
  'html',
  'xml-fault',
  'truncated-json',
  'wrong-types',
  'huge',
  'slow',
] as const

export type GarbageKind = (typeof garbageKinds)[number]

/** When to answer garbage, and which. */
export interface GarbageRule {
  kind: GarbageKind
  /** How many answers it spoils; 0 = until it is taken away. Default 1. */
  times?: number
  /** Source of a regular expression, tried on the raw path with its query. Default everything. */
  path?: string
  /** HTTP status of the garbage; that of the answer it takes the place of when left out. */
  status?: number
  /** How late `slow` is. Default 15000. */
  delayMs?: number
  /** How large `huge` is at least. Default 20000000. */
  bytes?: number
}

/** A rule with its hit count. `left` is null when it never runs out. */
export type GarbageStatus = GarbageRule & { hits: number; left: number | null }

/** The rules of one sandbox. */
export interface Garbage {
  /**
   * Puts a rule, or a list of rules, in the place of those there are.
   * @throws Error with one readable line; then nothing changes.
   */
  set(rules: unknown): void
  list(): GarbageStatus[]
  /** The rule that spoils this request's answer, if any. Counts as a hit. */
  take(rawUrl: string): GarbageRule | undefined
}

interface Entry {
  rule: GarbageRule
  path: RegExp
  hits: number
  left: number
}

const fields = ['kind', 'times', 'path', 'status', 'delayMs', 'bytes']
const rulesMax = 1000
const ranges = {
  times: { min: 0, max: 1_000_000 },
  status: { min: 200, max: 599 },
  delayMs: { min: 0, max: 600_000 },
  bytes: { min: 0, max: 256 * 1024 * 1024 },
}

/** Makes a sandbox without garbage. The first rule that matches and is not used up wins. */
export function createGarbage(): Garbage {
  let entries: Entry[] = []
  return {
    set: (rules) => {
      const list: unknown[] = Array.isArray(rules) ? rules : [rules]
      if (list.length > rulesMax) throw new Error(`no more than ${rulesMax} rules`)
      entries = list.map(readRule).map(enter)
    },
    list: () =>
      entries.map(({ rule, hits, left }) => ({
        ...rule,
        hits,
        left: left === Infinity ? null : left,
      })),
    take: (rawUrl) => {
      const entry = entries.find(({ path, left }) => left > 0 && path.test(rawUrl))
      if (entry === undefined) return undefined
      entry.hits += 1
      entry.left -= 1
      return entry.rule
    },
  }
}

function enter(rule: GarbageRule): Entry {
  const times = rule.times ?? 1
  const path = new RegExp(rule.path ?? '')
  return { rule, path, hits: 0, left: times === 0 ? Infinity : times }
}

function readRule(value: unknown): GarbageRule {
  const given = readFields(value, 'a rule', fields)
  const kind = garbageKinds.find((known) => known === given['kind'])
  if (kind === undefined) throw new Error(`kind must be one of: ${garbageKinds.join(', ')}`)
  const rule: GarbageRule = { kind }
  if (given['path'] !== undefined) rule.path = readText(given['path'], 'path', 500)
  for (const name of ['times', 'status', 'delayMs', 'bytes'] as const) {
    if (given[name] !== undefined) rule[name] = readWhole(given[name], name, ranges[name])
  }
  return rule
}
