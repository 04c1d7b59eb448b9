import type { FastifyRequest } from 'fastify'
import { failureLimit } from './failure-limit.ts'
import type { House } from './house.ts'
import { ProblemAnswer } from './problem-answer.ts'
import { visitorOf } from './seat.ts'

/** Sign-in has its own door; everything else of the interface is behind this one. */
const isGuarded = (url: string | undefined): boolean =>
  url !== undefined && url.startsWith('/api/') && !url.startsWith('/api/auth/')

/**
 * Stands before every route of the interface: whoever can't say who they are gets nothing, unless the route
 * says that it is public. A route that forgets to say anything is closed.
 */
export const guard = (house: House) => {
  const guesses = failureLimit(house.engine.clock)
  return async (request: FastifyRequest): Promise<void> => {
    const { url, config } = request.routeOptions
    if (!isGuarded(url) || config.access === 'public') return
    const guessing = request.headers.authorization !== undefined
    if (guessing && guesses.isBlocked(request.ip)) throw new ProblemAnswer('TOO_MANY_REQUESTS')
    try {
      await visitorOf(house, request)
    } catch (error) {
      const wrong = error instanceof ProblemAnswer && error.reason.code === 'TOKEN_UNKNOWN'
      if (guessing && wrong) guesses.failed(request.ip)
      throw error
    }
  }
}
