import { describe, expect, test } from 'vitest'
import { runSeed } from './run-seed.ts'

describe('the simulation', () => {
  test('plays a seed the same way each time, to the last event', async () => {
    const once = await runSeed(5, { sales: 20 })
    const again = await runSeed(5, { sales: 20 })
    expect(again).toEqual(once)
    expect(once.events).toBeGreaterThan(500)
  }, 60_000)

  test('plays another seed another way', async () => {
    const [one, other] = [await runSeed(3, { sales: 10 }), await runSeed(4, { sales: 10 })]
    expect(one.hash).not.toBe(other.hash)
  })
})

/**
 * A few seeds of `npm run prove -- simulate`. The later ones once failed: 223, 228 and 237 with clocks of other
 * days, 238 with a first poll that came days late.
 */
test.each([1, 2, 3, 6, 223, 228, 237, 238])(
  'every sale is invoiced exactly once, whatever happens: seed %i',
  async (seed) => {
    const { faults, sales, invoices, lost, doubled, stuck } = await runSeed(seed, { sales: 60 })
    expect(faults).toEqual([])
    expect({ lost, doubled, stuck }).toEqual({ lost: 0, doubled: 0, stuck: 0 })
    expect(sales).toBe(60)
    expect(invoices).toBeGreaterThan(0)
  },
  60_000,
)
