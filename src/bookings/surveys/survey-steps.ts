import { sql } from 'kysely'
import { Trouble } from '../../problems/reason.ts'
import type { Draft } from '../../sale/draft.ts'
import { later } from '../../world/clock.ts'
import { refOf } from '../booking.ts'
import { claimedByNeighbours } from '../claims.ts'
import { type Ends } from '../desk.ts'
import { turnstile } from '../../world/turnstile.ts'
import type { Engine } from '../engine.ts'
import { calendarDay } from '../../world/calendar-day.ts'
import { findDebtor } from '../find-debtor.ts'
import { settleSteered } from './ask-survey.ts'
import { judgeSale, unreadable } from './judge-sale.ts'
import type { SurveySale, WorkingState } from './survey.ts'
import * as store from './survey-store.ts'
import type { Hold, Judgement } from './survey-store.ts'

/** What a step works with: the ends are the patient ones, so that live sales go first at the remotes. */
export interface SurveyRoom {
  engine: Engine
  ends: Ends
  hold: Hold
  /** Whether the slice lasts; asked between pages and batches. */
  mayGoOn: () => boolean
}

/** How a step ended: the survey may be worked on, or is in other hands, or waits for something. */
export type StepEnd = 'on' | 'lost' | 'waits'

const dayMs = 86_400_000
const dayAfter = (day: string, days: number): string =>
  later(new Date(`${day}T00:00:00Z`), days * dayMs)
    .toISOString()
    .slice(0, 10)

/** More pages than any shop has; a list that never ends stops here. */
const pagesMax = 10_000

/** Lists what the shop has, a page at a time; each is durable with the cursor behind it. */
const listShop = async ({ engine, ends, hold, mayGoOn }: SurveyRoom): Promise<StepEnd> => {
  const { survey } = hold
  const { connector, session } = ends.webshop
  const period = { from: survey.fromDay, until: survey.untilDay }
  let pages = 0
  for await (const page of connector.history(session, period, survey.cursor)) {
    if (!(await store.keepMentions(engine, hold, page.mentions, page.cursor))) return 'lost'
    pages += 1
    engine.announce(survey.integrationId)
    if (!mayGoOn()) return 'on'
    if (pages >= pagesMax) break
  }
  return (await store.changeSurvey(engine, hold, { state: 'invoices', reason: null }))
    ? 'on'
    : 'lost'
}

/** An invoice may be dated later than its sale; this far is looked. */
const invoiceDaysAfter = 31

/** Lists what the books have of the period. Books that can't tell leave the survey without that half. */
const listBooks = async ({ engine, ends, hold }: SurveyRoom): Promise<StepEnd> => {
  const { survey } = hold
  const { connector, session } = ends.accounting
  const today = calendarDay(engine.clock.now())
  const last = dayAfter(survey.untilDay, invoiceDaysAfter)
  const filter = { from: survey.fromDay, until: last < today ? last : today, debtorId: null }
  let isComplete = true
  try {
    for await (const { invoices, complete } of connector.invoices(session, filter)) {
      isComplete &&= complete
      if (!(await store.keepInvoices(engine, hold, invoices))) return 'lost'
    }
  } catch (error) {
    if (!(error instanceof Trouble) || error.cure !== 'never') throw error
    isComplete = false
  }
  const change = { state: 'reading', booksComplete: isComplete, reason: null } as const
  return (await store.changeSurvey(engine, hold, change)) ? 'on' : 'lost'
}

/**
 * The number of an invoice of the books that somebody typed for this draft; null when there is none.
 * @param taken invoices that were found for other sales of the same batch; gets the one that is found
 */
const handNumberOf = async (
  { engine, ends, hold }: SurveyRoom,
  draft: Draft,
  { kind, shopId, number }: SurveySale,
  taken: Set<string>,
): Promise<string | null> => {
  const { survey } = hold
  const { integrationId } = survey
  const listed = await sql<{
    remoteNumber: string
    isReference: boolean
    debtorId: string | null
    remoteId: string
  }>`
    select i.remote_number, i.remote_id, i.reference = ${draft.reference} as is_reference, i.debtor_id
    from survey_invoices i
    where i.integration_id = ${survey.integrationId} and i.survey_id = ${survey.id}
      and (i.reference = ${draft.reference} or (
        i.day = ${draft.date} and i.total_cents = ${draft.totals.gross.times(100).toNumber()}
        and not exists (select 1 from survey_sales s where s.integration_id = i.integration_id
          and s.survey_id = i.survey_id and i.reference <> '' and s.number = i.reference)
        and not exists (select 1 from survey_sales s where s.integration_id = i.integration_id
          and s.survey_id = i.survey_id and s.hand_number = i.remote_number)))
      and not exists (select 1 from bookings b
        where b.integration_id = i.integration_id and b.remote_id = i.remote_id)
    limit 20`.execute(engine.db)
  const room = { ...engine, ...ends, integrationId, inTurn: turnstile() }
  const totalCents = draft.totals.gross.times(100).toNumber()
  const marks = { kind, shopId, number, saleDate: draft.date, totalCents, debtorId: null }
  const ids = listed.rows.map(({ remoteId }) => remoteId)
  const theirs = await claimedByNeighbours(room, marks, ids)
  const candidates = listed.rows.filter(({ remoteId }) => !theirs.has(remoteId))
  const byReference = candidates.find(({ isReference }) => isReference)
  if (byReference !== undefined) return byReference.remoteNumber
  if (candidates.length === 0) return null
  const found = await findDebtor(room, draft)
  if (found.is !== 'existing') return null
  const mine = candidates.find(
    ({ debtorId, remoteNumber }) => debtorId === found.debtor.id && !taken.has(remoteNumber),
  )
  if (mine === undefined) return null
  taken.add(mine.remoteNumber)
  return mine.remoteNumber
}

const judgeOne = async (
  room: SurveyRoom,
  sale: SurveySale,
  taken: Set<string>,
): Promise<Judgement> => {
  const { connector, session } = room.ends.webshop
  const read = await connector.read(session, refOf(sale)).catch(unreadable)
  if ('verdict' in read) return read
  const { judgement, draft } = judgeSale(room.ends, read)
  const asks = room.hold.survey.purpose === 'migration' && draft !== null
  if (!asks || judgement.verdict === 'waits' || judgement.verdict === 'left-out') return judgement
  return { ...judgement, handNumber: await handNumberOf(room, draft, sale, taken) }
}

/** Sales that are read before their verdicts are kept: after a crash as many are read again. */
const batchMax = 40
const atOnce = 4

/** Reads the sales one by one and keeps what would become of each. */
const readSales = async (room: SurveyRoom): Promise<StepEnd> => {
  const { engine, hold, mayGoOn } = room
  const { survey } = hold
  while (mayGoOn()) {
    const batch = await store.unreadSales(engine, hold, batchMax)
    if (batch.length === 0) {
      const change = { state: 'ready', reason: null, finished: true } as const
      return (await store.changeSurvey(engine, hold, change)) ? 'on' : 'lost'
    }
    const judged: { sale: SurveySale; judgement: Judgement }[] = []
    const taken = new Set<string>()
    const queue = batch.values()
    const lane = async () => {
      for (const sale of queue) judged.push({ sale, judgement: await judgeOne(room, sale, taken) })
    }
    const lanes = await Promise.allSettled(Array.from({ length: atOnce }, lane))
    // What was read before something went wrong is kept.
    if (!(await store.keepJudgements(engine, hold, judged))) return 'lost'
    engine.announce(survey.integrationId)
    const failed = lanes.find((each) => each.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }
  return 'on'
}

/** How many sales of a migration wait at the engine at most: a pause has to hold no more than these. */
const waitingMax = 500
const feedMax = 200
const feedEveryMs = 500

/** What is to be passed on: neither booked already nor left out by its status. */
const unfed = async ({ engine, hold: { survey } }: SurveyRoom, limit: number) => {
  const found = await sql<SurveySale>`
    select s.* from survey_sales s
    where s.integration_id = ${survey.integrationId} and s.survey_id = ${survey.id}
      and s.fed_at is null and s.verdict in ('bookable', 'refused', 'unreadable')
    order by s.sale_date, s.shop_id limit ${limit}`.execute(engine.db)
  return found.rows
}

const countWaiting = async ({ engine, hold: { survey } }: SurveyRoom): Promise<number> => {
  const counted = await sql<{ count: number }>`
    select count(*) as count from bookings
    where integration_id = ${survey.integrationId} and migration_id = ${survey.id}
      and (state in ('seen', 'reserved', 'uncertain') or (state = 'open' and due_at is not null))`.execute(
    engine.db,
  )
  return counted.rows[0]?.count ?? 0
}

/**
 * Hands the sales to the engine, oldest first and a few at a time, until all are through. Handing over the same
 * one twice, after a crash, is as hearing of it twice.
 */
const feed = async (room: SurveyRoom): Promise<StepEnd> => {
  const { engine, hold, mayGoOn } = room
  const { integrationId, id } = hold.survey
  while (mayGoOn()) {
    if (!(await store.stillMine(engine, hold))) return 'lost'
    const waiting = await countWaiting(room)
    const places = Math.min(feedMax, waitingMax - waiting)
    const sales = places <= 0 ? [] : await unfed(room, places)
    if (sales.length > 0) {
      const mentions = sales.map((sale) => ({
        ref: refOf(sale),
        number: sale.number,
        date: sale.saleDate ?? '',
        ...(sale.fingerprint !== null && { fingerprint: sale.fingerprint }),
      }))
      const seen = await engine.commits.see(integrationId, mentions, { migration: id })
      if (seen === 'stopped') return 'waits'
      // A person may have paused or cancelled it in between: then these are held, too.
      if (!(await store.stillMine(engine, hold))) {
        await settleSteered(engine, integrationId, id)
        return 'lost'
      }
      await sql`
        update survey_sales s set fed_at = ${engine.clock.now()}
        from jsonb_to_recordset(${JSON.stringify(sales.map(({ kind, shopId }) => ({ kind, shop_id: shopId })))}::jsonb)
          as m (kind text, shop_id text)
        where s.integration_id = ${integrationId} and s.survey_id = ${id}
          and s.kind = m.kind and s.shop_id = m.shop_id`.execute(engine.db)
      engine.announce(integrationId)
      continue
    }
    if (waiting === 0 && (await unfed(room, 1)).length === 0) {
      const change = { state: 'done', reason: null, finished: true } as const
      return (await store.changeSurvey(engine, hold, change)) ? 'on' : 'lost'
    }
    await engine.clock.sleep(feedEveryMs)
  }
  return 'on'
}

/** What is done in each state. */
export const steps: Readonly<Record<WorkingState, (room: SurveyRoom) => Promise<StepEnd>>> = {
  listing: listShop,
  invoices: listBooks,
  reading: readSales,
  running: feed,
}
