import { describe, expect, test } from 'vitest'
import { seededRandom, systemRandom, withJitter } from './random.ts'

describe.for([
  ['the system’s', systemRandom],
  ['a seeded one', seededRandom(4_294_967_295)],
] as const)('chance: %s', ([, random]) => {
  test('is spread evenly over 0 to 1, without 1', () => {
    const fractions = Array.from({ length: 5_000 }, () => random.fraction())
    expect(fractions.every((fraction) => fraction >= 0 && fraction < 1)).toBe(true)
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const count = fractions.filter((fraction) => Math.floor(fraction * 10) === tenth).length
      expect(Math.abs(count - 500)).toBeLessThan(125)
    }
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
  const delays = Array.from({ length: 1_000 }, () => withJitter(333, random))
  expect(delays.every((delay) => Number.isInteger(delay) && Math.abs(delay - 333) <= 84)).toBe(true)
})
