import { type SandboxRequest } from '../kit/server.ts'
import { type Domain } from './account.ts'
import { ok, type Reply } from './answer.ts'
import { type Books } from './books.ts'
import { answerClients } from './client-calls.ts'
import { answerInvoices } from './invoice-calls.ts'
import { Refusal } from './refusal.ts'
import { answerAccount, answerLayouts, answerSettings } from './setting-calls.ts'

/** Where the API begins, below the sandbox's URL. */
export const basePath = '/api/v1'

type Call = (books: Books, request: SandboxRequest, rest: string[]) => Reply

const reading =
  (answer: (books: Books, query: URLSearchParams) => Reply): Call =>
  (books, request) => {
    if (request.method !== 'GET') throw new Refusal('method not allowed', 405)
    return answer(books, request.query)
  }

/** The domains of the API, with what answers below each. Items and quotes are there, and empty. */
const domainCalls: Partial<Record<Domain, Call>> = {
  clients: answerClients,
  invoices: answerInvoices,
  layouts: reading(answerLayouts),
  settings: reading(answerSettings),
  stockitems: reading(() => ok([])),
  quotes: reading(() => ok([])),
  accounts: (books, request, [id = '']) => {
    if (request.method !== 'GET' || id !== 'current') throw new Refusal('account unknown', 404)
    return answerAccount(books)
  },
}

/**
 * The parts of a path below the base. The vendor's own clients send the prefix twice and double
 * slashes, and live (contract 4).
 */
function split(path: string): string[] {
  const single = path.replace(/\/{2,}/g, '/').replace(/\/$/, '')
  const rest = single.replace(/^(\/api\/v1)+(?=\/|$)/, '')
  if (rest === single) return []
  return rest.split('/').slice(1).map(decode)
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}

/** The name under which a request is counted: one per method and domain. */
export function nameCall(request: SandboxRequest): string {
  const [domain = ''] = split(request.path)
  return `${request.method} ${domain in domainCalls ? `/${domain}` : 'elsewhere'}`
}

/**
 * Answers one call of the API.
 * @throws Refusal when the remote would turn it down.
 */
export function answerCall(books: Books, request: SandboxRequest): Reply {
  const [domain = '', ...rest] = split(request.path)
  const call = Object.entries(domainCalls).find(([name]) => name === domain)?.[1]
  if (call === undefined) throw new Refusal('domain unknown', 404)
  const { rights } = books.account
  if (rights !== 'all' && !rights.includes(domain as Domain)) throw new Refusal('no access', 403)
  return call(books, request, rest)
}
