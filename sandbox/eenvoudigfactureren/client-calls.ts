import { type SandboxRequest } from '../kit/server.ts'
import { created, ok, type Reply } from './answer.ts'
import { readBody } from './body.ts'
import { type Books, nextId } from './books.ts'
import { type Client, type ClientRules, emptyClient, readClient, readContact } from './client.ts'
import { uriOf, wireClient, wireId } from './encode.ts'
import { listOf, type ListRules, pick } from './query.ts'
import { Refusal, unknown } from './refusal.ts'

const list: ListRules = {
  fields: (
    'client_id external_client_id name attention number street street2 postal_code city country ' +
    'country_code tax_code email_address phone_number website state private_note'
  ).split(' '),
  sortable: ['client_id', 'name', 'number', 'city', 'postal_code'],
}

/** What reading a client of these books depends on. */
export const clientRules = (books: Books): ClientRules => ({
  switches: books.switches,
  nextId: () => nextId(books),
})

/** The calls below /clients (contract 2). */
export function answerClients(books: Books, request: SandboxRequest, rest: string[]): Reply {
  const [id = '', part = ''] = rest
  if (id === '') {
    if (request.method === 'GET') {
      const rows = [...books.clients.values()].map((client) => wireClient(client, books))
      return ok(listOf(rows, request.query, list, books), 'client')
    }
    if (request.method === 'POST') return createClient(books, request)
    throw new Refusal('method not allowed', 405)
  }
  const client = findClient(books, id)
  if (part === 'contacts') return answerContacts(books, request, client)
  if (part !== '') throw new Refusal('subdomain unknown', 404)
  return answerOne(books, request, client)
}

/** @throws Refusal when there is no such client */
export function findClient(books: Books, id: string): Client {
  const client = /^\d{1,15}$/.test(id.trim()) ? books.clients.get(Number(id)) : undefined
  if (client === undefined) throw unknown('client_id')
  return client
}

/** A client with the server's own number, when the account gives one (contract 2.1). */
export function numbered(books: Books, client: Client): Client {
  if (client.number !== '' || !books.account.clientNumbers) return client
  return { ...client, number: String(books.clients.size + 1) }
}

function createClient(books: Books, request: SandboxRequest): Reply {
  if (request.query.has('bulk')) throw new Refusal('the sandbox takes no bulk rows', 501)
  const empty = emptyClient(nextId(books), 'api')
  const client = numbered(books, readClient(readBody(request), empty, clientRules(books)))
  books.clients.set(client.client_id, client)
  const id = wireId(client.client_id, books)
  return created('client', 'client_id', id, uriOf(`clients/${client.client_id}`))
}

function answerOne(books: Books, request: SandboxRequest, client: Client): Reply {
  const { client_id, origin } = client
  switch (request.method) {
    case 'GET':
      return ok(pick(wireClient(client, books), request.query.get('fields')))
    // POST changes what is named, PUT wipes what is not (contract 2).
    case 'POST':
    case 'PUT': {
      const base = request.method === 'POST' ? client : emptyClient(client_id, origin)
      books.clients.set(client_id, readClient(readBody(request), base, clientRules(books)))
      return ok({ success: 'client updated' })
    }
    case 'DELETE':
      books.clients.delete(client_id)
      return ok({ success: 'client removed' })
    default:
      throw new Refusal('method not allowed', 405)
  }
}

function answerContacts(books: Books, request: SandboxRequest, client: Client): Reply {
  if (request.method === 'GET') return ok(wireClient(client, books)['contacts'], 'contact')
  if (request.method !== 'POST') throw new Refusal('method not allowed', 405)
  const contact = readContact(readBody(request), clientRules(books))
  const contacts = [...client.contacts, contact]
  books.clients.set(client.client_id, { ...client, contacts })
  const uri = uriOf(`clients/${client.client_id}/contacts/${contact.contact_id}`)
  return created('contact', 'contact_id', wireId(contact.contact_id, books), uri)
}
