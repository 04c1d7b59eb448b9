import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startKmoshops, type Kmoshops } from '../../../sandbox/kmoshops/index.ts'
import { startRompslomp } from '../../../sandbox/rompslomp/index.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { openHouse, type TestHouse, type Visitor } from '../../../test/support/house.ts'
import { drain } from '../../bookings/drain.ts'

let database: TestDatabase
let shop: Kmoshops
let books: Awaited<ReturnType<typeof startRompslomp>>
let there: TestHouse
let owner: Visitor
let other: Visitor

beforeAll(async () => {
  database = await createTestDatabase()
  shop = await startKmoshops({ limits: 'off' })
  books = await startRompslomp({ limits: 'off' })
  there = await openHouse(database, {
    apps: { rompslomp: { id: 'sandbox-app', secret: 'sandbox-secret' } },
  })
  const [registered] = books.account.apps
  if (registered === undefined) throw new Error('the sandbox has no app')
  registered.redirectUri = `${there.house.publicUrl}/connect/rompslomp/return`
  owner = await there.welcome('Noor')
  other = await there.welcome('Bram')
})
afterAll(async () => {
  await there.close()
  await shop.close()
  await books.close()
  await database.close()
})

const ask = async (visitor: Visitor, method: string, path: string, body?: unknown) => {
  const answer = await there.ask(path, {
    method,
    headers: {
      cookie: visitor.cookie,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

const install = async (visitor: Visitor): Promise<string> => {
  const made = await ask(visitor, 'POST', '/api/integrations', {
    name: 'Koffiehuis',
    webshop: 'kmoshops',
    accounting: 'rompslomp',
  })
  expect(made.status).toBe(200)
  return String(made.body['id'])
}

const shopValues = () => ({ apiRoot: shop.url, ...shop.credentials })

/** The merchant at the consent page of the remote; where it sends the browser. */
const consent = async (goTo: string, decision: 'approve' | 'refuse'): Promise<string> => {
  const answer = await fetch(`${goTo}&auto=${decision}`, { redirect: 'manual' })
  const back = new URL(answer.headers.get('location') ?? '')
  expect(back.origin).toBe(there.house.publicUrl)
  return back.pathname + back.search
}

const signIn = async (visitor: Visitor, integrationId: string): Promise<string> => {
  const path = `/api/integrations/${integrationId}/connections/accounting/sign-in`
  const values = { baseUrl: `${books.url}/api/v1` }
  const begun = await ask(visitor, 'POST', path, { values })
  expect(begun.status).toBe(200)
  return String(begun.body['goTo'])
}

/** Where the browser ends up that comes back from the remote. */
const whereTo = async (visitor: Visitor, path: string): Promise<string> => {
  const answer = await comeBack(visitor, path)
  expect(answer.status).toBe(303)
  const to = new URL(answer.headers.get('location') ?? '')
  expect(to.origin).toBe(there.house.publicUrl)
  return to.pathname + to.search
}

const comeBack = (visitor: Visitor, path: string) =>
  there.ask(path, { headers: { cookie: visitor.cookie } })

describe('installing over the interface', () => {
  it('goes from two systems to a booked sale', async () => {
    const id = await install(owner)
    const base = `/api/integrations/${id}`
    const shopSide = `${base}/connections/webshop`

    const wrong = { ...shopValues(), apiSecret: 'x'.repeat(32) }
    const refused = await ask(owner, 'PUT', `${shopSide}/credentials`, { values: wrong })
    expect(JSON.stringify(refused.body)).toContain('CREDENTIALS_REFUSED')
    const right = await ask(owner, 'PUT', `${shopSide}/credentials`, { values: shopValues() })
    expect(right.body).toMatchObject({ active: false })
    expect(JSON.stringify(right.body)).not.toContain('CREDENTIALS_REFUSED')

    const back = await consent(await signIn(owner, id), 'approve')
    const returned = await comeBack(owner, back)
    expect(returned.status).toBe(303)
    expect(returned.headers.get('location')).toContain(`/connected/${id}?side=accounting`)

    const seen = await ask(owner, 'GET', `${base}/configuration`)
    const accounting = seen.body['accounting'] as {
      dot: string
      choices: Record<string, { value: string; label: string }[]>
      credentials: Record<string, unknown>
    }
    // Several administrations: one has to be chosen first.
    expect(accounting.dot).toBe('red')
    const offered = accounting.choices['administrations'] ?? []
    expect(offered.length).toBeGreaterThan(1)
    const administration = offered.find(({ value }) => value === '418223901')
    const chosen = await ask(owner, 'PUT', `${base}/connections/accounting/settings`, {
      values: { administration: administration?.value },
    })
    expect(chosen.status).toBe(200)
    const looked = await ask(owner, 'POST', `${base}/connections/accounting/check`, {
      refresh: true,
    })
    // Both dots are green, and the configuration was not saved yet.
    expect(looked.body).toMatchObject({ active: false })

    const after = await ask(owner, 'GET', `${base}/configuration`)
    const codes = after.body['accounting'] as typeof accounting
    const standard = codes.choices['vatCodePercents']?.find(({ value }) => /:21$/.test(value))
    const vatCode = standard?.value.split(':')[0] ?? ''
    const ledger = codes.choices['ledgers']?.[0]?.value ?? ''
    const table = await ask(owner, 'PUT', `${base}/settings`, {
      settings: {
        goAhead: false,
        vatTable: [{ destination: 'NL', percent: '21', vatCode, ledgers: { revenue: ledger } }],
      },
    })
    expect(table.body).toMatchObject({ active: true })

    const order = shop.placeOrder({
      lines: [{ name: 'Mok', unitPrice: 12.1, vatPercent: 21 }],
      country: 'NL',
      postcode: '3511 AB',
      webhook: 'lost',
    })
    await there.engine.commits.see(id, [{ ref: { kind: 'order', id: String(order.id) } }], 'live')
    await drain(there.engine, id)
    const rows = await database.db
      .selectFrom('bookings')
      .select(['state', 'reasonCode', 'reasonParams'])
      .where('integrationId', '=', id)
      .execute()
    expect(rows).toEqual([{ state: 'booked', reasonCode: null, reasonParams: null }])
    expect(books.ledger().invoices).toMatchObject([{ totalCents: 1210 }])
  })

  it('never shows a secret again, and keeps those that are left empty', async () => {
    const id = await install(owner)
    const path = `/api/integrations/${id}/connections/webshop/credentials`
    await ask(owner, 'PUT', path, { values: shopValues() })
    const seen = await ask(owner, 'GET', `/api/integrations/${id}/configuration`)
    const text = JSON.stringify(seen.body)
    expect(text).toContain(shop.credentials.apiPublic)
    expect(text).not.toContain(shop.credentials.apiSecret)

    const again = await ask(owner, 'PUT', path, { values: { ...shopValues(), apiSecret: '' } })
    expect(JSON.stringify(again.body)).not.toContain('CREDENTIALS_REFUSED')
  })

  it('names the field of a form that is wrong', async () => {
    const id = await install(owner)
    const path = `/api/integrations/${id}`
    const wrong = await ask(owner, 'PUT', `${path}/settings`, {
      settings: { homeCountry: 'DE' },
    })
    expect(wrong).toMatchObject({
      status: 400,
      body: { error: { code: 'INPUT_INVALID', params: { field: 'settings.homeCountry' } } },
    })
    const unknown = await ask(owner, 'PUT', `${path}/connections/webshop/settings`, {
      values: { colour: 'red' },
    })
    expect(unknown.body).toMatchObject({ error: { code: 'INPUT_INVALID' } })
  })

  it('refuses systems that do not exist', async () => {
    const made = await ask(owner, 'POST', '/api/integrations', {
      name: 'x',
      webshop: 'kmoshops',
      accounting: 'excel',
    })
    expect(made.status).toBe(404)
  })
})

describe('coming back from a remote’s sign-in page', () => {
  it('works once, for who began it, and not for another person', async () => {
    const id = await install(owner)
    const back = await consent(await signIn(owner, id), 'approve')
    expect(await whereTo(other, back)).toBe('/connected/unknown?failed=SIGN_IN_UNKNOWN')
    // A stolen return used it up: the owner begins anew.
    expect(await whereTo(owner, back)).toBe('/connected/unknown?failed=SIGN_IN_UNKNOWN')
    const anew = await consent(await signIn(owner, id), 'approve')
    expect(await whereTo(owner, anew)).toBe(`/connected/${id}?side=accounting&system=rompslomp`)
    expect(await whereTo(owner, anew)).toBe('/connected/unknown?failed=SIGN_IN_UNKNOWN')
  })

  it('with a refusal, a made-up name or a foreign code connects nothing', async () => {
    const id = await install(owner)
    const refused = await consent(await signIn(owner, id), 'refuse')
    expect(await whereTo(owner, refused)).toContain('failed=SIGN_IN_FAILED')
    const madeUp = '/connect/rompslomp/return?state=x&code=y'
    expect(await whereTo(owner, madeUp)).toContain('failed=SIGN_IN_UNKNOWN')
    const begun = new URL(await signIn(owner, id))
    const state = begun.searchParams.get('state') ?? ''
    const foreign = `/connect/rompslomp/return?state=${state}&code=made-up`
    expect(await whereTo(owner, foreign)).toMatch(/failed=(?!SIGN_IN_UNKNOWN)/)
    const seen = await ask(owner, 'GET', `/api/integrations/${id}/configuration`)
    expect(seen.body['accounting']).toMatchObject({ dot: 'new' })
  })

  it('too late is as good as never', async () => {
    const id = await install(owner)
    const back = await consent(await signIn(owner, id), 'approve')
    there.clock.moveOn(31 * 60_000)
    expect(await whereTo(owner, back)).toContain('failed=SIGN_IN_UNKNOWN')
  })

  it('connects nothing for who lost their seat in between, or may only look by then', async () => {
    const id = await install(owner)
    const colleague = await there.welcome('Collega')
    await there.seat(colleague, owner.merchantId, 'admin')
    const roles = `update seat set role = $2 where "userId" = $1 and "organizationId" = $3`
    const leave = `delete from seat where "userId" = $1 and "organizationId" = $2`
    const lookingOnly = await consent(await signIn(colleague, id), 'approve')
    await database.pool.query(roles, [colleague.userId, 'member', owner.merchantId])
    expect(await whereTo(colleague, lookingOnly)).toContain('failed=SIGN_IN_UNKNOWN')
    await database.pool.query(roles, [colleague.userId, 'admin', owner.merchantId])
    const gone = await consent(await signIn(colleague, id), 'approve')
    await database.pool.query(leave, [colleague.userId, owner.merchantId])
    expect(await whereTo(colleague, gone)).toContain('failed=SIGN_IN_UNKNOWN')
    const seen = await ask(owner, 'GET', `/api/integrations/${id}/configuration`)
    expect(seen.body['accounting']).toMatchObject({ dot: 'new', hasCredentials: false })
  })

  it('gives an integration no keys that was stopped in between', async () => {
    const id = await install(owner)
    const back = await consent(await signIn(owner, id), 'approve')
    await ask(owner, 'POST', `/api/integrations/${id}/stop`, { confirm: 'stop' })
    expect(await whereTo(owner, back)).toContain('failed=SIGN_IN_UNKNOWN')
    const rows = await database.db
      .selectFrom('connections')
      .select('credentials')
      .where('integrationId', '=', id)
      .execute()
    expect(rows).toEqual([{ credentials: null }, { credentials: null }])
  })

  it('leaves nothing of a sign-in that nobody came back from', async () => {
    const id = await install(owner)
    await signIn(owner, id)
    there.clock.moveOn(31 * 60_000)
    await signIn(owner, id)
    const left = await database.db.selectFrom('signIns').select('startedAt').execute()
    expect(left).toHaveLength(1)
  })

  it('without a session asks to sign in first, and comes by again', async () => {
    const id = await install(owner)
    const back = await consent(await signIn(owner, id), 'approve')
    const answer = await there.ask(back)
    const door = new URL(answer.headers.get('location') ?? '', there.url)
    expect(door.pathname).toBe('/sign-in')
    expect(door.searchParams.get('back')).toBe(back)
    expect(await whereTo(owner, back)).toContain(`/connected/${id}`)
  })
})

describe('saving the configuration', () => {
  const configurationOf = async (id: string) =>
    (await ask(owner, 'GET', `/api/integrations/${id}/configuration`)).body

  it('saves all of it or nothing, and says which field is wrong in which part', async () => {
    const id = await install(owner)
    const path = `/api/integrations/${id}/configuration`
    const saved = await ask(owner, 'PUT', path, {
      version: 0,
      settings: { leadingNumber: 'invoice', referenceTemplate: 'Web {number}' },
      webshop: { paidOnly: false },
      accounting: { publish: false },
    })
    expect(saved).toMatchObject({ status: 200, body: { version: 1, active: false } })
    const wrong = await ask(owner, 'PUT', path, {
      version: 1,
      settings: { leadingNumber: 'order' },
      accounting: { priceDecimalsMax: 99 },
    })
    expect(wrong.body).toMatchObject({
      error: { code: 'INPUT_INVALID', params: { field: 'accounting.priceDecimalsMax' } },
    })
    expect(await configurationOf(id)).toMatchObject({
      version: 1,
      saved: true,
      settings: { leadingNumber: 'invoice', referenceTemplate: 'Web {number}' },
      webshop: { settings: { paidOnly: false } },
      accounting: { settings: { publish: false } },
    })
  })

  it('does not let the last of two windows win silently', async () => {
    const id = await install(owner)
    const path = `/api/integrations/${id}/configuration`
    const first = await ask(owner, 'PUT', path, { version: 0, settings: { homeCountry: 'BE' } })
    expect(first.status).toBe(200)
    const second = await ask(owner, 'PUT', path, { version: 0, settings: { homeCountry: 'NL' } })
    expect(second).toMatchObject({
      status: 409,
      body: { error: { code: 'CONFIGURATION_CHANGED' } },
    })
    expect(await configurationOf(id)).toMatchObject({ version: 1, settings: { homeCountry: 'BE' } })
    // Whoever has looked at the other version may keep their own.
    const kept = await ask(owner, 'PUT', path, { version: 1, settings: { homeCountry: 'NL' } })
    expect(kept.body).toMatchObject({ version: 2 })
  })

  it('a reference without the number is refused: no invoice could be found again', async () => {
    const id = await install(owner)
    const settings = { referenceTemplate: 'Webwinkel' }
    const answer = await ask(owner, 'PUT', `/api/integrations/${id}/configuration`, {
      version: 0,
      settings,
    })
    expect(answer.body).toMatchObject({
      error: { params: { field: 'settings.referenceTemplate' } },
    })
  })

  it('keeps how long a sale waits for VIES, and what becomes of VAT on an export', async () => {
    const id = await install(owner)
    const path = `/api/integrations/${id}/configuration`
    const settingsOf = async () =>
      (await ask(owner, 'GET', path)).body['settings'] as Record<string, unknown>
    expect(await settingsOf()).toMatchObject({ viesHoldHours: 48, exportWithVat: 'book' })
    const settings = { viesHoldHours: 72, exportWithVat: 'refuse' }
    const saved = await ask(owner, 'PUT', path, { version: 0, settings })
    expect(saved.status).toBe(200)
    expect(await settingsOf()).toMatchObject(settings)
  })

  it.each([
    ['viesHoldHours', 0],
    ['viesHoldHours', 721],
    ['viesHoldHours', 1.5],
    ['viesHoldHours', null],
    ['exportWithVat', 'perhaps'],
  ])('refuses %s %j, and keeps what was', async (name, value) => {
    const id = await install(owner)
    const path = `/api/integrations/${id}/configuration`
    const answer = await ask(owner, 'PUT', path, { version: 0, settings: { [name]: value } })
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({
      error: { code: 'INPUT_INVALID', params: { field: `settings.${name}` } },
    })
    const kept = (await ask(owner, 'GET', path)).body['settings']
    expect(kept).toMatchObject({ viesHoldHours: 48, exportWithVat: 'book' })
  })
})

it('offers only ways to connect that the operator has made possible', async () => {
  const id = await install(owner)
  const { body } = await ask(owner, 'GET', `/api/integrations/${id}/configuration`)
  expect(body).toMatchObject({
    webshop: { ways: { form: true, signIn: false, store: false, activation: null } },
    accounting: { ways: { form: true, signIn: true, store: false } },
  })
  const magento = await ask(owner, 'POST', '/api/integrations', {
    name: 'M2',
    webshop: 'magento2',
    accounting: 'factuursturen',
  })
  const other = await ask(
    owner,
    'GET',
    `/api/integrations/${String(magento.body['id'])}/configuration`,
  )
  const licenceKey = String(magento.body['licenceKey'])
  expect(JSON.stringify(other.body['webshop'])).toContain(licenceKey)
  expect(other.body).toMatchObject({ licenceKey, vatTable: null })
})

it('stopping deletes the credentials and takes no new ones', async () => {
  const id = await install(owner)
  const base = `/api/integrations/${id}`
  await ask(owner, 'PUT', `${base}/connections/webshop/credentials`, { values: shopValues() })
  expect((await ask(owner, 'POST', `${base}/stop`, { confirm: 'stop' })).status).toBe(200)
  const again = await ask(owner, 'PUT', `${base}/connections/webshop/credentials`, {
    values: shopValues(),
  })
  expect(again.status).toBe(409)
  const rows = await database.db
    .selectFrom('connections')
    .select('credentials')
    .where('integrationId', '=', id)
    .execute()
  expect(rows).toEqual([{ credentials: null }, { credentials: null }])
})
