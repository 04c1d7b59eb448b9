import { randomBytes } from 'node:crypto'

/** Chance as the engine sees it: injected, so that a seeded simulation can be replayed. */
export interface Random {
  /** `count` random bytes. */
  bytes(count: number): Uint8Array
  /** A number in [0, 1). */
  fraction(): number
}

/** Cryptographic randomness of the operating system. */
export const systemRandom: Random = {
  bytes: (count) => randomBytes(count),
  fraction: () => randomBytes(4).readUInt32BE() / 2 ** 32,
}

/**
 * Reproducible randomness (mulberry32) for simulations and tests. Never for secrets.
 * @param seed any 32-bit integer; the same seed gives the same sequence
 */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { fraction, bytes: (count) => Uint8Array.from({ length: count }, () => fraction() * 256) }
}

/** `durationMs` spread over ±25 %, so that many retries do not arrive together. */
export const withJitter = (durationMs: number, random: Random): number =>
  Math.round(durationMs * (0.75 + random.fraction() / 2))
