import { type SandboxRequest } from '../kit/server.ts'
import { type Books } from './books.ts'
import { answerClients } from './client-calls.ts'
import { answerDrafts, answerInvoices, answerPayment, answerPdf } from './invoice-calls.ts'
import { Refusal } from './refusal.ts'
import { jsonReply, type Reply } from './reply.ts'
import { answerSearch } from './search.ts'
import { answerCategories, answerCountries, answerProfiles, answerTaxes } from './setting-calls.ts'

const base = '/api/v1/'

/** Where the API begins, below the sandbox's URL. */
export const basePath = '/api/v1'

type Call = (books: Books, request: SandboxRequest, rest: string[]) => Reply

/** The resources of the API, with what answers below each. */
const resources = new Map<string, Call>([
  ['clients', withId(answerClients)],
  ['invoices', withId(answerInvoices)],
  ['invoices_pdf', withId(answerPdf)],
  ['invoices_payment', withId(answerPayment)],
  ['invoices_saved', withId((books, request, id) => answerDrafts(books, request, id, 'save'))],
  ['invoices_repeated', withId((books, request, id) => answerDrafts(books, request, id, 'repeat'))],
  ['taxes', reading(answerTaxes)],
  ['profiles', reading(answerProfiles)],
  ['categories', reading(answerCategories)],
  ['products', reading(() => jsonReply('[]'))],
  ['countrylist', reading((_, [language = '']) => answerCountries(language))],
  ['search', reading(answerSearch)],
])

/** The name under which a request is counted: one per method and resource. */
export function nameCall(request: SandboxRequest): string {
  const [resource = ''] = split(request.path)
  return `${request.method} ${resources.has(resource) ? `/${resource}` : 'elsewhere'}`
}

/**
 * Answers one call of the API.
 * @throws Refusal when the remote would turn it down.
 */
export function answerCall(books: Books, request: SandboxRequest): Reply {
  const [resource = '', ...rest] = split(request.path)
  const call = resources.get(resource)
  if (call === undefined) throw new Refusal('resource not found', 404)
  return call(books, request, rest.map(decode))
}

/** The parts of a path below the base; a slash at the end makes no difference (contract 1). */
function split(path: string): string[] {
  if (!path.startsWith(base)) return []
  return path.slice(base.length).replace(/\/+$/, '').split('/')
}

// Split before decoded, so that %2F in a part stays inside it (contract 7.6).
function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new Refusal('the path is not well encoded')
  }
}

function withId(answer: (books: Books, request: SandboxRequest, id: string) => Reply): Call {
  return (books, request, [id = '', ...more]) => {
    // The search without /search/ in its path, as the vendor's table prints it (contract 7.4).
    if (more.length > 0) throw new Refusal('resource not found', 404)
    return answer(books, request, id)
  }
}

function reading(answer: (books: Books, rest: string[]) => Reply): Call {
  return (books, request, rest) => {
    if (request.method !== 'GET') throw new Refusal('method not allowed', 405)
    return answer(books, rest)
  }
}
