import { expect, test } from 'vitest'
import { createTestDatabase } from '../../support/database.ts'
import { runSeed } from './run-seed.ts'
import { mirrorOn, mirrorRows, wholeOf } from './store/mirror.ts'

/**
 * The simulation's tables stand in for PostgreSQL. Here every statement of a run goes to a real one as well:
 * each has to answer the same, and in the end both hold the same rows.
 */
test.each([3, 8, 11])(
  'PostgreSQL answers as the simulation does, seed %i',
  async (seed) => {
    const database = await createTestDatabase()
    const client = await database.pool.connect()
    try {
      const result = await runSeed(seed, {
        sales: 30,
        mirror: {
          mirror: mirrorOn(client),
          begin: mirrorRows(client),
          async end(db) {
            const whole = await wholeOf(client, db)
            for (const { postgres, simulation } of Object.values(whole)) {
              expect(simulation).toEqual(postgres)
            }
          },
        },
      })
      expect(result.faults).toEqual([])
      expect(result.sales).toBe(30)
    } finally {
      client.release()
      await database.close()
    }
  },
  120_000,
)
