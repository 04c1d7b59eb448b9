import type { FastifyInstance } from 'fastify'
import type { House } from '../house.ts'

/** For whoever runs the machine: is it alive, can it work, what has it counted. */
export const operationRoutes =
  (house: Pick<House, 'pool' | 'registry'>) =>
  (server: FastifyInstance): void => {
    const hidden = { schema: { hide: true }, logLevel: 'warn' as const }
    server.get('/health/live', hidden, () => ({ status: 'alive' }))
    server.get('/health/ready', hidden, async (_request, reply) => {
      try {
        await house.pool.query('select 1')
        return { status: 'ready' }
      } catch {
        return reply.status(503).send({ status: 'database unreachable' })
      }
    })
    server.get('/metrics', hidden, async (_request, reply) =>
      reply.type(house.registry.contentType).send(await house.registry.metrics()),
    )
  }
