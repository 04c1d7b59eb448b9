import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { MollieSandbox } from '../../../sandbox/mollie/index.ts'
import { addMerchant, billingOn, fillIn, openMollie } from '../../../test/support/billing-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { openTestEngine, type TestEngine } from '../../../test/support/engine.ts'
import { virtualClock, type VirtualClock } from '../../../test/support/virtual-clock.ts'
import { createIntegration, stopIntegration } from '../../merchants/integrations.ts'
import { licenceOf, lockedLicence } from '../../merchants/licences.ts'
import type { BillingRoom } from './billing-room.ts'
import { offerForTerm, type Offer } from './offers.ts'
import { markPaid, markPaidBack, noticed, rereadDue, startPayment } from './payments.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

let stages = 0

interface Stage {
  clock: VirtualClock
  room: BillingRoom
  mollie: MollieSandbox
  bench: TestEngine
  id: string
  offer: Offer
  /** Begins to pay, as the page does. @returns Mollie's id of the payment */
  begin(): Promise<string>
  licence(): Promise<{ endsOn: string; term: string; stoppedOn: string | null }>
  invoices(): Promise<{ number: string; grossCents: number; credits: string | null }[]>
  mails(): Promise<string[]>
  payments(): Promise<{ state: string; keptCents: number; trouble: string | null }[]>
}

/** A merchant on trial with an offer. Mollie's notices go nowhere: each test tells them itself. */
const setStage = async (): Promise<Stage> => {
  stages += 1
  const nth = stages
  const clock = virtualClock()
  const mollie = await openMollie(() => clock.now())
  mollie.switches.notices = 'never'
  const bench = openTestEngine(database, { clock, seed: 900_000 + nth, sellsLicences: true })
  onTestFinished(async () => {
    await bench.close()
    await mollie.close()
  })
  const { db } = database
  const room = billingOn(bench.engine, 'https://doorvoer.example', mollie)
  const merchantId = `pay-${nth}`
  await addMerchant(db, {
    id: merchantId,
    name: 'Zaak',
    email: `${merchantId}@klant.example`,
    language: 'nl',
  })
  const { id } = await createIntegration(bench.engine, {
    merchantId,
    name: 'Theewinkel',
    webshop: 'kmoshops',
    accounting: 'factuursturen',
  })
  await fillIn(room, merchantId)
  const licence = await licenceOf(db, id)
  if (licence === undefined) throw new Error('an integration without a licence')
  const offer = await offerForTerm(db, room, licence, merchantId)
  return {
    clock,
    room,
    mollie,
    bench,
    id,
    offer,
    async begin() {
      // So that ids sort in the order of beginning.
      clock.oversleep(1)
      const started = await startPayment(room, offer.token, 'nl')
      if (started.is === 'refused') throw new Error(started.reason.code)
      return started.goTo.split('/').pop() ?? ''
    },
    async licence() {
      const row = await licenceOf(db, id)
      if (row === undefined) throw new Error('the licence is gone')
      return { endsOn: row.endsOn, term: row.term, stoppedOn: row.stoppedOn }
    },
    invoices: () =>
      db
        .selectFrom('invoices')
        .select(['number', 'grossCents', 'credits'])
        .where('integrationId', '=', id)
        .orderBy('series')
        .orderBy('sequence')
        .execute(),
    async mails() {
      const rows = await db
        .selectFrom('mails')
        .select('kind')
        .where('integrationId', '=', id)
        .orderBy('id')
        .execute()
      return rows.map(({ kind }) => kind)
    },
    payments: () =>
      db
        .selectFrom('payments')
        .select(['state', 'keptCents', 'trouble'])
        .where('offerId', '=', offer.id)
        .orderBy('id')
        .execute(),
  }
}

describe('a payment', () => {
  test('extends the licence by a year, with one invoice and one mail', async () => {
    const stage = await setStage()
    expect(await stage.licence()).toMatchObject({ endsOn: '2026-12-20', term: 'trial' })
    const remoteId = await stage.begin()
    expect(stage.mollie.payments()).toMatchObject([
      { cents: 14_520, currency: 'EUR', webhookUrl: 'https://doorvoer.example/pay/mollie' },
    ])
    stage.mollie.end(remoteId, 'paid')
    expect(await noticed(stage.room, remoteId)).toBe('settled')
    expect(await stage.licence()).toMatchObject({ endsOn: '2027-12-20', term: 'paid' })
    expect(await stage.invoices()).toMatchObject([{ grossCents: 14_520, credits: null }])
    expect(await stage.mails()).toEqual(['payment-received'])
  })

  test('that is told ten times at once, and again later, counts once', async () => {
    const stage = await setStage()
    const remoteId = await stage.begin()
    stage.mollie.end(remoteId, 'paid')
    const told = await Promise.all(Array.from({ length: 10 }, () => noticed(stage.room, remoteId)))
    expect(new Set(told)).toEqual(new Set(['settled']))
    await noticed(stage.room, remoteId)
    expect(await stage.licence()).toMatchObject({ endsOn: '2027-12-20' })
    expect(await stage.invoices()).toHaveLength(1)
    expect(await stage.mails()).toEqual(['payment-received'])
  })

  test('that failed, or ran out, leaves the offer open for another', async () => {
    const stage = await setStage()
    stage.mollie.end(await stage.begin(), 'failed')
    const second = await stage.begin()
    await stage.clock.advance(20 * 60_000)
    const third = await stage.begin()
    expect(third).not.toBe(second)
    stage.mollie.end(third, 'canceled')
    await noticed(stage.room, third)
    const fourth = await stage.begin()
    stage.mollie.end(fourth, 'paid')
    await noticed(stage.room, fourth)
    expect((await stage.payments()).map(({ state }) => state)).toEqual([
      'failed',
      'expired',
      'canceled',
      'paid',
    ])
    expect(await stage.invoices()).toHaveLength(1)
  })

  test('begun twice at once, or in two windows, is one payment', async () => {
    const stage = await setStage()
    const begun = await Promise.all([stage.begin(), stage.begin(), stage.begin()])
    expect(new Set(begun).size).toBe(1)
    expect(await stage.begin()).toBe(begun[0])
    expect(stage.mollie.payments()).toHaveLength(1)
  })

  test('of which every notice was lost is found within the hour', async () => {
    const stage = await setStage()
    stage.mollie.end(await stage.begin(), 'paid')
    expect(await stage.licence()).toMatchObject({ term: 'trial' })
    await stage.clock.advance(16 * 60_000)
    await rereadDue(stage.room)
    expect(await stage.licence()).toMatchObject({ term: 'paid' })
  })

  test('whose creation we did not live to note is recognised by its notice', async () => {
    const stage = await setStage()
    const remoteId = await stage.begin()
    await database.db
      .updateTable('payments')
      .set({ remoteId: null, checkoutUrl: null, state: 'creating' })
      .where('remoteId', '=', remoteId)
      .execute()
    stage.mollie.end(remoteId, 'paid')
    expect(await noticed(stage.room, remoteId)).toBe('settled')
    expect(await stage.licence()).toMatchObject({ endsOn: '2027-12-20' })
  })

  test('of which the answer was lost is asked for again under the same key: one payment', async () => {
    const stage = await setStage()
    stage.mollie.faults.add({ match: { method: 'POST' }, fault: 'reset-after', times: 1 })
    await expect(stage.begin()).rejects.toThrow('PAYMENT_SERVICE_SILENT')
    await stage.begin()
    expect(stage.mollie.payments()).toHaveLength(1)
  })
})

describe('a stranger', () => {
  test('who tells of payments that are not, makes us ask nobody and changes nothing', async () => {
    const stage = await setStage()
    await stage.begin()
    const asked = async () => {
      const log = (await (await fetch(`${stage.mollie.url}/_sandbox/requests`)).json()) as unknown[]
      return log.length
    }
    const before = await asked()
    for (const id of ['tr_7UhSN1zuXS', '', 'tr_', "tr_1' or 1=1", 'ord_123', 'tr_../payments']) {
      expect(await noticed(stage.room, id)).toBe('unknown')
    }
    expect(await asked()).toBe(before)
    expect(await stage.invoices()).toEqual([])
  })

  test('who tells of a payment before it was paid changes nothing', async () => {
    const stage = await setStage()
    const remoteId = await stage.begin()
    expect(await noticed(stage.room, remoteId)).toBe('settled')
    expect(await stage.licence()).toMatchObject({ term: 'trial' })
    expect(await stage.invoices()).toEqual([])
  })

  test('told while Mollie is down, is told to come again', async () => {
    const stage = await setStage()
    const remoteId = await stage.begin()
    stage.mollie.end(remoteId, 'paid')
    stage.mollie.faults.add({ fault: 'error-before', times: 1 })
    expect(await noticed(stage.room, remoteId)).toBe('silent')
    expect(await noticed(stage.room, remoteId)).toBe('settled')
  })
})

describe('money that goes back', () => {
  test('by chargeback: credit invoice, the licence ends with its grace, a new offer, a mail', async () => {
    const stage = await setStage()
    const remoteId = await stage.begin()
    stage.mollie.end(remoteId, 'paid')
    await noticed(stage.room, remoteId)
    await stage.clock.advance(60 * 86_400_000)
    stage.mollie.chargeBack(remoteId)
    await noticed(stage.room, remoteId)
    await noticed(stage.room, remoteId)
    const [invoice] = await stage.invoices()
    expect(await stage.invoices()).toMatchObject([
      { grossCents: 14_520, credits: null },
      { grossCents: -14_520, credits: invoice?.number },
    ])
    // Paid on 20 November for 20 December on; charged back on 19 January.
    expect(await stage.licence()).toMatchObject({ endsOn: '2027-01-19', stoppedOn: null })
    expect(await stage.mails()).toEqual(['payment-received', 'money-back'])
    expect(await stage.payments()).toMatchObject([{ keptCents: 0, trouble: 'CHARGED_BACK' }])
    const open = await database.db
      .selectFrom('offers')
      .select('forEnd')
      .where('integrationId', '=', stage.id)
      .where('state', '=', 'open')
      .execute()
    expect(open).toEqual([{ forEnd: '2027-01-19' }])
  })

  test('and comes again when the chargeback is reversed: a new invoice and a year', async () => {
    const stage = await setStage()
    const remoteId = await stage.begin()
    stage.mollie.end(remoteId, 'paid')
    await noticed(stage.room, remoteId)
    stage.mollie.chargeBack(remoteId)
    await noticed(stage.room, remoteId)
    stage.mollie.chargeBack(remoteId, { reverse: true })
    await noticed(stage.room, remoteId)
    const invoices = await stage.invoices()
    expect(invoices.map(({ grossCents }) => grossCents)).toEqual([14_520, -14_520, 14_520])
    expect(await stage.licence()).toMatchObject({ endsOn: '2027-12-20', term: 'paid' })
  })

  test('in parts is credited in parts, to the cent, and the year stays until all of it is back', async () => {
    const stage = await setStage()
    const remoteId = await stage.begin()
    stage.mollie.end(remoteId, 'paid')
    await noticed(stage.room, remoteId)
    for (const cents of [3_333, 3_334]) {
      stage.mollie.refund(remoteId, cents)
      await noticed(stage.room, remoteId)
    }
    expect(await stage.licence()).toMatchObject({ endsOn: '2027-12-20' })
    stage.mollie.refund(remoteId, 14_520 - 6_667)
    await noticed(stage.room, remoteId)
    expect(await stage.licence()).toMatchObject({ endsOn: '2026-12-20' })
    const sums = await database.db
      .selectFrom('invoices')
      .select((eb) => [
        eb.fn.sum<string>('netCents').as('net'),
        eb.fn.sum<string>('vatCents').as('vat'),
        eb.fn.countAll<number>().as('count'),
      ])
      .where('integrationId', '=', stage.id)
      .executeTakeFirstOrThrow()
    expect({ ...sums, net: Number(sums.net), vat: Number(sums.vat) }).toEqual({
      net: 0,
      vat: 0,
      count: 4,
    })
  })
})

describe('money that is too much', () => {
  test('a second payment for one offer is nobody’s year: the operator sees it', async () => {
    const stage = await setStage()
    const first = await stage.begin()
    await fillIn(stage.room, stage.offer.merchantId, { country: 'US' })
    const second = await stage.begin()
    expect(second).not.toBe(first)
    stage.mollie.end(second, 'paid')
    await noticed(stage.room, second)
    stage.mollie.end(first, 'paid')
    await noticed(stage.room, first)
    expect(await stage.payments()).toMatchObject([
      { state: 'surplus', trouble: 'PAID_TWICE' },
      { state: 'paid', trouble: null, keptCents: 12_000 },
    ])
    expect(await stage.licence()).toMatchObject({ endsOn: '2027-12-20' })
    expect(await stage.invoices()).toHaveLength(1)
    stage.mollie.refund(first, 14_520)
    await noticed(stage.room, first)
    expect(await stage.payments()).toMatchObject([{ state: 'surplus', trouble: null }, {}])
    expect(await stage.invoices()).toHaveLength(1)
  })

  test('a payment for what was stopped meanwhile revives nothing', async () => {
    const stage = await setStage()
    const remoteId = await stage.begin()
    await stopIntegration(stage.bench.engine, stage.id)
    stage.mollie.end(remoteId, 'paid')
    await noticed(stage.room, remoteId)
    expect(await stage.payments()).toMatchObject([{ state: 'surplus', trouble: 'PAID_TOO_LATE' }])
    expect(await stage.licence()).toMatchObject({ stoppedOn: '2026-11-20', term: 'trial' })
    expect(await stage.invoices()).toEqual([])
  })
})

describe('without Mollie', () => {
  test('the operator says what was transferred, once, and what went back', async () => {
    const stage = await setStage()
    const room = { ...stage.room, mollie: null }
    expect(await startPayment(room, stage.offer.token, 'nl')).toMatchObject({
      reason: { code: 'PAYMENTS_BY_TRANSFER' },
    })
    const answers = await Promise.all([
      markPaid(room, stage.offer.id),
      markPaid(room, stage.offer.id),
    ])
    expect(answers.map((each) => each?.code ?? 'done').sort()).toEqual(['OFFER_CLOSED', 'done'])
    expect(await stage.licence()).toMatchObject({ endsOn: '2027-12-20' })
    const [payment] = await database.db
      .selectFrom('payments')
      .selectAll()
      .where('offerId', '=', stage.offer.id)
      .execute()
    expect(await markPaidBack(room, payment?.id ?? '', 20_000)).toMatchObject({
      code: 'PAYMENT_NOT_REFUNDABLE',
    })
    expect(await markPaidBack(room, payment?.id ?? '', 14_520)).toBeNull()
    expect((await stage.invoices()).map(({ grossCents }) => grossCents)).toEqual([14_520, -14_520])
    expect(await stage.licence()).toMatchObject({ endsOn: '2026-12-20' })
  })
})

test('an offer is not paid before its invoice can name the buyer', async () => {
  const stage = await setStage()
  await fillIn(stage.room, stage.offer.merchantId, { street: '' })
  await expect(stage.begin()).rejects.toThrow('BILLING_DETAILS_MISSING')
  expect(await markPaid(stage.room, stage.offer.id)).toMatchObject({
    code: 'BILLING_DETAILS_MISSING',
  })
})

test('numbers of invoices are unbroken, also when many are paid at once and some fall over', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => setStage()))
  const ids = await Promise.all(
    made.map(async (stage) => {
      const remoteId = await stage.begin()
      stage.mollie.end(remoteId, 'paid')
      return remoteId
    }),
  )
  // A transaction that took a number and failed.
  const falling = database.db.transaction().execute(async (trx) => {
    await lockedLicence(trx, made[0]?.id ?? '')
    await trx
      .updateTable('invoiceSeries')
      .set((eb) => ({ last: eb('last', '+', 1) }))
      .where('series', '=', '2026')
      .execute()
    throw new Error('falls over')
  })
  await Promise.all([
    expect(falling).rejects.toThrow('falls over'),
    ...made.map(({ room }, index) => noticed(room, ids[index] ?? '')),
  ])
  const rows = await database.db
    .selectFrom('invoices')
    .select(['sequence', 'number'])
    .where('series', '=', '2026')
    .orderBy('sequence')
    .execute()
  expect(rows.length).toBeGreaterThanOrEqual(8)
  expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, index) => index + 1))
  expect(rows.at(-1)?.number).toBe(`D2026-${String(rows.length).padStart(5, '0')}`)
})
