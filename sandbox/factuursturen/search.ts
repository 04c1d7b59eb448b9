import { type Books } from './books.ts'
import { type Client } from './client.ts'
import { encodeClient, encodeDraft, encodeInvoice, encodeList } from './encode.ts'
import { isFields } from './form.ts'
import { Refusal } from './refusal.ts'
import { jsonReply, type Reply } from './reply.ts'
import { toJson } from './wire.ts'

/**
 * GET /search/{area}/{field}/{query} (contract 2.4, 7.8). Upper and lower case are the same; an
 * unknown field finds nothing (guess).
 */
export function answerSearch(books: Books, path: string[]): Reply {
  const [area = '', field = '', query = ''] = path
  if (query === '') throw new Refusal('search needs an area, a field and a query', 404)
  const found = find(books, area, { field, query: query.toLowerCase() })
  if (found.length === 0 && books.switches.searchNothing === 'not-found') {
    throw new Refusal('nothing found', 404)
  }
  return jsonReply(encodeList(found))
}

interface Question {
  field: string
  /** In lower case. */
  query: string
}

function find(books: Books, area: string, question: Question): string[] {
  const { drafts, invoices } = books
  const matches = (text: string): boolean => matchesRecord(books, text, question)
  switch (area) {
    case 'clients':
      return clientsToSearch(books, question)
        .map((client) => encodeClient(client, books))
        .filter(matches)
    case 'invoices':
      return invoices.all().map(encodeInvoice).filter(matches)
    case 'invoices_saved':
      return drafts
        .all('save')
        .map((draft) => encodeDraft(draft, books))
        .filter(matches)
    case 'invoices_repeated':
      return drafts
        .all('repeat')
        .map((draft) => encodeDraft(draft, books))
        .filter(matches)
    case 'products':
      return []
    default:
      throw new Refusal(`area ${area} not found`, 404)
  }
}

// Finding a client by e-mail happens for every sale; the rest of searching is rare.
function clientsToSearch({ clients }: Books, { field, query }: Question): Client[] {
  return field === 'email' ? clients.withEmail(query) : clients.all()
}

function matchesRecord(books: Books, json: string, { field, query }: Question): boolean {
  const { searchMatch, searchReference } = books.switches
  // Most records do not hold the text anywhere: no need to look at their fields.
  if (!json.toLowerCase().includes(toJson(query).slice(1, -1))) return false
  const record = JSON.parse(json) as Record<string, unknown>
  const fields = Object.entries(record).filter(
    ([name]) => (field === 'all' || field === name) && (searchReference || name !== 'reference'),
  )
  const texts = fields.flatMap(([, value]) => textsOf(value))
  return texts.some((text) => (searchMatch === 'exact' ? text === query : text.includes(query)))
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value).toLowerCase()]
  return isFields(value) ? Object.values(value).flatMap(textsOf) : []
}
