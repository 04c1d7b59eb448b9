import { mulberry32, type Random } from '../kit/random.ts'
import { type Switches } from './switches.ts'

/** What every part of the shop shares. */
export interface World {
  /** `api_root`: scheme and host of the shop, without trailing slash. */
  root: string
  now: () => Date
  random: Random
  switches: Switches
  /** Grows with every change of the switches: what was written out before it is out of date. */
  edition: number
}

export function createWorld(parts: { now: () => Date; seed: number; switches: Switches }): World {
  return {
    root: '',
    now: parts.now,
    random: mulberry32(parts.seed),
    switches: parts.switches,
    edition: 0,
  }
}

/** The absolute address of something in the API, e.g. `apiUrl(world, 'orders/1/')`. */
export function apiUrl(world: World, path: string): string {
  return `${world.root}${world.switches.dialect.basePath}/${path}`
}

/** A moment as the API writes it: `2026-03-02T09:10:00Z` (contract section 2). */
export function isoMoment(time: Date | number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}

/** Writes a value as JSON in the shop's dialect. */
export function toJson(world: World, value: unknown): string {
  const { dialect, escapeSlashes } = world.switches
  const named = Object.keys(dialect.fields).length === 0 ? value : rename(value, dialect.fields)
  const text = JSON.stringify(named)
  // A slash stands only inside strings in JSON, so the text as a whole may be replaced.
  return escapeSlashes ? text.replaceAll('/', '\\/') : text
}

/** Reads JSON in the shop's dialect. Throws a SyntaxError when it is none. */
export function fromJson(world: World, text: string): unknown {
  return rename(JSON.parse(text) as unknown, ourNames(world))
}

/** The query with our own names for its parameters. */
export function ourQuery(world: World, query: URLSearchParams): URLSearchParams {
  const names = ourNames(world)
  if (Object.keys(names).length === 0) return query
  const pairs = [...query].map(([name, value]): [string, string] => [names[name] ?? name, value])
  return new URLSearchParams(pairs)
}

export function theirName(world: World, name: string): string {
  return world.switches.dialect.fields[name] ?? name
}

function ourNames(world: World): Record<string, string> {
  const pairs = Object.entries(world.switches.dialect.fields)
  return Object.fromEntries(pairs.map(([ours, theirs]) => [theirs, ours]))
}

function rename(value: unknown, names: Record<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => rename(item, names))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [names[key] ?? key, rename(item, names)]),
  )
}
