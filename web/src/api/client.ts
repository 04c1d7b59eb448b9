import i18next from 'i18next'
import type { z } from 'zod'
import type { Api, RouteKey } from '../../../src/server/api.ts'
import { failureIn, noConnection } from './failure.ts'
import { noteServerTime } from './server-clock.ts'

/** What a route takes in (before its defaults are filled in) under one of the three headings. */
type Part<K extends RouteKey, Name extends 'params' | 'query' | 'body'> =
  Api[K] extends Record<Name, infer Shape extends z.ZodType>
    ? Record<Name, z.input<Shape>>
    : unknown

export type Request<K extends RouteKey> = Part<K, 'params'> & Part<K, 'query'> & Part<K, 'body'>
export type Answer<K extends RouteKey> = z.output<Api[K]['answer']>

interface AnyRequest {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
}

/** Long enough for a slow webshop behind the server, short enough not to leave somebody waiting in vain. */
const answerTimeoutMs = 45_000

/**
 * Calls one route of `src/server/api.ts`. The types come from that table; the server has validated what it
 * answers, so nothing is validated again here and no schema ends up in the browser.
 * @throws Failure for every error answer, an unreadable answer and a lost connection
 */
export const call = async <K extends RouteKey>(
  key: K,
  request: Request<K>,
  signal?: AbortSignal,
): Promise<Answer<K>> => {
  const { params, query, body } = request as AnyRequest
  const [method = 'GET', path = ''] = key.split(' ')
  const timeout = AbortSignal.timeout(answerTimeoutMs)
  const answer = await fetch(address(path, params, query), {
    method,
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    headers: {
      accept: 'application/json',
      // What goes wrong is told in the language of the screen, which need not be the browser's.
      'accept-language': i18next.language,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw signal?.aborted ? cause : noConnection()
  })
  noteServerTime(answer.headers.get('date'))
  const content: unknown = await answer.json().catch(() => undefined)
  if (!answer.ok || content === undefined) throw failureIn(content, answer.status)
  return content as Answer<K>
}

/** The path of a route with its parameters and query filled in; empty query values are left out. */
export const address = (
  path: string,
  params: Record<string, string> = {},
  query: Record<string, unknown> = {},
): string => {
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  )
  const pairs = Object.entries(query).filter(
    (pair): pair is [string, string | number] => pair[1] != null && pair[1] !== '',
  )
  const search = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()
  return search === '' ? filled : `${filled}?${search}`
}
