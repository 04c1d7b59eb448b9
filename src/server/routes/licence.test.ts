import { afterAll, beforeAll, expect, test } from 'vitest'
import { extractText } from 'unpdf'
import type { MollieSandbox } from '../../../sandbox/mollie/index.ts'
import { billingOn, dutchBuyer, openMollie } from '../../../test/support/billing-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { openHouse, type TestHouse, type Visitor } from '../../../test/support/house.ts'
import { createIntegration } from '../../merchants/integrations.ts'
import { unsubscribeUrl } from '../../support/mail/unsubscribe.ts'

let database: TestDatabase
let mollie: MollieSandbox
let house: TestHouse
let owner: Visitor
let id: string

beforeAll(async () => {
  database = await createTestDatabase()
  mollie = await openMollie(() => house.clock.now())
  house = await openHouse(database, {
    billing: (engine, publicUrl) => billingOn(engine, publicUrl, mollie),
  })
  owner = await house.welcome('Noor')
  const { merchantId } = owner
  const wanted = { merchantId, name: 'Theewinkel', webshop: 'kmoshops', accounting: 'informer' }
  id = (await createIntegration(house.engine, wanted)).id
})
afterAll(async () => {
  await house.close()
  await mollie.close()
  await database.close()
})

const ask = async (path: string, method = 'GET', body?: object, cookie = owner.cookie) => {
  const answer = await house.ask(path, {
    method,
    headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, json: (await answer.json()) as Record<string, never> }
}

interface Shown {
  phase: string
  offer: { payPath: string; price: { gross: string } } | null
  invoices: { id: string; number: string; gross: string }[]
}
const licence = async () => (await ask(`/api/integrations/${id}/licence`)).json as unknown as Shown

test('a merchant pays a year from the Profile tab and finds the invoice there', async () => {
  expect(await licence()).toMatchObject({ phase: 'trial', offer: null, invoices: [] })
  const made = await ask(`/api/integrations/${id}/offer`, 'POST', { service: 'year' })
  expect(made).toMatchObject({ status: 200, json: { price: { gross: '145.20' } } })
  const payPath = String(made.json['payPath'])
  const offerPath = `/api/offers/${payPath.slice('/pay/'.length)}`

  // Whoever has the link needs no session; the invoice needs a name and an address first.
  const unnamed = await ask(`${offerPath}/pay`, 'POST', { pay: true }, '')
  expect(unnamed).toMatchObject({
    status: 409,
    json: { error: { code: 'BILLING_DETAILS_MISSING' } },
  })
  const wrong = { ...dutchBuyer, vatNumber: 'NL1' }
  expect(await ask(`/api/integrations/${id}/billing-details`, 'PUT', wrong)).toMatchObject({
    status: 400,
    json: { error: { code: 'BILLING_VAT_NUMBER_WRONG' } },
  })
  await ask(`/api/integrations/${id}/billing-details`, 'PUT', dutchBuyer)
  // Another window that saw the empty form does not put it back.
  const stale = { ...dutchBuyer, city: 'Gent', was: { ...dutchBuyer, city: '' } }
  expect(await ask(`/api/integrations/${id}/billing-details`, 'PUT', stale)).toMatchObject({
    status: 409,
    json: { error: { code: 'CONFIGURATION_CHANGED' } },
  })
  expect(await licence()).toMatchObject({ details: { city: dutchBuyer.city } })
  const begun = await ask(`${offerPath}/pay`, 'POST', { pay: true }, '')
  const checkout = String(begun.json['goTo'])
  expect(checkout).toContain(mollie.url)
  expect((await ask(offerPath, 'GET', undefined, '')).json).toMatchObject({ underWay: true })

  await fetch(checkout, {
    method: 'POST',
    body: new URLSearchParams({ status: 'paid' }),
    redirect: 'manual',
  })
  await mollie.settled()
  expect(mollie.notices().map(({ status }) => status)).toEqual([200])
  expect((await ask(offerPath, 'GET', undefined, '')).json).toMatchObject({ state: 'paid' })
  const now = await licence()
  expect(now).toMatchObject({ phase: 'paid', offer: null, invoices: [{ gross: '145.20' }] })

  const pdfPath = `/api/integrations/${id}/invoices/${now.invoices[0]?.id ?? ''}.pdf`
  const pdf = await house.ask(pdfPath, { headers: { cookie: owner.cookie } })
  expect(pdf.headers.get('content-type')).toBe('application/pdf')
  const bytes = new Uint8Array(await pdf.arrayBuffer())
  const { text } = await extractText(bytes.slice(), { mergePages: true })
  for (const said of [now.invoices[0]?.number ?? '', 'Koffiehuis De Proef', 'Btw 21', '145,20']) {
    expect(text).toContain(said)
  }
  const again = await house.ask(pdfPath, { headers: { cookie: owner.cookie } })
  expect(Buffer.from(await again.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
  const stranger = await house.welcome('Vreemd')
  const refused = await house.ask(pdfPath, { headers: { cookie: stranger.cookie } })
  expect(refused.status).toBe(404)
})

test('a licence that the app store bills is not offered here', async () => {
  const { merchantId } = owner
  const wanted = { merchantId, name: 'Appwinkel', webshop: 'kmoshops', accounting: 'informer' }
  const inStore = await createIntegration(house.engine, wanted)
  await database.db
    .updateTable('licences')
    .set({ billing: 'store' })
    .where('integrationId', '=', inStore.id)
    .execute()
  const path = `/api/integrations/${inStore.id}/offer`
  expect(await ask(path, 'POST', { service: 'year' })).toMatchObject({
    status: 409,
    json: { error: { code: 'STORE_BILLS' } },
  })
})

test('notices that are forged, empty or no form are answered alike and change nothing', async () => {
  const before = await licence()
  for (const body of ['id=tr_forged123', 'id=', '', 'id=%00', `id=${'x'.repeat(3_000)}`]) {
    const answer = await house.ask('/pay/mollie', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    })
    expect([answer.status, await answer.text()]).toEqual([200, 'OK'])
  }
  expect(await licence()).toEqual(before)
})

test('one click ends a kind of mail, and another brings it back', async () => {
  const { vault } = house.engine
  const unwanted = { address: 'noor@klant.example', kind: 'digest', integrationId: id }
  const path = unsubscribeUrl(house.url, vault, unwanted).slice(house.url.length)
  const click = (body: string) =>
    house.ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    })
  expect(await (await house.ask(path)).text()).toContain('noor@klant.example')
  const count = async () =>
    (await database.db.selectFrom('mailUnsubscriptions').selectAll().execute()).length
  expect(await count()).toBe(0)
  expect((await click('List-Unsubscribe=One-Click')).status).toBe(200)
  expect(await count()).toBe(1)
  await click('act=return')
  expect(await count()).toBe(0)
  expect((await house.ask('/mail/unsubscribe?with=made-up')).status).toBe(404)
})
