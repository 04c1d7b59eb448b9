import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FaultKind } from '../../sandbox/kit/fault-rule.ts'
import type { GarbageKind } from '../../sandbox/vies/index.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import {
  buyersNumber as number,
  setViesStage,
  supply,
  type ViesStage,
} from '../../test/support/vies-stage.ts'
import { calendarDay } from '../world/calendar-day.ts'
import type { Booking } from './booking.ts'
import { saleOf } from '../../test/support/sale.ts'
import { openEnds } from './engine.ts'
import { ignore, process } from './decisions.ts'
import { preview } from './preview.ts'
import { decideVat, vatQuestion } from './vat-decision.ts'
import { acceptVatNumber } from './vat-number-check.ts'

/** While VIES is silent nothing is guessed; the sale waits and is asked about again by itself. */
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

const invoices = ({ books }: ViesStage) => books.ledger().invoices.length

/** From now until the booking is due. */
const waitOf = (stage: ViesStage, { dueAt }: Pick<Booking, 'dueAt'>): number =>
  (dueAt?.getTime() ?? NaN) - stage.clock.now().getTime()

/** Lets the time pass until the booking is due, as the sweep would have it. */
const untilDue = async (stage: ViesStage, booking: Booking): Promise<Booking> => {
  await stage.passes(waitOf(stage, booking))
  return stage.row(booking.shopId)
}

/** A person of the merchant's vouches for the buyer's number. */
const accept = async (stage: ViesStage, vatNumber = number) => {
  const ends = await openEnds(stage.engine, stage.id)
  if (ends === null) throw new Error('the integration does not book')
  const { buyer, billing } = saleOf([], { buyer: { vatNumber } })
  return acceptVatNumber({ ...stage.engine, ...ends, integrationId: stage.id }, { buyer, billing })
}

describe('a sale whose number VIES is silent about', () => {
  test('waits 1, 5, 15 and 60 minutes, and hourly from then on, and is booked when VIES is back', async () => {
    const stage = await setViesStage(database)
    stage.vies.changeStates({ BE: 'MS_UNAVAILABLE' })
    let row = await stage.sold()
    for (const [index, minutes] of [1, 5, 15, 60, 60, 60].entries()) {
      expect(row).toMatchObject({ state: 'open', reasonCode: 'VIES_NO_ANSWER', attempts: 0 })
      expect(row.reasonParams).toMatchObject({ country: 'BE' })
      const waitMinutes = waitOf(stage, row) / minuteMs
      expect(waitMinutes).toBeGreaterThanOrEqual(minutes * 0.75)
      // A quarter of chance for the number; and where the pause of its country ends later, one for that.
      expect(waitMinutes).toBeLessThanOrEqual(minutes * 1.25 * 1.25)
      expect(await stage.kept()).toMatchObject([
        { verdict: null, silences: index + 1, askAt: row.dueAt },
      ])
      expect(stage.asked()).toHaveLength(index + 1)
      row = await untilDue(stage, row)
    }
    stage.vies.changeStates({ BE: 'Available' })
    expect(await untilDue(stage, row)).toMatchObject({
      state: 'booked',
      reasonCode: null,
      evidence: { vies: { verdict: 'valid', at: stage.clock.now().toISOString() } },
    })
    expect(invoices(stage)).toBe(1)
    expect(await stage.kept()).toMatchObject([{ verdict: 'valid', silences: 0, askAt: null }])
  })

  test('FAULT: is not asked about sooner, however often the shop mentions it or others come with the number', async () => {
    const stage = await setViesStage(database)
    stage.vies.changeStates({ BE: 'TIMEOUT' })
    const first = await stage.sold()
    const again = await stage.again(first)
    const other = await stage.sold()
    for (const row of [again, other]) {
      expect(row).toMatchObject({
        state: 'open',
        reasonCode: 'VIES_NO_ANSWER',
        dueAt: first.dueAt,
      })
    }
    expect(stage.asked()).toEqual([number])
    stage.vies.changeStates({ BE: 'Available' })
    await untilDue(stage, first)
    expect(await stage.states()).toEqual({ booked: 2 })
    expect(stage.asked()).toEqual([number, number])
  })

  test('holds up nobody else, and counts as no failure of the shop or the books', async () => {
    const stage = await setViesStage(database)
    stage.vies.switches.vowAvailable = false
    const silent = Array.from({ length: 8 }, (_, index) =>
      stage.place(supply({ vatNumber: `BE046856107${index}` })),
    )
    const plain = stage.place()
    await stage.hear(...silent, plain)
    await stage.drain()
    expect(await stage.states()).toEqual({ open: 8, booked: 1 })
    const mailbox = await database.db
      .selectFrom('mailboxes')
      .select(['failures', 'restUntil'])
      .where('integrationId', '=', stage.id)
      .execute()
    expect(mailbox).toEqual([{ failures: 0, restUntil: null }])
  })

  test('that VIES refuses to be asked about says so', async () => {
    const stage = await setViesStage(database)
    stage.vies.plantNumbers({ [number]: { error: 'VAT_BLOCKED' } })
    expect(await stage.sold()).toMatchObject({ state: 'open', reasonCode: 'VIES_NUMBER_BLOCKED' })
  })

  test('is closed when its order is cancelled meanwhile', async () => {
    const stage = await setViesStage(database)
    stage.vies.changeStates({ BE: 'TIMEOUT' })
    const row = await stage.sold()
    stage.shop.changeOrder(Number(row.shopId), { status: 8, webhook: 'lost' })
    expect(await stage.again(row)).toMatchObject({ state: 'closed', dueAt: null })
  })
})

describe('an answer that is none', () => {
  const garbage: GarbageKind[] = ['empty', 'html', 'xml-fault', 'truncated-json', 'wrong-types']
  test.each(garbage)('%s books nothing and refuses nothing', async (kind) => {
    const stage = await setViesStage(database)
    stage.vies.setGarbage({ kind })
    const row = await stage.sold()
    expect(row).toMatchObject({ state: 'open', reasonCode: 'VIES_NO_ANSWER', evidence: null })
    expect(invoices(stage)).toBe(0)
    expect(await stage.kept()).toMatchObject([{ verdict: null, silences: 1 }])
    expect(await untilDue(stage, row)).toMatchObject({ state: 'booked' })
    expect(invoices(stage)).toBe(1)
  })

  const faults: FaultKind[] = [
    'error-before',
    'rate-limit',
    'reset-before',
    'reset-after',
    'bad-json',
  ]
  test.each(faults)('%s books nothing and refuses nothing', async (fault) => {
    const stage = await setViesStage(database)
    stage.vies.faults.add({ fault })
    const row = await stage.sold()
    expect(row).toMatchObject({ state: 'open', reasonCode: 'VIES_NO_ANSWER' })
    expect(invoices(stage)).toBe(0)
    expect(await untilDue(stage, row)).toMatchObject({ state: 'booked' })
    expect(invoices(stage)).toBe(1)
  })

  test('a blocked address leaves every sale waiting for as long as it is blocked', async () => {
    const stage = await setViesStage(database)
    stage.vies.faults.add({ fault: 'unauthorized' })
    const row = await stage.sold()
    expect(row).toMatchObject({ state: 'open', reasonCode: 'VIES_BLOCKED' })
    expect(waitOf(stage, row)).toBeGreaterThan(4 * 60 * minuteMs)
    expect(await untilDue(stage, row)).toMatchObject({ state: 'booked' })
  })
})

describe('an old verdict', () => {
  const silentLater = async (settings: Record<string, unknown>, days: number) => {
    const stage = await setViesStage(database, settings)
    const first = await stage.sold()
    await stage.clock.advance(days * dayMs)
    stage.vies.changeStates({ BE: 'MS_UNAVAILABLE' })
    return { stage, proof: first.evidence?.vies }
  }

  test('does not stand in unless the merchant chose so', async () => {
    const { stage } = await silentLater({}, 2)
    expect(await stage.sold()).toMatchObject({ state: 'open', reasonCode: 'VIES_NO_ANSWER' })
  })

  test('stands in for thirty days, with its own consultation number', async () => {
    const { stage, proof } = await silentLater({ oldVerdicts: true }, 30)
    expect(proof?.consultationNumber).toMatch(/^WAPI/)
    expect(await stage.sold()).toMatchObject({ state: 'booked', evidence: { vies: proof } })
  })

  test('does not stand in after that', async () => {
    const { stage } = await silentLater({ oldVerdicts: true }, 31)
    expect(await stage.sold()).toMatchObject({ state: 'open', reasonCode: 'VIES_NO_ANSWER' })
  })

  test('FAULT: stands in for every sale, not only for the one VIES was asked for', async () => {
    const { stage, proof } = await silentLater({ oldVerdicts: true }, 2)
    expect(await stage.sold()).toMatchObject({ state: 'booked' })
    expect(await stage.sold()).toMatchObject({ state: 'booked', evidence: { vies: proof } })
    expect(stage.asked()).toHaveLength(2)
  })

  test('that said invalid never stands in', async () => {
    const stage = await setViesStage(database, { oldVerdicts: true })
    stage.vies.plantNumbers({ [number]: { valid: false } })
    const row = await stage.sold()
    stage.vies.changeStates({ BE: 'MS_UNAVAILABLE' })
    await stage.clock.advance(2 * 60 * minuteMs)
    expect(await stage.again(row)).toMatchObject({ state: 'open', reasonCode: 'VIES_NO_ANSWER' })
  })
})

describe('a number that a person vouched for', () => {
  test('is booked while VIES is silent, and says so in its evidence', async () => {
    const stage = await setViesStage(database)
    stage.vies.changeStates({ BE: 'MS_UNAVAILABLE' })
    const row = await stage.sold()
    expect(await accept(stage)).toBe(true)
    const at = stage.clock.now().toISOString()
    expect(await stage.again(row)).toMatchObject({
      state: 'booked',
      evidence: { vies: { verdict: 'accepted', at, consultationNumber: null } },
    })
    expect(stage.asked()).toEqual([number])
  })

  test('needs no second word for thirty days', async () => {
    const stage = await setViesStage(database)
    stage.vies.changeStates({ BE: 'TIMEOUT' })
    await stage.sold()
    await accept(stage)
    await stage.clock.advance(30 * dayMs - 1)
    expect(await stage.sold()).toMatchObject({ state: 'booked' })
    await stage.clock.advance(2 * 60 * minuteMs)
    expect(await stage.sold()).toMatchObject({ state: 'open', reasonCode: 'VIES_NO_ANSWER' })
  })

  test('is proved by VIES as soon as that is back', async () => {
    const stage = await setViesStage(database)
    stage.vies.changeStates({ BE: 'TIMEOUT' })
    await stage.sold()
    await accept(stage)
    stage.vies.changeStates({ BE: 'Available' })
    await stage.clock.advance(2 * minuteMs)
    expect((await stage.sold()).evidence?.vies?.verdict).toBe('valid')
  })

  test('FAULT: is refused when VIES itself says that it is invalid, before or after', async () => {
    const stage = await setViesStage(database)
    stage.vies.plantNumbers({ [number]: { valid: false } })
    const row = await stage.sold()
    await accept(stage)
    for (const minutes of [1, 61, 61]) {
      await stage.clock.advance(minutes * minuteMs)
      expect(await stage.again(row)).toMatchObject({ state: 'refused', evidence: null })
    }
    expect(stage.asked()).toHaveLength(3)
  })

  test('that is none is not taken', async () => {
    const stage = await setViesStage(database)
    expect(await accept(stage, 'KvK 12345678')).toBe(false)
    expect(await stage.kept()).toEqual([])
  })
})

describe('VIES that is silent for longer than the merchant waits', () => {
  /** Silent from the start, and for so many hours; every retry is made. */
  const silentFor = async (hours: number, settings: Record<string, unknown> = {}) => {
    const stage = await setViesStage(database, settings)
    stage.vies.changeStates({ BE: 'MS_UNAVAILABLE' })
    let row = await stage.sold()
    const start = stage.clock.now().getTime()
    for (let asked = 0; asked < 100; asked += 1) {
      const until = (row.dueAt?.getTime() ?? Infinity) - start
      if (until > hours * 3_600_000) break
      row = await untilDue(stage, row)
    }
    await stage.clock.advance(start + hours * 3_600_000 - stage.clock.now().getTime())
    return { stage, row: await stage.again(row) }
  }

  test('asks the merchant to decide after 48 hours, and goes on asking VIES', async () => {
    const { stage, row } = await silentFor(47)
    expect(row).toMatchObject({ state: 'open', reasonCode: 'VIES_NO_ANSWER' })
    await stage.clock.advance(60 * minuteMs)
    const asked = await stage.again(row)
    expect(asked).toMatchObject({
      state: 'open',
      reasonCode: 'VIES_SILENT_TOO_LONG',
      reasonParams: { country: 'BE', count: 48, date: '–' },
    })
    expect(waitOf(stage, asked)).toBeGreaterThan(0)
    stage.vies.changeStates({ BE: 'Available' })
    expect(await untilDue(stage, asked)).toMatchObject({
      state: 'booked',
      evidence: { vies: { verdict: 'valid' } },
    })
    expect(invoices(stage)).toBe(1)
  })

  test('waits as long as the merchant says', async () => {
    const { row } = await silentFor(3, { viesHoldHours: 2 })
    expect(row).toMatchObject({ reasonCode: 'VIES_SILENT_TOO_LONG', reasonParams: { count: 2 } })
  })

  test('tells when the number was last valid', async () => {
    const stage = await setViesStage(database, { viesHoldHours: 1 })
    const known = await stage.sold()
    const day = calendarDay(stage.clock.now())
    await stage.clock.advance(5 * dayMs)
    stage.vies.changeStates({ BE: 'TIMEOUT' })
    const row = await stage.sold()
    await stage.clock.advance(2 * 60 * minuteMs)
    expect(await stage.again(row)).toMatchObject({
      reasonCode: 'VIES_SILENT_TOO_LONG',
      reasonParams: { date: day },
    })
    const question = await vatQuestion(stage.engine, await stage.row(row.shopId))
    expect(question?.lastValid?.toISOString()).toBe(known.evidence?.vies?.at)
  })

  test('counts from the first silence again after the sale was put aside', async () => {
    const { stage, row } = await silentFor(3, { viesHoldHours: 2 })
    await ignore(stage.engine, stage.id, { bookingIds: [row.id] })
    await process(stage.engine, stage.id, { bookingIds: [row.id] })
    await stage.drain()
    expect(await stage.row(row.shopId)).toMatchObject({ reasonCode: 'VIES_NO_ANSWER' })
  })

  test('is booked as a supply when the merchant vouches for the number', async () => {
    const { stage, row } = await silentFor(3, { viesHoldHours: 2 })
    expect(await decideVat(stage.engine, row, { decision: 'vouch' })).toBe(true)
    await stage.drain()
    expect(await stage.row(row.shopId)).toMatchObject({
      state: 'booked',
      evidence: { regime: 'intra-community', vies: { verdict: 'accepted' } },
    })
    expect(stage.books.ledger().invoices.map(({ totalCents }) => totalCents)).toEqual([10_000])
  })

  test('is booked with VAT out of what was paid when the merchant says so, and the preview agrees', async () => {
    const { stage, row } = await silentFor(3, { viesHoldHours: 2, oneStopShop: 'no' })
    const question = await vatQuestion(stage.engine, row)
    const offered = question?.withVat.map(({ percent, draft: { totals } }) =>
      [percent, totals.net.toFixed(2), totals.vat.toFixed(2), totals.gross.toFixed(2)].join(' '),
    )
    // Below the threshold of distance sales the rates are those of the merchant's own country.
    expect(offered).toEqual(['21 82.64 17.36 100.00', '9 91.74 8.26 100.00'])
    expect(await decideVat(stage.engine, row, { decision: 'with-vat', percent: '12' })).toBe(false)
    expect(await decideVat(stage.engine, row, { decision: 'with-vat', percent: '21' })).toBe(true)
    const shown = await preview(stage.engine, await stage.row(row.shopId))
    await stage.drain()
    expect(await stage.row(row.shopId)).toMatchObject({
      state: 'booked',
      evidence: { regime: 'origin', withVat: true },
    })
    const [invoice, ...others] = stage.books.ledger().invoices
    expect(others).toEqual([])
    expect(invoice).toMatchObject({ totalCents: 10_000 })
    expect(invoice?.lines.map(({ taxRate }) => Number(taxRate))).toEqual([21])
    if (shown.is !== 'read') throw new Error(shown.is)
    expect(shown.draft.totals.vat.toFixed(2)).toBe('17.36')
    expect(shown.verdicts.flatMap(({ problem }) => problem?.code ?? [])).toEqual([])
  })

  test('FAULT: a sale that is booked, or refused, cannot be decided about', async () => {
    const stage = await setViesStage(database)
    const booked = await stage.sold()
    expect(await vatQuestion(stage.engine, booked)).toBeNull()
    expect(await decideVat(stage.engine, booked, { decision: 'vouch' })).toBe(false)
    expect(await stage.kept()).toMatchObject([{ acceptedAt: null }])
  })
})

describe('the merchant’s own number', () => {
  test('FAULT: a verdict asked for another requester is asked again, so that its proof is one', async () => {
    const stage = await setViesStage(database)
    await stage.sold()
    const vatNumber = 'NL810433941B01'
    await database.db
      .updateTable('integrations')
      .set({ settings: JSON.stringify({ homeCountry: 'NL', vatNumber }) })
      .where('id', '=', stage.id)
      .execute()
    const row = await stage.sold()
    const checks = stage.vies.ledger().checks
    expect(checks.map(({ requester }) => requester)).toEqual(['NL123456782B90', vatNumber])
    expect(row.evidence?.vies?.consultationNumber).toBe(checks[1]?.consultationNumber)
  })
})
