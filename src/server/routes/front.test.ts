import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startKmoshops, type Kmoshops } from '../../../sandbox/kmoshops/index.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { eventually } from '../../../test/support/eventually.ts'
import { cookieOf, newCaller, openHouse, type TestHouse } from '../../../test/support/house.ts'
import { lettersTo, linkIn, tokenIn } from '../../../test/support/letters.ts'
import { storeAddresses } from './store.ts'

let database: TestDatabase
let shop: Kmoshops
let there: TestHouse
let people = 0

const secret = 'geheim-van-de-app-0123456789'
const app = { id: '77', secret }

beforeAll(async () => {
  database = await createTestDatabase()
  shop = await startKmoshops({ limits: 'off', app: { secret } })
  there = await openHouse(database, {
    trustProxy: true,
    storeApps: (publicUrl) => ({ kmoshops: { ...app, ...storeAddresses(publicUrl, 'kmoshops') } }),
  })
  shop.setApp(storeAddresses(there.house.publicUrl, 'kmoshops'))
})
afterAll(async () => {
  await there.close()
  await shop.close()
  await database.close()
})

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  there.ask(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: there.house.publicUrl,
      ...newCaller(),
      ...headers,
    },
    body: JSON.stringify(body),
  })

const toldBy = async (answer: Response) => [answer.status, await answer.text()]

const codeOf = async (answer: Response) => {
  const { error } = (await answer.json()) as { error: { code: string } }
  return `${answer.status} ${error.code}`
}

const newcomer = () => {
  people += 1
  return {
    name: 'Ria Peeters',
    company: `Bakkerij Peeters ${people}`,
    email: `Ria${people}@Peeters.example`,
    homeCountry: 'BE',
    language: 'nl',
    webshop: 'kmoshops',
    accounting: 'informer',
  }
}

const password = 'warme broodjes om zes uur'

const signIn = (email: string, word = password) =>
  post('/api/auth/sign-in/email', { email, password: word })

const lettersOf = (email: string) => lettersTo(there.engine, email.toLowerCase())

const me = async (cookie: string) =>
  (await (await there.ask('/api/me', { headers: { cookie } })).json()) as {
    user: { name: string; email: string; language: string }
    merchants: { name: string; role: string }[]
    integrations: { id: string; name: string; state: string; webshop: { system: string } }[]
  }

const counts = async () => {
  const one = await database.pool.query<Record<string, number>>(
    `select (select count(*) from "user")::int as users, (select count(*) from merchant)::int as merchants,
       (select count(*) from integrations)::int as integrations`,
  )
  return one.rows[0]
}

// First, while the clock of this house and that of the shop are the same.
describe('somebody whom an app store sent', () => {
  const claimed = async () => {
    const { installUrl } = await shop.installApp()
    const answer = await fetch(installUrl ?? '', { redirect: 'manual' })
    const target = new URL(answer.headers.get('location') ?? '')
    expect(target.pathname).toBe('/install')
    return target.searchParams.get('claim') ?? ''
  }

  it('sees which shop it is about, signs up, and finds the shop connected', async () => {
    const claim = await claimed()
    const about = await post('/api/store-claim', { claim })
    expect(await about.json()).toEqual({ system: 'kmoshops', title: 'KMO Shops' })
    const wanted = { ...newcomer(), claim }
    expect((await post('/api/sign-up', wanted)).status).toBe(200)
    const [letter] = await lettersOf(wanted.email)
    const id = new URL(linkIn(letter, '/install')).pathname.split('/')[2] ?? ''
    await eventually(async () => {
      const row = await database.db
        .selectFrom('connections')
        .select('dot')
        .where('integrationId', '=', id)
        .where('side', '=', 'webshop')
        .executeTakeFirst()
      expect(row?.dot).toBe('green')
    })
  })

  it('with a claim that is none, or of another system, gets nothing', async () => {
    expect(await codeOf(await post('/api/store-claim', { claim: 'x' }))).toBe(
      '404 STORE_NO_HANDSHAKE',
    )
    const claim = await claimed()
    const other = { ...newcomer(), webshop: 'seoshop', claim }
    expect(await codeOf(await post('/api/sign-up', other))).toBe('404 STORE_NO_HANDSHAKE')
  })
})

describe('signing up', () => {
  it('brings a mail with which somebody gets in, to an integration that waits to be installed', async () => {
    const wanted = newcomer()
    expect(await toldBy(await post('/api/sign-up', wanted))).toEqual([200, '{"mailed":true}'])
    const [letter, ...more] = await lettersOf(wanted.email)
    expect(more).toEqual([])
    expect(letter).toMatchObject({ kind: 'registration', language: 'nl' })
    expect(letter?.text).toContain(wanted.email.toLowerCase())

    // Before a password was set nobody gets in, with whatever.
    expect((await signIn(wanted.email)).status).toBe(401)
    const set = await post('/api/password', { token: tokenIn(letter, '/password'), password })
    expect(await set.json()).toEqual({ email: wanted.email.toLowerCase() })
    const entered = await signIn(wanted.email)
    expect(entered.status).toBe(200)

    const seen = await me(cookieOf(entered))
    expect(seen.user).toMatchObject({ name: wanted.name, language: 'nl' })
    expect(seen.merchants).toMatchObject([{ name: wanted.company, role: 'owner' }])
    expect(seen.integrations).toMatchObject([{ name: wanted.company, state: 'installing' }])
    const [integration] = seen.integrations
    const install = new URL(linkIn(letter, '/install'))
    expect(install.pathname).toBe(`/i/${integration?.id ?? ''}/install`)
    const kept = await database.db
      .selectFrom('integrations')
      .select(['licenceKey', 'settings'])
      .where('id', '=', integration?.id ?? '')
      .executeTakeFirstOrThrow()
    expect(install.searchParams.get('key')).toBe(kept.licenceKey)
    expect(kept.settings).toEqual({ homeCountry: 'BE' })
  })

  it('writes to people in the language they chose', async () => {
    const wanted = { ...newcomer(), language: 'en' }
    await post('/api/sign-up', wanted)
    const [letter] = await lettersOf(wanted.email)
    expect(letter?.subject).toMatch(/^Welcome/)
  })

  it('says the same of an address that is known, makes nothing, and tells only its mailbox', async () => {
    const wanted = newcomer()
    const first = await toldBy(await post('/api/sign-up', wanted))
    const before = await counts()
    const again = { ...wanted, company: 'Een ander', email: wanted.email.toUpperCase() }
    expect(await toldBy(await post('/api/sign-up', again))).toEqual(first)
    expect(await counts()).toEqual(before)
    const letters = await lettersOf(wanted.email)
    expect(letters.map(({ kind }) => kind)).toEqual(['registration', 'known-address'])
    expect(linkIn(letters[1], '/new')).toContain('webshop=kmoshops&accounting=informer')
  })

  it('takes as long for a known address as for a new one', async () => {
    const wanted = newcomer()
    await post('/api/sign-up', wanted)
    const lengths: number[] = []
    for (const email of [wanted.email, newcomer().email]) {
      const startMs = performance.now()
      await post('/api/sign-up', { ...wanted, email })
      lengths.push(performance.now() - startMs)
    }
    for (const ms of lengths) expect(ms).toBeGreaterThan(340)
  })

  it('at the same moment with one address makes one account', async () => {
    const wanted = newcomer()
    const before = await counts()
    const answers = await Promise.all(Array.from({ length: 3 }, () => post('/api/sign-up', wanted)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const after = await counts()
    expect((after?.['users'] ?? 0) - (before?.['users'] ?? 0)).toBe(1)
    expect((after?.['integrations'] ?? 0) - (before?.['integrations'] ?? 0)).toBe(1)
  })

  it('fills nobody’s mailbox: after three a day an address gets nothing, and the asker can’t tell', async () => {
    const wanted = newcomer()
    const answers: unknown[] = []
    for (let n = 0; n < 6; n += 1) answers.push(await toldBy(await post('/api/sign-up', wanted)))
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1)
    expect(await lettersOf(wanted.email)).toHaveLength(3)
    there.clock.moveOn(25 * 3_600_000)
    await post('/api/sign-up', wanted)
    expect(await lettersOf(wanted.email)).toHaveLength(4)
  })

  it('is turned away after ten a minute from one address', async () => {
    const headers = newCaller()
    const statuses: number[] = []
    for (let n = 0; n < 12; n += 1) {
      // Wrong on purpose: it counts all the same, and writes nothing.
      statuses.push((await post('/api/sign-up', {}, headers)).status)
    }
    expect(statuses.slice(-2)).toEqual([429, 429])
  })

  it.each([
    ['no e-mail address', { email: 'niemand' }],
    ['a break in the address', { email: 'a@b.example\r\nBcc: x@y.example' }],
    ['a break in the name', { name: 'Ria\r\nBcc: x@y.example' }],
    ['no name', { name: '  ' }],
    ['a country nobody can be established in', { homeCountry: 'XX' }],
    ['another language', { language: 'fr' }],
    ['a very long company', { company: 'x'.repeat(101) }],
  ])('is refused with the field that is wrong: %s', async (_, wrong) => {
    const before = await counts()
    const answer = await post('/api/sign-up', { ...newcomer(), ...wrong })
    const { error } = (await answer.json()) as { error: { code: string; params: object } }
    expect(error).toMatchObject({ code: 'INPUT_INVALID', params: { field: Object.keys(wrong)[0] } })
    expect(await counts()).toEqual(before)
  })

  it('for a system that does not exist makes nothing', async () => {
    const before = await counts()
    for (const wrong of [{ webshop: 'informer' }, { accounting: '__proto__' }]) {
      const answer = await post('/api/sign-up', { ...newcomer(), ...wrong })
      expect(await codeOf(answer)).toBe('404 SYSTEM_UNKNOWN')
    }
    expect(await counts()).toEqual(before)
  })
})

describe('a link to set a password', () => {
  const registered = async () => {
    const wanted = newcomer()
    await post('/api/sign-up', wanted)
    const [letter] = await lettersOf(wanted.email)
    return { ...wanted, token: tokenIn(letter, '/password') }
  }

  it('works once, also when two come at the same moment', async () => {
    const { token, email } = await registered()
    const answers = await Promise.all(
      ['het eerste wachtwoord', 'het tweede wachtwoord'].map((word) =>
        post('/api/password', { token, password: word }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410])
    expect(await codeOf(await post('/api/password', { token, password }))).toBe('410 LINK_USED_UP')
    expect((await signIn(email)).status).toBe(401)
  })

  it('expires', async () => {
    const { token } = await registered()
    there.clock.moveOn(73 * 3_600_000)
    expect(await codeOf(await post('/api/password', { token, password }))).toBe('410 LINK_USED_UP')
  })

  it('is kept as a hash only, and not in the mail once that is sealed', async () => {
    const { token } = await registered()
    const dump = await database.pool.query<{ text: string }>(
      `select (select json_agg(p)::text from password_links p) || (select json_agg(m)::text from mails m) as text`,
    )
    expect(dump.rows[0]?.text).not.toContain(token)
  })

  it('is not used up by a password that is too short', async () => {
    const { token } = await registered()
    const answer = await post('/api/password', { token, password: 'kort' })
    expect(await codeOf(answer)).toBe('400 INPUT_INVALID')
    expect((await post('/api/password', { token, password })).status).toBe(200)
  })

  it('that is forgotten comes by mail; nobody learns whether the address exists', async () => {
    const { token, email } = await registered()
    await post('/api/password', { token, password })
    const old = cookieOf(await signIn(email))
    const known = await toldBy(await post('/api/password-link', { email }))
    const unknown = await toldBy(await post('/api/password-link', { email: 'x@y.example' }))
    expect(known).toEqual(unknown)
    expect(await lettersOf('x@y.example')).toEqual([])
    const letters = await lettersOf(email)
    const letter = letters.find(({ kind }) => kind === 'password-reset')
    const next = 'een heel ander wachtwoord'
    await post('/api/password', { token: tokenIn(letter, '/password'), password: next })
    // Whoever was in with the old one is out, and the owner is told.
    expect((await there.ask('/api/me', { headers: { cookie: old } })).status).toBe(401)
    expect((await signIn(email)).status).toBe(401)
    expect((await signIn(email, next)).status).toBe(200)
    expect((await lettersOf(email)).map(({ kind }) => kind)).toContain('password-changed')
  })

  it('makes the older ones worthless once a newer one was used', async () => {
    const { token, email } = await registered()
    await post('/api/password-link', { email })
    const letter = (await lettersOf(email)).at(-1)
    await post('/api/password', { token: tokenIn(letter, '/password'), password })
    expect(await codeOf(await post('/api/password', { token, password }))).toBe('410 LINK_USED_UP')
  })

  it('can’t be guessed at for long', async () => {
    const headers = newCaller()
    const statuses: number[] = []
    for (let n = 0; n < 12; n += 1) {
      const token = String(n).padStart(43, 'x')
      statuses.push((await post('/api/password', { token, password }, headers)).status)
    }
    expect(statuses.slice(-2)).toEqual([429, 429])
  })
})

it('the terms can be read by everybody, in both languages', async () => {
  for (const [language, title] of [
    ['nl', 'Voorwaarden van Doorvoer'],
    ['en', 'Terms of Doorvoer'],
  ]) {
    const answer = await there.ask(`/api/terms?language=${language ?? ''}`)
    const terms = (await answer.json()) as { title: string; version: string; sections: object[] }
    expect(terms.title).toBe(title)
    expect(terms.version).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(terms.sections.length).toBeGreaterThan(4)
  }
})
