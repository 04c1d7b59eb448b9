import { describe, expect, test } from 'vitest'
import { runSeed } from './run-seed.ts'

describe('the simulation', () => {
  test('plays a seed the same way each time, to the last event', async () => {
    for (const seed of [2, 5]) {
      const once = await runSeed(seed, { sales: 30 })
      const again = await runSeed(seed, { sales: 30 })
      expect(again).toEqual(once)
      expect(once.events).toBeGreaterThan(500)
    }
  }, 60_000)

  test('plays another seed another way', async () => {
    const [one, other] = [await runSeed(3, { sales: 10 }), await runSeed(4, { sales: 10 })]
    expect(one.hash).not.toBe(other.hash)
  })
})

/** The first seeds of `npm run prove -- simulate`, of every pair and every kind of trouble. */
test.each(Array.from({ length: 12 }, (_, index) => index + 1))(
  'every sale is invoiced exactly once, whatever happens: seed %i',
  async (seed) => {
    const { faults, sales, invoices, lost, doubled, stuck } = await runSeed(seed, { sales: 50 })
    expect(faults).toEqual([])
    expect({ lost, doubled, stuck }).toEqual({ lost: 0, doubled: 0, stuck: 0 })
    expect(sales).toBe(50)
    expect(invoices).toBeGreaterThan(0)
  },
  60_000,
)
