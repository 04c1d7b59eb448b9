import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { setQuietStage, type QuietStage } from '../../test/support/quiet-stage.ts'
import { eventually } from '../../test/support/eventually.ts'
import { setDot } from '../merchants/connections.ts'
import { reason } from '../problems/reason.ts'
import { later } from '../world/clock.ts'
import { forgottenMailboxes, noteRest } from './mailbox.ts'
import { sweepMs } from './schedule.ts'
import { keepSweeping, sweep } from './sweep.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())
// A sweep looks at every integration that books.
beforeEach(() => database.db.updateTable('integrations').set({ state: 'stopped' }).execute())

const activeStage = async (): Promise<QuietStage> => {
  const stage = await setQuietStage(database)
  await database.db
    .updateTable('integrations')
    .set({ state: 'active' })
    .where('id', '=', stage.id)
    .execute()
  stage.rung.length = 0
  return stage
}

const found = (stage: QuietStage, limit = 10) =>
  forgottenMailboxes(database.db, stage.clock.now(), limit)

test('finds what is due and nobody is at, and only that', async () => {
  const stage = await activeStage()
  const { clock, id } = stage
  expect(await found(stage)).toEqual([])

  await stage.bookingIn('open', { dueAt: null })
  await stage.bookingIn('refused', { dueAt: null })
  await stage.bookingIn('open', { dueAt: later(clock.now(), 60_000) })
  expect(await found(stage)).toEqual([])
  await clock.advance(60_000)
  expect(await found(stage)).toEqual([id])

  const lease = await stage.lease()
  expect(await found(stage), 'somebody is at it').toEqual([])
  clock.jump(30_000)
  expect(await found(stage), 'he died').toEqual([id])

  await noteRest(database.db, lease, 5, later(clock.now(), 60_000))
  await lease.yield()
  expect(await found(stage), 'the remote rests').toEqual([])
  clock.jump(60_000)
  expect(await found(stage), 'it has rested').toEqual([id])

  await setDot(stage.engine, id, 'accounting', reason('CREDENTIALS_REFUSED', { system: 'X' }))
  expect(await found(stage), 'an end is broken').toEqual([])
  await setDot(stage.engine, id, 'accounting', null)
  expect(await found(stage), 'it is mended').toEqual([id])

  const state = (wanted: 'installing' | 'stopped') =>
    database.db.updateTable('integrations').set({ state: wanted }).where('id', '=', id).execute()
  await state('installing')
  expect(await found(stage)).toEqual([])
  await state('stopped')
  expect(await found(stage)).toEqual([])
})

test('finds no more at once than it is asked for', async () => {
  const stages = [await activeStage(), await activeStage(), await activeStage()]
  for (const stage of stages) await stage.bookingIn('seen')
  const [one] = stages
  if (one === undefined) throw new Error('no stage')
  expect(await found(one, 2)).toHaveLength(2)
  expect((await found(one)).sort()).toEqual(stages.map(({ id }) => id).sort())
})

describe('a sweep', () => {
  test('rings once for each forgotten mailbox, although its bell was rung before', async () => {
    const one = await activeStage()
    const other = await activeStage()
    for (let count = 0; count < 3; count += 1) await one.bookingIn('seen')
    await other.bookingIn('seen', { dueAt: null })
    one.rung.length = 0
    expect((await one.mailbox()).bell).toBe(true)
    expect(await sweep(one.engine)).toBe(1)
    expect(one.rung).toEqual([one.id])
  })

  test('comes round every ten seconds, also after one that failed', async () => {
    const stage = await activeStage()
    await stage.bookingIn('seen')
    stage.rung.length = 0
    const stopped = new AbortController()
    const failures: unknown[] = []
    let isQueueDown = true
    const { ring } = stage.engine
    const engine = {
      ...stage.engine,
      ring: (...args: Parameters<typeof ring>) =>
        isQueueDown ? Promise.reject(new Error('the queue is down')) : ring(...args),
    }
    const sweeping = keepSweeping(
      engine,
      () => Promise.resolve(),
      stopped.signal,
      (error) => failures.push(error),
    )
    await eventually(() => expect(failures).toHaveLength(1))
    await eventually(() => expect(stage.clock.sleepers()).toBe(1))
    isQueueDown = false
    await stage.clock.advance(sweepMs)
    await eventually(() => expect(stage.rung).toEqual([stage.id]))
    await eventually(() => expect(stage.clock.sleepers()).toBe(1))
    await stage.clock.advance(sweepMs - 1)
    expect(stage.rung).toEqual([stage.id])
    stopped.abort()
    await sweeping
    expect(failures).toHaveLength(1)
  })

  test('that is overtaken by the end of its house is no trouble', async () => {
    const stage = await activeStage()
    const stopped = new AbortController()
    const failures: unknown[] = []
    const resume = () => {
      stopped.abort()
      return Promise.reject(new Error('the queue is shut'))
    }
    await keepSweeping(stage.engine, resume, stopped.signal, (error) => failures.push(error))
    expect(failures).toEqual([])
  })
})
