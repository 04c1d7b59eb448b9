import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSmtp } from '../../../sandbox/smtp/index.ts'
import { addMerchant, billingOn, fillIn, openMollie } from '../../../test/support/billing-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { openTestEngine } from '../../../test/support/engine.ts'
import { virtualClock } from '../../../test/support/virtual-clock.ts'
import { createIntegration, stopIntegration } from '../../merchants/integrations.ts'
import { licenceOf } from '../../merchants/licences.ts'
import { setTariff } from '../../merchants/tariffs.ts'
import { addDays, calendarDay } from '../../world/calendar-day.ts'
import { smtpTransport } from '../mail/mail-transport.ts'
import { sendMails, type MailRoom } from '../mail/send-mails.ts'
import { lookAtLicences } from './licence-job.ts'
import { offerForTerm, openOfferOf } from './offers.ts'
import { invoicePdf } from './own-invoices.ts'
import { noticed, rereadDue, startPayment } from './payments.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

/** What each merchant does, by the day of its life; everything else is the machine's doing. */
interface Life {
  name: string
  country?: string
  vatNumber?: string
  pays: readonly number[]
  chargesBack?: number
  stops?: number
}

const lives: readonly Life[] = [
  { name: 'pays at once', pays: [5, 370] },
  { name: 'pays at the reminder', pays: [24, 393] },
  { name: 'pays in the grace', pays: [31, 396 + 8] },
  { name: 'pays after booking stopped', pays: [50] },
  { name: 'never pays', pays: [] },
  { name: 'pays once', pays: [29] },
  { name: 'Belgian business', country: 'BE', vatNumber: 'BE0417497106', pays: [10, 380] },
  { name: 'American', country: 'US', pays: [10, 380] },
  { name: 'charges back', pays: [10, 100], chargesBack: 90 },
  { name: 'stops', pays: [10], stops: 200 },
]

test('two years of ten lives: every mail once, every number once, every offer right', async () => {
  const clock = virtualClock('2026-11-20T09:00:00.000Z')
  const mollie = await openMollie(() => clock.now())
  mollie.switches.notices = 'never'
  const smtp = await startSmtp({ now: () => clock.now() })
  const bench = openTestEngine(database, { clock, seed: 77, sellsLicences: true })
  const { db } = database
  const room = billingOn(bench.engine, 'https://doorvoer.example', mollie)
  const transport = smtpTransport(smtp.smtpUrl)
  const faults: unknown[] = []
  const mails: MailRoom = {
    ...room,
    transport,
    from: 'post@doorvoer.example',
    async attach(invoiceId) {
      const found = await invoicePdf(db, invoiceId)
      if (found === null) throw new Error('no such invoice')
      const { number, pdf } = found
      return { filename: `${number}.pdf`, contentType: 'application/pdf', content: pdf }
    },
    onFault: (error) => faults.push(error),
  }
  const born = calendarDay(clock.now())
  await setTariff(db, { service: 'year', fromOn: '2027-06-01', cents: 13_200 }, born)
  const ids: string[] = []
  for (const [n, life] of lives.entries()) {
    const merchantId = `life-${n}`
    const email = `${merchantId}@klant.example`
    await addMerchant(db, { id: merchantId, name: life.name, email, language: 'nl' })
    clock.oversleep(1)
    const { id } = await createIntegration(bench.engine, {
      merchantId,
      name: life.name,
      webshop: 'kmoshops',
      accounting: 'factuursturen',
    })
    const { country = 'NL', vatNumber = '' } = life
    await fillIn(room, merchantId, { country, vatNumber })
    ids.push(id)
  }

  const lastPayment = new Map<string, string>()
  const live = async (life: Life, id: string, day: number) => {
    if (life.pays.includes(day)) {
      const offer = await openOfferOf(db, id)
      // Whoever pays before there is an offer asks for it on the Profile tab.
      const licence = await licenceOf(db, id)
      if (licence === undefined) throw new Error('no licence')
      const merchantId = `life-${ids.indexOf(id)}`
      const { token } = offer ?? (await offerForTerm(db, room, licence, merchantId))
      const started = await startPayment(room, token, 'nl')
      if (started.is === 'refused') throw new Error(`${life.name}: ${started.reason.code}`)
      const remoteId = started.goTo.split('/').pop() ?? ''
      mollie.end(remoteId, 'paid')
      lastPayment.set(id, remoteId)
      // Every third notice is lost, every other one comes twice.
      if (day % 3 !== 0) await Promise.all([noticed(room, remoteId), noticed(room, remoteId)])
    }
    if (life.chargesBack === day) {
      const remoteId = lastPayment.get(id) ?? ''
      mollie.chargeBack(remoteId)
      await noticed(room, remoteId)
    }
    if (life.stops === day) await stopIntegration(bench.engine, id)
  }

  let lost = false
  for (let day = 0; day < 730; day += 1) {
    for (const [n, life] of lives.entries()) await live(life, ids[n] ?? '', day)
    // Looked after every ten minutes in life; here when something is to be found, and now and then.
    if (lost || day % 30 === 0) await rereadDue(room)
    lost = lives.some(({ pays }) => pays.includes(day) && day % 3 === 0)
    await lookAtLicences(room, (error) => faults.push(error))
    // The job runs every hour; what was done is not done again.
    if (day % 10 === 0) await lookAtLicences(room, (error) => faults.push(error))
    await sendMails(mails)
    clock.oversleep(86_400_000)
  }
  expect(faults).toEqual([])

  // Every mail went out once, and nothing is left.
  const kept = await db.selectFrom('mails').select(['state', 'onceKey']).execute()
  expect(kept.every(({ state }) => state === 'sent')).toBe(true)
  expect(smtp.mails()).toHaveLength(kept.length)
  const messageIds = smtp.mails().map(({ headers }) => headers['message-id'])
  expect(new Set(messageIds).size).toBe(messageIds.length)

  const got = (n: number) =>
    smtp
      .mails()
      .filter(({ envelope }) => envelope.to[0] === `life-${n}@klant.example`)
      .map(({ at, subject }) => `${at.slice(0, 10)} ${subject}`)
  expect(got(4)).toEqual([
    '2026-12-13 De proefperiode eindigt op 20 december 2026',
    '2026-12-19 Morgen eindigt de proefperiode',
    '2026-12-20 De proefperiode is voorbij; tot 23 december 2026 boeken wij door',
    '2026-12-22 Vanaf 23 december 2026 wordt niet meer geboekt',
    '2026-12-23 never pays boekt niet meer',
    '2027-02-14 Over een week stoppen wij met never pays',
    '2027-02-21 never pays is gestopt',
  ])
  expect(got(5).slice(0, 8)).toEqual([
    '2026-12-13 De proefperiode eindigt op 20 december 2026',
    '2026-12-19 Betaald: factuur D2026-00007',
    '2027-11-20 Offerte: nog een jaar pays once',
    '2027-12-13 Het betaalde jaar eindigt op 20 december 2027',
    '2027-12-19 Morgen eindigt het betaalde jaar',
    '2027-12-20 Het betaalde jaar is voorbij; tot 3 januari 2028 boeken wij door',
    '2028-01-02 Vanaf 3 januari 2028 wordt niet meer geboekt',
    '2028-01-03 pays once boekt niet meer',
  ])
  expect(got(9).map((line) => line.slice(11))).toEqual([
    expect.stringMatching(/^Betaald: factuur D2026-/),
    'stops is gestopt',
  ])
  // A payer who never waits is never told that anything ended.
  expect(got(0).filter((line) => /voorbij|niet meer geboekt/.test(line))).toEqual([])

  // Every invoice number once, none missing, all added up to what Mollie kept.
  const invoices = await db
    .selectFrom('invoices')
    .selectAll()
    .orderBy('series')
    .orderBy('sequence')
    .execute()
  for (const [, ofYear] of Map.groupBy(invoices, ({ series }) => series)) {
    expect(ofYear.map(({ sequence }) => sequence)).toEqual(ofYear.map((_, index) => index + 1))
  }
  const keptCents = mollie
    .payments()
    .filter(({ status }) => status === 'paid')
    .reduce((sum, each) => sum + each.cents - each.chargedBackCents - each.refundedCents, 0)
  expect(invoices.reduce((sum, { grossCents }) => sum + grossCents, 0)).toBe(keptCents)

  // The price of the day of the offer, with the VAT of the buyer.
  const of = (n: number) =>
    invoices
      .filter(({ integrationId }) => integrationId === ids[n])
      .map(({ netCents, vatCents, vatTreatment, subject }) => [
        netCents,
        vatCents,
        vatTreatment,
        subject.from ?? '',
      ])
  expect(of(0)).toEqual([
    [12_000, 2_520, 'domestic', '2026-12-20'],
    [13_200, 2_772, 'domestic', '2027-12-20'],
  ])
  expect(of(2)).toEqual([
    [12_000, 2_520, 'domestic', '2026-12-20'],
    [13_200, 2_772, 'domestic', '2027-12-20'],
  ])
  // Booking had stopped: the year starts on the day it was paid.
  expect(of(3)).toEqual([[12_000, 2_520, 'domestic', addDays(born, 50)]])
  expect(of(6)[0]).toEqual([12_000, 0, 'reverse-charge', '2026-12-20'])
  expect(of(7)[1]).toEqual([13_200, 0, 'outside-eu', '2027-12-20'])
  expect(of(8).map(([net]) => net)).toEqual([12_000, -12_000, 12_000])

  const ends = await Promise.all(ids.map(async (id) => (await licenceOf(db, id))?.endsOn))
  expect(ends.slice(0, 3)).toEqual(['2028-12-20', '2028-12-20', '2028-12-20'])
  const offers = await db
    .selectFrom('offers')
    .select(['integrationId', 'forEnd', 'state'])
    .execute()
  const open = offers.filter(({ state }) => state === 'open')
  expect(new Set(open.map(({ integrationId }) => integrationId)).size).toBe(open.length)

  transport.close()
  await bench.close()
  await smtp.close()
  await mollie.close()
}, 300_000)
