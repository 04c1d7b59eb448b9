import { json } from '../kit/message.ts'
import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { type Books, ledgersOf } from './books.ts'
import { type Call } from './call.ts'
import { answerContacts } from './contacts.ts'
import { answerInvoices } from './invoices.ts'
import { authorize, tokenAnswer } from './oauth.ts'
import { answerProducts } from './products.ts'
import { type RateLimit } from './rate-limit.ts'
import { Refusal } from './refusal.ts'
import {
  answerAccounts,
  answerCompanies,
  answerMe,
  answerTemplates,
  answerVatTypes,
} from './setting-calls.ts'
import { type Bearer, readBearer } from './tokens.ts'

/** Where the API begins, below the sandbox's URL. */
export const basePath = '/api/v1'

interface Resource {
  scope: string
  readOnly: boolean
  answer(call: Call, part: string): SandboxAnswer
}

/** The resources of an administration, each with the right it needs (contract §2). */
const resources = new Map<string, Resource>([
  ['contacts', { scope: 'manage:contacts', readOnly: false, answer: answerContacts }],
  ['products', { scope: 'manage:products', readOnly: false, answer: answerProducts }],
  ['sales_invoices', { scope: 'manage:sales_invoices', readOnly: false, answer: answerInvoices }],
  ['vat_types', { scope: 'public', readOnly: true, answer: answerVatTypes }],
  ['accounts', { scope: 'read:accounts', readOnly: true, answer: answerAccounts }],
  ['templates', { scope: 'public', readOnly: true, answer: answerTemplates }],
])

const errorAnswer = ({ status, type, message }: Refusal): SandboxAnswer =>
  json({ error: { type, message } }, status)

const expiredText = 'Het toegangstoken is verlopen'
const unknownText = 'Het toegangstoken is ongeldig'

/** 401 with the header of contract §2; a token nobody knows gets another text (a guess). */
function tokenRefused(message: string): SandboxAnswer {
  const answer = errorAnswer(new Refusal(401, 'client.authentication.invalid_token', message))
  const challenge = `Bearer realm="Rompslomp API v1", error="invalid_token", error_description="${message}"`
  return { ...answer, headers: { ...answer.headers, 'WWW-Authenticate': challenge } }
}

function rateLimited(seconds: number): SandboxAnswer {
  const answer = errorAnswer(new Refusal(429, 'client.rate_limit', 'Te veel verzoeken'))
  return { ...answer, headers: { ...answer.headers, 'Retry-After': String(seconds) } }
}

/** The remote's front door: who may enter, how often, and what is behind it. */
export function createRemote(books: Books, limit: RateLimit) {
  const { requests } = books

  function answerApi(request: SandboxRequest): SandboxAnswer {
    const bearer = readBearer(books, request.headers.authorization)
    if (bearer.is !== 'allowed') {
      requests.unauthorized += 1
      return tokenRefused(bearer.is === 'expired' ? expiredText : unknownText)
    }
    const seconds = limit.take(bearer.token)
    if (seconds > 0) {
      requests.limited += 1
      return rateLimited(seconds)
    }
    try {
      return answerCall(books, request, bearer)
    } catch (error) {
      if (error instanceof Refusal) return errorAnswer(error)
      throw error
    }
  }

  return {
    rateLimited: () => rateLimited(30),
    unauthorized: () => tokenRefused(expiredText),
    handle: (request: SandboxRequest): SandboxAnswer => {
      count(books, request)
      if (request.path === '/oauth/authorize') return authorize(books, request)
      if (request.path === '/oauth/token' && request.method === 'POST') {
        return tokenAnswer(books, request)
      }
      if (request.path.startsWith(`${basePath}/`)) return answerApi(request)
      return errorAnswer(new Refusal(404, 'client.not_found.endpoint', 'Onbekend adres'))
    },
  }
}

/** The parts of a path below the base. */
const split = (path: string): string[] =>
  path
    .slice(basePath.length + 1)
    .replace(/\/+$/, '')
    .split('/')

function answerCall(
  books: Books,
  request: SandboxRequest,
  { scopes }: Extract<Bearer, { is: 'allowed' }>,
): SandboxAnswer {
  const [root = '', companyId = '', name = '', id = '', part = '', ...more] = split(request.path)
  const nowhere = new Refusal(404, 'client.not_found.endpoint', 'Onbekend adres')
  if (root === 'me' && companyId === '') {
    demand(scopes, 'read:me')
    return answerMe()
  }
  if (root !== 'companies' || more.length > 0) throw nowhere
  if (companyId === '') {
    if (request.method !== 'GET') throw nowhere
    demand(scopes, 'public')
    return answerCompanies(books, request)
  }
  const resource = resources.get(name)
  if (resource === undefined || (resource.readOnly && request.method !== 'GET')) throw nowhere
  const company = books.account.companies.find((each) => String(each.id) === companyId)
  if (company === undefined) {
    throw new Refusal(404, 'client.not_found.resource', 'Administratie niet gevonden')
  }
  if (!company.apiAccessible) {
    throw new Refusal(403, 'client.authorization.access_denied', 'Uw pakket heeft geen API-toegang')
  }
  // A right works only if it is in the token and in the company (contract §2).
  demand(scopes, resource.scope)
  demand(company.allowedScopes, resource.scope)
  if (resource.readOnly && id !== '') throw nowhere
  const ledgers = ledgersOf(books, company)
  return resource.answer({ books, request, company, ledgers, id, scopes }, part)
}

function demand(scopes: readonly string[], scope: string): void {
  if (scopes.includes(scope)) return
  throw new Refusal(403, 'client.authorization.invalid_scope', `Het recht ${scope} ontbreekt`)
}

function count({ requests }: Books, { method, path }: SandboxRequest): void {
  const [, , resource] = path.startsWith(basePath) ? split(path) : []
  const name = `${method} ${resource ?? path}`
  requests.total += 1
  requests.byCall[name] = (requests.byCall[name] ?? 0) + 1
}
