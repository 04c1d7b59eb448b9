import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { drain } from '../../src/bookings/drain.ts'
import type { Engine } from '../../src/bookings/engine.ts'
import { poll, review } from '../../src/bookings/polling.ts'
import { surveySlice } from '../../src/bookings/surveys/survey-slice.ts'
import type { JobData } from '../../src/jobs/jobs.ts'
import { setDot } from '../../src/merchants/connections.ts'
import { monitor } from '../../src/operator/monitor.ts'
import { reason } from '../../src/problems/reason.ts'
import { lookAtLicences } from '../../src/support/billing/licence-job.ts'
import { writeDigests } from '../../src/support/mail/digests.ts'
import { tellInstallations, tellRedConnections } from '../../src/support/mail/connection-mails.ts'
import { expireTickets } from '../../src/support/tickets/expire.ts'
import { billingOn } from '../support/billing-stage.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { lettersTo } from '../support/letters.ts'
import { dumpOf } from './dump.ts'
import { openTwoMerchants, type Merchant, type TwoMerchants } from './two-merchants.ts'

let database: TestDatabase
let stage: TwoMerchants
let asked: string[]
let engine: Engine

beforeAll(async () => {
  database = await createTestDatabase()
  stage = await openTwoMerchants(database)
  const { http } = stage.there.engine
  engine = {
    ...stage.there.engine,
    http: {
      send(request) {
        asked.push(request.url)
        return http.send(request)
      },
    },
  }
})
afterAll(async () => {
  await stage.close()
  await database.close()
})
beforeEach(() => {
  asked = []
})

/** Everything that names a merchant or its integration, as it lies in the database. */
const belongings = async ({ owner, integrationId }: Merchant) =>
  (await dumpOf(database.pool))
    .filter(({ text }) => [owner.merchantId, integrationId].some((id) => text.includes(id)))
    .map(({ table, text }) => `${table} ${text}`)

/** What a job of one integration does, by its queue. A queue that is new does not compile until it stands here. */
const ofOneIntegration: Readonly<
  Record<
    {
      [Q in keyof JobData]: JobData[Q] extends { integrationId: string } ? Q : never
    }[keyof JobData],
    (id: string) => Promise<unknown>
  >
> = {
  drain: (id) => drain(engine, id),
  poll: (id) => poll(engine, id),
  survey: (id) => surveySlice(engine, id),
}

describe.each(Object.entries(ofOneIntegration))('the job "%s"', (_, work) => {
  it('of one merchant reads, calls and changes nothing of another', async () => {
    const { one, other } = stage
    // Both have work waiting of every kind.
    for (const merchant of [one, other]) {
      await merchant.sell({ email: 'klant@klant.example' }, { totalOverride: 99 })
      await stage.there.ask(`/api/integrations/${merchant.integrationId}/surveys`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: merchant.owner.cookie },
        body: JSON.stringify({
          purpose: 'reconciliation',
          from: '2026-01-01',
          until: '2026-01-31',
        }),
      })
    }
    const before = { one: await belongings(one), other: await belongings(other) }
    await work(one.integrationId)
    expect(await belongings(other)).toEqual(before.other)
    expect(await belongings(one)).not.toEqual(before.one)
    expect(asked.length).toBeGreaterThan(0)
    const own = [one.shop.url, one.books.url]
    for (const url of asked) expect(own.some((each) => url.startsWith(each))).toBe(true)
  })

  it('of an integration that does not exist does nothing', async () => {
    const before = await dumpOf(database.pool)
    await work('019c0000-0000-7000-8000-000000000000')
    expect(asked).toEqual([])
    expect(await dumpOf(database.pool)).toEqual(before)
  })
})

describe('the jobs of the whole house', () => {
  it('tell nobody of another merchant', async () => {
    const { one, other, there } = stage
    for (const merchant of [one, other]) {
      await merchant.sell({ totalOverride: 77, numberPrefix: merchant === one ? 'EEN' : 'TWEE' })
      await drain(engine, merchant.integrationId)
      await setDot(
        engine,
        merchant.integrationId,
        'accounting',
        reason('CREDENTIALS_REFUSED', { system: 'Factuursturen', status: 401 }),
      )
    }
    there.clock.moveOn(26 * 3_600_000)
    const news = { ...engine, publicUrl: there.house.publicUrl }
    const never = (error: unknown) => {
      throw error
    }
    await review(engine)
    await monitor(engine, there.house.publicUrl)
    await expireTickets(engine)
    await lookAtLicences(billingOn(engine, there.house.publicUrl, null), never)
    await tellInstallations(news, never)
    await tellRedConnections(news, never)
    await writeDigests(news, never)
    for (const [merchant, neighbour] of [
      [one, other],
      [other, one],
    ] as const) {
      const letters = await lettersTo(engine, merchant.owner.email)
      expect(letters.map(({ kind }) => kind)).toContain('connection-red')
      const said = JSON.stringify(letters)
      expect(said).toContain(merchant.integrationId)
      for (const foreign of [
        neighbour.integrationId,
        neighbour.owner.merchantId,
        neighbour.owner.email,
        `Winkel van ${neighbour === one ? 'Eerste' : 'Tweede'}`,
        neighbour === one ? 'EEN' : 'TWEE',
      ]) {
        expect(said).not.toContain(foreign)
      }
    }
  })
})
