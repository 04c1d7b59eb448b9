import { createHash } from 'node:crypto'
import { mulberry32, type Random } from '../kit/random.ts'
import { type Switches } from './switches.ts'

/** What every part of the shop shares. */
export interface World {
  /** Scheme and host of the API, without a slash at the end. */
  root: string
  now: () => Date
  random: Random
  switches: Switches
  shopId: number
  clusterId: string
  /** The shop's active languages, its default first. */
  languages: readonly string[]
  nextId(kind: IdKind): number
  resetIds(): void
}

const firstIds = {
  order: 31_596_701,
  line: 3_515_302,
  customer: 2_026_523,
  invoice: 1_741_975,
  item: 8_200_001,
  event: 14_874_034,
  webhook: 64_674,
}
export type IdKind = keyof typeof firstIds

export function createWorld(parts: {
  now: () => Date
  seed: number
  switches: Switches
  shopId: number
}): World {
  let ids = { ...firstIds }
  return {
    root: '',
    now: parts.now,
    random: mulberry32(parts.seed),
    switches: parts.switches,
    shopId: parts.shopId,
    clusterId: 'eu1',
    languages: ['nl', 'en'],
    nextId: (kind) => ids[kind]++,
    resetIds: () => {
      ids = { ...firstIds }
    },
  }
}

export function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex')
}

/** A new key, secret or token: 32 hex characters (section 2). */
export function inventHex(world: World): string {
  return Array.from({ length: 32 }, () => Math.floor(world.random() * 16).toString(16)).join('')
}

/** A moment as the API writes it: `2026-03-02T09:14:05+00:00`. */
export function isoMoment(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}+00:00`
}

/** A resource link object (section 1); `id` false is a collection. */
export function linkTo(
  world: World,
  url: string,
  id: number | false,
  embedded?: unknown,
): { resource: Record<string, unknown> } {
  const [path = '', query] = url.split('?')
  const language = world.languages[0] ?? 'nl'
  const link = `${world.root}/${language}/${path}.json${query === undefined ? '' : `?${query}`}`
  return { resource: { id, url, link, ...(embedded === undefined ? {} : { embedded }) } }
}

/** JSON as PHP writes it. A slash stands only inside strings, so the whole text may be replaced. */
export function toJson(world: World, value: unknown): string {
  const text = JSON.stringify(value)
  return world.switches.escapeSlashes ? text.replaceAll('/', '\\/') : text
}

/** A value without some of its fields. */
export function without(
  names: readonly string[],
  value: Record<string, unknown>,
): Record<string, unknown> {
  if (names.length === 0) return value
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))
}
