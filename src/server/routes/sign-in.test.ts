import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import {
  cookieOf,
  newCaller,
  openHouse,
  type HouseOptions,
  type TestHouse,
  type Visitor,
} from '../../../test/support/house.ts'
import { behindWeakLink } from '../../../test/support/weak-link.ts'
import { createIntegration } from '../../merchants/integrations.ts'
import { createMerchant } from '../../merchants/people.ts'
import { systemRandom } from '../../world/random.ts'

let database: TestDatabase
let there: TestHouse
let people = 0
const opened: TestHouse[] = []

const openOne = async (options: HouseOptions = {}): Promise<TestHouse> => {
  const house = await openHouse(database, { trustProxy: true, ...options })
  opened.push(house)
  return house
}

beforeAll(async () => {
  database = await createTestDatabase()
})
// A house each: guesses at one must not be counted at the next.
beforeEach(async () => {
  there = await openOne()
})
afterEach(async () => {
  for (const house of opened.splice(0)) await house.close()
})
afterAll(() => database.close())

interface Person {
  email: string
  password: string
  merchantId: string
}

const make = async (house: TestHouse = there): Promise<Person> => {
  people += 1
  const email = `persoon${people}@voorbeeld.example`
  const password = `een lang wachtwoord ${people}`
  const { pool, signIn } = house.house
  const room = { pool, signIn, clock: house.clock, random: systemRandom }
  const wanted = { company: 'Zaak', name: 'Noor', email, password, language: 'nl' } as const
  const { merchantId } = await createMerchant(room, wanted)
  return { email, password, merchantId }
}

const ask = (
  path: string,
  body: unknown,
  { house = there, headers = {} }: { house?: TestHouse; headers?: Record<string, string> } = {},
) =>
  house.ask(`/api/auth${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: house.house.publicUrl,
      ...newCaller(),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const signIn = (
  { email, password }: { email: string; password: string },
  options: Parameters<typeof ask>[2] = {},
) => ask('/sign-in/email', { email, password }, options)

const me = (cookie: string, house: TestHouse = there) =>
  house.ask('/api/me', { headers: { cookie } })

const sessions = async () =>
  (await database.pool.query<{ token: string }>('select token from session')).rows

/** A cookie as the browser is told to keep it. */
const attributesOf = (response: Response) => {
  const [cookie = ''] = response.headers.getSetCookie()
  const [pair = '', ...attributes] = cookie.split('; ')
  return {
    name: pair.split('=')[0] ?? '',
    attributes: attributes.map((each) => each.toLowerCase()),
  }
}

describe('the right password', () => {
  it('opens the door, with a cookie no script and no other site gets at', async () => {
    const answer = await signIn(await make())
    expect(answer.status).toBe(200)
    const { name, attributes } = attributesOf(answer)
    expect(name).toBe('doorvoer.session_token')
    expect(attributes).toEqual(
      expect.arrayContaining(['httponly', 'samesite=lax', 'path=/', `max-age=${14 * 86_400}`]),
    )
    expect(attributes).not.toContain('secure')
    expect((await me(cookieOf(answer))).status).toBe(200)
  })

  it('makes a cookie that travels over https only, where we are reached over https', async () => {
    const house = await openOne({ publicUrl: 'https://doorvoer.example' })
    const answer = await signIn(await make(house), { house })
    expect(answer.status).toBe(200)
    const { name, attributes } = attributesOf(answer)
    expect(name).toBe('__Secure-doorvoer.session_token')
    expect(attributes).toEqual(expect.arrayContaining(['secure', 'httponly', 'samesite=lax']))
    expect((await me(cookieOf(answer), house)).status).toBe(200)
  })

  it('works whatever the case of the address', async () => {
    const { email, password } = await make()
    expect((await signIn({ email: email.toUpperCase(), password })).status).toBe(200)
  })

  it('opens a session of its own each time', async () => {
    const person = await make()
    const [one, two] = [await signIn(person), await signIn(person)]
    expect(cookieOf(one)).not.toBe(cookieOf(two))
  })

  it('shows nothing of it in the answer', async () => {
    const person = await make()
    const text = await (await signIn(person)).text()
    expect(text).not.toContain(person.password)
    expect(text).not.toMatch(/hash|scrypt/i)
  })
})

describe('the wrong password', () => {
  it('opens nothing, and nobody learns who exists', async () => {
    const { email, password } = await make()
    const before = (await sessions()).length
    const answers = [
      await signIn({ email, password: `${password}!` }),
      await signIn({ email: 'niemand@voorbeeld.example', password }),
      await signIn({ email, password: password.toUpperCase() }),
    ]
    const told = await Promise.all(answers.map(async (each) => [each.status, await each.text()]))
    expect(told[0]?.[0]).toBe(401)
    expect(told[1]).toEqual(told[0])
    expect(told[2]).toEqual(told[0])
    expect(answers.flatMap((answer) => answer.headers.getSetCookie())).toEqual([])
    expect(await sessions()).toHaveLength(before)
  })

  it.each([
    ['no password', { email: 'a@voorbeeld.example' }],
    ['no address', { password: 'x' }],
    ['a password that is none', { email: 'a@voorbeeld.example', password: { $ne: '' } }],
    ['a list', { email: ['a@voorbeeld.example'], password: ['x'] }],
    ['no address at all', { email: 'niemand', password: 'x' }],
    ['no JSON', '{'],
    ['nothing', ''],
    ['a sign no text can hold', { email: 'a\u0000@voorbeeld.example', password: 'x' }],
    ['a very long password', { email: 'a@voorbeeld.example', password: 'x'.repeat(50_000) }],
  ])('can be anything, and is no fault of ours: %s', async (_, body) => {
    const answer = await ask('/sign-in/email', body)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  it('of any size is read only up to a bound', async () => {
    const answer = await ask('/sign-in/email', `{"password":"${'x'.repeat(65 * 1024)}"}`)
    expect(answer.status).toBe(413)
    expect(await answer.json()).toMatchObject({ error: { code: 'BODY_TOO_LARGE' } })
  })
})

describe('guessing', () => {
  const guess = (email: string, headers: Record<string, string>) =>
    signIn({ email, password: 'geraden' }, { headers })
  /** Counts as a guess, and costs no hashing. */
  const knock = (headers: Record<string, string>) => ask('/sign-in/email', {}, { headers })

  const statusesOf = async (times: number, once: (n: number) => Promise<Response>) => {
    const statuses: number[] = []
    for (let n = 0; n < times; n += 1) statuses.push((await once(n)).status)
    return statuses
  }

  it('stops after ten tries a minute, also for the right one', async () => {
    const { email, password } = await make()
    const headers = newCaller()
    const statuses = await statusesOf(12, () => guess(email, headers))
    expect(statuses.slice(-2)).toEqual([429, 429])
    expect(statuses.filter((status) => status === 401)).toHaveLength(10)
    expect((await signIn({ email, password }, { headers })).status).toBe(429)
  })

  it('can’t go on by naming another address', async () => {
    there = await openOne({ trustProxy: false })
    const statuses = await statusesOf(12, (n) =>
      knock({ 'x-forwarded-for': `203.0.113.${n}`, 'x-real-ip': `203.0.113.${n}` }),
    )
    expect(statuses).toContain(429)
  })

  it('can’t go on by naming another address to our own proxy, which puts the real one behind it', async () => {
    const statuses = await statusesOf(12, (n) =>
      knock({ 'x-forwarded-for': `203.0.113.${n}, 198.51.100.7` }),
    )
    expect(statuses).toContain(429)
  })

  it('from one address does not lock out another, behind our own proxy', async () => {
    const { email, password } = await make()
    const statuses = await statusesOf(11, () => knock({ 'x-forwarded-for': '198.51.100.8' }))
    expect(statuses).toContain(429)
    const headers = { 'x-forwarded-for': '198.51.100.9' }
    expect((await signIn({ email, password }, { headers })).status).toBe(200)
  })
})

describe('signing up', () => {
  it('is closed', async () => {
    const before = await database.pool.query('select id from "user"')
    const body = { email: 'nieuw@voorbeeld.example', password: 'een lang wachtwoord', name: 'N' }
    const answer = await ask('/sign-up/email', body)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.headers.getSetCookie()).toEqual([])
    const after = await database.pool.query('select id from "user"')
    expect(after.rowCount).toBe(before.rowCount)
  })

  it('says the same about somebody who exists', async () => {
    const { email, password } = await make()
    const known = await ask('/sign-up/email', { email, password, name: 'N' })
    const unknown = await ask('/sign-up/email', {
      email: 'x@voorbeeld.example',
      password,
      name: 'N',
    })
    expect([known.status, await known.text()]).toEqual([unknown.status, await unknown.text()])
  })
})

describe('signing out', () => {
  it('ends the session, also for who kept the cookie', async () => {
    const cookie = cookieOf(await signIn(await make()))
    const answer = await ask('/sign-out', {}, { headers: { cookie } })
    expect(answer.status).toBe(200)
    expect(answer.headers.getSetCookie().join()).toMatch(/doorvoer\.session_token=;.*max-age=0/i)
    expect((await me(cookie)).status).toBe(401)
  })

  it('ends no other session of the same person', async () => {
    const person = await make()
    const [one, two] = [cookieOf(await signIn(person)), cookieOf(await signIn(person))]
    await ask('/sign-out', {}, { headers: { cookie: one } })
    expect([(await me(one)).status, (await me(two)).status]).toEqual([401, 200])
  })
})

describe('a cookie', () => {
  it('that was changed opens nothing', async () => {
    const cookie = cookieOf(await signIn(await make()))
    const [name = '', value = ''] = cookie.split('=')
    for (const other of [value.slice(0, -4), `x${value}`, value.split('.')[0] ?? '', '']) {
      expect((await me(`${name}=${other}`)).status).toBe(401)
    }
  })

  it('signed with another secret opens nothing', async () => {
    const other = await openOne()
    const cookie = cookieOf(await signIn(await make(other), { house: other }))
    expect((await me(cookie, other)).status).toBe(200)
    expect((await me(cookie)).status).toBe(401)
  })

  it('of a session that expired opens nothing', async () => {
    const cookie = cookieOf(await signIn(await make()))
    await database.pool.query(`update session set "expiresAt" = now() - interval '1 second'`)
    expect((await me(cookie)).status).toBe(401)
  })
})

describe('another website', () => {
  it('can sign nobody in or out', async () => {
    const person = await make()
    const cookie = cookieOf(await signIn(person))
    const headers = { origin: 'https://evil.example', cookie }
    for (const [path, body] of [
      ['/sign-in/email', person],
      ['/sign-out', {}],
    ] as const) {
      const answer = await ask(path, body, { headers })
      expect(answer.status).toBe(403)
      expect(await answer.json()).toMatchObject({ error: { code: 'FOREIGN_ORIGIN' } })
    }
    expect((await me(cookie)).status).toBe(200)
  })
})

describe('seats', () => {
  let house: TestHouse
  let owner: Visitor
  let member: Visitor
  let stranger: Visitor
  const rolesAt = async (merchantId: string) =>
    (
      await database.pool.query<{ userId: string; role: string }>(
        `select "userId", role from seat where "organizationId" = $1`,
        [merchantId],
      )
    ).rows
  const askAs = (who: Visitor, path: string, body: object) =>
    ask(`/organization${path}`, body, { headers: { cookie: who.cookie } })
  const lookAs = (who: Visitor, path: string) =>
    there.ask(`/api/auth/organization${path}`, { headers: { cookie: who.cookie } })

  beforeAll(async () => {
    house = await openHouse(database, { trustProxy: true })
    owner = await house.welcome('eigenaar')
    member = await house.welcome('kijker')
    stranger = await house.welcome('vreemde')
    await house.seat(member, owner.merchantId, 'member')
  })
  afterAll(() => house.close())
  // In the place of the house that every other test gets.
  beforeEach(() => {
    there = house
  })

  it('who may only look can’t make themselves more', async () => {
    const { merchantId: organizationId } = owner
    const { rows } = await database.pool.query<{ id: string }>(
      `select id from seat where "userId" = $1 and "organizationId" = $2`,
      [member.userId, organizationId],
    )
    for (const memberId of [rows[0]?.id, member.userId]) {
      const body = { organizationId, memberId, role: 'owner' }
      expect((await askAs(member, '/update-member-role', body)).status).toBeGreaterThanOrEqual(400)
    }
    const invitation = { organizationId, email: 'vriend@voorbeeld.example', role: 'owner' }
    expect((await askAs(member, '/invite-member', invitation)).status).toBeGreaterThanOrEqual(400)
    await ask('/update-user', { role: 'owner' }, { headers: { cookie: member.cookie } })
    expect(await rolesAt(organizationId)).toEqual(
      expect.arrayContaining([{ userId: member.userId, role: 'member' }]),
    )
  })

  it('a stranger learns nothing of a merchant and takes no seat there', async () => {
    const { merchantId } = owner
    const before = await rolesAt(merchantId)
    for (const path of [
      `/get-full-organization?organizationId=${merchantId}`,
      `/get-organization?organizationId=${merchantId}`,
      `/list-members?organizationId=${merchantId}`,
      `/list-invitations?organizationId=${merchantId}`,
    ]) {
      const answer = await lookAs(stranger, path)
      const text = await answer.text()
      expect(text).not.toContain(owner.email)
      expect(text).not.toContain('Zaak van eigenaar')
    }
    const { userId } = stranger
    const organizationId = merchantId
    for (const [path, body] of [
      ['/set-active', { organizationId }],
      ['/add-member', { organizationId, userId, role: 'owner' }],
      ['/invite-member', { organizationId, email: stranger.email, role: 'owner' }],
      ['/remove-member', { organizationId, memberIdOrEmail: owner.email }],
      ['/update', { organizationId, data: { name: 'Overgenomen' } }],
      ['/delete', { organizationId }],
    ] as const) {
      expect((await askAs(stranger, path, body)).status).toBeGreaterThanOrEqual(400)
    }
    expect(await rolesAt(merchantId)).toEqual(before)
  })

  it('nobody founds a merchant by themselves', async () => {
    const answer = await askAs(stranger, '/create', { name: 'Nieuw', slug: 'nieuw' })
    expect(answer.status).toBeGreaterThanOrEqual(400)
  })

  it('an owner can’t wipe out a merchant whose integrations go on booking', async () => {
    const { id } = await createIntegration(there.engine, {
      merchantId: owner.merchantId,
      name: 'Winkel',
      webshop: 'kmoshops',
      accounting: 'factuursturen',
    })
    await askAs(owner, '/delete', { organizationId: owner.merchantId })
    expect(await rolesAt(owner.merchantId)).not.toEqual([])
    const { integrations } = (await (await me(owner.cookie)).json()) as {
      integrations: { id: string }[]
    }
    expect(integrations.map((each) => each.id)).toEqual([id])
  })

  it('a seat that is taken away shows nothing any more, at once', async () => {
    await createIntegration(there.engine, {
      merchantId: owner.merchantId,
      name: 'Winkel',
      webshop: 'kmoshops',
      accounting: 'factuursturen',
    })
    const seen = async () =>
      ((await (await me(member.cookie)).json()) as { integrations: object[] }).integrations.length
    const before = await seen()
    expect(before).toBeGreaterThan(0)
    await database.pool.query('delete from seat where "userId" = $1 and "organizationId" = $2', [
      member.userId,
      owner.merchantId,
    ])
    expect(await seen()).toBe(0)
  })
})

it('a database that is away is not a wrong password', async () => {
  const link = await behindWeakLink(database)
  const house = await openHouse(link.database, { trustProxy: true })
  const person = await make(house)
  await link.cut()
  const answer = await signIn(person, { house })
  await link.mend()
  await house.close()
  await link.close()
  expect(answer.status).toBe(503)
})
