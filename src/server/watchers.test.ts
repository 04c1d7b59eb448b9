import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createWatchers, type Watchers } from './watchers.ts'

let watchers: Watchers
let closeServer: () => Promise<void>
let port: number
let receive: (response: ServerResponse) => void

beforeEach(async () => {
  watchers = createWatchers()
  const server = createServer((_request, response) => {
    receive(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
  closeServer = () =>
    new Promise((resolve) => {
      server.close(() => {
        resolve()
      })
      server.closeAllConnections()
    })
})
afterEach(async () => {
  watchers.closeAll()
  await closeServer()
})

/** A browser that asks, and the response it will be answered with. */
const arrive = async (): Promise<{ response: ServerResponse; leave: () => Promise<void> }> => {
  const arrived = Promise.withResolvers<ServerResponse>()
  receive = (response) => {
    arrived.resolve(response)
  }
  const request = get({ port, host: '127.0.0.1', agent: false }, (answer: IncomingMessage) => {
    answer.on('error', () => undefined).resume()
  }).on('error', () => undefined)
  const response = await arrived.promise
  const gone = new Promise<void>((resolve) => {
    response.on('close', () => {
      resolve()
    })
  })
  return {
    response,
    async leave() {
      request.destroy()
      await gone
    },
  }
}

it('counts per person, and forgets who left', async () => {
  const all: Awaited<ReturnType<typeof arrive>>[] = []
  for (let n = 0; n < 20; n += 1) all.push(await arrive())
  expect(all.map(({ response }) => watchers.add('i', 'noor', response))).not.toContain(false)
  const { response: another } = await arrive()
  expect(watchers.add('i', 'noor', another)).toBe(false)
  expect(watchers.add('other', 'noor', another)).toBe(false)
  expect(watchers.add('i', 'bram', another)).toBe(true)
  await all[0]?.leave()
  const { response: next } = await arrive()
  expect(watchers.add('i', 'noor', next)).toBe(true)
})

it('does not count a browser that left while its seat was looked up', async () => {
  for (let n = 0; n < 20; n += 1) {
    const { response, leave } = await arrive()
    await leave()
    watchers.add('i', 'noor', response)
  }
  const { response } = await arrive()
  expect(watchers.add('i', 'noor', response)).toBe(true)
})

it('writes to nobody whose response it has ended', async () => {
  const { response } = await arrive()
  const errors: unknown[] = []
  response.on('error', (error) => errors.push(error))
  watchers.add('i', 'noor', response)
  watchers.closeAll()
  // A change that is announced while the server ends.
  watchers.changed('i')
  await new Promise((resolve) => setImmediate(resolve))
  expect(errors).toEqual([])
})

it('takes nobody in once it has closed: the server would wait for them', async () => {
  watchers.closeAll()
  const { response } = await arrive()
  expect(watchers.add('i', 'noor', response)).toBe(false)
})

it('has nothing to say to an integration nobody watches', () => {
  expect(() => {
    watchers.changed('nobody')
  }).not.toThrow()
})
