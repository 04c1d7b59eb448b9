import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { api, failure, type Api, type RouteKey, type RouteShape } from './api.ts'

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

/** Adds one route of the api table: its shape is checked on the way in and on the way out. */
export const addRoute = <K extends RouteKey>(
  server: FastifyInstance,
  key: K,
  handle: (call: Call<K>) => Promise<z.input<Api[K]['answer']>>,
): void => {
  const shape: RouteShape = api[key]
  const [method = '', url = ''] = key.split(' ')
  server.route({
    method,
    url,
    schema: {
      summary: shape.summary,
      tags: ['bookings'],
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
