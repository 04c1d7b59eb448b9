import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { gate } from '../../test/support/gate.ts'
import { setRompslompStage } from '../../test/support/rompslomp-stage.ts'
import { virtualClock } from '../../test/support/virtual-clock.ts'
import { crashPoints } from './crash-points.ts'
import { drain } from './drain.ts'
import { callBudgetMs, leaseMs, leaveWithinMs } from './schedule.ts'

/** A worker dies on the way of a sale with products; another takes over. */
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const settledMs = leaveWithinMs + callBudgetMs + 120_000

/** Points of a sale that is booked in one go. */
const passed = crashPoints.filter((point) => !point.endsWith('commit-seen'))

describe.each([1, 2])('a worker that dies at its passage %i of', (nth) => {
  test.each(passed)('%s leaves one product each and one invoice', async (point) => {
    const stage = await setRompslompStage(database)
    await stage.sell({ shipping: 5.95 })
    const ended = gate()
    let passages = 0
    const dying = stage.openWorker((each) => {
      if (each !== point) return undefined
      passages += 1
      if (passages !== nth) return undefined
      ended.open()
      return new Promise(() => undefined)
    }, virtualClock())
    void drain(dying.engine, stage.id).then(ended.open)
    await ended.opened

    for (let passes = 0; passes < 12; passes += 1) {
      await stage.passes(passes === 0 ? leaseMs : settledMs / 4)
      expect(stage.books.ledger().products.length).toBeLessThanOrEqual(2)
    }
    expect(await stage.rows()).toMatchObject([{ state: 'booked' }])
    expect(stage.codes().sort()).toEqual(['MOK1', 'VERZENDKOSTEN'])
    const { invoices, contacts } = stage.books.ledger()
    expect(invoices).toMatchObject([{ totalCents: 1805 }])
    expect(contacts).toHaveLength(1)
    const ids = new Set<number | null>(stage.books.ledger().products.map(({ id }) => id))
    expect(new Set(invoices[0]?.lines.map(({ productId }) => productId))).toEqual(ids)
  })
})
