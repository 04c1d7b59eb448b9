import { type SandboxRequest } from '../kit/server.ts'
import { type Books } from './books.ts'
import { emptyClient, readClient } from './client.ts'
import { encodeClient, encodeList } from './encode.ts'
import { readBody } from './input.ts'
import { answerOne, readId } from './lookup.ts'
import { Refusal } from './refusal.ts'
import { jsonReply, type Reply, textReply } from './reply.ts'

/** The calls below /clients (contract 2.1). `id` is '' for the collection. */
export function answerClients(books: Books, request: SandboxRequest, id: string): Reply {
  switch (request.method) {
    case 'GET':
      return id === '' ? listClients(books) : showClient(books, id)
    case 'POST':
      // Whatever stands behind /clients/ is ignored (contract 2.1).
      return createClient(books, request)
    case 'PUT':
      return updateClient(books, request, id)
    case 'DELETE':
      if (books.clients.remove(readId(id) ?? -1)) return textReply(200)
      throw new Refusal('client not found', 404)
    default:
      throw new Refusal('method not allowed', 405)
  }
}

function listClients(books: Books): Reply {
  return jsonReply(encodeList(books.clients.all().map((client) => encodeClient(client, books))))
}

function showClient(books: Books, id: string): Reply {
  const client = books.clients.get(readId(id) ?? -1)
  return answerOne(books, {
    id,
    what: 'client',
    key: 'client',
    found: client && encodeClient(client, books),
    list: () => listClients(books),
  })
}

function createClient(books: Books, request: SandboxRequest): Reply {
  const number = books.clients.nextNumber()
  const made = { createdAt: books.now().toISOString(), origin: 'api' } as const
  const base = emptyClient(number, books.account, made)
  books.clients.put(readClient(readBody(request), base, books))
  return textReply(201, String(number))
}

function updateClient(books: Books, request: SandboxRequest, id: string): Reply {
  const client = books.clients.get(readId(id) ?? -1)
  if (client === undefined) throw new Refusal('client not found', 404)
  books.clients.put(readClient(readBody(request), client, books))
  return textReply(200)
}
