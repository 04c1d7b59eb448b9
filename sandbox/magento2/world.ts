import { mulberry32, type Random } from '../kit/random.ts'
import { type Profile, profiles, type Switches } from './switches.ts'

/** What every part of the shop shares. */
export interface World {
  /** store_base_url: ends in a slash. */
  baseUrl: string
  now: () => Date
  random: Random
  switches: Switches
  profile(): Profile
  /** 32 lower-case letters and digits, as every key and secret of Magento is (contract 3.2). */
  secret(): string
}

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'

export function createWorld(parts: { now: () => Date; seed: number; switches: Switches }): World {
  const random = mulberry32(parts.seed)
  const world: World = {
    baseUrl: '',
    now: parts.now,
    random,
    switches: parts.switches,
    profile: () => profiles[world.switches.profile],
    secret: () =>
      Array.from({ length: 32 }, () => letters[Math.floor(random() * letters.length)]).join(''),
  }
  return world
}
