/** A repeatable source of chance: each call gives a number in [0, 1). */
export type Random = () => number

/**
 * Mulberry32: a 32-bit generator that is tiny, fast and the same on every machine. Good enough to
 * scatter faults, never for secrets.
 */
export function mulberry32(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
