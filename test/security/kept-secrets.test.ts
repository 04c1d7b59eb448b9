import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startFactuursturen, type FactuursturenSandbox } from '../../sandbox/factuursturen/index.ts'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createIntegration } from '../../src/merchants/integrations.ts'
import { openConnection } from '../../src/merchants/connections.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { openHouse, type TestHouse, type Visitor } from '../support/house.ts'

/** A thief has a seat that may change things, and a server that writes down what it is sent. */
let database: TestDatabase
let there: TestHouse
let books: FactuursturenSandbox
let owner: Visitor
let thief: Visitor
let path: string
let integrationId: string
const sent: IncomingHttpHeaders[] = []
const elsewhere = createServer((request, response) => {
  sent.push(request.headers)
  response.writeHead(200, { 'content-type': 'application/json' }).end('[]')
})
let thiefUrl: string

beforeAll(async () => {
  database = await createTestDatabase()
  books = await startFactuursturen({ limits: 'off' })
  there = await openHouse(database)
  owner = await there.welcome('Eigenaar')
  thief = await there.welcome('Boekhouder')
  await there.seat(thief, owner.merchantId, 'admin')
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  thiefUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
})
afterAll(async () => {
  await there.close()
  await books.close()
  await database.close()
  await new Promise((resolve) => elsewhere.close(resolve))
})
beforeEach(async () => {
  sent.length = 0
  const made = await createIntegration(there.engine, {
    merchantId: owner.merchantId,
    name: 'Winkel',
    webshop: 'kmoshops',
    accounting: 'factuursturen',
  })
  integrationId = made.id
  path = `/api/integrations/${made.id}/connections/accounting/credentials`
  expect((await put(owner, ownValues())).status).toBe(200)
})

const ownValues = () => ({
  userName: books.account.user,
  apiKey: books.account.apiKey,
  baseUrl: `${books.url}/api/v1`,
})

const put = (visitor: Visitor, values: Record<string, unknown>) =>
  there.ask(path, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', cookie: visitor.cookie },
    body: JSON.stringify({ values }),
  })

const kept = () => openConnection(there.engine, integrationId, 'accounting')

describe('a stored key', () => {
  it('is kept where the form leaves it empty and names the same address', async () => {
    const answer = await put(thief, { ...ownValues(), apiKey: '' })
    expect(answer.status).toBe(200)
    expect(await kept()).toMatchObject({ dot: 'green', credentials: ownValues() })
  })

  it.each(['/', '/api/v1'])('is never brought to another address: …%s', async (rest) => {
    const answer = await put(thief, { ...ownValues(), apiKey: '', baseUrl: thiefUrl + rest })
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ error: { code: 'SECRETS_FOR_ANOTHER_ADDRESS' } })
    expect(sent).toEqual([])
    expect(await kept()).toMatchObject({ dot: 'green', credentials: ownValues() })
  })

  it('may be another one at another address, and is then that one', async () => {
    await put(thief, { ...ownValues(), apiKey: 'van mijzelf', baseUrl: thiefUrl })
    const basic = Buffer.from(`${books.account.user}:van mijzelf`).toString('base64')
    expect(sent.length).toBeGreaterThan(0)
    for (const headers of sent) expect(headers.authorization).toBe(`Basic ${basic}`)
  })
})
