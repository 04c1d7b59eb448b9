import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { RawRequest } from '../connectors/webshop.ts'

/** Inside this part of the server bodies stay the exact bytes: signatures are over them. */
export const keepBodiesRaw = (server: FastifyInstance): void => {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body)
  })
}

/** A request as connectors judge it. `publicUrl` is what was registered, whatever a proxy made of it. */
export const rawRequestOf = (request: FastifyRequest, publicUrl: string, now: Date): RawRequest => {
  const [path = '', query = ''] = request.url.split('?')
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return {
    method: request.method,
    address: publicUrl + path,
    query: new URLSearchParams(query),
    headers,
    body: typeof request.body === 'string' ? request.body : '',
    receivedAt: now,
  }
}
