import { seededRandom } from '../../src/world/random.ts'

/** Throws of one seed. */
export interface Dice {
  /** Whole, both included. */
  between: (min: number, max: number) => number
  chance: (of: number) => boolean
  pick: <T>(some: readonly T[]) => T
  /** Each of `all` with this chance, at least none: which features a basket has at all. */
  swarm: <T>(all: readonly T[], of: number) => ReadonlySet<T>
}

export const diceOf = (seed: number): Dice => {
  const random = seededRandom(seed)
  const fraction = () => random.fraction()
  const between: Dice['between'] = (min, max) => min + Math.floor(fraction() * (max - min + 1))
  return {
    between,
    chance: (of) => fraction() < of,
    pick: (some) => {
      const picked = some[between(0, some.length - 1)]
      if (picked === undefined) throw new Error('nothing to pick from')
      return picked
    },
    swarm: (all, of) => new Set(all.filter(() => fraction() < of)),
  }
}
