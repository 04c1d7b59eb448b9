import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { accountings, webshops } from '../../connectors/registry.ts'
import { isProblemCode } from '../../problems/catalogue.ts'
import { guideOf } from '../guide.ts'
import { inWords, ProblemAnswer } from '../problem-answer.ts'
import { addRoute } from '../route.ts'

const systems: ReadonlyMap<string, { title: string; readme: URL }> = new Map(
  [
    ...webshops.map(({ id, title }) => ({ id, title, folder: 'webshops' })),
    ...accountings.map(({ id, title }) => ({ id, title, folder: 'accounting' })),
  ].map(({ id, title, folder }) => [
    id,
    { title, readme: new URL(`../../connectors/${folder}/${id}/README.md`, import.meta.url) },
  ]),
)

const titleOf = (system: string | undefined): string =>
  systems.get(system ?? '')?.title ?? 'Doorvoer'

/** What a merchant reads while connecting: the guide of a system, and a problem in words. */
export const guideRoutes = (server: FastifyInstance): void => {
  addRoute(server, 'GET /api/systems/:id/guide', async ({ params, query }) => {
    const system = systems.get(params.id)
    const readme =
      system === undefined ? null : await readFile(system.readme, 'utf8').catch(() => null)
    if (system === undefined || readme === null) throw new ProblemAnswer('NOT_FOUND')
    return { title: system.title, ...guideOf(readme, query.language) }
  })

  addRoute(server, 'GET /api/problems/:code', ({ params, query }) => {
    if (!isProblemCode(params.code)) throw new ProblemAnswer('NOT_FOUND')
    const why = { code: params.code, params: { system: titleOf(query.system) } }
    return Promise.resolve(inWords(why, query.language))
  })
}
