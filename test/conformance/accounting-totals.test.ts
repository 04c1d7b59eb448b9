import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { toCents } from '../../src/money/amount.ts'
import { seededRandom } from '../../src/world/random.ts'
import { ordinary, randomBasket } from './accounting-drafts.ts'
import { valueOf } from './accounting-faults.ts'
import { openStage, type Stage } from './accounting-stage.ts'
import { systems } from './accounting-table.ts'

const basketCount = 400

/** `work` on each item, at most `width` at a time. */
const inParallel = async <T>(
  width: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const left = items.values()
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of left) await work(item)
    }),
  )
}

describe.each(systems.map((each) => [each.connector.id, each] as const))('%s', (_id, system) => {
  const { connector } = system
  let stage: Stage

  beforeEach(async () => {
    stage = await openStage(system)
  })
  afterEach(() => stage.close())

  test.each(['as documented', ...system.totalsGuesses])(
    'what is booked is what was predicted, to the cent: %s',
    async (guess) => {
      system.guesses[guess]?.(stage.remote)
      const books = stage.open()
      const facts = await stage.factsFor(books)
      const senses = [true, false]
      const debtors = await Promise.all(
        senses.map((includesVat) => {
          const buyer = { email: `${String(includesVat)}@example.nl` }
          return stage.debtorFor(books, facts, ordinary({ includesVat, buyer }))
        }),
      )

      // Every sense of prices against every kind of debtor.
      const pairs = senses.flatMap((includesVat) =>
        debtors.map((debtor) => ({ includesVat, debtor })),
      )
      const random = seededRandom(20_261_120)
      const predicted = new Map<string, number>()
      const wires: unknown[] = []
      for (let index = 0; index < basketCount; index += 1) {
        const pair = pairs[index % pairs.length]
        if (pair === undefined) throw new Error('no pair')
        const reference = `B-${index}`
        const draft = randomBasket(random, { includesVat: pair.includesVat, reference })
        const composition = connector.compose(draft, pair.debtor, facts)
        if (composition.is === 'refused') {
          const honest = ['TOTAL_WOULD_DIFFER', 'UNIT_PRICE_INEXPRESSIBLE']
          expect(honest).toContain(composition.reason.code)
          continue
        }
        expect(composition.predictedTotal).toEqual(draft.totals.gross)
        predicted.set(reference, toCents(composition.predictedTotal))
        wires.push(composition.wire)
      }
      expect(wires.length).toBeGreaterThan(basketCount * 0.75)

      await inParallel(connector.capabilities.pace.concurrency, wires, async (wire) => {
        valueOf(await connector.create(books, wire))
      })
      const booked = stage.remote
        .invoices()
        .map((each) => [each.reference, each.totalCents] as const)
      expect(booked).toHaveLength(wires.length)
      expect(new Map(booked)).toEqual(predicted)
    },
  )
})
