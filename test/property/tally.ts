import type { End } from './way.ts'

/** Counts how baskets end, for one system. */
export interface Tally {
  add(end: End): void
  /** One line for a person: how many, booked, with a rounding line, refused by code. */
  toString(): string
  /** The codes of the refusals. */
  codes(): string[]
  refusedShare(): number
}

export const tallyOf = (name: string): Tally => {
  const counts = new Map<string, number>()
  const of = (key: string) => counts.get(key) ?? 0
  const count = () => [...counts.values()].reduce((sum, each) => sum + each, 0)
  const refused = () => [...counts].filter(([key]) => !['booked', 'rounded', 'wrong'].includes(key))
  const refusedCount = () => refused().reduce((sum, [, each]) => sum + each, 0)
  const percent = (part: number) => `${((100 * part) / Math.max(1, count())).toFixed(2)} %`
  return {
    add: (end) => {
      const key = end.is === 'refused' ? end.code : end.is
      counts.set(key, of(key) + 1)
    },
    codes: () => refused().map(([code]) => code),
    refusedShare: () => refusedCount() / Math.max(1, count()),
    toString: () => {
      const codes = refused()
        .sort((one, other) => other[1] - one[1])
        .map(([code, each]) => `${code} ${each}`)
      return [
        `${name}: ${count()} baskets`,
        `${of('booked')} booked`,
        `${of('rounded')} with a rounding line (${percent(of('rounded'))})`,
        `${refusedCount()} refused (${percent(refusedCount())}): ${codes.join(', ')}`,
      ].join(', ')
    },
  }
}
