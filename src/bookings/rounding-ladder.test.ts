import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OrderSpec } from '../../sandbox/kmoshops/index.ts'
import { setBookingStage, type BookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { draftOf, saleOf, type LineSample } from '../../test/support/sale.ts'
import { factuursturen } from '../connectors/accounting/factuursturen/index.ts'
import type { AccountingConnector } from '../connectors/accounting.ts'
import { amount, sum } from '../money/amount.ts'
import { composeOn } from './compose-on.ts'
import type { Desk } from './desk.ts'

/** The books round at another place than the shop: a line of a cent, or no invoice. */
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const email = 'an@klant.example'

/** A shop whose prices include VAT, and a debtor whose prices don't. */
const setStage = async (): Promise<BookingStage> => {
  const stage = await setBookingStage(database)
  await stage.plant('clients', { clientnr: 7, email, tax_type: 'extax', country: 146 })
  return stage
}

const order = (...prices: [price: number, vatPercent: number][]): Partial<OrderSpec> => ({
  email,
  country: 'NL',
  lines: prices.map(([unitPrice, vatPercent], index) => ({
    name: `Artikel ${index}`,
    unitPrice,
    vatPercent,
  })),
})

const lines = ({ books }: BookingStage) =>
  books.ledger().invoices.flatMap((invoice) => invoice.lines)

describe('prices incl. VAT for a debtor excl. VAT', () => {
  test('need no rounding line where the books come to the same total', async () => {
    const stage = await setStage()
    const shopId = await stage.sell(order([12.1, 21]))
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked', remoteTotalCents: 1210 })
    expect(lines(stage)).toHaveLength(1)
  })

  // Every price of which no whole net amount comes back to it at 21 %.
  const offByACent = Array.from({ length: 400 }, (_, index) => index + 1).filter((cents) => {
    const net = Math.round((cents * 100) / 121)
    return net + Math.round(net * 0.21) !== cents
  })

  test('that are off by a cent get a line Afronding, and the total that was paid', async () => {
    const stage = await setStage()
    expect(offByACent.length).toBeGreaterThan(20)
    const chosen = offByACent.filter((_, index) => index % 4 === 0)
    const shopIds = chosen.map((cents) => stage.place(order([cents / 100, 21])))
    await stage.hear(...shopIds)
    await stage.drain()
    for (const [index, shopId] of shopIds.entries()) {
      expect(await stage.row(shopId)).toMatchObject({
        state: 'booked',
        reasonCode: null,
        totalCents: chosen[index],
        remoteTotalCents: chosen[index],
      })
    }
    const { invoices } = stage.books.ledger()
    expect(invoices.map(({ totalCents }) => totalCents).sort((a, b) => a - b)).toEqual(chosen)
    for (const invoice of invoices) {
      const [, rounding, ...others] = invoice.lines
      expect(others).toEqual([])
      expect(rounding).toMatchObject({ description: 'Afronding' })
    }
  })

  test('that are off by a cent in each of two rates get one line of two', async () => {
    const stage = await setStage()
    const at9 = Array.from({ length: 300 }, (_, index) => index + 1).filter((cents) => {
      const net = Math.round((cents * 100) / 109)
      return net + Math.round(net * 0.09) !== cents
    })
    const sides = offByACent
      .slice(0, 12)
      .flatMap((a) => at9.slice(0, 3).map((b) => [a, b] as const))
    const shopIds = sides.map(([a, b]) => stage.place(order([a / 100, 21], [b / 100, 9])))
    await stage.hear(...shopIds)
    await stage.drain()
    const expected = sides.map(([a, b]) => a + b).sort((a, b) => a - b)
    expect(await stage.states()).toEqual({ booked: sides.length })
    const { invoices } = stage.books.ledger()
    expect(invoices.map(({ totalCents }) => totalCents).sort((a, b) => a - b)).toEqual(expected)
  })
})

describe('books that would come to another total', () => {
  /** Factuursturen, off by so much whenever there is no rounding line of as much. */
  const composed = (off: string, lines: readonly LineSample[]) => {
    const draft = draftOf(saleOf(lines))
    const traits = { taxType: 'intax', country: '146' }
    const connector: AccountingConnector = {
      ...(factuursturen as unknown as AccountingConnector),
      compose: (each) => ({
        is: 'composed',
        wire: each.lines.map(({ description }) => description),
        predictedTotal: sum(each.lines.map((line) => line.amount)).minus(amount(off)),
      }),
    }
    const accounting = { connector, facts: {} } as unknown as Desk['accounting']
    return composeOn({ accounting }, draft, { id: '7', traits }, {})
  }
  const oneRate = [{ amount: '12.10' }]
  const twoRates = [{ amount: '12.10' }, { amount: '10.90', percent: '9' }]

  test.each([
    ['0.01', oneRate],
    ['-0.01', oneRate],
    ['0.02', twoRates],
    ['-0.02', twoRates],
  ])('by %s get a line that makes up for it', (off, given) => {
    const composition = composed(off, given)
    expect(composition).toMatchObject({
      is: 'composed',
      wire: [...given.map(() => 'Mok'), 'Afronding'],
    })
  })

  test.each([
    ['0.02', oneRate],
    ['-0.02', oneRate],
    ['0.03', twoRates],
    ['100', twoRates],
  ])('by %s, more than a cent for each rate, are refused', (off, given) => {
    const total = sum(given.map((line) => amount(line.amount)))
    expect(composed(off, given)).toEqual({
      is: 'refused',
      reason: {
        code: 'TOTAL_WOULD_DIFFER',
        params: {
          system: factuursturen.title,
          predicted: total.minus(amount(off)).toFixed(2),
          total: total.toFixed(2),
        },
      },
    })
  })
})
