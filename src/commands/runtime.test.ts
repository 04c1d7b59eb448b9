import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
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

/** Prints the address of every module that `serve.ts` loads before it knows what to serve. */
const listModules = `
  import { registerHooks } from 'node:module'
  registerHooks({
    load(url, context, next) {
      console.log(url)
      return next(url, context)
    },
  })
  await import(process.argv[1])`

test('a worker loads nothing that only a web server needs', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', listModules, path.join(import.meta.dirname, 'serve.ts')],
    { maxBuffer: 10_000_000 },
  )
  const loaded = stdout.split('\n')
  expect(loaded.some((url) => url.endsWith('/commands/worker.ts'))).toBe(true)
  expect(
    loaded.filter((url) => /\/(fastify|better-auth|@simplewebauthn|pdfkit)\//.test(url)),
  ).toEqual([])
}, 60_000)
