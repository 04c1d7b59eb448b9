import { sql } from 'kysely'
import { z } from 'zod'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MollieSandbox } from '../../../sandbox/mollie/index.ts'
import { billingOn, dutchBuyer, openMollie } from '../../../test/support/billing-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { openHouse, type TestHouse, type Visitor } from '../../../test/support/house.ts'
import { makeOperator } from '../../../test/support/operator.ts'
import { acceptTerms } from '../../merchants/terms.ts'
import { createIntegration } from '../../merchants/integrations.ts'
import { addDays, calendarDay } from '../../world/calendar-day.ts'
import { newIdentifier } from '../../world/identifier.ts'

/** What an operator does about licences, offers, tariffs, terms and migrations, over HTTP. */

let database: TestDatabase
let mollie: MollieSandbox
let there: TestHouse
let owner: Visitor
let operator: Visitor

beforeAll(async () => {
  database = await createTestDatabase()
  mollie = await openMollie(() => there.clock.now())
  there = await openHouse(database, {
    billing: (engine, publicUrl) => billingOn(engine, publicUrl, mollie),
  })
  owner = await there.welcome('Noor')
  operator = await there.welcome('Olga')
  await makeOperator(there, operator, 'totp')
})
afterAll(async () => {
  await there.close()
  await mollie.close()
  await database.close()
})

interface Said {
  status: number
  json: Record<string, unknown> & { items?: Record<string, unknown>[] }
}

const ask = async (as: Visitor, path: string, body?: object, method = 'POST'): Promise<Said> => {
  const answer = await there.ask(path, {
    method: body === undefined ? 'GET' : method,
    headers: {
      cookie: as.cookie,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, json: (await answer.json()) as Said['json'] }
}
const look = (path: string) => ask(operator, `/api/operator/${path}`)
const act = (path: string, body: object) => ask(operator, `/api/operator/${path}`, body)

const install = async (name: string): Promise<string> => {
  const { merchantId } = owner
  const wanted = { merchantId, name, webshop: 'kmoshops', accounting: 'informer' }
  const { id } = await createIntegration(there.engine, wanted)
  await ask(owner, `/api/integrations/${id}/billing-details`, dutchBuyer, 'PUT')
  return id
}

/** Goes to Mollie by the payment link, as whoever got the mail, and pays. */
const payAt = async (payPath: string): Promise<void> => {
  const begun = await ask(owner, `/api/offers/${payPath.slice('/pay/'.length)}/pay`, { pay: true })
  if (begun.status !== 200) throw new Error(JSON.stringify(begun.json))
  const checkout = String(begun.json['goTo'])
  const form = new URLSearchParams({ status: 'paid' })
  await fetch(checkout, { method: 'POST', body: form, redirect: 'manual' })
  await mollie.settled()
}

const mailsOf = async (integrationId: string, kind: string): Promise<number> => {
  const found = await database.db
    .selectFrom('mails')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('integrationId', '=', integrationId)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  return found.count
}

const lastDeed = async () => (await look('log?limit=1')).json.items?.[0]

describe('licences', () => {
  test('stand in the list that says what is to do, and are found by name', async () => {
    const id = await install('Theewinkel')
    const names = async (query: string) =>
      (await look(`licences?${query}`)).json.items?.map(
        ({ integration }) => (integration as { name: string }).name,
      )
    expect(await names('show=trial')).toContain('Theewinkel')
    expect(await names('show=ending')).toContain('Theewinkel')
    expect(await names('show=all&search=thee')).toEqual(['Theewinkel'])
    expect(await names('show=all&search=100%')).toEqual([])
    expect(await names('show=expired')).toEqual([])
    await database.db
      .updateTable('licences')
      .set({ endsOn: addDays(calendarDay(there.clock.now()), -20) })
      .where('integrationId', '=', id)
      .execute()
    expect((await look('licences?show=expired')).json).toMatchObject({
      items: [{ integration: { id }, phase: 'collecting', waiting: 0 }],
    })
    expect(await names('show=trial')).not.toContain('Theewinkel')
  })

  test('are listed a page at a time, none twice and none left out', async () => {
    for (const name of ['Een', 'Twee', 'Drie']) await install(name)
    const seen: string[] = []
    for (let after = ''; ;) {
      const { json } = await look(`licences?show=all&limit=2${after && `&after=${after}`}`)
      seen.push(...(json.items ?? []).map(({ integration }) => (integration as { id: string }).id))
      if (json['next'] === null || seen.length > 50) break
      after = z.string().parse(json['next'])
    }
    const all = await database.db.selectFrom('licences').select('integrationId').execute()
    expect(seen.toSorted()).toEqual(all.map(({ integrationId }) => integrationId).toSorted())
  })

  test('are stopped by an operator as of today, once, with a reason in the log and a mail', async () => {
    const id = await install('Stopt')
    const stop = () => act(`integrations/${id}/stop`, { reason: 'bedrijf opgeheven' })
    expect((await stop()).status).toBe(200)
    expect(await stop()).toMatchObject({
      status: 409,
      json: { error: { code: 'INTEGRATION_STOPPED' } },
    })
    expect((await look('licences?show=stopped')).json).toMatchObject({
      items: [{ integration: { id }, phase: 'stopped', stoppedBy: 'operator' }],
    })
    expect(await lastDeed()).toMatchObject({
      deed: 'integration-stopped',
      integration: { id },
      reason: 'bedrijf opgeheven',
    })
    const offered = { service: 'installation', quantity: 1, reason: 'gevraagd' }
    expect(await act(`integrations/${id}/offers`, offered)).toMatchObject({
      json: { error: { code: 'INTEGRATION_STOPPED' } },
    })
  })
})

describe('a service', () => {
  test('is offered by an operator, mailed with its link, paid, and invoiced', async () => {
    const id = await install('Wil hulp')
    const wanted = { service: 'installation', quantity: 1, reason: 'vroeg per telefoon' }
    const made = await act(`integrations/${id}/offers`, wanted)
    expect(made.status).toBe(200)
    expect(await mailsOf(id, 'service-offer')).toBe(1)
    expect(await lastDeed()).toMatchObject({ deed: 'offer-made', integration: { id } })
    const open = async () =>
      (await look('offers')).json.items?.filter(
        ({ integration }) => (integration as { id: string }).id === id,
      )
    expect(await open()).toMatchObject([{ service: 'installation', netCents: 3_950 }])

    await payAt(String(made.json['payPath']))
    expect(await open()).toEqual([])
    const { json } = await ask(owner, `/api/integrations/${id}/licence`)
    // A service extends no licence.
    expect(json).toMatchObject({
      phase: 'trial',
      invoices: [{ service: 'installation', net: '39.50', gross: '47.80' }],
    })
    expect(await mailsOf(id, 'payment-received')).toBe(1)
  })

  test('that was withdrawn can not be paid, and nothing is offered for nothing', async () => {
    const id = await install('Toch niet')
    const wanted = { service: 'installation', quantity: 1, reason: 'gevraagd' }
    const made = await act(`integrations/${id}/offers`, wanted)
    const offer = `offers/${String(made.json['id'])}`
    expect((await act(`${offer}/withdraw`, { reason: 'bedacht zich' })).status).toBe(200)
    for (const deed of ['withdraw', 'paid']) {
      expect(await act(`${offer}/${deed}`, { reason: 'nog eens' })).toMatchObject({
        status: 409,
        json: { error: { code: 'OFFER_CLOSED' } },
      })
    }
    const token = String(made.json['payPath']).slice('/pay/'.length)
    expect(await ask(owner, `/api/offers/${token}/pay`, { pay: true })).toMatchObject({
      json: { error: { code: 'OFFER_CLOSED' } },
    })

    const fromOn = calendarDay(there.clock.now())
    const price = { service: 'installation', fromOn, reason: 'actie' }
    const put = (cents: number) =>
      ask(operator, '/api/operator/tariffs', { ...price, cents }, 'PUT')
    await put(0)
    expect(await act(`integrations/${id}/offers`, wanted)).toMatchObject({
      status: 409,
      json: { error: { code: 'SERVICE_FREE' } },
    })
    await put(3_950)
  })
})

describe('a migration that costs something', () => {
  const addSurvey = async (integrationId: string, purpose: string, state: string) => {
    const { clock, random } = there.engine
    const surveyId = newIdentifier(clock, random)
    await sql`
      insert into surveys (integration_id, id, purpose, from_day, until_day, state, created_at, changed_at)
      values (${integrationId}, ${surveyId}, ${purpose}, '2026-01-01', '2026-06-30', ${state},
        ${clock.now()}, ${clock.now()})`.execute(database.db)
    return surveyId
  }
  const dryRun = async (integrationId: string, bookable: number): Promise<string> => {
    const surveyId = await addSurvey(integrationId, 'migration', 'ready')
    await sql`
      insert into survey_sales (integration_id, survey_id, kind, shop_id, number, sale_date, verdict)
      select ${integrationId}, ${surveyId}, 'order', n::text, n::text, '2026-03-01', 'bookable'
      from generate_series(1, ${bookable}::int) n`.execute(database.db)
    return surveyId
  }
  const steer = (id: string, surveyId: string, wish: string) =>
    ask(owner, `/api/integrations/${id}/surveys/${surveyId}/steer`, { wish })
  const survey = async (id: string, surveyId: string) =>
    (await ask(owner, `/api/integrations/${id}/surveys/${surveyId}`)).json

  test('begins by itself once it is paid, however often Start is pressed before', async () => {
    const id = await install('Verhuist')
    const surveyId = await dryRun(id, 1_001)
    expect(await survey(id, surveyId)).toMatchObject({
      price: '135.00',
      payFirst: true,
      offer: null,
    })
    const pressed = await Promise.all([1, 2, 3].map(() => steer(id, surveyId, 'start')))
    const paths = new Set(pressed.map(({ json }) => String(json['payPath'])))
    expect(pressed.map(({ json }) => json['state'])).toEqual(['ready', 'ready', 'ready'])
    expect([...paths]).toEqual([expect.stringMatching(/^\/pay\/[\w-]{20,}$/)])
    expect(await mailsOf(id, 'service-offer')).toBe(1)
    expect(await survey(id, surveyId)).toMatchObject({ state: 'ready', offer: { state: 'open' } })

    await payAt([...paths][0] ?? '')
    expect(await survey(id, surveyId)).toMatchObject({
      state: 'running',
      price: '135.00',
      payFirst: false,
      offer: { state: 'paid' },
    })
    const { json } = await ask(owner, `/api/integrations/${id}/licence`)
    expect(json['invoices']).toMatchObject([{ service: 'migration', net: '135.00' }])
  })

  test('that is given up before it was paid can not be paid any more', async () => {
    const id = await install('Bedenkt zich')
    const surveyId = await dryRun(id, 5)
    const { json } = await steer(id, surveyId, 'start')
    expect((await steer(id, surveyId, 'cancel')).json).toMatchObject({ state: 'cancelled' })
    const token = String(json['payPath']).slice('/pay/'.length)
    expect((await ask(owner, `/api/offers/${token}`)).json).toMatchObject({ state: 'withdrawn' })
    expect(await ask(owner, `/api/offers/${token}/pay`, { pay: true })).toMatchObject({
      json: { error: { code: 'OFFER_CLOSED' } },
    })
  })

  test('keeps its offer while another survey is given up', async () => {
    const id = await install('Vergelijkt ook')
    const surveyId = await dryRun(id, 5)
    const { json } = await steer(id, surveyId, 'start')
    const reconciliation = await addSurvey(id, 'reconciliation', 'listing')
    expect((await steer(id, reconciliation, 'cancel')).json).toMatchObject({ state: 'cancelled' })
    expect((await steer(id, reconciliation, 'cancel')).status).toBe(409)
    expect(await survey(id, surveyId)).toMatchObject({ state: 'ready', offer: { state: 'open' } })
    await payAt(String(json['payPath']))
    expect(await survey(id, surveyId)).toMatchObject({ state: 'running', offer: { state: 'paid' } })
  })

  test('is begun by an operator before it is paid, and can be paid later', async () => {
    const id = await install('Vaste klant')
    const surveyId = await dryRun(id, 10)
    const path = `integrations/${id}/migrations/${surveyId}/steer`
    const started = await act(path, { wish: 'start', reason: 'vaste klant' })
    expect(started.json).toEqual({ state: 'running' })
    expect(await lastDeed()).toMatchObject({
      deed: 'migration-steered',
      params: { wish: 'start' },
      reason: 'vaste klant',
    })
    const { offer } = (await survey(id, surveyId)) as { offer: { state: string; payPath: string } }
    expect(offer.state).toBe('open')
    const listed = async (show: string) =>
      (await look(`migrations?show=${show}`)).json.items?.find((each) => each['id'] === surveyId)
    expect(await listed('standing')).toMatchObject({
      integration: { id, name: 'Vaste klant' },
      state: 'running',
      price: '67.50',
      sales: 10,
    })
    await payAt(offer.payPath)
    expect(await survey(id, surveyId)).toMatchObject({
      state: 'running',
      offer: { state: 'paid' },
    })
    await act(path, { wish: 'cancel', reason: 'op verzoek' })
    expect(await listed('standing')).toBeUndefined()
    expect(await listed('all')).toMatchObject({ state: 'cancelled' })
  })

  test('is asked for by an operator, for a period that can be', async () => {
    const id = await install('Nog niet klaar')
    const begin = (from: string, until: string) =>
      act(`integrations/${id}/migrations`, { from, until, reason: 'op verzoek' })
    const codeOf = async (from: string, until: string) => {
      const { json } = await begin(from, until)
      return (json['error'] as { code: string }).code
    }
    expect(await codeOf('2026-03-01', '2026-02-01')).toBe('PERIOD_REVERSED')
    expect(await codeOf('2026-03-01', '2999-02-01')).toBe('PERIOD_IN_FUTURE')
    expect(await codeOf('2016-03-01', '2026-03-01')).toBe('PERIOD_TOO_LONG')
    expect(await codeOf('2026-01-01', '2026-03-01')).toBe('NOT_COMPLETE')
    await database.db
      .updateTable('integrations')
      .set({ state: 'active' })
      .where('id', '=', id)
      .execute()
    expect((await begin('2026-01-01', '2026-03-01')).status).toBe(200)
    expect(await lastDeed()).toMatchObject({ deed: 'migration-begun', integration: { id } })
  })
})

test('terms are counted by the newest version that was accepted', async () => {
  const before = (await look('terms')).json as unknown as {
    versions: { version: string; state: string; integrations: number }[]
    without: number
  }
  const id = await install('Leest alles')
  const [current] = before.versions.filter(({ state }) => state === 'current')
  if (current === undefined) throw new Error('no terms apply')
  const accepted = { integrationId: id, userId: owner.userId, language: 'nl' as const }
  await acceptTerms(there.engine, { ...accepted, version: current.version })
  expect((await look('terms')).json).toMatchObject({
    without: before.without,
    versions: before.versions.map((each) =>
      each.version === current.version ? { integrations: each.integrations + 1 } : {},
    ),
  })
})
