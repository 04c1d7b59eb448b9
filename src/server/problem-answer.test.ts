import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failure } from './api.ts'
import { answerProblem, inWords, languageOf, ProblemAnswer } from './problem-answer.ts'

let server: FastifyInstance
let thrown: unknown

beforeAll(async () => {
  server = Fastify()
  server.setErrorHandler(answerProblem)
  server.get('/', () => {
    throw thrown
  })
  server.get('/language', (request) => ({ language: languageOf(request) }))
  await server.ready()
})
afterAll(() => server.close())

const answerTo = async (error: unknown, headers: Record<string, string> = {}) => {
  thrown = error
  const answer = await server.inject({ url: '/', headers })
  return { status: answer.statusCode, ...failure.parse(answer.json()).error }
}

const withCode = (code: string, message = 'inwendig geheim') =>
  Object.assign(new Error(message), { code })

describe('what a route throws', () => {
  it('as a problem is answered with its own status, figures and words', async () => {
    const problem = new ProblemAnswer('CONFLICT', { state: 'booked' })
    expect(await answerTo(problem, { 'accept-language': 'en' })).toMatchObject({
      status: 409,
      code: 'CONFLICT',
      params: { state: 'booked' },
      text: 'This cannot be done now: the booking has become booked.',
    })
  })

  it.each([
    // What PostgreSQL says of itself.
    withCode('57P01'),
    withCode('57P02'),
    withCode('57P03'),
    withCode('53300'),
    withCode('53100'),
    withCode('08006'),
    withCode('08P01'),
    // What Node says of the line.
    withCode('ECONNREFUSED'),
    withCode('ECONNRESET'),
    withCode('ETIMEDOUT'),
    withCode('EHOSTUNREACH'),
    withCode('ENOTFOUND'),
    withCode('EAI_AGAIN'),
    withCode('EPIPE'),
    // What the driver says without a code.
    new Error('timeout exceeded when trying to connect'),
    new Error('Connection terminated unexpectedly'),
    new Error('Connection terminated due to connection timeout'),
    new Error('Client has encountered a connection error and is not queryable'),
  ])('from a database that is away is a problem that passes: %s', async (error) => {
    expect(await answerTo(error)).toMatchObject({ status: 503, code: 'DATABASE_BUSY' })
  })

  it.each([
    new Error('inwendig geheim'),
    withCode('22P02'),
    withCode('23505'),
    new TypeError('x is'),
  ])('as a fault of ours is told without its words: %s', async (error) => {
    const answer = await answerTo(error)
    expect(answer).toMatchObject({ status: 500, code: 'FAULT_IN_DOORVOER', params: {} })
    expect(JSON.stringify(answer)).not.toContain('geheim')
    expect(JSON.stringify(answer)).not.toContain('x is')
  })
})

describe('languageOf', () => {
  it.each([
    ['', {}, 'nl'],
    ['', { 'accept-language': 'en' }, 'en'],
    ['', { 'accept-language': 'EN-us,nl;q=0.5' }, 'en'],
    ['', { 'accept-language': 'nl,en;q=0.9' }, 'nl'],
    ['', { 'accept-language': '*' }, 'nl'],
    ['?language=en', {}, 'en'],
    ['?language=nl', { 'accept-language': 'en' }, 'nl'],
    ['?language=xx', { 'accept-language': 'en' }, 'en'],
    ['?language=en&language=nl', {}, 'nl'],
  ])('%j with %j is %s', async (query, headers, language) => {
    const answer = await server.inject({ url: `/language${query}`, headers })
    expect(answer.json()).toEqual({ language })
  })
})

describe('inWords', () => {
  it('keeps a stored code readable that is not in the catalogue any more', () => {
    expect(inWords({ code: 'OLD_CODE', params: { total: '1' } }, 'nl')).toEqual({
      code: 'OLD_CODE',
      params: { total: '1' },
      text: 'OLD_CODE',
      cause: '',
      remedy: '',
      help: '',
    })
  })
})
