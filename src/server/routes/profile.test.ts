import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startKmoshops, type Kmoshops } from '../../../sandbox/kmoshops/index.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { newCaller, openHouse, type TestHouse, type Visitor } from '../../../test/support/house.ts'
import { lettersTo, tokenIn } from '../../../test/support/letters.ts'
import { makeApiToken } from '../../merchants/api-tokens.ts'
import { connectWebshop } from '../../merchants/connect.ts'
import { createIntegration } from '../../merchants/integrations.ts'
import { keptTables } from '../../merchants/merchant-data.ts'
import { places } from '../../merchants/vault.ts'
import { audienceOf } from '../../support/audience.ts'

let database: TestDatabase
let shop: Kmoshops
let there: TestHouse
let names = 0

beforeAll(async () => {
  database = await createTestDatabase()
  shop = await startKmoshops({ limits: 'off' })
  there = await openHouse(database, { trustProxy: true })
})
afterAll(async () => {
  await there.close()
  await shop.close()
  await database.close()
})

const ask = (who: Visitor | null, method: string, path: string, body?: unknown) =>
  there.ask(path, {
    method,
    headers: {
      origin: there.house.publicUrl,
      ...newCaller(),
      ...(who && { cookie: who.cookie }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

const codeOf = async (answer: Response) => {
  if (answer.status === 200) return '200'
  const { error } = (await answer.json()) as { error: { code: string } }
  return `${answer.status} ${error.code}`
}

const welcome = (name: string) => {
  names += 1
  return there.welcome(`${name}${names}`)
}

const integrationOf = async (owner: Visitor) => {
  const { id } = await createIntegration(there.engine, {
    merchantId: owner.merchantId,
    name: 'Winkel',
    webshop: 'kmoshops',
    accounting: 'factuursturen',
  })
  return id
}

const peopleAt = async (who: Visitor, merchantId: string) =>
  (await (await ask(who, 'GET', `/api/merchants/${merchantId}/people`)).json()) as {
    people: { userId: string; role: string; email: string }[]
    offers: { id: string; email: string; role: string }[]
  }

describe('seats', () => {
  it('are offered by mail, and taken by somebody new who then looks and changes nothing', async () => {
    const owner = await welcome('eigenaar')
    const at = `/api/merchants/${owner.merchantId}`
    const email = `kantoor${names}@cijfers.example`
    expect(await codeOf(await ask(owner, 'POST', `${at}/offers`, { email, role: 'member' }))).toBe(
      '200',
    )
    const token = tokenIn((await lettersTo(there.engine, email))[0], '/invitation')
    const seen = await (await ask(null, 'POST', '/api/seat-offer', { token })).json()
    expect(seen).toMatchObject({ role: 'member', email, known: false })

    const joined = await ask(null, 'POST', '/api/seat-offer/join', {
      token,
      name: 'Kantoor',
      language: 'en',
    })
    const { passwordUrl } = (await joined.json()) as { passwordUrl: string }
    const password = 'cijfers in de ochtend'
    await ask(null, 'POST', '/api/password', {
      token: new URL(passwordUrl).hash.slice(1),
      password,
    })
    const { people, offers } = await peopleAt(owner, owner.merchantId)
    expect(people.map(({ role }) => role)).toEqual(['owner', 'member'])
    expect(offers).toEqual([])
    // The link is used up, for whoever finds it later.
    expect(await codeOf(await ask(null, 'POST', '/api/seat-offer', { token }))).toBe(
      '410 INVITATION_USED_UP',
    )
  })

  it('are taken by somebody who has an account by signing in, and by nobody twice', async () => {
    const owner = await welcome('eigenaar')
    const other = await welcome('ander')
    const at = `/api/merchants/${owner.merchantId}`
    await ask(owner, 'POST', `${at}/offers`, { email: other.email, role: 'admin' })
    const token = tokenIn((await lettersTo(there.engine, other.email))[0], '/invitation')
    expect(
      await codeOf(
        await ask(null, 'POST', '/api/seat-offer/join', { token, name: 'X', language: 'nl' }),
      ),
    ).toBe('410 INVITATION_USED_UP')
    expect(await codeOf(await ask(other, 'POST', '/api/seat-offer/accept', { token }))).toBe('200')
    expect(await codeOf(await ask(other, 'POST', '/api/seat-offer/accept', { token }))).toBe(
      '410 INVITATION_USED_UP',
    )
    const { people } = await peopleAt(other, owner.merchantId)
    expect(people).toHaveLength(2)
  })

  it('are offered to nobody who has one, and not to one address all day long', async () => {
    const owner = await welcome('eigenaar')
    const at = `/api/merchants/${owner.merchantId}/offers`
    const offer = async (email: string) =>
      codeOf(await ask(owner, 'POST', at, { email, role: 'member' }))
    expect(await offer(owner.email)).toBe('409 SEAT_TAKEN')
    const answers: string[] = []
    for (let count = 0; count < 6; count += 1) answers.push(await offer('vaak@klant.example'))
    expect(answers).toEqual([...Array.from({ length: 5 }, () => '200'), '429 TOO_MANY_OFFERS'])
  })

  it('expire and can be withdrawn', async () => {
    const owner = await welcome('eigenaar')
    const at = `/api/merchants/${owner.merchantId}`
    for (const email of ['een@weg.example', 'twee@weg.example']) {
      await ask(owner, 'POST', `${at}/offers`, { email, role: 'member' })
    }
    const { offers } = await peopleAt(owner, owner.merchantId)
    const gone = offers.find(({ email }) => email === 'een@weg.example')
    expect(await codeOf(await ask(owner, 'DELETE', `${at}/offers/${gone?.id ?? ''}`))).toBe('200')
    const [one, two] = await Promise.all(
      ['een@weg.example', 'twee@weg.example'].map(async (email) =>
        tokenIn((await lettersTo(there.engine, email))[0], '/invitation'),
      ),
    )
    expect(await codeOf(await ask(null, 'POST', '/api/seat-offer', { token: one }))).toBe(
      '410 INVITATION_USED_UP',
    )
    await database.db
      .updateTable('seatOffers')
      .set({ expiresAt: there.clock.now() })
      .where('email', '=', 'twee@weg.example')
      .execute()
    expect(await codeOf(await ask(null, 'POST', '/api/seat-offer', { token: two }))).toBe(
      '410 INVITATION_USED_UP',
    )
  })

  it('are given only by who has as much: an admin makes no owner, and removes none', async () => {
    const owner = await welcome('eigenaar')
    const admin = await welcome('beheerder')
    await there.seat(admin, owner.merchantId, 'admin')
    const at = `/api/merchants/${owner.merchantId}`
    const refused = '403 SEAT_NOT_YOURS_TO_GIVE'
    expect(
      await codeOf(
        await ask(admin, 'POST', `${at}/offers`, { email: 'x@y.example', role: 'owner' }),
      ),
    ).toBe(refused)
    expect(
      await codeOf(await ask(admin, 'PATCH', `${at}/people/${admin.userId}`, { role: 'owner' })),
    ).toBe(refused)
    expect(
      await codeOf(await ask(admin, 'PATCH', `${at}/people/${owner.userId}`, { role: 'member' })),
    ).toBe(refused)
    expect(await codeOf(await ask(admin, 'DELETE', `${at}/people/${owner.userId}`))).toBe(refused)
    expect(await codeOf(await ask(admin, 'DELETE', at, { company: 'x' }))).toBe(refused)
  })

  it('leave one owner, also when two leave at the same moment', async () => {
    const one = await welcome('een')
    const two = await welcome('twee')
    await there.seat(two, one.merchantId, 'owner')
    const at = `/api/merchants/${one.merchantId}`
    const answers = await Promise.all([
      ask(one, 'DELETE', `${at}/people/${one.userId}`),
      ask(two, 'DELETE', `${at}/people/${two.userId}`),
    ])
    expect((await Promise.all(answers.map(codeOf))).sort()).toEqual(['200', '409 LAST_OWNER'])
  })

  it('can be left by who only looks', async () => {
    const owner = await welcome('eigenaar')
    const member = await welcome('kijker')
    await there.seat(member, owner.merchantId, 'member')
    const path = `/api/merchants/${owner.merchantId}/people`
    expect(await codeOf(await ask(member, 'DELETE', `${path}/${member.userId}`))).toBe('200')
    expect(await codeOf(await ask(member, 'GET', path))).toBe('404 NOT_FOUND')
  })
})

describe('API tokens', () => {
  it('are fifty at most', async () => {
    const owner = await welcome('eigenaar')
    const wanted = { userId: owner.userId, name: 'kassa', scopes: ['read'], days: 1 } as const
    for (let count = 0; count < 50; count += 1) await makeApiToken(there.engine, wanted)
    const token = { name: 'kassa', scopes: ['read'], days: 1 }
    expect(await codeOf(await ask(owner, 'POST', '/api/account/tokens', token))).toBe(
      '409 TOO_MANY_TOKENS',
    )
  })
})

describe('notifications and terms', () => {
  it('are kept as chosen, addresses once and in lower case', async () => {
    const owner = await welcome('eigenaar')
    const path = `/api/integrations/${await integrationOf(owner)}/notifications`
    const wanted = {
      language: 'en',
      digest: 'weekly',
      connectionRed: false,
      addresses: ['Kantoor@Cijfers.example', 'kantoor@cijfers.example'],
    }
    await ask(owner, 'PUT', path, wanted)
    expect(await (await ask(owner, 'GET', path)).json()).toEqual({
      ...wanted,
      addresses: ['kantoor@cijfers.example'],
      unconfirmed: ['kantoor@cijfers.example'],
    })
    const many = Array.from({ length: 11 }, (_, n) => `a${n}@b.example`)
    expect(await codeOf(await ask(owner, 'PUT', path, { ...wanted, addresses: many }))).toBe(
      '400 INPUT_INVALID',
    )
  })

  it('are not overwritten unseen by the last of two windows', async () => {
    const owner = await welcome('eigenaar')
    const path = `/api/integrations/${await integrationOf(owner)}/notifications`
    const was = { language: 'nl', digest: 'daily', connectionRed: true, addresses: [] }
    const weekly = { ...was, digest: 'weekly' }
    expect((await ask(owner, 'PUT', path, { ...weekly, was })).status).toBe(200)
    expect(await codeOf(await ask(owner, 'PUT', path, { ...was, language: 'en', was }))).toBe(
      '409 CONFIGURATION_CHANGED',
    )
    expect(await (await ask(owner, 'GET', path)).json()).toMatchObject(weekly)
    // Whoever has seen what the other window kept goes on from there.
    const both = { ...weekly, language: 'en' }
    expect((await ask(owner, 'PUT', path, { ...both, was: weekly })).status).toBe(200)
    expect(await (await ask(owner, 'GET', path)).json()).toMatchObject(both)
  })

  it('go to an added address once its reader has said so, and again only when asked anew', async () => {
    const owner = await welcome('eigenaar')
    const integrationId = await integrationOf(owner)
    const path = `/api/integrations/${integrationId}/notifications`
    const address = 'boekhouder@cijfers.example'
    const save = async (addresses: string[]) => {
      const wanted = { language: 'nl', digest: 'daily', connectionRed: true, addresses }
      return (await (await ask(owner, 'PUT', path, wanted)).json()) as { unconfirmed: string[] }
    }
    const heard = async () => {
      const at = { id: integrationId, merchantId: owner.merchantId }
      const { recipients } = await audienceOf(database.db, at)
      return recipients.map(({ email }) => email)
    }
    const asks = () =>
      database.db
        .selectFrom('mails')
        .select(['id', 'toAddress', 'sealed'])
        .where('integrationId', '=', integrationId)
        .where('kind', '=', 'confirm-address')
        .execute()
    await save([address])
    expect((await save([address])).unconfirmed).toEqual([address])
    const [mail, ...others] = await asks()
    expect([mail?.toAddress, others]).toEqual([address, []])
    expect(await heard()).not.toContain(address)

    const { vault } = there.engine
    const { confirmUrl } = JSON.parse(
      vault.open(mail?.sealed ?? '', places.mail(mail?.id ?? '')),
    ) as { confirmUrl: string }
    const link = confirmUrl.slice(there.house.publicUrl.length)
    // A program that looks into mails opens the link: nothing is confirmed by that.
    expect(await (await there.ask(link)).text()).toContain(address)
    expect(await heard()).not.toContain(address)
    const press = () =>
      there.ask(link, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'act=confirm',
      })
    expect((await press()).status).toBe(200)
    expect((await save([address])).unconfirmed).toEqual([])
    expect(await heard()).toContain(address)

    await save([])
    expect(await (await press()).text()).toContain('weggehaald')
    expect((await save([address])).unconfirmed).toEqual([address])
    expect(await heard()).not.toContain(address)
    expect((await there.ask('/mail/confirm?with=made-up')).status).toBe(404)
  })

  it('can not be used to write to the world', async () => {
    const owner = await welcome('eigenaar')
    const integrationId = await integrationOf(owner)
    const path = `/api/integrations/${integrationId}/notifications`
    for (let round = 0; round < 4; round += 1) {
      const addresses = Array.from({ length: 8 }, (_, n) => `a${n}@ronde${round}.example`)
      await ask(owner, 'PUT', path, {
        ...{ language: 'nl', digest: 'daily', connectionRed: true, addresses },
      })
    }
    const { rows } = await database.pool.query<{ count: number }>(
      `select count(*)::int as count from mails where kind = 'confirm-address' and integration_id = $1`,
      [integrationId],
    )
    expect(rows[0]?.count).toBe(20)
  })

  it('the accepted version is recorded with its time and the text’s hash, once', async () => {
    const owner = await welcome('eigenaar')
    const integrationId = await integrationOf(owner)
    const path = `/api/integrations/${integrationId}/terms`
    const before = (await (await ask(owner, 'GET', path)).json()) as { current: string }
    expect(before).toMatchObject({ accepted: null })
    const old = { version: '2020-01-01', language: 'nl' }
    expect(await codeOf(await ask(owner, 'POST', path, old))).toBe('409 TERMS_CHANGED')
    const now = { version: before.current, language: 'nl' }
    const first = await (await ask(owner, 'POST', path, now)).json()
    there.clock.moveOn(60_000)
    expect(await (await ask(owner, 'POST', path, now)).json()).toEqual(first)
    const rows = await database.db
      .selectFrom('termsAcceptances')
      .selectAll()
      .where('integrationId', '=', integrationId)
      .execute()
    expect(rows).toMatchObject([{ version: before.current, userId: owner.userId }])
    expect(rows[0]?.textHash).toMatch(/^[0-9a-f]{64}$/)
  })
})

/** Every row of every table that has one of these texts anywhere, by table. */
const rowsWith = async (texts: readonly string[]): Promise<Record<string, number>> => {
  const { rows } = await database.pool.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  )
  const counts: Record<string, number> = {}
  for (const { name } of rows) {
    const found = await database.pool.query<{ count: number }>(
      `select count(*)::int as count from ${name} t where t::text ilike any($1)`,
      [texts.map((text) => `%${text}%`)],
    )
    if (found.rows[0]?.count) counts[name] = found.rows[0].count
  }
  return counts
}

describe('stopping and one’s own data', () => {
  const busy = async () => {
    const owner = await welcome('eigenaar')
    const colleague = await welcome('collega')
    await there.seat(colleague, owner.merchantId, 'admin')
    const integrationId = await integrationOf(owner)
    const { engine } = there
    await connectWebshop(engine, engine.http, there.url, {
      integrationId,
      system: 'kmoshops',
      credentials: { apiRoot: shop.url, ...shop.credentials },
    })
    await engine.commits.see(integrationId, [{ ref: { kind: 'order', id: '7' } }], 'live')
    const path = `/api/integrations/${integrationId}`
    const { current } = (await (await ask(owner, 'GET', `${path}/terms`)).json()) as {
      current: string
    }
    await ask(owner, 'POST', `${path}/terms`, { version: current, language: 'nl' })
    await ask(owner, 'POST', `/api/merchants/${owner.merchantId}/offers`, {
      email: `uitgenodigd${names}@voorbeeld.example`,
      role: 'member',
    })
    await ask(null, 'POST', '/api/password-link', { email: owner.email })
    await makeApiToken(engine, {
      userId: owner.userId,
      name: 'sleutel',
      scopes: ['read'],
      days: null,
    })
    return { owner, colleague, integrationId }
  }

  it('stopping takes our webhooks out of the shop and deletes the credentials', async () => {
    const { owner, integrationId } = await busy()
    expect(shop.ledger().webhooks.length).toBeGreaterThan(0)
    const path = `/api/integrations/${integrationId}/stop`
    expect(await codeOf(await ask(owner, 'POST', path, { confirm: 'stop' }))).toBe('200')
    expect(shop.ledger().webhooks).toEqual([])
    const kept = await database.db
      .selectFrom('connections')
      .select(['credentials', 'subscriptions'])
      .where('integrationId', '=', integrationId)
      .execute()
    for (const row of kept) expect(row).toEqual({ credentials: null, subscriptions: null })
  })

  it('can be taken along, without anybody else’s and without secrets', async () => {
    const { owner, integrationId } = await busy()
    const stranger = await busy()
    const answer = await ask(owner, 'GET', `/api/merchants/${owner.merchantId}/data.zip`)
    expect(answer.headers.get('content-type')).toBe('application/zip')
    const zip = Buffer.from(await answer.arrayBuffer()).toString('utf8')
    for (const file of ['README.txt', 'bookings.json', 'bookings.csv', 'users.json']) {
      expect(zip).toContain(file)
    }
    expect(zip).toContain(integrationId)
    expect(zip).toContain(owner.email)
    for (const foreign of [
      stranger.integrationId,
      stranger.owner.email,
      stranger.owner.merchantId,
    ]) {
      expect(zip).not.toContain(foreign)
    }
    expect(zip).not.toContain(shop.credentials.apiSecret)
    expect(zip).not.toMatch(/v1\.test\./)
  })

  it('is deleted for good, in every table there is, and nobody else’s is touched', async () => {
    const { owner, colleague, integrationId } = await busy()
    const neighbour = await busy()
    // The colleague works for somebody else too, and keeps the account.
    await there.seat(colleague, neighbour.owner.merchantId, 'member')
    const mine = [owner.merchantId, integrationId, owner.userId, owner.email]
    const theirs = [neighbour.owner.merchantId, neighbour.integrationId, neighbour.owner.userId]
    const before = { mine: await rowsWith(mine), theirs: await rowsWith(theirs) }
    for (const table of [
      'bookings',
      'connections',
      'integrations',
      'merchant',
      'seat',
      'mails',
      'seat_offers',
      'api_tokens',
      'password_links',
      'terms_acceptances',
      'notifications',
      'session',
      '"user"',
    ]) {
      expect(before.mine[table], table).toBeGreaterThan(0)
    }
    const path = `/api/merchants/${owner.merchantId}`
    expect(await codeOf(await ask(owner, 'DELETE', path, { company: 'iets anders' }))).toBe(
      '409 NAME_DIFFERS',
    )
    expect(await rowsWith(mine)).toEqual(before.mine)

    const company = (
      await database.pool.query<{ name: string }>('select name from merchant where id = $1', [
        owner.merchantId,
      ])
    ).rows[0]?.name
    expect(await codeOf(await ask(owner, 'DELETE', path, { company }))).toBe('200')
    expect(await rowsWith(mine)).toEqual({})
    expect(await rowsWith(theirs)).toEqual(before.theirs)
    expect((await there.ask('/api/me', { headers: { cookie: owner.cookie } })).status).toBe(401)
    expect((await there.ask('/api/me', { headers: { cookie: colleague.cookie } })).status).toBe(200)
  })

  it('every table that names an integration or a merchant lets go of it', async () => {
    const found = await database.pool.query<{ name: string }>(
      `select c.table_name as name from information_schema.columns c
       where c.table_schema = 'public' and c.column_name = 'integration_id' and not exists (
         select 1 from pg_constraint k where k.conrelid = quote_ident(c.table_name)::regclass
           and k.contype = 'f' and k.confdeltype in ('c', 'n'))
       order by 1`,
    )
    const holding = found.rows.map(({ name }) => name)
    expect(holding.filter((name) => !keptTables.has(name) && name !== 'integrations')).toEqual([])
  })
})
