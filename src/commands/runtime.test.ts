import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { runProgram } from '../../test/support/program.ts'
import { behindWeakLink, type WeakLink } from '../../test/support/weak-link.ts'
import { newKey } from '../merchants/key-ring.ts'
import { seededRandom } from '../world/random.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const patienceMs = 60_000

/** A supervisor starts it again when it ends, and can't when it only stands there. */
test.each([
  // The queue is the next to come, with connections of its own.
  ['lets nobody in any more when it knows the time', 'clock_timestamp', (link) => link.refuse()],
  ['falls while the queue is opened', 'pgboss', (link) => void link.cut()],
] satisfies [string, string, (link: WeakLink) => void][])(
  'a worker whose database %s ends, and says why',
  async (_what, statement, end) => {
    const link = await behindWeakLink(database)
    try {
      const worker = runProgram(['worker'], {
        env: {
          DATABASE_URL: link.database.url,
          DOORVOER_KEYS: newKey('test', seededRandom(1)),
          DOORVOER_SECRET: 'a secret of this test and of no other one',
        },
        patienceMs,
      })
      await expect
        .poll(() => link.asked(statement), { timeout: patienceMs, interval: 1 })
        .toBeGreaterThan(0)
      end(link)
      const { code, stderr } = await worker.ended
      expect(code).toBeGreaterThan(0)
      expect(stderr).not.toBe('')
    } finally {
      await link.close()
    }
  },
  3 * patienceMs,
)
