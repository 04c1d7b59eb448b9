import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BooksFacts, ProductPlan, ProductShelf } from '../../src/connectors/accounting.ts'
import type { Fields, ValuesOf } from '../../src/connectors/settings.ts'
import {
  awaitLateEffect,
  createFaults,
  expectHonest,
  expectNoSecrets,
  readFaults,
  troubleOf,
  valueOf,
} from './accounting-faults.ts'
import { draftOf, ordinary } from './accounting-drafts.ts'
import { openStage, type Books, type Stage } from './accounting-stage.ts'
import { systems } from './accounting-table.ts'

type Values = ValuesOf<Fields>

test.each(systems.map((each) => [each.connector.id, each] as const))(
  '%s says whether it has products, and then all the suite must know of them',
  async (_id, system) => {
    const has = system.connector.capabilities.products
    expect(system.connector.products !== undefined).toBe(has)
    expect(system.createsProduct !== undefined).toBe(has)
    expect(system.findsProduct !== undefined).toBe(has)
    const remote = await system.start()
    expect(remote.products?.().length).toBe(has ? 0 : undefined)
    await remote.close()
  },
)

const having = systems.flatMap((system) => {
  const { products: shelf } = system.connector
  return shelf === undefined ? [] : [[system.connector.id, { system, shelf }] as const]
})

describe.each(having)('%s', (_id, { system, shelf }) => {
  let stage: Stage
  let books: Books
  let facts: BooksFacts<Values>

  beforeEach(async () => {
    stage = await openStage(system)
    books = stage.open()
    facts = await stage.factsFor(books)
  })
  afterEach(() => stage.close())

  const count = () => stage.remote.products?.().length ?? 0
  const onePlan = (): ProductPlan => {
    const [plan] = shelf.wanted(ordinary(), facts)
    if (plan === undefined) throw new Error('nothing wanted')
    return plan
  }
  const findIn = (each: Books): ReturnType<ProductShelf<Values, Values>['findProduct']> =>
    shelf.findProduct(each, onePlan().code)

  test('each is wanted once, made once, and found again', async () => {
    const twice = draftOf([{ amount: '1.00' }, { amount: '2.00', kind: 'shipping' }])
    const draft = { ...twice, lines: [...twice.lines, ...twice.lines] }
    expect(shelf.wanted(draft, facts)).toHaveLength(2)
    const stocked = await stage.withProducts(books, facts, draft)
    expect(count()).toBe(2)
    expect(await stage.withProducts(books, facts, draft)).toEqual(stocked)
    expect(count()).toBe(2)
  })
  test('costs have one product each, and a sale that has them all is booked', async () => {
    const kinds = ['product', 'shipping', 'payment', 'surcharge', 'discount'] as const
    const draft = draftOf(
      kinds.map((kind) => ({ kind, amount: kind === 'discount' ? '-1.00' : '9.99' })),
    )
    const { wire } = await stage.prepare(draft)
    expect(count()).toBe(kinds.length)
    valueOf(await system.connector.create(books, wire))
  })
  test.each([
    ['separators', 'MOK-BL.1_2 L'],
    ['a hundred characters', 'x'.repeat(100)],
    ['more than a hundred', `${'x'.repeat(101)}-ä`],
    ['odd characters', 'é/№ 5–6 "x" <b>&amp;+%20#?'],
    ['nothing it accepts', '★★'],
    ['leading zeros', '000123'],
    ['an exponent', '1e3'],
  ])('a SKU with %s is made and found', async (_what, sku) => {
    const draft = draftOf([{ amount: '12.10' }])
    const lines = draft.lines.map((line) => ({ ...line, sku }))
    const [plan, ...others] = shelf.wanted({ ...draft, lines }, facts)
    if (plan === undefined) throw new Error('nothing wanted')
    expect(others).toEqual([])
    expect(await shelf.findProduct(books, plan.code)).toEqual({ is: 'none' })
    const id = valueOf(await shelf.createProduct(books, plan))
    expect(await shelf.findProduct(books, plan.code)).toEqual({ is: 'found', id })
  })
  test('a SKU that only resembles another is another', async () => {
    const draft = draftOf([{ amount: '12.10' }])
    const planned = (sku: string) =>
      shelf.wanted({ ...draft, lines: draft.lines.map((line) => ({ ...line, sku })) }, facts)[0]
    const made = planned('MOK/1')
    if (made === undefined) throw new Error('nothing wanted')
    valueOf(await shelf.createProduct(books, made))
    for (const sku of ['MOK', 'MOK/', 'MOK/10', 'mok/1', 'MOK1', 'MOK#1', 'OK/1']) {
      expect(await shelf.findProduct(books, planned(sku)?.code ?? '')).toEqual({ is: 'none' })
    }
  })

  test.each(createFaults)(
    'creating: $name: $outcome, looked up truly, and in the end one',
    async (given) => {
      stage.remote.faults.add({ ...given.rule, match: system.createsProduct ?? {} })
      const outcome = await shelf.createProduct(
        stage.open({}, stage.http(given.budgetMs)),
        onePlan(),
      )
      expectHonest(outcome, given, count)
      if (outcome.is !== 'done') expectNoSecrets(JSON.stringify(outcome), [])
      await awaitLateEffect(given, count)
      const match = await findIn(books)
      expect(match.is).toBe(count() === 1 ? 'found' : 'none')
      if (match.is === 'none') valueOf(await shelf.createProduct(books, onePlan()))
      expect(count()).toBe(1)
    },
  )
  test.each(readFaults)('$name is never taken for an absent product', async (given) => {
    valueOf(await shelf.createProduct(books, onePlan()))
    stage.remote.faults.add({ ...given.rule, match: system.findsProduct ?? {} })
    const trouble = await troubleOf(findIn(stage.open({}, stage.http(given.budgetMs))))
    expect(trouble.cure).toBe(given.rule.fault === 'unauthorized' ? 'reconnect' : 'later')
  })
})
