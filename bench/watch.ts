import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { monotonicMs, pause } from './moment.ts'

/** A request a sandbox served, as it came in. */
export interface SeenRequest {
  startMs: number
  endMs: number
  method: string
  /** Path with query, exactly as it was sent. */
  url: string
  headers: Readonly<Record<string, string>>
  body: string
}

/** An invoice that was made, at the moment its answer left. */
export interface Created {
  reference: string
  atMs: number
}

/** What happens at the HTTP servers of this process, seen from beside: the sandboxes know nothing of it. */
export interface Watch {
  /** Forgets everything seen; `tape` keeps whole requests from now on, not only their times. */
  begin(tape: boolean): void
  /** Resolves when so many invoices were made. @throws Error when for `stallMs` nothing happens */
  created(count: number, stallMs: number): Promise<Created[]>
  requests(): SeenRequest[]
}

interface Served {
  request: IncomingMessage
  response: ServerResponse
}

interface Open {
  startMs: number
  chunks: Buffer[]
}

const referencePattern = /"line1":"([^"]+)"/

export const watchServers = (): Watch => {
  const open = new WeakMap<ServerResponse, Open>()
  let taping = false
  let requests: SeenRequest[] = []
  let created: Created[] = []

  const isOurs = ({ url = '' }: IncomingMessage) => !url.startsWith('/_sandbox')
  const isCreate = ({ method, url = '' }: IncomingMessage) =>
    method === 'POST' && url.endsWith('/invoices')

  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as Served
    if (!isOurs(request)) return
    const entry: Open = { startMs: monotonicMs(), chunks: [] }
    open.set(response, entry)
    if (taping || isCreate(request)) {
      request.on('data', (chunk: Buffer) => entry.chunks.push(chunk))
    }
  })
  subscribe('http.server.response.finish', (message) => {
    const { request, response } = message as Served
    const entry = open.get(response)
    if (entry === undefined) return
    const endMs = monotonicMs()
    const body = Buffer.concat(entry.chunks).toString('utf8')
    if (isCreate(request) && response.statusCode === 201) {
      created.push({ reference: referencePattern.exec(body)?.[1] ?? '', atMs: endMs })
    }
    const { method = '', url = '' } = request
    requests.push({
      startMs: entry.startMs,
      endMs,
      method,
      url: taping ? url : '',
      headers: taping ? (request.headers as Record<string, string>) : {},
      body: taping ? body : '',
    })
  })

  return {
    begin(tape) {
      taping = tape
      requests = []
      created = []
    },
    async created(count, stallMs) {
      let seen = 0
      let seenMs = monotonicMs()
      while (created.length < count) {
        await pause(2)
        if (created.length > seen) {
          seen = created.length
          seenMs = monotonicMs()
        }
        if (monotonicMs() - seenMs > stallMs) {
          throw new Error(`only ${seen} of ${count} invoices, and nothing for ${stallMs} ms`)
        }
      }
      return created
    },
    requests: () => requests,
  }
}
