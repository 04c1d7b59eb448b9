import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setBookingStage, type BookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { buyersNumber, supply } from '../../test/support/vies-stage.ts'

/** Sales paid by some methods go to one debtor of the merchant's choice. */
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const setStage = async (
  fixedDebtors: Record<string, string>,
  settings: Record<string, unknown> = {},
): Promise<BookingStage> => {
  const stage = await setBookingStage(database, { settings: { ...settings, fixedDebtors } })
  await stage.plant('clients', {
    clientnr: 7,
    company: 'Marktplaats',
    email: 'markt@klant.example',
    tax_type: 'intax',
    country: 146,
  })
  return stage
}

const numbers = ({ books }: BookingStage) => books.ledger().clients.map(({ clientnr }) => clientnr)

describe('a payment method with a fixed debtor', () => {
  test('invoices that one for every buyer, and makes none', async () => {
    const stage = await setStage({ Marktplaats: '7' })
    const one = await stage.sell({ paymentMethod: 'Marktplaats' })
    const other = await stage.sell({ paymentMethod: 'Marktplaats', email: 'x@y.example' })
    await stage.drain()
    for (const shopId of [one, other]) {
      expect(await stage.row(shopId)).toMatchObject({ state: 'booked', debtorId: '7' })
    }
    expect(numbers(stage)).toEqual([7])
    expect(stage.books.ledger().invoices.map(({ clientnr }) => clientnr)).toEqual([7, 7])
  })

  test('matters to no other method, nor when it is left empty', async () => {
    const stage = await setStage({ Marktplaats: '7', BankTransfer: '' })
    const shopId = await stage.sell({ paymentMethod: 'BankTransfer' })
    const odd = await stage.sell({ paymentMethod: 'constructor' })
    await stage.drain()
    for (const each of [shopId, odd]) {
      const row = await stage.row(each)
      expect(row).toMatchObject({ state: 'booked' })
      expect(row.debtorId).not.toBe('7')
    }
    expect(numbers(stage)).toHaveLength(3)
  })

  test('gives an intra-Community supply a debtor of its own', async () => {
    const stage = await setStage({ Marktplaats: '7' })
    const shopId = await stage.sell(supply({ paymentMethod: 'Marktplaats' }))
    await stage.drain()
    const row = await stage.row(shopId)
    expect(row).toMatchObject({ state: 'booked', evidence: { regime: 'intra-community' } })
    expect(row.debtorId).not.toBe('7')
    const own = stage.books.ledger().clients.find(({ clientnr }) => clientnr !== 7)
    expect(own).toMatchObject({ taxnumber: buyersNumber })
  })

  test.each([
    ['in general', { supply: 'service' }],
    ['by its SKU', { supplied: { digital: ['mok*'] } }],
  ])('gives a service to a business elsewhere one too: a service %s', async (_, settings) => {
    const stage = await setStage({ Marktplaats: '7' }, settings)
    const lines = [{ name: 'Mok', sku: 'MOK-1', unitPrice: 10 }]
    const shopId = await stage.sell(supply({ paymentMethod: 'Marktplaats', lines }))
    await stage.drain()
    const row = await stage.row(shopId)
    expect(row).toMatchObject({ state: 'booked', evidence: { regime: 'services-reverse-charge' } })
    expect(row.debtorId).not.toBe('7')
  })

  test('that is gone refuses the sale and makes nobody else, until it is there', async () => {
    const stage = await setStage({ Marktplaats: '8' })
    const shopId = await stage.sell({ paymentMethod: 'Marktplaats' })
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({
      state: 'refused',
      reasonCode: 'DEBTOR_NOT_FOUND',
      reasonParams: { debtor: '8' },
    })
    expect(numbers(stage)).toEqual([7])
    expect(stage.books.ledger().invoices).toEqual([])
    await stage.plant('clients', {
      clientnr: 8,
      email: 'm@x.example',
      tax_type: 'intax',
      country: 146,
    })
    await stage.hear(shopId)
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked', debtorId: '8' })
  })

  test('whose look-up fails is not taken for one that is gone', async () => {
    const stage = await setStage({ Marktplaats: '7' })
    const shopId = await stage.sell({ paymentMethod: 'Marktplaats' })
    stage.books.faults.add({ fault: 'error-before', times: 2, match: { path: '/clients/7' } })
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({ state: 'open', reasonCode: 'REMOTE_TROUBLE' })
    for (let passes = 0; passes < 3; passes += 1) await stage.passes(60_000)
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked', debtorId: '7' })
  })

  test('needs no address of the buyer', async () => {
    const stage = await setStage({ Marktplaats: '7' })
    const shopId = await stage.sell({ paymentMethod: 'Marktplaats', email: '' })
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked', debtorId: '7' })
  })
})
