import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttpClient } from '../../src/connectors/http.ts'
import { addressGuard, AddressRefused } from '../../src/connectors/private-address.ts'
import { createIntegration } from '../../src/merchants/integrations.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { openHouse, type TestHouse, type Visitor } from '../support/house.ts'

/** Something of the operator's that no merchant may reach: it hears every connection that is made to it. */
let inside: { port: number; heard: () => number; close: () => Promise<unknown> }
let database: TestDatabase
let there: TestHouse
let owner: Visitor

beforeAll(async () => {
  let heard = 0
  const server = createServer((_request, response) => response.end('{"secret":"of the house"}'))
  server.on('connection', () => {
    heard += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '::', resolve))
  inside = {
    port: (server.address() as AddressInfo).port,
    heard: () => heard,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
  database = await createTestDatabase()
  there = await openHouse(database)
  owner = await there.welcome('Noor')
})
afterAll(async () => {
  await there.close()
  await database.close()
  await inside.close()
})

/** A name server that gives out what it is told, one answer after the other. */
const nameServer = (...answers: readonly string[][]): typeof systemLookup => {
  let nth = 0
  const look = (
    _name: string,
    _options: unknown,
    callback: (error: null, found: LookupAddress[]) => void,
  ) => {
    const answer = answers[Math.min(nth, answers.length - 1)] ?? []
    nth += 1
    callback(
      null,
      answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }
  return look as unknown as typeof systemLookup
}

const get = async (host: string, resolve?: typeof systemLookup) => {
  const client = createHttpClient({ budgetMs: 2_000, ...(resolve && { resolve }) })
  try {
    return await client.send({ method: 'GET', url: `http://${host}:${inside.port}/` })
  } finally {
    await client.close()
  }
}

const refused = { is: 'silence', cause: 'address-refused', mayHaveArrived: false }

describe('our own network can’t be reached through a shop’s address', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '017700000001',
    '0x7f.1',
    '１２７.0.0.1',
    '127.0.0.1.',
    '0',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[0:0:0:0:0:ffff:7f00:1]',
    '[::ffff:0:127.0.0.1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '169.254.169.254',
    '168.63.129.16',
    '100.100.100.200',
    '[fd00:ec2::254]',
    '[fe80::1]',
    'localhost',
    'LOCALHOST',
  ])('written as %s', async (host) => {
    expect(await get(host)).toEqual(refused)
    expect(inside.heard()).toBe(0)
  })

  it('with a zone behind it, as a name server of the link gives it', async () => {
    for (const address of ['fe80::1%lo', 'fe80::1%eth0', '::1%lo', 'fd00::1%1']) {
      expect(await get('shop.example', nameServer([address]))).toEqual(refused)
    }
    expect(inside.heard()).toBe(0)
  })

  it('by a name that leads there', async () => {
    expect(await get('shop.example', nameServer(['127.0.0.1']))).toEqual(refused)
    expect(await get('shop.example', nameServer(['::ffff:7f00:1']))).toEqual(refused)
    expect(inside.heard()).toBe(0)
  })

  it('by a name with one public address and one of ours', async () => {
    expect(await get('shop.example', nameServer(['93.184.216.34', '127.0.0.1']))).toEqual(refused)
    expect(inside.heard()).toBe(0)
  })

  it('by a name that changes its address after it was judged', async () => {
    const { lookup } = addressGuard({ resolve: nameServer(['93.184.216.34'], ['127.0.0.1']) })
    const look = () =>
      new Promise((resolve, reject) => {
        lookup('shop.example', { all: true }, (error, address) => {
          if (error) reject(error)
          else resolve(address)
        })
      })
    // What was judged is what is connected to; the next connection is judged anew.
    expect(await look()).toEqual([{ address: '93.184.216.34', family: 4 }])
    await expect(look()).rejects.toThrow(AddressRefused)
  })

  it('by a redirect of a shop that may be reached', async () => {
    const shop = createServer((_request, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${inside.port}/` }).end()
    })
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.2', resolve))
    const client = createHttpClient({ privateAllowed: ['127.0.0.2/32'] })
    const { port } = shop.address() as AddressInfo
    const answer = await client.send({ method: 'GET', url: `http://127.0.0.2:${port}/` })
    expect(answer).toMatchObject({ is: 'answer', status: 302 })
    expect(inside.heard()).toBe(0)
    await client.close()
    await new Promise((resolve) => shop.close(resolve))
  })
})

describe('a merchant who fills in an address of ours', () => {
  const connect = async (webshop: string, values: Record<string, unknown>) => {
    const { id } = await createIntegration(there.engine, {
      merchantId: owner.merchantId,
      name: 'Winkel',
      webshop,
      accounting: 'factuursturen',
    })
    const answer = await there.ask(`/api/integrations/${id}/connections/webshop/credentials`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', cookie: owner.cookie },
      body: JSON.stringify({ values }),
    })
    return answer.text()
  }

  it.each(['http://169.254.169.254/latest/meta-data', 'http://[::1]', 'http://0xa9fea9fe'])(
    'is told that it is not public, and nothing of what is there: %s',
    async (address) => {
      const kmoshops = { apiRoot: address, apiPublic: 'sleutel', apiSecret: 'geheim' }
      expect(await connect('kmoshops', kmoshops)).toContain('ADDRESS_NOT_PUBLIC')
      const key = 'k'.repeat(32)
      const four = {
        consumerKey: key,
        consumerSecret: key,
        accessToken: key,
        accessTokenSecret: key,
      }
      expect(await connect('magento2', { shopUrl: address, ...four })).toContain(
        'ADDRESS_NOT_PUBLIC',
      )
    },
  )

  it.each(['file:///etc/passwd', 'gopher://127.0.0.1/', 'ftp://shop.example/', 'javascript:1'])(
    'can name no other way of talking than http: %s',
    async (apiRoot) => {
      const answer = await connect('kmoshops', { apiRoot, apiPublic: 's', apiSecret: 'g' })
      expect(answer).toContain('INPUT_INVALID')
    },
  )
})
