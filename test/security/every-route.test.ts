import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeApiToken, scopes, type Scope } from '../../src/merchants/api-tokens.ts'
import { createIntegration } from '../../src/merchants/integrations.ts'
import { offerSeat } from '../../src/support/people/seat-offers.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { openHouse, type TestHouse, type Visitor } from '../support/house.ts'
import { callOperation, operationsOf, type Operation } from './documented.ts'

/**
 * Walks every route of the document that the server itself gives out, with everybody who has no business
 * there. A new route is walked by being there; nothing has to be added here unless it is open to all, or is
 * about whoever asks.
 */

/** Open to everybody, on purpose. */
const open = [
  'GET /api/help',
  'GET /api/help/:topic',
  'GET /api/offers/:token',
  'GET /api/problems/:code',
  'GET /api/systems',
  'GET /api/systems/:id/guide',
  'GET /api/terms',
  'POST /api/offers/:token/pay',
  'POST /api/password',
  'POST /api/password-link',
  'POST /api/seat-offer',
  'POST /api/seat-offer/join',
  'POST /api/sign-up',
  'POST /api/store-claim',
]

/** About whoever asks: a stranger gets their own. */
const personal = [
  'GET /api/account',
  'GET /api/me',
  'PATCH /api/account',
  'PATCH /api/me',
  'POST /api/account/sessions/end',
  'POST /api/account/tokens',
  'POST /api/integrations',
  'POST /api/seat-offer/accept',
]

let database: TestDatabase
let there: TestHouse
let owner: Visitor
let member: Visitor
let stranger: Visitor
let operations: Operation[]
let places: Record<string, string>
const tokens = new Map<string, string>()

const call = (operation: Operation, headers: Record<string, string> = {}) =>
  callOperation(there, places, operation, headers)

/** What each of `some` is answered, all at once in one picture. */
const picture = async (
  some: readonly Operation[],
  headers: (operation: Operation) => Record<string, string>,
): Promise<Record<string, string>> => {
  const seen: Record<string, string> = {}
  for (const operation of some) {
    const { status, code } = await call(operation, headers(operation))
    seen[operation.key] = `${status} ${code}`
  }
  return seen
}

const allAre = (some: readonly Operation[], answer: (operation: Operation) => string) =>
  Object.fromEntries(some.map((operation) => [operation.key, answer(operation)]))

const scopeOf = ({ security }: Operation): Scope | undefined =>
  scopes.find((scope) => security.some(({ token }) => token?.includes(scope)))

const closed = () => operations.filter(({ key }) => !open.includes(key))
const ofOthers = () => closed().filter(({ key }) => !personal.includes(key))

const token = async (who: Visitor, may: readonly Scope[]): Promise<string> => {
  const wanted = { userId: who.userId, name: 'test', scopes: may, days: 1 }
  const made = await makeApiToken(there.engine, wanted)
  if (made === null) throw new Error('no token')
  return made.token
}

/** Something of the owner's that a route makes. @returns its id */
const madeBy = async (
  integrationId: string,
  what: 'tickets' | 'surveys',
  body: object,
): Promise<string> => {
  const answer = await there.ask(`/api/integrations/${integrationId}/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: owner.cookie },
    body: JSON.stringify(body),
  })
  if (answer.status !== 200) throw new Error(await answer.text())
  const { rows } = await database.pool.query<{ id: string }>(`select id from ${what}`)
  return rows[0]?.id ?? ''
}

beforeAll(async () => {
  database = await createTestDatabase()
  there = await openHouse(database, { trustProxy: true })
  owner = await there.welcome('Eigenaar')
  member = await there.welcome('Kijker')
  stranger = await there.welcome('Vreemde')
  await there.seat(member, owner.merchantId, 'member')
  const { engine } = there
  const { id: integrationId } = await createIntegration(engine, {
    merchantId: owner.merchantId,
    name: 'Winkel van de eigenaar',
    webshop: 'kmoshops',
    accounting: 'factuursturen',
  })
  // A survey is only made for an installation that is complete.
  await database.db
    .updateTable('integrations')
    .set({ state: 'active', configuredAt: engine.clock.now() })
    .where('id', '=', integrationId)
    .execute()
  await engine.commits.see(integrationId, [{ ref: { kind: 'order', id: '1' } }], 'live')
  const booking = await database.db.selectFrom('bookings').select('id').executeTakeFirstOrThrow()
  const offered = await offerSeat(engine, there.url, {
    merchantId: owner.merchantId,
    email: 'uitgenodigd@voorbeeld.example',
    role: 'member',
    by: { id: owner.userId, name: 'Eigenaar', email: owner.email, language: 'nl' },
  })
  tokens.set('all', await token(owner, scopes))
  for (const scope of scopes) {
    tokens.set(
      scope,
      await token(
        owner,
        scopes.filter((each) => each !== scope),
      ),
    )
  }
  const ownToken = await database.db.selectFrom('apiTokens').select('id').executeTakeFirstOrThrow()
  places = {
    integrationId,
    bookingId: booking.id,
    side: 'webshop',
    merchantId: owner.merchantId,
    userId: owner.userId,
    offerId: offered.is === 'offered' ? offered.offer.id : '',
    tokenId: ownToken.id,
    ticketId: await madeBy(integrationId, 'tickets', {
      topic: 'question',
      subject: 'Vraag',
      text: 'Hoe werkt dit?',
    }),
    surveyId: await madeBy(integrationId, 'surveys', {
      purpose: 'reconciliation',
      from: '2026-01-01',
      until: '2026-01-31',
    }),
    invoiceId: '019c0000-0000-7000-8000-000000000000',
    system: 'kmoshops',
    // Of the console, which is closed before anything is looked for.
    viewId: '019c0000-0000-7000-8000-000000000000',
    alarmId: '019c0000-0000-7000-8000-000000000000',
    token: 'a'.repeat(43),
    paymentId: '019c0000-0000-7000-8000-000000000000',
  }
  operations = await operationsOf(there)
})
afterAll(async () => {
  await there.close()
  await database.close()
})

/** What is there of the owner, to see that nobody changed it. */
const belongings = async () => {
  const { db } = database
  return [
    await db
      .selectFrom('integrations')
      .selectAll()
      .where('id', '=', places['integrationId'] ?? '')
      .execute(),
    await db.selectFrom('connections').selectAll().orderBy('side').execute(),
    await db.selectFrom('bookings').selectAll().execute(),
    await db
      .selectFrom('notifications')
      .selectAll()
      .where('integrationId', '=', places['integrationId'] ?? '')
      .execute(),
    await db.selectFrom('termsAcceptances').selectAll().execute(),
    await db.selectFrom('seatOffers').selectAll().execute(),
    await db
      .selectFrom('apiTokens')
      .select('id')
      .where('userId', '=', owner.userId)
      .orderBy('id')
      .execute(),
    (
      await database.pool.query(`select * from seat where "organizationId" = $1 order by id`, [
        owner.merchantId,
      ])
    ).rows,
  ]
}

describe('every route', () => {
  it('is in the document, and says who may call it', () => {
    expect(operations.length).toBeGreaterThan(40)
    const unsaid = operations.filter(({ security }) => security.length === 0).map(({ key }) => key)
    expect(unsaid.sort()).toEqual([...open].sort())
  })

  it('gives nothing to nobody', async () => {
    expect(await picture(closed(), () => ({}))).toEqual(allAre(closed(), () => '401 NOT_SIGNED_IN'))
  })

  it('gives nothing for a session that was made up', async () => {
    const headers = { cookie: 'doorvoer.session_token=made.up%3D' }
    expect(await picture(closed(), () => headers)).toEqual(
      allAre(closed(), () => '401 NOT_SIGNED_IN'),
    )
  })

  it('does not exist for a stranger, where it is about somebody else', async () => {
    const before = await belongings()
    expect(await picture(ofOthers(), () => ({ cookie: stranger.cookie }))).toEqual(
      allAre(ofOthers(), () => '404 NOT_FOUND'),
    )
    expect(await belongings()).toEqual(before)
  })

  it('shows a stranger nothing of somebody else, where it is about the asker', async () => {
    const secrets = [owner.merchantId, owner.userId, owner.email, places['integrationId'] ?? '']
    const own = operations.filter(({ key }) => personal.includes(key) && key.startsWith('GET '))
    for (const operation of own) {
      const { text } = await call(operation, { cookie: stranger.cookie })
      for (const secret of secrets) expect(text).not.toContain(secret)
    }
  })

  it('changes nothing for a seat that may only look', async () => {
    const changing = ofOthers().filter(
      ({ key, method }) =>
        method !== 'GET' &&
        // Asked with a body, and changes nothing.
        !key.endsWith('/preview') &&
        !key.includes(' /api/operator/') &&
        /:(integration|merchant)Id/.test(key),
    )
    const before = await belongings()
    expect(await picture(changing, () => ({ cookie: member.cookie }))).toEqual(
      allAre(changing, () => '403 READ_ONLY_SEAT'),
    )
    expect(await belongings()).toEqual(before)
  })

  it('takes no token without its scope, and none at all where it takes a person', async () => {
    const before = await belongings()
    const bearer = (operation: Operation) => ({
      authorization: `Bearer ${tokens.get(scopeOf(operation) ?? 'all') ?? ''}`,
    })
    expect(await picture(closed(), bearer)).toEqual(
      allAre(closed(), (operation) =>
        scopeOf(operation) === undefined ? '403 PERSON_NEEDED' : '403 TOKEN_SCOPE_MISSING',
      ),
    )
    expect(await belongings()).toEqual(before)
  })

  it('takes no token that was revoked or made up, whatever session comes along', async () => {
    const gone = await token(owner, scopes)
    await database.db.deleteFrom('apiTokens').where('hint', '=', gone.slice(-4)).execute()
    for (const wrong of [gone, 'doorvoer_x', `doorvoer_${'a'.repeat(43)}`, 'x']) {
      const headers = { authorization: `Bearer ${wrong}`, cookie: owner.cookie }
      const some = closed().slice(0, 12)
      expect(await picture(some, () => headers)).toEqual(allAre(some, () => '401 TOKEN_UNKNOWN'))
    }
  })

  it('of a token reaches no further than its owner', async () => {
    const theirs = await token(stranger, scopes)
    const some = ofOthers().filter((operation) => scopeOf(operation) !== undefined)
    expect(some.length).toBeGreaterThan(10)
    expect(await picture(some, () => ({ authorization: `Bearer ${theirs}` }))).toEqual(
      allAre(some, () => '404 NOT_FOUND'),
    )
  })

  it('that changes something is closed to another website', async () => {
    const changing = operations.filter(({ method }) => method !== 'GET')
    const headers = { cookie: owner.cookie, origin: 'https://evil.example' }
    const before = await belongings()
    expect(await picture(changing, () => headers)).toEqual(
      allAre(changing, () => '403 FOREIGN_ORIGIN'),
    )
    expect(await belongings()).toEqual(before)
  })
})
