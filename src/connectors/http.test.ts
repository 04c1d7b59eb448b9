import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import {
  createServer as createSocketServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { selfSigned } from '../../test/support/self-signed.ts'
import { anyFreePort } from '../database/embedded.ts'
import { createHttpClient, type HttpOptions, type HttpRequest } from './http.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const loopback = { privateAllowed: ['127.0.0.0/8'] }

const clientOf = (options: HttpOptions = loopback) => {
  const client = createHttpClient({ budgetMs: 3_000, ...options })
  closers.push(() => client.close())
  return client
}

const listen = async (server: Server, scheme = 'http'): Promise<string> => {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve)
        for (const socket of sockets) socket.destroy()
      }),
  )
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`
}

interface Remote {
  url: string
  /** Every request that arrived in full, with its body. */
  requests: { method: string; url: string; rawHeaders: string[]; body: string }[]
}

type Answer = (response: ServerResponse, request: IncomingMessage, nth: number) => void

/** A remote that reads a whole request before it answers, or does not. */
const startRemote = async (answer: Answer): Promise<Remote> => {
  const requests: Remote['requests'] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', rawHeaders } = request
      requests.push({ method, url, rawHeaders, body: Buffer.concat(chunks).toString('utf8') })
      answer(response, request, requests.length)
    })
  })
  return { url: await listen(server), requests }
}

const reset: Answer = (response) => response.socket?.resetAndDestroy()
const writes = ['POST', 'PUT', 'PATCH', 'DELETE'] as const

describe('an answer', () => {
  it('is whole, whatever its status', async () => {
    for (const status of [200, 204, 404, 500, 503]) {
      const { url } = await startRemote((response) => {
        response.writeHead(status, { 'X-Thing': 'a' })
        response.end(status === 204 ? '' : `body of ${status}`)
      })
      expect(await clientOf().send({ method: 'GET', url })).toMatchObject({
        is: 'answer',
        status,
        headers: { 'x-thing': 'a' },
        body: status === 204 ? '' : `body of ${status}`,
      })
    }
  })

  it('keeps its text, also where a letter is cut over two packets', async () => {
    const bytes = Buffer.from('café €')
    const { url } = await startRemote((response) => {
      response.write(bytes.subarray(0, 4))
      setImmediate(() => response.end(bytes.subarray(4)))
    })
    expect(await clientOf().send({ method: 'GET', url })).toMatchObject({ body: 'café €' })
  })

  it('joins a header that stands there twice', async () => {
    const { url } = await startRemote((response) => {
      response.writeHead(200, { 'X-Twice': ['a', 'b'] })
      response.end()
    })
    const answer = await clientOf().send({ method: 'GET', url })
    expect(answer).toMatchObject({ headers: { 'x-twice': 'a, b' } })
  })

  it('is no redirect that was followed', async () => {
    const elsewhere = await startRemote((response) => response.end('stolen'))
    for (const status of [301, 302, 303, 307, 308]) {
      const { url, requests } = await startRemote((response) => {
        response.writeHead(status, { location: elsewhere.url })
        response.end()
      })
      const answer = await clientOf().send({ method: 'POST', url, body: 'secret' })
      expect(answer).toMatchObject({ status, headers: { location: elsewhere.url } })
      expect(requests).toHaveLength(1)
    }
    expect(elsewhere.requests).toEqual([])
  })
})

describe('a request', () => {
  it('is sent exactly as given: signatures depend on it', async () => {
    const { url, requests } = await startRemote((response) => response.end())
    const body = '{"a": "é",\n "b":1}'
    const target = '/api/rest/v1/orders?start=0&size=100&q=a%20b+c'
    const headers = { 'x-Hash': 'AbC', 'X-DATE': '2026-03-02T09:15:00Z' }
    await clientOf().send({ method: 'POST', url: url + target, headers, body })
    expect(requests).toMatchObject([{ method: 'POST', url: target, body }])
    expect(requests[0]?.rawHeaders).toEqual(expect.arrayContaining(['x-Hash', 'AbC', 'X-DATE']))
  })

  it('keeps to the number of connections', async () => {
    let open = 0
    let most = 0
    const server = createServer((_request, response) => {
      setImmediate(() => response.end())
    })
    server.on('connection', (socket) => {
      most = Math.max(most, (open += 1))
      socket.on('close', () => (open -= 1))
    })
    const url = await listen(server)
    const client = clientOf({ ...loopback, connectionsMax: 3 })
    const requests = Array.from({ length: 30 }, () => client.send({ method: 'GET', url }))
    const answers = await Promise.all(requests)
    expect(answers.every((answer) => answer.is === 'answer')).toBe(true)
    expect(most).toBe(3)
  })
})

describe('a lost connection', () => {
  it.each(writes)('never makes a %s happen again', async (method) => {
    const { url, requests } = await startRemote(reset)
    const silence = await clientOf().send({ method, url, body: '{"invoice":1}' })
    expect(silence).toEqual({ is: 'silence', cause: 'connection-lost', mayHaveArrived: true })
    expect(requests).toHaveLength(1)
  })

  it.each(writes)('never makes a %s happen again after half an answer either', async (method) => {
    const { url, requests } = await startRemote((response) => {
      response.writeHead(201, { 'content-length': '100' })
      response.write('{"number":', () => response.socket?.destroy())
    })
    const silence = await clientOf().send({ method, url, body: '{}' })
    expect(silence).toEqual({ is: 'silence', cause: 'connection-lost', mayHaveArrived: true })
    expect(requests).toHaveLength(1)
  })

  it.each(writes)(
    'is not told from the end of an answer to a %s that has no length',
    async (method) => {
      const server = createSocketServer((socket) => {
        // The number of an invoice as plain text, cut off after four of its eight digits.
        socket.once('data', () =>
          socket.end('HTTP/1.1 201 Created\r\nconnection: close\r\n\r\n2026'),
        )
      })
      const url = await listen(server)
      const silence = await clientOf().send({ method, url, body: '{}' })
      expect(silence).toEqual({ is: 'silence', cause: 'connection-lost', mayHaveArrived: true })
      expect(await clientOf().send({ method: 'GET', url })).toMatchObject({ body: '2026' })
    },
  )

  it('makes a GET happen once more, and no more than that', async () => {
    const { url, requests } = await startRemote(reset)
    const silence = await clientOf().send({ method: 'GET', url })
    expect(silence).toEqual({ is: 'silence', cause: 'connection-lost', mayHaveArrived: true })
    expect(requests).toHaveLength(2)
  })

  it('is mended by the second GET', async () => {
    const { url } = await startRemote((response, request, nth) => {
      if (nth === 1) reset(response, request, nth)
      else response.end('there')
    })
    expect(await clientOf().send({ method: 'GET', url })).toMatchObject({ body: 'there' })
  })

  it('is mended where the server had hung up a kept connection', async () => {
    const hungUp = Promise.withResolvers<undefined>()
    const { url, requests } = await startRemote((response, _request, nth) => {
      response.end('there')
      if (nth > 1) return
      response.socket?.on('close', () => {
        hungUp.resolve(undefined)
      })
      response.on('finish', () => response.socket?.destroySoon())
    })
    const client = clientOf()
    await client.send({ method: 'GET', url })
    await hungUp.promise
    expect(await client.send({ method: 'GET', url })).toMatchObject({ body: 'there' })
    expect(requests).toHaveLength(2)
  })

  it('may have come too late for the remote, before it read a byte: nobody can tell', async () => {
    let connections = 0
    const url = await listen(
      createSocketServer((socket) => {
        connections += 1
        socket.resetAndDestroy()
      }),
    )
    const silence = await clientOf().send({ method: 'POST', url, body: '{}' })
    expect(silence).toEqual({ is: 'silence', cause: 'connection-lost', mayHaveArrived: true })
    expect(connections).toBe(1)
  })

  it('is what an answer that is no HTTP comes to', async () => {
    const url = await listen(
      createSocketServer((socket) => {
        socket.once('data', () => socket.end('220 smtp.example ESMTP\r\n'))
      }),
    )
    expect(await clientOf().send({ method: 'POST', url, body: '{}' })).toEqual({
      is: 'silence',
      cause: 'connection-lost',
      mayHaveArrived: true,
    })
  })
})

describe('the time budget', () => {
  const timed = async (request: HttpRequest, options?: HttpOptions) => {
    const startedMs = performance.now()
    const result = await clientOf(options).send(request)
    return { result, tookMs: performance.now() - startedMs }
  }
  const timeOut = { is: 'silence', cause: 'time-out', mayHaveArrived: true }

  it.each(['GET', 'POST'] as const)('ends a %s that gets no answer', async (method) => {
    const { url, requests } = await startRemote(() => undefined)
    const { result, tookMs } = await timed({ method, url, budgetMs: 150 })
    expect(result).toEqual(timeOut)
    expect(tookMs).toBeLessThan(2_000)
    expect(requests).toHaveLength(1)
  })

  it('is for the whole answer: a remote that drips does not stretch it', async () => {
    const { url } = await startRemote((response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write('.'), 20)
      response.on('close', () => {
        clearInterval(drip)
      })
    })
    const { result, tookMs } = await timed({ method: 'POST', url, body: '{}', budgetMs: 200 })
    expect(result).toEqual(timeOut)
    expect(tookMs).toBeLessThan(2_000)
  })

  it('of the client counts where the request names none', async () => {
    const { url } = await startRemote(() => undefined)
    const { result } = await timed({ method: 'POST', url }, { ...loopback, budgetMs: 100 })
    expect(result).toEqual(timeOut)
  })

  it('is for both attempts of a GET together', async () => {
    const { url, requests } = await startRemote((response, request, nth) => {
      if (nth === 1) setTimeout(() => reset(response, request, nth), 800)
    })
    const { tookMs } = await timed({ method: 'GET', url, budgetMs: 1_000 })
    expect(requests).toHaveLength(2)
    expect(tookMs).toBeLessThan(1_600)
  })

  it('covers a remote that accepts and never speaks', async () => {
    const url = await listen(createSocketServer(() => undefined))
    const { result } = await timed({ method: 'POST', url, body: '{}', budgetMs: 100 })
    expect(result).toEqual(timeOut)
  })
})

describe('the limit of a body', () => {
  const endless = () =>
    startRemote((response) => {
      response.writeHead(200)
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(1024)));
      }
      response.on('drain', more)
      more()
    })

  it('ends the reading, and with it the connection', async () => {
    const { url } = await endless()
    const client = clientOf({ ...loopback, bodyBytesMax: 64 * 1024 })
    expect(await client.send({ method: 'POST', url })).toEqual({
      is: 'silence',
      cause: 'too-large',
      mayHaveArrived: true,
    })
  })

  it('takes what is just as long as allowed', async () => {
    const { url } = await startRemote((response, _request, nth) =>
      response.end('x'.repeat(nth === 1 ? 1000 : 1001)),
    )
    const client = clientOf({ ...loopback, bodyBytesMax: 1000 })
    expect(await client.send({ method: 'GET', url })).toMatchObject({ is: 'answer' })
    expect(await client.send({ method: 'GET', url })).toMatchObject({ cause: 'too-large' })
  })
})

describe('what never reached the remote is known for certain', () => {
  const never = (cause: string) => ({ is: 'silence', cause, mayHaveArrived: false })
  const post = (url: string, options?: HttpOptions) =>
    clientOf(options).send({ method: 'POST', url, body: '{}' })

  it('a refused connection', async () => {
    const port = await anyFreePort()
    expect(await post(`http://127.0.0.1:${port}/`)).toEqual(never('connection-refused'))
  })

  it('a name nobody has', async () => {
    expect(await post('http://no-such-shop.invalid/')).toEqual(never('name-not-found'))
  })

  it('a certificate nobody signed', async () => {
    let requests = 0
    const server = createSecureServer(selfSigned, (_request, response) => {
      requests += 1
      response.end()
    })
    const url = await listen(server, 'https')
    expect(await post(url)).toEqual(never('certificate'))
    expect(requests).toBe(0)
  })

  it('a remote that speaks no TLS where we do', async () => {
    const { url, requests } = await startRemote((response) => response.end())
    expect(await post(url.replace('http:', 'https:'))).toMatchObject({ mayHaveArrived: false })
    expect(requests).toEqual([])
  })

  it('an address of our own network', async () => {
    const { url, requests } = await startRemote((response) => response.end())
    expect(await post(url, {})).toEqual(never('address-refused'))
    expect(await post(url.replace('127.0.0.1', 'localhost'), {})).toEqual(never('address-refused'))
    expect(requests).toEqual([])
  })

  it.each([
    ['', 'bad-url'],
    ['shop.example/api', 'bad-url'],
    ['ftp://shop.example/', 'bad-url'],
    ['file:///etc/passwd', 'bad-url'],
    ['javascript:alert(1)', 'bad-url'],
    ['http://', 'bad-url'],
    ['http://shop.example:99999/', 'bad-url'],
    ['http://sho p.example/', 'bad-url'],
  ])('an address that is none: %j', async (url, cause) => {
    expect(await post(url)).toEqual(never(cause))
  })

  it.each([
    ['a line break', 'key\nx-admin: 1'],
    ['a letter no header can carry', 'sleutel-€'],
  ])('a header with %s', async (_, value) => {
    const { url, requests } = await startRemote((response) => response.end())
    const result = await clientOf().send({ method: 'POST', url, headers: { 'x-key': value } })
    expect(requests).toEqual([])
    expect(result).toMatchObject({ is: 'silence', mayHaveArrived: false })
  })
})

it('closes its connections at the end', async () => {
  const { url } = await startRemote((response) => response.end())
  const client = createHttpClient(loopback)
  await client.send({ method: 'GET', url })
  await client.close()
  expect(await client.send({ method: 'GET', url })).toMatchObject({ is: 'silence' })
})

describe('a request that waits for a connection until its time is up', () => {
  it('never goes out', async () => {
    const held: ServerResponse[] = []
    const { url, requests } = await startRemote((response, _request, nth) => {
      if (nth === 1) held.push(response)
      else response.end('late')
    })
    const client = clientOf({ ...loopback, connectionsMax: 1 })
    const first = client.send({ method: 'GET', url })
    await expect.poll(() => held).toHaveLength(1)
    const waiting = await client.send({ method: 'POST', url, body: 'x', budgetMs: 30 })
    expect(waiting).toMatchObject({ is: 'silence', cause: 'time-out' })
    held[0]?.end('first')
    expect(await first).toMatchObject({ body: 'first' })
    // The next one has the connection for itself: the one that gave up is not in front of it.
    expect(await client.send({ method: 'GET', url: `${url}/next` })).toMatchObject({ body: 'late' })
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET'])
  })
})
