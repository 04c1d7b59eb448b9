/**
 * A stand-in for the server, only for looking at screens: `node web/dev/fake-api.ts [port]`, then open
 * http://127.0.0.1:4300 (any e-mail address; the password "wrong" is refused). It serves web/dist and answers
 * the interface from made-up sales. Every answer is checked against src/server/api.ts, so it cannot drift.
 */
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { accessOf } from '../../src/server/api/shapes.ts'
import { api, type RouteKey, type RouteShape } from '../../src/server/api.ts'
import { Refusal, type Question } from './fake-answer.ts'
import { answers, refusalBody } from './fake-answers.ts'
import { scenarios } from './fake-scenarios.ts'

const port = Number(process.argv[2] ?? 4300)
const dist = process.env['DOORVOER_DIST'] ?? join(import.meta.dirname, '../dist')
const listeners = new Set<ServerResponse>()

const changed = () => {
  for (const listener of listeners) listener.write('event: changed\ndata: {}\n\n')
}

const routes = Object.entries<RouteShape>(api).map(([key, shape]) => {
  const [method = '', path = ''] = key.split(' ')
  const pattern = new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`)
  return { key: key as RouteKey, method, pattern, shape }
})

/** What the real server promises in its headers; the screens have to work under it. */
const policy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

const send = (response: ServerResponse, status: number, body: unknown, headers = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

const cookie = (session: string) => `fake-session=${session}; Path=/; HttpOnly`

const bodyOf = async (request: IncomingMessage): Promise<Question['body']> => {
  const text = (await request.setEncoding('utf8').toArray()).join('')
  return text === '' ? {} : (JSON.parse(text) as Question['body'])
}

const answerApi = async (request: IncomingMessage, response: ServerResponse, url: URL) => {
  const asked = url.searchParams.get('language') ?? request.headers['accept-language']
  const language = asked?.startsWith('en') ? 'en' : 'nl'
  const refuse = ({ status, code }: Pick<Refusal, 'status' | 'code'>) =>
    send(response, status, refusalBody(code, language))
  const found = routes.find(
    ({ method, pattern }) => method === request.method && pattern.test(url.pathname),
  )
  const session = /fake-session=(nl|en)/.exec(request.headers.cookie ?? '')?.[1]
  if (session === undefined && !(found && accessOf(found.key, found.shape) === 'public')) {
    refuse({ status: 401, code: 'NOT_SIGNED_IN' })
    return
  }
  const slow = scenarios.find(({ answers }) => answers === 'never')
  if (slow && url.pathname.includes(slow.id)) return
  const answerOf = found && answers[found.key]
  if (found === undefined || answerOf === undefined) {
    refuse({ status: 404, code: 'NOT_FOUND' })
    return
  }
  try {
    const answer = await answerOf({
      params: { ...found.pattern.exec(url.pathname)?.groups },
      query: { ...Object.fromEntries(url.searchParams), language },
      body: await bodyOf(request),
      preferred: session === 'en' ? 'en' : 'nl',
      changed,
    })
    const kept = found.key === 'PATCH /api/me' && 'language' in answer ? answer.language : session
    const headers = kept === undefined ? {} : { 'set-cookie': cookie(kept) }
    send(response, 200, found.shape.answer.parse(answer), headers)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    refuse(error)
  }
}

const answerEvents = (request: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write('event: connected\ndata: {}\n\n')
  listeners.add(response)
  request.on('close', () => listeners.delete(response))
}

const answerDoor = async (request: IncomingMessage, response: ServerResponse, url: URL) => {
  if (url.pathname.endsWith('/sign-out')) {
    send(response, 200, { success: true }, { 'set-cookie': 'fake-session=; Max-Age=0; Path=/' })
    return
  }
  const { password, code } = (await bodyOf(request)) as { password?: string; code?: string }
  if (url.pathname.endsWith('/enable')) {
    const totpURI = 'otpauth://totp/Doorvoer:marieke?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
    const backupCodes = Array.from({ length: 10 }, (_, n) => `k7Qp${n}-x9Rt${n}`)
    send(response, 200, { totpURI, backupCodes })
  } else if (password === 'second') send(response, 200, { twoFactorRedirect: true })
  else if (code === '000000') send(response, 401, { code: 'INVALID_CODE' })
  else if (password === 'wrong') send(response, 401, { code: 'INVALID_EMAIL_OR_PASSWORD' })
  else send(response, 200, { user: {} }, { 'set-cookie': cookie('nl') })
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

const answerFile = async (response: ServerResponse, path: string) => {
  const wanted = normalize(extname(path) === '' ? '/index.html' : path)
  const content = await readFile(join(dist, wanted)).catch(() => null)
  response.writeHead(content ? 200 : 404, {
    'content-type': types[extname(wanted)] ?? 'application/octet-stream',
    'content-security-policy': policy,
  })
  response.end(content ?? '')
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://fake')
  const answer = async () => {
    if (url.pathname.startsWith('/api/auth/')) await answerDoor(request, response, url)
    else if (url.pathname.endsWith('/events')) answerEvents(request, response)
    else if (url.pathname.startsWith('/api/')) await answerApi(request, response, url)
    else await answerFile(response, url.pathname)
  }
  answer().catch((error: unknown) => {
    process.stderr.write(`${request.url ?? ''} ${String(error)}\n`)
    send(response, 500, refusalBody('FAULT_IN_DOORVOER', 'nl'))
  })
})

/** Every question once, so that a drift shows at the start and not on a screen. */
const checkAll = async () => {
  const [first] = scenarios
  const params = {
    integrationId: first?.id ?? '',
    bookingId: first?.sales[0]?.id ?? '',
    topic: 'NOT_FOUND',
    id: 'kmoshops',
    token: 'offer-open-0000000000000',
    code: 'NOT_FOUND',
  }
  for (const { key, method, shape } of routes) {
    const answerOf = answers[key]
    if (method !== 'GET' || answerOf === undefined) continue
    for (const tab of ['report', 'errors', 'open']) {
      const question = {
        params,
        query: { language: 'nl' as const, tab },
        body: {},
        changed,
        preferred: 'nl' as const,
      }
      shape.answer.parse(await answerOf(question))
    }
  }
}

await checkAll()
server.listen(port, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${port}\n`)
})
