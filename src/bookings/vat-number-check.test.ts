import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { buyersNumber as number, setViesStage, supply } from '../../test/support/vies-stage.ts'

/** What VIES says of a number decides a sale, is kept as long as it may be, and is kept as evidence. */
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const hourMs = 3_600_000
const dayMs = 24 * hourMs

describe('a valid number', () => {
  test('is evidence on the booking, with the consultation number for our own number', async () => {
    const stage = await setViesStage(database)
    const row = await stage.sold()
    const [check, ...others] = stage.vies.ledger().checks
    expect(others).toEqual([])
    expect(check).toMatchObject({ number, requester: 'NL123456782B90', verdict: 'VALID' })
    expect(check?.consultationNumber).toMatch(/^WAPI/)
    expect(row).toMatchObject({
      state: 'booked',
      totalCents: 10_000,
      evidence: {
        regime: 'intra-community',
        rates: { proved: 0, evidenced: 1, assumed: 0 },
        vies: {
          verdict: 'valid',
          at: stage.clock.now().toISOString(),
          consultationNumber: check?.consultationNumber,
        },
      },
    })
    expect(stage.books.ledger().invoices.map(({ totalCents }) => totalCents)).toEqual([10_000])
  })

  test('is believed for a day, and its evidence stays that of the day it was given', async () => {
    const stage = await setViesStage(database)
    const first = await stage.sold()
    await stage.clock.advance(dayMs)
    expect(await stage.sold({ vatNumber: 'be 0468.561.072' })).toMatchObject({
      state: 'booked',
      evidence: { vies: first.evidence?.vies },
    })
    expect(stage.asked()).toEqual([number])
    await stage.clock.advance(1)
    expect((await stage.sold()).evidence?.vies?.at).toBe(stage.clock.now().toISOString())
    expect(stage.asked()).toEqual([number, number])
  })

  test('is asked about without our own number when that is not given, or is nonsense', async () => {
    for (const vatNumber of ['', 'KvK 12345678']) {
      const stage = await setViesStage(database, { vatNumber })
      expect(await stage.sold()).toMatchObject({
        state: 'booked',
        evidence: { vies: { verdict: 'valid', consultationNumber: null } },
      })
      expect(stage.vies.ledger().checks).toMatchObject([{ requester: '' }])
    }
  })

  test('is booked without proof when VIES does not take our own number', async () => {
    const stage = await setViesStage(database)
    stage.vies.plantNumbers({ NL123456782B90: { valid: false } })
    expect(await stage.sold()).toMatchObject({
      state: 'booked',
      evidence: { vies: { verdict: 'valid', consultationNumber: null } },
    })
  })
})

describe('an invalid number', () => {
  test('refuses the sale, books nothing, and is believed for an hour', async () => {
    const stage = await setViesStage(database)
    stage.vies.plantNumbers({ [number]: { valid: false } })
    const row = await stage.sold()
    expect(row).toMatchObject({
      state: 'refused',
      reasonCode: 'VAT_NUMBER_INVALID',
      reasonParams: { country: 'BE' },
      dueAt: null,
    })
    stage.vies.plantNumbers({ [number]: null })
    await stage.clock.advance(hourMs)
    expect(await stage.again(row)).toMatchObject({ state: 'refused' })
    expect(stage.asked()).toEqual([number])
    await stage.clock.advance(1)
    expect(await stage.again(row)).toMatchObject({ state: 'booked', reasonCode: null })
    expect(stage.books.ledger().invoices.map(({ totalCents }) => totalCents)).toEqual([10_000])
  })

  test('of a form that VIES says cannot exist is invalid too', async () => {
    const stage = await setViesStage(database)
    stage.vies.plantNumbers({ [number]: { error: 'INVALID_INPUT' } })
    expect(await stage.sold()).toMatchObject({ state: 'refused', reasonCode: 'VAT_NUMBER_INVALID' })
    expect(await stage.kept()).toMatchObject([{ verdict: 'invalid', consultationNumber: null }])
  })

  test('corrected in the shop is another number, and asked at once', async () => {
    const stage = await setViesStage(database)
    stage.vies.plantNumbers({ [number]: { valid: false } })
    const { shopId } = await stage.sold()
    const vatNumber = 'BE0123456749'
    stage.shop.changeOrder(Number(shopId), { edit: { vatNumber }, webhook: 'lost' })
    expect(await stage.again({ shopId })).toMatchObject({ state: 'booked', reasonCode: null })
    expect(stage.asked()).toEqual([number, vatNumber])
  })
})

describe('what is kept of a check', () => {
  test('is not the number, nor any name or address', async () => {
    const stage = await setViesStage(database)
    const trader = { name: 'CLAES PIET', address: 'MARKT 1\n2000 ANTWERPEN' }
    stage.vies.plantNumbers({ [number]: trader, BE0123456749: { valid: false, ...trader } })
    await stage.sold()
    await stage.sold({ vatNumber: 'BE0123456749' })
    const rows = await stage.kept()
    expect(rows).toHaveLength(2)
    for (const { numberHash } of rows) expect(numberHash).toHaveLength(32)
    const bookings = await database.db
      .selectFrom('bookings')
      .selectAll()
      .where('integrationId', '=', stage.id)
      .execute()
    const text = JSON.stringify([rows, bookings])
    const bytes = rows.map(({ numberHash }) => numberHash.toString('latin1')).join(' ')
    for (const secret of ['0468561072', '0123456749', 'CLAES', 'MARKT', 'Bakkerij']) {
      expect(text).not.toContain(secret)
      expect(bytes).not.toContain(secret)
    }
  })

  test('has another key in every integration', async () => {
    const hashes = new Set<string>()
    for (let count = 0; count < 2; count += 1) {
      const stage = await setViesStage(database)
      await stage.sold()
      for (const { numberHash } of await stage.kept()) hashes.add(numberHash.toString('hex'))
    }
    expect(hashes.size).toBe(2)
  })
})

describe('VIES is not asked', () => {
  test('about a sale with VAT, whatever number its buyer gave', async () => {
    const stage = await setViesStage(database)
    stage.vies.switches.vowAvailable = false
    const withVat = { intraCommunity: false, lines: [{ name: 'Mok', unitPrice: 12.1 }] }
    expect(await stage.sold(withVat)).toMatchObject({ state: 'booked' })
    expect(await stage.sold({ ...withVat, country: 'NL' })).toMatchObject({
      state: 'booked',
    })
    expect(stage.vies.ledger().total).toBe(0)
    expect(await stage.kept()).toEqual([])
  })

  test('about a number that cannot be one, or that is not there', async () => {
    const stage = await setViesStage(database)
    for (const vatNumber of ['', 'n.v.t.', '12345', 'GB123456789']) {
      expect(await stage.sold({ vatNumber })).toMatchObject({ state: 'refused' })
    }
    expect(stage.vies.ledger().total).toBe(0)
  })

  test('twice, by two sales of the same moment with the same number', async () => {
    const stage = await setViesStage(database)
    stage.vies.changeStates({ BE: { answerMs: 100 } })
    const shopIds = [stage.place(supply()), stage.place(supply()), stage.place(supply())]
    await stage.hear(...shopIds)
    await stage.drain()
    expect(await stage.states()).toEqual({ booked: 3 })
    expect(stage.asked()).toEqual([number])
    const proofs = await Promise.all(shopIds.map((each) => stage.row(each)))
    expect(new Set(proofs.map(({ evidence }) => JSON.stringify(evidence?.vies))).size).toBe(1)
  })
})
