import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { gate } from '../../test/support/gate.ts'
import { eventually } from '../../test/support/eventually.ts'
import { behindWeakLink } from '../../test/support/weak-link.ts'
import { startJobs, type Handlers, type Jobs, type JobsOptions } from './jobs.ts'

let database: TestDatabase
let sender: Jobs
const errors: Error[] = []
const onError = (error: Error) => void errors.push(error)

beforeAll(async () => {
  database = await createTestDatabase()
  sender = await startJobs({ url: database.url, role: 'sender', onError })
})
afterAll(async () => {
  await sender.stop(1_000)
  await database.close()
})

const waiting = async (queue: string): Promise<{ key: string; data: unknown }[]> => {
  const found = await database.pool.query<{ key: string; data: unknown }>(
    `select singleton_key as key, data from pgboss.job where name = $1 and state = 'created' order by singleton_key`,
    [queue],
  )
  return found.rows
}

const forget = () => database.pool.query(`delete from pgboss.job`)

const ring = (key: string, trx?: Parameters<Jobs['send']>[3]) =>
  sender.send('drain', { integrationId: key }, key, trx)

/** Does nothing but what is said here. */
const handlers = (change: Partial<Handlers>): Handlers => ({
  drain: () => Promise.resolve(),
  poll: () => Promise.resolve(),
  survey: () => Promise.resolve(),
  'poll-all': () => Promise.resolve(),
  'review-all': () => Promise.resolve(),
  monitor: () => Promise.resolve(),
  licences: () => Promise.resolve(),
  news: () => Promise.resolve(),
  digests: () => Promise.resolve(),
  ...change,
})

/** A worker that ends with its test at the latest. */
const startWorker = async (change: Partial<Handlers>, options: Partial<JobsOptions> = {}) => {
  const jobs = await startJobs({ url: database.url, role: 'worker', onError, ...options })
  let isStopped = false
  const stop = async (graceMs: number) => {
    if (isStopped) return
    isStopped = true
    await jobs.stop(graceMs)
  }
  onTestFinished(() => stop(1_000))
  await jobs.work(handlers(change))
  return { jobs, stop }
}

describe('a bell', () => {
  test('waits with what it says, once however often it is rung', async () => {
    for (let count = 0; count < 3; count += 1) await ring('a')
    await ring('b')
    await Promise.all(Array.from({ length: 20 }, () => ring('c')))
    expect(await waiting('drain')).toEqual([
      { key: 'a', data: { integrationId: 'a' } },
      { key: 'b', data: { integrationId: 'b' } },
      { key: 'c', data: { integrationId: 'c' } },
    ])
    await forget()
  })

  test('is seen when its transaction commits, and not before', async () => {
    await database.db.transaction().execute(async (trx) => {
      await ring('a', trx.getExecutor())
      expect(await waiting('drain')).toEqual([])
    })
    expect(await waiting('drain')).toHaveLength(1)
    await forget()
  })

  test('vanishes with its transaction', async () => {
    const failing = database.db.transaction().execute(async (trx) => {
      await ring('a', trx.getExecutor())
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    expect(await waiting('drain')).toEqual([])
  })

  test('that waits already leaves the transaction of the next one whole', async () => {
    await ring('a')
    await database.db.transaction().execute(async (trx) => {
      await ring('a', trx.getExecutor())
      await trx.selectFrom('bookings').select('id').execute()
    })
    expect(await waiting('drain')).toHaveLength(1)
    await forget()
  })
})

describe('a worker', () => {
  test('hears a bell within a second, also one of a transaction', async () => {
    const heard: { id: string; atMs: number }[] = []
    const { stop } = await startWorker({
      drain: ({ integrationId }) => {
        heard.push({ id: integrationId, atMs: performance.now() })
        return Promise.resolve()
      },
    })
    const waits: number[] = []
    for (const id of ['first', 'second', 'third', 'fourth']) {
      const rungMs = performance.now()
      if (id === 'third') {
        await database.db.transaction().execute((trx) => ring(id, trx.getExecutor()))
      } else await ring(id)
      await eventually(() => expect(heard.at(-1)?.id).toBe(id))
      waits.push((heard.at(-1)?.atMs ?? Infinity) - rungMs)
    }
    // The first one may meet a listener that is just being set up; polling alone would take 2 s and more.
    expect(waits.slice(1).sort((a, b) => a - b)[1]).toBeLessThan(1_000)
    await stop(1_000)
  })

  test('works on many integrations at once, and on a bell that is rung again meanwhile', async () => {
    const counts = { now: 0, most: 0 }
    const done: string[] = []
    const going = gate()
    const { stop } = await startWorker({
      async drain({ integrationId }) {
        counts.now += 1
        counts.most = Math.max(counts.most, counts.now)
        await going.opened
        counts.now -= 1
        done.push(integrationId)
      },
    })
    const ids = Array.from({ length: 40 }, (_, index) => `i${index}`)
    for (const id of ids) await ring(id)
    await eventually(() => expect(counts.now).toBe(32))
    // Under way is not waiting: who rings now must be heard.
    await ring('i0')
    going.open()
    await eventually(() => expect(done).toHaveLength(41))
    expect(counts.most).toBe(32)
    expect([...new Set(done)].sort()).toEqual([...ids].sort())
    await stop(1_000)
  })

  test('does a job that failed not again, and goes on with the next', async () => {
    const tried: string[] = []
    const { stop } = await startWorker({
      drain({ integrationId }) {
        tried.push(integrationId)
        return integrationId === 'bad' ? Promise.reject(new Error('no')) : Promise.resolve()
      },
    })
    await ring('bad')
    await eventually(() => expect(tried).toEqual(['bad']))
    await ring('good')
    await eventually(() => expect(tried).toEqual(['bad', 'good']))
    expect(errors.splice(0).map(({ message }) => message)).toEqual(['no'])
    await stop(1_000)
  })

  test('that is stopped finishes what it has begun, and leaves the rest waiting', async () => {
    const begun: string[] = []
    const ended: string[] = []
    const going = gate()
    const { stop } = await startWorker({
      async drain({ integrationId }) {
        begun.push(integrationId)
        await going.opened
        ended.push(integrationId)
      },
    })
    await ring('first')
    await eventually(() => expect(begun).toEqual(['first']))
    const stopping = stop(10_000)
    // A worker may be fetching at this moment: then this one is begun too, and finished.
    await ring('second')
    going.open()
    await stopping
    expect(ended).toEqual(begun)
    await ring('third')
    const left = (await waiting('drain')).map(({ key }) => key)
    expect([...begun, ...left]).toEqual(['first', 'second', 'third'])
    expect(left).toContain('third')
    await forget()
  })

  test('asks for a bell once, and not once for each that it could work on', async () => {
    const link = await behindWeakLink(database)
    onTestFinished(() => link.close())
    const heard: string[] = []
    const { stop } = await startWorker(
      { drain: ({ integrationId }) => Promise.resolve(void heard.push(integrationId)) },
      { url: link.database.url },
    )
    await ring('first')
    await eventually(() => expect(heard).toEqual(['first']))
    const before = link.asked('SKIP LOCKED')
    for (let count = 2; count < 12; count += 1) {
      await ring(`bell ${count}`)
      await eventually(() => expect(heard).toHaveLength(count))
    }
    expect(link.asked('SKIP LOCKED') - before).toBeLessThanOrEqual(20)
    await stop(1_000)
  })

  test('keeps the schedules of polls, licences, reviews, watches and mails', async () => {
    const { stop } = await startWorker({})
    const found = await database.pool.query<{ name: string; cron: string }>(
      `select name, cron from pgboss.schedule order by name`,
    )
    expect(found.rows).toEqual([
      { name: 'digests', cron: '11 5 * * *' },
      { name: 'licences', cron: '41 * * * *' },
      { name: 'monitor', cron: '*/10 * * * *' },
      { name: 'news', cron: '*/10 * * * *' },
      { name: 'poll-all', cron: '7 * * * *' },
      { name: 'review-all', cron: '23 3 * * *' },
    ])
    await stop(1_000)
  })
})

test('a queue that is started again keeps what waits', async () => {
  await ring('a')
  const another = await startJobs({ url: database.url, role: 'sender', onError })
  await another.stop(1_000)
  expect(await waiting('drain')).toHaveLength(1)
  await forget()
  expect(errors).toEqual([])
})
