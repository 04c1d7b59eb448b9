import { sql } from 'kysely'
import type { ListedInvoice } from '../../connectors/accounting.ts'
import type { Cursor, SaleMention } from '../../connectors/webshop.ts'
import type { RateSum, SaleVerdict, SurveyState } from '../../database/schema.ts'
import { toCents } from '../../money/amount.ts'
import type { Reason } from '../../problems/reason.ts'
import { later } from '../../world/clock.ts'
import { newIdentifier } from '../../world/identifier.ts'
import type { Engine } from '../engine.ts'
import { storableJson } from '../history.ts'
import { leaseMs } from '../schedule.ts'
import { workingStates, type Survey, type SurveySale } from './survey.ts'

/** A survey in the hands of one worker: whoever took it over since has another name. */
export interface Hold {
  survey: Survey
  holder: string
}

const isDead = (now: Date) => sql<boolean>`(holder is null or alive_at is null
  or alive_at <= ${later(now, -leaseMs)} or alive_at > ${later(now, leaseMs)})`

const isReady = (now: Date) =>
  sql<boolean>`(rest_until is null or rest_until <= ${now} or rest_until > ${later(now, 24 * 3_600_000)})`

/** Takes the oldest survey of an integration that has something to do and is in nobody's hands. */
export const holdSurvey = async (
  engine: Engine,
  integrationId: string,
): Promise<Hold | undefined> => {
  const { db, clock, random } = engine
  const now = clock.now()
  const holder = `${engine.workerName} ${newIdentifier(clock, random)}`
  const taken = await sql<{ id: string }>`
    update surveys set holder = ${holder}, alive_at = ${now}
    where integration_id = ${integrationId} and id = (
      select id from surveys
      where integration_id = ${integrationId} and state = any (${[...workingStates]}::text[])
        and ${isDead(now)} and ${isReady(now)}
      order by id limit 1 for update skip locked)
    returning id`.execute(db)
  const id = taken.rows[0]?.id
  if (id === undefined) return undefined
  const survey = await db
    .selectFrom('surveys')
    .selectAll()
    .where('integrationId', '=', integrationId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { survey, holder }
}

/** Integrations with a survey that has something to do and is in nobody's hands. */
export const abandonedSurveys = async ({ db, clock }: Engine): Promise<string[]> => {
  const now = clock.now()
  const found = await sql<{ integrationId: string }>`
    select distinct s.integration_id from surveys s join integrations i on i.id = s.integration_id
    where s.state in ('listing', 'invoices', 'reading', 'running') and i.state = 'active'
      and ${isDead(now)} and ${isReady(now)}
      and not exists (
        select 1 from connections c where c.integration_id = s.integration_id and c.dot = 'red')
    limit 500`.execute(db)
  return found.rows.map((row) => row.integrationId)
}

/** What the holder may change while the survey stands where the holder believes it to be. */
const isMine = ({ survey, holder }: Hold) =>
  sql<boolean>`integration_id = ${survey.integrationId} and id = ${survey.id}
    and holder = ${holder} and state = ${survey.state}`

export interface SurveyChange {
  state?: SurveyState
  reason?: Reason | null
  restUntil?: Date | null
  failures?: number
  booksComplete?: boolean
  finished?: true
  /** Gives it out of hands. */
  release?: true
}

/** Changes the survey, unless it was taken over or a person steered it elsewhere. @returns whether it was */
export const changeSurvey = async (
  { db, clock }: Engine,
  hold: Hold,
  change: SurveyChange,
): Promise<boolean> => {
  const now = clock.now()
  const { survey } = hold
  const tells = change.reason !== undefined
  const changed = await sql`
    update surveys set
      state = ${change.state ?? survey.state}, alive_at = ${now}, changed_at = ${now},
      reason_code = case when ${tells} then ${change.reason?.code ?? null} else reason_code end,
      reason_params = case when ${tells} then ${JSON.stringify(change.reason?.params ?? {})}::jsonb
        else reason_params end,
      rest_until = case when ${change.restUntil === undefined} then rest_until
        else ${change.restUntil ?? null}::timestamptz end,
      failures = coalesce(${change.failures ?? null}::integer, failures),
      books_complete = coalesce(${change.booksComplete ?? null}::boolean, books_complete),
      finished_at = case when ${change.finished ?? false} then ${now}::timestamptz else finished_at end,
      holder = case when ${change.release ?? false} then null else holder end
    where ${isMine(hold)}`.execute(db)
  if (changed.numAffectedRows !== 1n) return false
  if (change.state !== undefined) survey.state = change.state
  return true
}

/** A sign of life. @returns false when the survey is in other hands now, or was steered elsewhere */
export const stillMine = async ({ db, clock }: Engine, hold: Hold): Promise<boolean> => {
  const beat =
    await sql`update surveys set alive_at = ${clock.now()} where ${isMine(hold)}`.execute(db)
  return beat.numAffectedRows === 1n
}

const centsOf = (total: { times(n: number): { isInteger(): boolean } } | null): boolean =>
  total?.times(100).isInteger() === true

/**
 * A page of the shop's list, and how far it goes: both or neither, so that the cursor never passes a sale that
 * is not kept. @returns whether the survey is still ours
 */
export const keepMentions = async (
  { db, clock }: Engine,
  hold: Hold,
  mentions: readonly SaleMention[],
  cursor: Cursor,
): Promise<boolean> => {
  const { survey } = hold
  const rows = mentions.map((mention) => ({
    kind: mention.ref.kind,
    shop_id: mention.ref.id,
    number: mention.number,
    sale_date: mention.date,
    fingerprint: mention.fingerprint ?? null,
    total_cents: mention.total && centsOf(mention.total) ? toCents(mention.total) : null,
  }))
  return db.transaction().execute(async (trx) => {
    const mine = await sql`
      update surveys set cursor = ${cursor}, alive_at = ${clock.now()} where ${isMine(hold)}`.execute(
      trx,
    )
    if (mine.numAffectedRows !== 1n) return false
    await sql`
      insert into survey_sales (integration_id, survey_id, kind, shop_id, number, sale_date, fingerprint,
        total_cents)
      select distinct on (m.kind, m.shop_id) ${survey.integrationId}, ${survey.id}, m.kind, m.shop_id,
        m.number, m.sale_date, m.fingerprint, m.total_cents
      from jsonb_to_recordset(${storableJson(rows)}::jsonb) as m (kind text, shop_id text, number text,
        sale_date date, fingerprint text, total_cents bigint)
      on conflict do nothing`.execute(trx)
    survey.cursor = cursor
    return true
  })
}

/** A page of the books' list. @returns whether the survey is still ours */
export const keepInvoices = async (
  engine: Engine,
  hold: Hold,
  invoices: readonly ListedInvoice[],
): Promise<boolean> => {
  const { survey } = hold
  const rows = invoices.map(({ remoteId, remoteNumber, reference, date, total, debtorId }) => ({
    remote_id: remoteId,
    remote_number: remoteNumber,
    reference,
    day: /^\d{4}-\d\d-\d\d$/.test(date) ? date : null,
    total_cents: total && centsOf(total) ? toCents(total) : null,
    debtor_id: debtorId,
  }))
  await sql`
    insert into survey_invoices (integration_id, survey_id, remote_id, remote_number, reference, day,
      total_cents, debtor_id)
    select distinct on (m.remote_id) ${survey.integrationId}, ${survey.id}, m.*
    from jsonb_to_recordset(${storableJson(rows)}::jsonb) as m (remote_id text, remote_number text,
      reference text, day date, total_cents bigint, debtor_id text)
    on conflict (integration_id, survey_id, remote_id) do update set
      remote_number = excluded.remote_number, total_cents = excluded.total_cents`.execute(engine.db)
  return stillMine(engine, hold)
}

/** The next sales to read; those a migration would skip anyway are not read. */
export const unreadSales = async (
  { db }: Engine,
  { survey }: Hold,
  limit: number,
): Promise<SurveySale[]> => {
  const found = await sql<SurveySale>`
    select s.* from survey_sales s
    where s.integration_id = ${survey.integrationId} and s.survey_id = ${survey.id}
      and s.verdict is null
      and (${survey.purpose} <> 'migration' or not exists (select 1 from bookings b
        where b.integration_id = s.integration_id and b.kind = s.kind and b.shop_id = s.shop_id
          and b.state = 'booked'))
    order by s.sale_date, s.shop_id limit ${limit}`.execute(db)
  return found.rows
}

/** What reading one sale came to. */
export interface Judgement {
  verdict: SaleVerdict
  reason: Reason | null
  number?: string
  date?: string
  totalCents?: number | null
  currency?: string
  country?: string
  reference?: string
  sums?: readonly RateSum[]
  handNumber?: string | null
  /** Of a booked sale of before this was kept: what its booking should remember of it. */
  destination?: { country: string; ratesOf: string }
}

/**
 * Keeps what reading came to. A booking of before per-rate amounts were kept learns them here, when the shop
 * still states the total that was booked. @returns whether the survey is still ours
 */
export const keepJudgements = async (
  engine: Engine,
  hold: Hold,
  judged: readonly { sale: Pick<SurveySale, 'kind' | 'shopId'>; judgement: Judgement }[],
): Promise<boolean> => {
  const { survey } = hold
  const rows = judged.map(({ sale, judgement }) => ({
    kind: sale.kind,
    shop_id: sale.shopId,
    verdict: judgement.verdict,
    reason_code: judgement.reason?.code ?? null,
    reason_params: judgement.reason?.params ?? null,
    number: judgement.number ?? null,
    sale_date: judgement.date ?? null,
    total_cents: judgement.totalCents ?? null,
    currency: judgement.currency ?? null,
    country: judgement.country ?? null,
    reference: judgement.reference ?? null,
    sums: judgement.sums ?? null,
    hand_number: judgement.handNumber ?? null,
    destination: judgement.destination?.country ?? null,
    rates_of: judgement.destination?.ratesOf ?? null,
  }))
  if (!(await stillMine(engine, hold))) return false
  await sql`
    with m as (
      select * from jsonb_to_recordset(${storableJson(rows)}::jsonb) as m (kind text, shop_id text,
        verdict text, reason_code text, reason_params jsonb, number text, sale_date date,
        total_cents bigint, currency char(3), country char(2), reference text, sums jsonb,
        hand_number text, destination text, rates_of text)
    ), learnt as (
      update bookings b set evidence = coalesce(b.evidence, '{}') || jsonb_build_object(
        'sums', m.sums, 'destination', m.destination, 'ratesOf', m.rates_of)
      from m
      where b.integration_id = ${survey.integrationId} and b.kind = m.kind and b.shop_id = m.shop_id
        and b.state = 'booked' and m.sums is not null and m.destination is not null
        and b.total_cents = m.total_cents and b.evidence->'sums' is null
    )
    update survey_sales s set verdict = m.verdict, reason_code = m.reason_code,
      reason_params = m.reason_params, number = coalesce(m.number, s.number),
      sale_date = coalesce(m.sale_date, s.sale_date),
      total_cents = coalesce(m.total_cents, s.total_cents), currency = m.currency,
      country = m.country, reference = m.reference, sums = m.sums, hand_number = m.hand_number
    from m
    where s.integration_id = ${survey.integrationId} and s.survey_id = ${survey.id}
      and s.kind = m.kind and s.shop_id = m.shop_id`.execute(engine.db)
  return true
}
