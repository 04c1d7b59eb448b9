import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { setQuietStage } from '../../test/support/quiet-stage.ts'
import type { HttpClient, HttpRequest } from '../connectors/http.ts'
import { leasedHttp } from './leased-http.ts'
import { callBudgetMs, heartbeatMs, leaseMs } from './schedule.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const request: HttpRequest = { method: 'POST', url: 'https://remote.example/invoices' }

/** A lease, a door that it keeps, and what went through. */
const doorOf = async () => {
  const stage = await setQuietStage(database)
  const lease = await stage.lease()
  const sent: HttpRequest[] = []
  const http: HttpClient = {
    send: (each) => {
      sent.push(each)
      return Promise.resolve({ is: 'answer', status: 200, headers: {}, body: '' })
    },
  }
  return { stage, lease, sent, door: leasedHttp(http, () => lease) }
}

describe('a call under a lease', () => {
  test('goes out as it is, with a budget', async () => {
    const { door, sent } = await doorOf()
    expect(await door.send({ ...request, body: 'b', headers: { a: '1' } })).toMatchObject({
      status: 200,
    })
    expect(sent).toEqual([{ ...request, body: 'b', headers: { a: '1' }, budgetMs: callBudgetMs }])
  })

  test('may have a shorter budget, never a longer one', async () => {
    const { door, sent } = await doorOf()
    await door.send({ ...request, budgetMs: 3_000 })
    await door.send({ ...request, budgetMs: 600_000 })
    expect(sent.map(({ budgetMs }) => budgetMs)).toEqual([3_000, callBudgetMs])
  })

  test('has its whole budget even when a heartbeat is about to come', async () => {
    const { stage, door, sent } = await doorOf()
    await stage.clock.advance(heartbeatMs - 1)
    await door.send(request)
    expect(sent[0]?.budgetMs).toBe(callBudgetMs)
  })

  test('ends a second before the lease, whenever it begins', async () => {
    const { stage, lease, door, sent } = await doorOf()
    for (let passedMs = 0; passedMs <= leaseMs + 5_000; passedMs += 500) {
      const before = sent.length
      const result = await door.send(request)
      const isOut = sent.length > before
      expect(isOut, `${passedMs} ms into the lease`).toBe(lease.remainingMs() >= 3_000)
      if (isOut) expect(sent.at(-1)?.budgetMs).toBeLessThanOrEqual(lease.remainingMs() - 1_000)
      else expect(result).toEqual({ is: 'silence', cause: 'not-sent', mayHaveArrived: false })
      // Nobody's heart beats: the whole process slept.
      stage.clock.oversleep(500)
    }
  })

  test('does not go out once the lease was taken over', async () => {
    const { stage, lease, door, sent } = await doorOf()
    await stage.expireLease()
    await stage.lease('worker 2')
    const isLost = new Promise((resolve) => {
      lease.lost.addEventListener('abort', resolve)
    })
    await stage.clock.advance(heartbeatMs)
    await isLost
    expect(await door.send(request)).toMatchObject({ is: 'silence', mayHaveArrived: false })
    expect(sent).toEqual([])
  })

  test('that wants less than two seconds is not kept in by a fresh lease', async () => {
    const { door, sent } = await doorOf()
    await door.send({ ...request, budgetMs: 1_500 })
    expect(sent).toHaveLength(1)
  })

  test('that may not leave is surely not sent, and is asked only when it could go', async () => {
    const { stage, door, sent } = await doorOf()
    let asked = 0
    const mayLeave = () => {
      asked += 1
      return Promise.resolve(false)
    }
    const keptIn = { is: 'silence', cause: 'not-sent', mayHaveArrived: false }
    expect(await door.send({ ...request, mayLeave })).toEqual(keptIn)
    stage.clock.oversleep(leaseMs)
    expect(await door.send({ ...request, mayLeave })).toEqual(keptIn)
    expect(sent).toEqual([])
    expect(asked).toBe(1)
  })

  test('has what is left of the lease after it was asked, and stays when that is nothing', async () => {
    const { stage, lease, door, sent } = await doorOf()
    const takes = (durationMs: number) => () => {
      stage.clock.oversleep(durationMs)
      return Promise.resolve(true)
    }
    await door.send({ ...request, mayLeave: takes(15_000) })
    expect(sent).toEqual([{ ...request, budgetMs: lease.remainingMs() - 1_000 }])
    expect(await door.send({ ...request, mayLeave: takes(13_000) })).toMatchObject({
      cause: 'not-sent',
    })
    expect(sent).toHaveLength(1)
  })
})
