import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startMagento2, type Magento2 } from '../../../sandbox/magento2/index.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { openHouse, type TestHouse, type Visitor } from '../../../test/support/house.ts'
import { makeApiToken } from '../../merchants/api-tokens.ts'
import { openConnection } from '../../merchants/connections.ts'
import { createIntegration, stopIntegration } from '../../merchants/integrations.ts'
import { catalogue, explain, type ProblemCode } from '../../problems/catalogue.ts'
import { failure } from '../api.ts'
import { activationAddresses } from './activation.ts'

let database: TestDatabase
let there: TestHouse
let owner: Visitor
let shop: Magento2
let integration: { id: string; licenceKey: string }
let addresses: ReturnType<typeof activationAddresses>

beforeAll(async () => {
  database = await createTestDatabase()
  there = await openHouse(database)
  owner = await there.welcome('Noor')
})
afterAll(async () => {
  await there.close()
  await database.close()
})
beforeEach(async () => {
  await database.db.deleteFrom('storeHandshakes').execute()
  shop = await startMagento2({ now: () => there.clock.now() })
  integration = await newIntegration('magento2')
  addresses = activationAddresses(there.url, 'magento2', integration.licenceKey)
  // Failures count per caller; each test begins a minute later, and so with a clean slate.
  there.clock.moveOn(61_000)
  return () => shop.close()
})

const newIntegration = (webshop: string) =>
  createIntegration(there.engine, {
    merchantId: owner.merchantId,
    name: 'Koffiehuis',
    webshop,
    accounting: 'rompslomp',
  })

/** The administrator clicks Allow. @returns the link that opens our page in a popup */
const allow = async (): Promise<string> => {
  const { posted, identityLink } = await shop.activate({
    callbackUrl: addresses.callbackUrl,
    identityLinkUrl: addresses.identityUrl,
  })
  expect(posted).toEqual({ status: 200 })
  if (identityLink === null) throw new Error('the call-back failed')
  return identityLink
}

const read = async (answer: Response) => ({
  status: answer.status,
  html: await answer.text(),
  csp: answer.headers.get('content-security-policy') ?? '',
})

const view = async (link: string, language = 'en') =>
  read(await fetch(link, { headers: { 'accept-language': language } }))

const hostOf = (sandbox: Magento2): string => new URL(sandbox.url).host

/** Fills in the page as a browser does: with the fields that stand in it. */
const consent = async (
  link: string,
  change: Partial<Record<'shop' | 'licence' | 'consent', string>> = {},
  headers: Record<string, string> = { origin: there.url },
) => {
  const { html } = await view(link)
  const form = new URLSearchParams()
  for (const [, name = '', value = ''] of html.matchAll(
    /type="hidden" name="(\w+)" value="([^"]*)"/g,
  )) {
    form.set(name, value.replaceAll('&amp;', '&'))
  }
  const filledIn = {
    shop: hostOf(shop),
    licence: integration.licenceKey,
    consent: 'yes',
    ...change,
  }
  for (const [name, value] of Object.entries(filledIn)) form.set(name, value)
  const action = /action="([^"]+)"/.exec(html)?.[1] ?? ''
  const answer = await fetch(new URL(action, there.url), {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { 'accept-language': 'en', ...headers },
  })
  return read(answer)
}

const connection = () => openConnection(there.engine, integration.id, 'webshop')
const waiting = () => database.db.selectFrom('storeHandshakes').selectAll().execute()

describe('an activation from the shop', () => {
  it('connects the shop after consent, and goes back to it', async () => {
    const link = await allow()
    const page = await view(link)
    expect(page.status).toBe(200)
    expect(page.html).toContain('Domain of your webshop')
    expect((await view(link, 'nl')).html).toContain('Licentiesleutel')
    expect(await connection()).toBeNull()

    const answer = await consent(link)
    expect(answer.status).toBe(200)
    expect(answer.html).toContain('Your webshop is connected.')
    expect(answer.html).toContain(`content="2; url=${shop.url}/admin_`)
    const connected = await connection()
    expect(connected).toMatchObject({ dot: 'green', credentials: { shopUrl: shop.url } })
    expect(shop.ledger().integrations[1]).toMatchObject({ isActive: true, tokenKind: 'access' })
    expect(await waiting()).toEqual([])
  })

  it('takes the key and the domain however they are typed', async () => {
    const link = await allow()
    const licence = ` ${integration.licenceKey.toLowerCase().replaceAll('-', ' ')} `
    const answer = await consent(link, { licence, shop: ` http://${hostOf(shop)}/nl/ ` })
    expect(answer.html).toContain('Your webshop is connected.')
  })

  it('keeps what was handed over sealed, and one per integration', async () => {
    await allow()
    await allow()
    const rows = await waiting()
    expect(rows).toHaveLength(1)
    expect(rows[0]?.credentials).toMatch(/^v1\.test\./)
  })

  it('works again after a typing error', async () => {
    const link = await allow()
    const wrong = await consent(link, { licence: 'AAAA-BBBB-CCCC-DDDD-EEEE' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('No activation from Magento 2 waits for this licence key.')
    expect(wrong.html).toContain(`value="${hostOf(shop)}"`)
    expect((await consent(link)).html).toContain('Your webshop is connected.')
  })

  it('replaces an older connection: activating again kills its tokens', async () => {
    await consent(await allow())
    const before = await connection()
    await consent(await allow())
    const after = await connection()
    expect(after?.dot).toBe('green')
    expect(after?.credentials['accessToken']).not.toBe(before?.credentials['accessToken'])
  })

  it('says which right is missing, and stays connected', async () => {
    const link = await allow()
    shop.setSwitches({ deniedResources: ['Magento_Sales::sales_creditmemo'] })
    const answer = await consent(link)
    expect(answer.html).toContain('something is still missing')
    expect(await connection()).toMatchObject({ dot: 'red' })
  })
})

/** The problems that a page tells of; people get the words without the code. */
const toldIn = (html: string): string[] =>
  (Object.keys(catalogue) as ProblemCode[]).filter((code) =>
    html.includes(explain(code, { system: 'Magento 2' }, 'en').text),
  )

describe('nothing is connected', () => {
  afterEachStillAlone()

  it('without consent', async () => {
    const answer = await consent(await allow(), { consent: '' })
    expect(toldIn(answer.html)).toEqual(['ACTIVATION_NOT_ALLOWED'])
  })

  it.each(['', 'www.elsewhere.example', 'javascript:alert(1)', '127.0.0.1'])(
    'for another domain than that of the shop that sent the keys: %j',
    async (domain) => {
      const answer = await consent(await allow(), { shop: domain })
      expect([answer.status, toldIn(answer.html)]).toEqual([422, ['ACTIVATION_OTHER_SHOP']])
    },
  )

  it('for the licence key of another integration', async () => {
    const other = await newIntegration('magento2')
    const answer = await consent(await allow(), { licence: other.licenceKey })
    expect(answer.html).toContain('No activation from Magento 2 waits')
  })

  it('after ten minutes', async () => {
    const link = await allow()
    there.clock.moveOn(10 * 60_000 + 1_000)
    expect((await consent(link)).html).toContain('No activation from Magento 2 waits')
  })

  it('after the five minutes that the shop itself gives, and says what to do', async () => {
    const link = await allow()
    there.clock.moveOn(5 * 60_000 + 2_000)
    const answer = await consent(link)
    expect(answer.status).toBe(422)
    expect(answer.html).toContain('fill in the four keys by hand')
  })

  it('when a page elsewhere sends the form', async () => {
    const answer = await consent(await allow(), {}, { origin: 'https://elsewhere.example' })
    expect([answer.status, answer.html]).toEqual([403, expect.stringContaining('FOREIGN_ORIGIN')])
  })

  it('for an integration that was stopped', async () => {
    const link = await allow()
    await stopIntegration(there.engine, integration.id)
    expect((await consent(link)).html).toContain('No activation from Magento 2 waits')
  })

  it('for a consumer key that nobody announced', async () => {
    const link = new URL(await allow())
    link.searchParams.set('oauth_consumer_key', 'a'.repeat(32))
    expect((await consent(link.href)).html).toContain('No activation from Magento 2 waits')
  })
})

/** No credentials of any kind may have been stored by a test of this block. */
function afterEachStillAlone() {
  beforeEach(() => async () => {
    expect(await connection()).toBeNull()
  })
}

describe('a replay', () => {
  it('finds nothing any more, and changes nothing', async () => {
    const link = await allow()
    await consent(link)
    const before = await connection()
    const again = await consent(link)
    expect(again.html).toContain('No activation from Magento 2 waits')
    expect(await connection()).toEqual(before)
  })

  it('of a double click connects once', async () => {
    const link = await allow()
    const answers = await Promise.all([consent(link), consent(link)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
    expect(await connection()).toMatchObject({ dot: 'green' })
  })
})

describe('a call-back', () => {
  const body = () =>
    new URLSearchParams({
      oauth_consumer_key: 'k'.repeat(32),
      oauth_consumer_secret: 's'.repeat(32),
      oauth_verifier: 'v'.repeat(32),
      store_base_url: `${shop.url}/`,
    })
  const post = async (url: string, form = body()) => {
    const answer = await fetch(url, { method: 'POST', body: form })
    const text = await answer.text()
    return answer.ok ? text : failure.parse(JSON.parse(text)).error.code
  }

  it('with a licence key that opens nothing leaves nothing behind', async () => {
    const forged = addresses.callbackUrl.replace(integration.licenceKey, 'AAAA-BBBB-CCCC-DDDD-EEEE')
    expect(await post(forged)).toBe('ACTIVATION_UNKNOWN')
    expect(await waiting()).toEqual([])
  })

  it('for an integration with another webshop is not believed', async () => {
    const other = await newIntegration('kmoshops')
    const { callbackUrl } = activationAddresses(there.url, 'magento2', other.licenceKey)
    expect(await post(callbackUrl)).toBe('ACTIVATION_UNKNOWN')
  })

  it('of a shop that has no such thing is not there', async () => {
    const { callbackUrl } = activationAddresses(there.url, 'kmoshops', integration.licenceKey)
    expect(await post(callbackUrl)).toBe('NOT_FOUND')
    expect(await post(`${there.url}/connect/nonsense/activation/x`)).toBe('NOT_FOUND')
  })

  it('that is incomplete is refused', async () => {
    for (const name of body().keys()) {
      const form = body()
      form.delete(name)
      expect([name, await post(addresses.callbackUrl, form)]).toEqual([
        name,
        'ACTIVATION_MALFORMED',
      ])
    }
  })

  it('that is forged, with the right licence key, gets a stranger no connection', async () => {
    const link = await allow()
    // It replaces what waits: the administrator has to click Allow again, and nothing else happens.
    expect(await post(addresses.callbackUrl)).toBe('OK')
    expect((await consent(link)).html).toContain('No activation from Magento 2 waits')
    const forged = new URL(link)
    forged.searchParams.set('oauth_consumer_key', 'k'.repeat(32))
    const answer = await consent(forged.href)
    expect(answer.html).toContain('refuses to finish the activation')
    expect(await connection()).toBeNull()
    expect((await consent(await allow())).html).toContain('Your webshop is connected.')
  })

  it('is heard no more from who keeps guessing', async () => {
    const forged = addresses.callbackUrl.replace(integration.licenceKey, 'AAAA-BBBB-CCCC-DDDD-EEEE')
    for (let guess = 0; guess < 60; guess += 1) await post(forged)
    expect(await post(forged)).toBe('TOO_MANY_REQUESTS')
  })
})

describe('the page', () => {
  it('runs no script, loads nothing and is framed by nobody', async () => {
    const { csp, html } = await view(await allow())
    expect(csp).toContain("default-src 'none'")
    expect(csp).toContain("frame-ancestors 'none'")
    expect(csp).not.toContain('unsafe')
    expect(html).not.toMatch(/<script|src=|onclick/)
  })

  it('shows nothing that a link puts into it as markup', async () => {
    const link = new URL(await allow())
    link.searchParams.set('success_call_back', `${shop.url}/"><b id="evil">`)
    link.searchParams.set('more"><i>', 'x')
    const { html } = await view(link.href)
    expect(html).not.toContain('<b id="evil">')
    expect(html).not.toContain('<i>')
  })

  it('goes back to no other place than the shop', async () => {
    const link = new URL(await allow())
    link.searchParams.set('success_call_back', 'https://elsewhere.example/')
    const { html } = await consent(link.href)
    expect(html).toContain('Your webshop is connected.')
    expect(html).not.toContain('elsewhere.example')
  })

  it('says what is wrong with a link that no shop made', async () => {
    const { status, html } = await view(addresses.identityUrl)
    expect(status).toBe(400)
    expect(html).toContain('is incomplete')
    expect(html).not.toContain('<form')
  })
})

it('tells the owner the two addresses, and nobody else', async () => {
  const path = `/api/integrations/${integration.id}/activation`
  const asked = async (cookie: string) => {
    const answer = await there.ask(path, { headers: { cookie } })
    return [answer.status, await answer.json()] as const
  }
  expect(await asked(owner.cookie)).toEqual([200, { activation: addresses }])
  const stranger = await there.welcome('Vreemd')
  expect((await asked(stranger.cookie))[0]).toBe(404)
  await there.seat(stranger, owner.merchantId, 'member')
  expect(await asked(stranger.cookie)).toEqual([200, { activation: null }])
})

it('tells a token no licence key, whatever it may read', async () => {
  const made = await makeApiToken(there.engine, {
    userId: owner.userId,
    name: 'lezer',
    scopes: ['read'],
    days: 1,
  })
  const headers = { authorization: `Bearer ${made?.token ?? ''}` }
  for (const path of ['activation', 'configuration', 'licence']) {
    const answer = await there.ask(`/api/integrations/${integration.id}/${path}`, { headers })
    expect(answer.status).toBe(200)
    expect(await answer.text()).not.toContain(integration.licenceKey)
  }
})
