import type { FastifyInstance } from 'fastify'
import { topicGroups, topicPage, topics } from '../../support/help/topics.ts'
import { ProblemAnswer } from '../problem-answer.ts'
import { addRoute } from '../route.ts'

/** Pages of help. They hold nothing of anybody, so nobody needs to be signed in. */
export const helpRoutes =
  () =>
  (server: FastifyInstance): void => {
    addRoute(server, 'GET /api/help', ({ query }) =>
      Promise.resolve({ groups: topicGroups(query.language), topics: topics(query.language) }),
    )

    addRoute(server, 'GET /api/help/:topic', ({ params, query }) => {
      const page = topicPage(params.topic, query.language)
      if (page === null) throw new ProblemAnswer('NOT_FOUND')
      return Promise.resolve(page)
    })
  }
