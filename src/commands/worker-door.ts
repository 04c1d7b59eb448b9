import Fastify from 'fastify'
import { operationRoutes } from '../server/routes/operations.ts'
import type { Runtime } from './runtime.ts'

/** Lets a worker without web server be watched: /health and /metrics on a port of their own. @returns how to close it */
export const openWorkerDoor = async (
  { config, pool, measures }: Pick<Runtime, 'config' | 'pool' | 'measures'>,
  port: number,
): Promise<() => Promise<void>> => {
  const server = Fastify({ logger: false })
  operationRoutes({ pool, registry: measures.registry })(server)
  await server.listen({ host: config.host, port })
  return () => server.close()
}
