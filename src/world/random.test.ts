import { describe, expect, test } from 'vitest'
import { seededRandom, systemRandom, withJitter } from './random.ts'

describe.for([
  ['the system’s', systemRandom],
  ['a seeded one', seededRandom(4_294_967_295)],
] as const)('chance: %s', ([, random]) => {
  test('is spread evenly over 0 to 1, without 1', () => {
    const tenths = Array.from({ length: 10 }, () => 0)
    for (let count = 0; count < 20_000; count += 1) {
      const fraction = random.fraction()
      expect(fraction >= 0 && fraction < 1).toBe(true)
      const tenth = Math.floor(fraction * 10)
      tenths[tenth] = (tenths[tenth] ?? 0) + 1
    }
    for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(300)
  })

  test('gives as many bytes as asked, of every value', () => {
    expect(random.bytes(0)).toHaveLength(0)
    expect(random.bytes(16)).toHaveLength(16)
    expect(new Set(random.bytes(10_000)).size).toBe(256)
  })
})

describe('a seed', () => {
  test('gives the same sequence each time, and another seed another one', () => {
    const sequence = (seed: number) => {
      const random = seededRandom(seed)
      return Array.from({ length: 50 }, () => random.fraction())
    }
    expect(sequence(7)).toEqual(sequence(7))
    expect(sequence(7)).not.toEqual(sequence(8))
    expect(sequence(-1)).toEqual(sequence(2 ** 32 - 1))
  })
})

test('jitter is at most a quarter either way, in whole milliseconds', () => {
  const at = (fraction: number) => withJitter(1_000, { ...systemRandom, fraction: () => fraction })
  expect([at(0), at(0.5), at(1 - 2 ** -32)]).toEqual([750, 1_000, 1_250])
  expect(withJitter(0, systemRandom)).toBe(0)
  const random = seededRandom(1)
  for (let count = 0; count < 1_000; count += 1) {
    const delay = withJitter(333, random)
    expect(Number.isInteger(delay)).toBe(true)
    expect(Math.abs(delay - 333)).toBeLessThanOrEqual(84)
  }
})
