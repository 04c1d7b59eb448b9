import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FaultRule } from '../../sandbox/kit/fault-rule.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import {
  patienceMs,
  setRompslompStage,
  type RompslompStage,
} from '../../test/support/rompslomp-stage.ts'
import { draftOf, saleOf } from '../../test/support/sale.ts'
import { turnstile } from '../world/turnstile.ts'
import type { Desk } from './desk.ts'
import { drain } from './drain.ts'
import { openEnds } from './engine.ts'
import { findProducts } from './find-products.ts'
import { callBudgetMs, leaveWithinMs } from './schedule.ts'

/** What lines refer to: found where it is, made where it is not, and never made twice. */
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const lateEffectMs = 120_000
const heldMs = leaveWithinMs + callBudgetMs + lateEffectMs
const creates = { method: 'POST', path: '/products$' }
const finds = { method: 'GET', path: '/products\\?' }

const states = async (stage: RompslompStage) => (await stage.rows()).map(({ state }) => state)

const invoices = ({ books }: RompslompStage) => books.ledger().invoices

describe('the products of a sale', () => {
  test('are made where they are missing, and the lines refer to them', async () => {
    const stage = await setRompslompStage(database)
    await stage.sell({
      lines: [
        { name: 'Mok', sku: 'MOK-1', unitPrice: 12.1, quantity: 2 },
        { name: 'Kookboek', sku: 'BOEK', unitPrice: 10.9, vatPercent: 9 },
      ],
      shipping: 5.95,
    })
    await stage.drain()
    expect(await states(stage)).toEqual(['booked'])
    expect(stage.codes().sort()).toEqual(['BOEK', 'MOK1', 'VERZENDKOSTEN'])
    const [invoice] = invoices(stage)
    const idOf = (code: string) => stage.books.ledger().products.find((p) => p.code === code)?.id
    expect(invoice).toMatchObject({ totalCents: 4105 })
    expect(invoice?.lines.map(({ productId }) => productId)).toEqual(
      ['MOK1', 'BOEK', 'VERZENDKOSTEN'].map(idOf),
    )
    expect(await stage.remembered()).toMatchObject(
      ['BOEK', 'MOK-1', 'VERZENDKOSTEN'].map((code) => ({ code, heldUntil: null })),
    )
  })

  test('are found when the administration has them, and none is made', async () => {
    const first = await setRompslompStage(database)
    await first.sell({})
    await first.drain()
    await database.db.deleteFrom('products').where('integrationId', '=', first.id).execute()
    await first.sell({})
    await first.drain()
    expect(await states(first)).toEqual(['booked', 'booked'])
    expect(first.codes()).toEqual(['MOK1'])
    expect(await first.remembered()).toHaveLength(1)
  })

  test('that were found are not asked about again', async () => {
    const stage = await setRompslompStage(database)
    await stage.sell({})
    await stage.drain()
    stage.books.faults.add({ fault: 'error-before', times: 0, match: { path: '/products' } })
    await stage.sell({}, {})
    await stage.drain()
    expect(await states(stage)).toEqual(['booked', 'booked', 'booked'])
  })

  test('are made once when twenty sales want the same at the same moment', async () => {
    const stage = await setRompslompStage(database)
    await stage.sell(...Array.from({ length: 20 }, () => ({ shipping: 5.95 })))
    await stage.drain()
    expect(new Set(await states(stage))).toEqual(new Set(['booked']))
    expect(stage.codes().sort()).toEqual(['MOK1', 'VERZENDKOSTEN'])
    expect(invoices(stage)).toHaveLength(20)
  })

  test('are not made for a sale that the books would refuse, or that nobody may book', async () => {
    const stage = await setRompslompStage(database)
    await stage.sell({ lines: [{ name: 'Mok', sku: 'X', unitPrice: 10, vatPercent: 0 }] })
    await stage.sell({ paid: false, status: 2 })
    await stage.drain()
    expect(await states(stage)).toEqual(['refused', 'open'])
    expect(stage.codes()).toEqual([])
  })

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'FAULT: may have the SKU %s',
    async (sku) => {
      const stage = await setRompslompStage(database)
      const line = { lines: [{ name: 'Bouwdoos', sku, unitPrice: 12.1 }] }
      await stage.sell(line, line)
      await stage.drain()
      expect(await states(stage)).toEqual(['booked', 'booked'])
      const [product, ...others] = stage.books.ledger().products
      expect(others).toEqual([])
      for (const { lines } of invoices(stage)) {
        expect(lines).toMatchObject([{ productId: product?.id }])
      }
    },
  )

  test('FAULT: never stop the drain by what somebody typed as an address', async () => {
    const stage = await setRompslompStage(database)
    await stage.sell({
      email: 'product mok',
      lines: [{ name: 'Mok', sku: 'mok', unitPrice: 12.1 }],
    })
    await stage.drain()
    expect(await states(stage)).not.toEqual(['seen'])
  })
})

describe('a create of a product that goes wrong', () => {
  const cases: [FaultRule, made: number][] = [
    [{ fault: 'reset-after' }, 1],
    [{ fault: 'timeout-after', delayMs: patienceMs + 500 }, 1],
    [{ fault: 'late-effect', delayMs: patienceMs + 200 }, 1],
    [{ fault: 'error-after' }, 1],
    [{ fault: 'truncated' }, 1],
    [{ fault: 'reset-before' }, 0],
    [{ fault: 'timeout-before', delayMs: patienceMs + 500 }, 0],
  ]
  test.each(cases)('by %o waits, and never makes a second one', async (rule, made) => {
    const stage = await setRompslompStage(database)
    stage.books.faults.add({ ...rule, match: creates })
    await stage.sell({})
    await stage.drain()
    const [row] = await stage.rows()
    expect(row).toMatchObject({ state: 'open', attempts: 1 })
    expect(await stage.remembered()).toMatchObject([{ code: 'MOK-1', remoteId: null }])
    await expect.poll(() => stage.codes().length, { timeout: 2 * patienceMs }).toBe(made)
    for (let looks = 0; looks < 30 && (await states(stage))[0] !== 'booked'; looks += 1) {
      await stage.passes(heldMs / 4)
      expect(stage.codes().length).toBeLessThanOrEqual(1)
    }
    expect(await states(stage)).toEqual(['booked'])
    expect(stage.codes()).toEqual(['MOK1'])
    expect(invoices(stage)).toHaveLength(1)
  })

  test('FAULT: is looked for once more when its hold ran out during the look, before it is made again', async () => {
    const stage = await setRompslompStage(database)
    stage.books.faults.add({ fault: 'reset-before', match: creates })
    const [shopId = ''] = await stage.sell({})
    await stage.drain()
    await stage.clock.advance(heldMs - 1)
    await stage.bench.engine.commits.see(stage.id, [{ ref: { kind: 'order', id: shopId } }], 'live')
    const steps: string[] = []
    const { engine } = stage.openWorker((point) => {
      if (!point.endsWith('-product')) return undefined
      steps.push(point)
      return steps.length === 2 ? stage.clock.advance(1) : undefined
    })
    await drain(engine, stage.id)
    expect(steps.filter((point) => point.startsWith('before'))).toEqual([
      'before:call-find-product',
      'before:call-find-product',
      'before:call-create-product',
    ])
    expect(await states(stage)).toEqual(['booked'])
  })

  test('by a refusal says so, and may be processed again at once', async () => {
    const stage = await setRompslompStage(database)
    stage.books.faults.add({ fault: 'error-before', status: 422, match: creates })
    const [shopId] = await stage.sell({})
    await stage.drain()
    expect(await stage.rows()).toMatchObject([{ state: 'refused', reasonCode: 'PRODUCT_REFUSED' }])
    expect(stage.books.ledger().contacts).toEqual([])
    await stage.bench.engine.commits.see(
      stage.id,
      [{ ref: { kind: 'order', id: shopId ?? '' } }],
      'live',
    )
    await stage.drain()
    expect(await states(stage)).toEqual(['booked'])
    expect(stage.codes()).toEqual(['MOK1'])
  })

  test('by too many calls waits as long as it was told, and holds nothing', async () => {
    const stage = await setRompslompStage(database)
    stage.books.faults.add({ fault: 'rate-limit', match: creates })
    await stage.sell({})
    await stage.drain()
    expect(await stage.rows()).toMatchObject([{ state: 'open', reasonCode: 'RATE_LIMITED' }])
    for (const { heldUntil } of await stage.remembered()) expect(heldUntil).toBeNull()
    await stage.passes(callBudgetMs)
    await stage.passes(heldMs)
    expect(await states(stage)).toEqual(['booked'])
    expect(stage.codes()).toEqual(['MOK1'])
  })

  test('by credentials that are refused turns the books red, and costs no attempt', async () => {
    const stage = await setRompslompStage(database)
    stage.books.faults.add({ fault: 'unauthorized', match: creates })
    await stage.sell({})
    await stage.drain()
    expect(await stage.rows()).toMatchObject([{ state: 'open', attempts: 0 }])
    const connection = await database.db
      .selectFrom('connections')
      .select('dot')
      .where('integrationId', '=', stage.id)
      .where('side', '=', 'accounting')
      .executeTakeFirst()
    expect(connection).toEqual({ dot: 'red' })
  })

  test('when looking for it fails is not taken for a product that is missing', async () => {
    const stage = await setRompslompStage(database)
    stage.books.faults.add({ fault: 'error-before', times: 2, match: finds })
    await stage.sell({})
    await stage.drain()
    expect(await states(stage)).toEqual(['open'])
    expect(stage.codes()).toEqual([])
    for (let passes = 0; passes < 3; passes += 1) await stage.passes(heldMs)
    expect(await states(stage)).toEqual(['booked'])
    expect(stage.codes()).toEqual(['MOK1'])
  })

  test('FAULT: puts nobody to rest who only waits for what it makes', async () => {
    const stage = await setRompslompStage(database)
    stage.books.faults.add({ fault: 'reset-before', match: creates })
    await stage.sell(...Array.from({ length: 20 }, () => ({})))
    await stage.sell({ lines: [{ name: 'Bord', sku: 'BORD', unitPrice: 10 }] })
    await stage.drain()
    const mailbox = await database.db
      .selectFrom('mailboxes')
      .select(['failures', 'restUntil'])
      .where('integrationId', '=', stage.id)
      .executeTakeFirstOrThrow()
    expect(mailbox.restUntil).toBeNull()
    expect((await states(stage)).filter((state) => state === 'booked')).toHaveLength(1)
    await stage.passes(heldMs * 1.3)
    expect(new Set(await states(stage))).toEqual(new Set(['booked']))
    expect(stage.codes().sort()).toEqual(['BORD', 'MOK1'])
  })
})

describe('a product that is gone from the books', () => {
  test('FAULT: is looked for again once the books refused an invoice for it', async () => {
    const stage = await setRompslompStage(database)
    await stage.sell({})
    await stage.drain()
    await database.db
      .updateTable('products')
      .set({ remoteId: '999999' })
      .where('integrationId', '=', stage.id)
      .execute()
    const [shopId] = await stage.sell({})
    await stage.drain()
    expect(await states(stage)).toEqual(['booked', 'refused'])
    await stage.bench.engine.commits.see(
      stage.id,
      [{ ref: { kind: 'order', id: shopId ?? '' } }],
      'live',
    )
    await stage.drain()
    expect(await states(stage)).toEqual(['booked', 'booked'])
    expect(stage.codes()).toEqual(['MOK1'])
  })
})

test('several products with one code are for a person', async () => {
  const stage = await setRompslompStage(database)
  const { engine } = stage.bench
  const ends = await openEnds(engine, stage.id)
  const shelf = ends?.accounting.connector.products
  if (ends === null || shelf === undefined) throw new Error('no products')
  const products = {
    ...shelf,
    findProduct: () => Promise.resolve({ is: 'ambiguous' as const, count: 3 }),
  }
  const { accounting } = ends
  const desk = {
    ...engine,
    ...ends,
    accounting: { ...accounting, connector: { ...accounting.connector, products } },
    integrationId: stage.id,
    inTurn: turnstile(),
  } as unknown as Desk
  expect(await findProducts(desk, draftOf(saleOf([{ amount: '12.10' }])), {})).toMatchObject({
    is: 'refused',
    reason: { code: 'PRODUCT_AMBIGUOUS', params: { count: 3 } },
  })
})
