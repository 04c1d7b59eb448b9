import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { isOperator } from '../operator/operators.ts'
import type { Api, RouteKey } from './api.ts'
import type { House } from './house.ts'
import { ProblemAnswer } from './problem-answer.ts'
import { addRoute, type Call } from './route.ts'
import { visitorOf, type Visitor } from './seat.ts'

/**
 * The operator who asks. For everybody else there is no console.
 * @throws ProblemAnswer NOT_SIGNED_IN, NOT_FOUND, SECOND_FACTOR_MISSING
 */
export const operatorOf = async (house: House, request: FastifyRequest): Promise<Visitor> => {
  const visitor = await visitorOf(house, request)
  if (!(await isOperator(house.engine.db, visitor.userId))) throw new ProblemAnswer('NOT_FOUND')
  if (!visitor.strong) throw new ProblemAnswer('SECOND_FACTOR_MISSING')
  return visitor
}

type OperatorKey = Extract<RouteKey, `${string} /api/operator/${string}`>

/** Adds one route of the console; there is no other way to, so that none can forget to ask who is there. */
export const addOperatorRoute = <K extends OperatorKey>(
  server: FastifyInstance,
  house: House,
  key: K,
  handle: (call: Call<K> & { operator: Visitor }) => Promise<z.input<Api[K]['answer']>>,
): void => {
  addRoute(server, key, async (call) => {
    const operator = await operatorOf(house, call.request)
    return handle({ ...call, operator })
  })
}
