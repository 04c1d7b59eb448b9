import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What one server answered, by HTTP status; 0: nothing. */
export type Answers = Readonly<Record<number, number>>

/** One address for several servers, which take turns: an operator's proxy while an upgrade is going on. */
export interface Balancer {
  url: string
  /** From now on it gets its turns. @param name what its answers are counted under */
  join(name: string, url: string): void
  /** It gets no more of them. Resolves when what it had is answered. */
  leave(name: string): Promise<void>
  /** What each answered so far. */
  answers(): Readonly<Record<string, Answers>>
  close(): Promise<void>
}

interface Server {
  name: string
  url: string
  underWay: Set<Promise<unknown>>
}

const bytesMax = 1024 * 1024
/** Of one connection only, and so not for the next one. */
const ownHeaders = new Set([
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'transfer-encoding',
])

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bytesMax) throw new Error('more than a shop sends')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const headersOf = ({ headers }: IncomingMessage): [string, string][] =>
  Object.entries(headers)
    .filter(([name]) => !ownHeaders.has(name))
    .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')])

export const startBalancer = async (): Promise<Balancer> => {
  let servers: Server[] = []
  let turn = 0
  const counts: Record<string, Record<number, number>> = {}
  const count = (name: string, status: number) => {
    const own = (counts[name] ??= {})
    own[status] = (own[status] ?? 0) + 1
  }

  const pass = async (request: IncomingMessage): Promise<{ status: number; body: string }> => {
    const body = await bodyOf(request)
    turn += 1
    const server = servers[turn % Math.max(1, servers.length)]
    if (server === undefined) return { status: 503, body: '' }
    const { method = 'GET', url = '/' } = request
    const asking = fetch(server.url + url, {
      method,
      headers: headersOf(request),
      redirect: 'manual',
      ...(body.length > 0 && { body }),
    }).then(
      async (answer) => ({ status: answer.status, body: await answer.text() }),
      () => ({ status: 0, body: '' }),
    )
    server.underWay.add(asking)
    const answer = await asking
    server.underWay.delete(asking)
    count(server.name, answer.status)
    return answer
  }

  const listener = createServer((request, response) => {
    void pass(request).then(({ status, body }) => {
      if (status === 0) response.destroy()
      else response.writeHead(status).end(body)
    })
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    join(name, url) {
      servers.push({ name, url, underWay: new Set() })
    },
    async leave(name) {
      const leaving = servers.filter((each) => each.name === name)
      servers = servers.filter((each) => each.name !== name)
      await Promise.all(leaving.flatMap(({ underWay }) => [...underWay]))
    },
    answers: () => structuredClone(counts),
    async close() {
      listener.closeAllConnections()
      listener.close()
      await once(listener, 'close')
    },
  }
}
