import fc from 'fast-check'
import { process as processAgain } from '../../../src/bookings/decisions.ts'
import { drain } from '../../../src/bookings/drain.ts'
import { resumeHeldBack } from '../../../src/bookings/held-back.ts'
import { poll, review } from '../../../src/bookings/polling.ts'
import { askSurvey, listSurveys, steerSurvey } from '../../../src/bookings/surveys/ask-survey.ts'
import { surveySlice } from '../../../src/bookings/surveys/survey-slice.ts'
import type { Steering } from '../../../src/bookings/surveys/survey.ts'
import { saveSettings } from '../../../src/merchants/connections.ts'
import { changeLicence, lockedLicence } from '../../../src/merchants/licences.ts'
import { addDays, calendarDay } from '../../../src/world/calendar-day.ts'
import type { Remotes } from '../../crash/remotes.ts'
import type { TestEngine } from '../../support/engine.ts'
import type { PlacedSale } from '../ends/end.ts'

/** What the model knows of a sale. */
export interface KnownSale {
  sale: PlacedSale
  /** Not given back yet. */
  pieces: number
  /** Its credit invoices, oldest first. */
  credits: PlacedSale[]
  isPaid: boolean
  isCancelled: boolean
}

/** The model: what was sold, and nothing of how it is booked. */
export interface Model {
  sales: KnownSale[]
}

/** The house: two workers on one integration. */
export interface Real {
  id: string
  remotes: Remotes
  workers: readonly [TestEngine, TestEngine]
  /** What was begun: nothing waits for it, so that the next thing happens in the middle of it. */
  underWay: Promise<void>[]
}

type Command = fc.AsyncCommand<Model, Real>

/** One kind of thing that happens; `nth` chooses a sale, or a worker. */
const happening = (
  name: string,
  run: (model: Model, real: Real, nth: number) => Promise<void>,
  check: (model: Model) => boolean = () => true,
) =>
  fc.nat({ max: 7 }).map((nth): Command => ({
    check: (model) => check(model),
    run: (model, real) => {
      const work = run(model, real, nth)
      // Told at the end.
      work.catch(() => undefined)
      real.underWay.push(work)
      return Promise.resolve()
    },
    toString: () => `${name}(${nth})`,
  }))

const anySale = ({ sales }: Model): boolean => sales.length > 0

const saleOf = ({ sales }: Model, nth: number): KnownSale => {
  const known = sales[nth % sales.length]
  if (known === undefined) throw new Error('nothing was sold')
  return known
}

const workerOf = ({ workers }: Real, nth: number): TestEngine => workers[nth % 2 === 0 ? 0 : 1]

const sell =
  (isPaid: boolean) =>
  (model: Model, { remotes }: Real, nth: number) => {
    const sale = remotes.shopEnd.place({
      // A few customers, so that two sales may want the same debtor.
      email: `klant${nth % 3}@voorbeeld.example`,
      name: 'Klant',
      priceCents: 1210,
      quantity: nth + 1,
      paid: isPaid,
    })
    model.sales.push({ sale, pieces: nth + 1, credits: [], isPaid, isCancelled: false })
    return Promise.resolve()
  }

const hear = async (model: Model, real: Real, nth: number): Promise<void> => {
  const { ref } = saleOf(model, nth).sale
  await workerOf(real, nth).engine.commits.see(real.id, [{ ref }], 'live')
}

/** In the shop the sale is edited: it is paid. */
const pay = (model: Model, { remotes }: Real, nth: number): Promise<void> => {
  const known = saleOf(model, nth)
  if (!known.isCancelled) {
    remotes.shopEnd.pay?.(known.sale)
    known.isPaid = true
  }
  return Promise.resolve()
}

/** It is cancelled, and what was paid refunded. */
const cancel = (model: Model, { remotes }: Real, nth: number): Promise<void> => {
  const known = saleOf(model, nth)
  remotes.shopEnd.cancel?.(known.sale)
  known.isCancelled = true
  return Promise.resolve()
}

/** Some of it, or all that is left, is given back; word of it may come before that of the sale itself. */
const credit = (model: Model, { remotes }: Real, nth: number): Promise<void> => {
  const known = saleOf(model, nth)
  const pieces = nth % 3 === 0 ? known.pieces : Math.min(1, known.pieces)
  const make = remotes.shopEnd.credit
  if (make === null || pieces === 0) return Promise.resolve()
  known.credits.push(make(known.sale, pieces))
  known.pieces -= pieces
  return Promise.resolve()
}

/** A sale of which some is given back before anybody heard of it. */
const sellAndCredit = async (model: Model, real: Real, nth: number): Promise<void> => {
  await sell(nth % 4 !== 0)(model, real, nth)
  await credit(model, real, model.sales.length - 1)
}

const hearOfCredit = async (model: Model, real: Real, nth: number): Promise<void> => {
  const credits = model.sales.flatMap((each) => each.credits)
  const note = credits[nth % Math.max(1, credits.length)]
  if (note === undefined) return
  await workerOf(real, nth).engine.commits.see(real.id, [{ ref: note.ref }], 'live')
}

/** A person presses "process again" for everything there is. */
const retry = async (_model: Model, real: Real, nth: number): Promise<void> => {
  const { engine } = workerOf(real, nth)
  const rows = await engine.db
    .selectFrom('bookings')
    .select('id')
    .where('integrationId', '=', real.id)
    .execute()
  await processAgain(engine, real.id, { bookingIds: rows.map(({ id }) => id) })
}

const saveAgain = async (_model: Model, real: Real, nth: number): Promise<void> => {
  const { booksEnd } = real.remotes
  const { engine } = workerOf(real, nth)
  await saveSettings(engine, real.id, 'accounting', booksEnd.system, booksEnd.settings)
}

/** The licence job took the step behind which nothing is booked. */
const expire = async (_model: Model, real: Real, nth: number): Promise<void> => {
  const { db } = workerOf(real, nth).engine
  await db.transaction().execute(async (trx) => {
    const licence = await lockedLicence(trx, real.id)
    if (licence === undefined) return
    await changeLicence(trx, real.id, { step: 'booking-stopped', stepFor: licence.endsOn })
  })
}

/** A year is paid: the end moves, and what was held back is due, in one transaction as a payment does it. */
export const payLicence = async (real: Real, nth: number): Promise<void> => {
  const { db, clock, ring } = workerOf(real, nth).engine
  await db.transaction().execute(async (trx) => {
    const licence = await lockedLicence(trx, real.id)
    if (licence === undefined) return
    const from =
      licence.endsOn > calendarDay(clock.now()) ? licence.endsOn : calendarDay(clock.now())
    await changeLicence(trx, real.id, { term: 'paid', endsOn: addDays(from, 365) })
    await resumeHeldBack(trx, ring, real.id)
  })
}

/** A migration of this very day, from its dry run to its start: each of its sales may come in live as well. */
const beginMigration = async (_model: Model, real: Real, nth: number): Promise<void> => {
  const { engine } = workerOf(real, nth)
  const today = calendarDay(engine.clock.now())
  await askSurvey(engine, real.id, 'migration', { from: today, until: today })
  await surveySlice(engine, real.id)
  await steerMigration(real, nth, 'start')
}

export const steerMigration = async (real: Real, nth: number, wish: Steering): Promise<void> => {
  const { engine } = workerOf(real, nth)
  const [survey] = await listSurveys(engine, real.id, 'migration')
  if (survey !== undefined) await steerSurvey(engine, real.id, survey.id, wish)
}

const steering = (wish: Steering) =>
  happening(`migration: ${wish}`, (_model, real, nth) => steerMigration(real, nth, wish))

export const happenings = fc.commands(
  [
    happening('sell', sell(true)),
    happening('sell', sell(true)),
    happening('sell unpaid', sell(false)),
    happening('sell and give back', sellAndCredit),
    happening('sell and give back', sellAndCredit),
    happening('sell and give back', sellAndCredit),
    happening('webhook', hear, anySale),
    happening('webhook', hear, anySale),
    happening('poll', async (_model, real, nth) => {
      await poll(workerOf(real, nth).engine, real.id)
    }),
    happening('drain', (_model, real, nth) => drain(workerOf(real, nth).engine, real.id)),
    happening('drain', (_model, real, nth) => drain(workerOf(real, nth).engine, real.id)),
    happening('pay', pay, anySale),
    happening('cancel', cancel, anySale),
    happening('credit', credit, anySale),
    happening('credit', credit, anySale),
    happening('webhook of a credit', hearOfCredit, anySale),
    happening('webhook of a credit', hearOfCredit, anySale),
    happening('retry', retry, anySale),
    happening('review', (_model, real, nth) => review(workerOf(real, nth).engine)),
    happening('save settings', saveAgain),
    happening('licence expires', expire),
    happening('licence is paid', (_model, real, nth) => payLicence(real, nth)),
    happening('migration', beginMigration),
    happening('migration: work', async (_model, real, nth) => {
      await surveySlice(workerOf(real, nth).engine, real.id)
    }),
    happening('migration: work', async (_model, real, nth) => {
      await surveySlice(workerOf(real, nth).engine, real.id)
    }),
    steering('start'),
    steering('start'),
    steering('pause'),
    steering('resume'),
    steering('cancel'),
  ],
  // Else most lists have a handful.
  { maxCommands: 36, size: 'max' },
)
