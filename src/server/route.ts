import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { accessOf, type Access } from './api/shapes.ts'
import { api, failure, type Api, type RouteKey, type RouteShape } from './api.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route; the guard reads it before anything else happens. */
    access?: Access
  }
}

type Part<K extends RouteKey, P extends keyof RouteShape> =
  Api[K] extends Record<P, infer Z extends z.ZodType> ? z.output<Z> : undefined

/** What came in, checked, and the request itself for who sent it. */
export interface Call<K extends RouteKey> {
  params: Part<K, 'params'>
  query: Part<K, 'query'>
  body: Part<K, 'body'>
  request: FastifyRequest
  reply: FastifyReply
}

/** What the documentation says of who may call. */
export const securityOf = (access: Access): Record<string, string[]>[] => {
  if (access === 'public') return []
  return access === 'session' ? [{ session: [] }] : [{ session: [] }, { token: [access] }]
}

/** The heading under which the documentation shows a route: what its address is about. */
const headingOf = (url: string): string => {
  const [, , first = '', , second = first] = url.split('/')
  return { integrations: second, me: 'account' }[first] ?? first
}

/** Adds one route of the api table: its shape is checked on the way in and on the way out. */
export const addRoute = <K extends RouteKey>(
  server: FastifyInstance,
  key: K,
  handle: (call: Call<K>) => Promise<z.input<Api[K]['answer']>>,
): void => {
  const shape: RouteShape = api[key]
  const [method = '', url = ''] = key.split(' ')
  const access = accessOf(key, shape)
  server.route({
    method,
    url,
    config: {
      access,
      ...(shape.perMinute !== undefined && {
        rateLimit: { max: shape.perMinute, timeWindow: 60_000 },
      }),
    },
    schema: {
      summary: shape.summary,
      tags: [headingOf(url)],
      security: securityOf(access),
      ...(shape.params && { params: shape.params }),
      ...(shape.query && { querystring: shape.query }),
      ...(shape.body && { body: shape.body }),
      response: { 200: shape.answer, '4xx': failure, '5xx': failure },
    },
    handler: (request, reply) =>
      handle({
        params: request.params,
        query: request.query,
        body: request.body,
        request,
        reply,
      } as Call<K>),
  })
}
