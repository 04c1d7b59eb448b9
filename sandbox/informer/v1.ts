import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { type Books, type Invoice } from './books.ts'
import { addDays, dayOf } from './calendar.ts'
import { createInvoice, invoiceOf, sendInvoice } from './invoices.ts'
import { settingLists, writeAdministration } from './lists.ts'
import { readBody } from './members.ts'
import { editedSince, pageOf } from './paging.ts'
import { invalid, Refusal, unknownPath } from './refusal.ts'
import {
  changeRelation,
  createContact,
  createRelation,
  deleteRelation,
  relationOf,
  searchRelations,
} from './relations.ts'
import { mapOf, success, whole } from './reply.ts'
import { writeInvoice, writeRelation } from './v1-write.ts'

const paging = { first: 0, records: 100 }

/** The id of something new, as number or text. */
const echo = (books: Books, id: number): string | number =>
  books.switches.idEcho === 'text' ? String(id) : id

/** A list, or what v1 says when there is nothing in it (contract §3). */
function list<T extends { id: number }>(
  books: Books,
  key: string,
  items: readonly T[],
  write: (item: T) => unknown,
  nothing: string,
): SandboxAnswer {
  if (items.length === 0 && books.switches.emptyList === 'error') {
    throw new Refusal('empty', `No ${nothing} found`)
  }
  return success(books, { [key]: mapOf(books, items, write) })
}

function listRelations(books: Books, { query }: SandboxRequest): SandboxAnswer {
  const found = searchRelations(books, query).filter(editedSince(books, query))
  const { shown } = pageOf(books, query, found, paging)
  return list(books, 'relation', shown, (each) => writeRelation(books, each), 'relation')
}

const filters: Readonly<Record<string, (invoice: Invoice, today: string) => boolean>> = {
  open: ({ concept }) => !concept,
  expired: ({ concept, date, days }, today) => !concept && addDays(date, days) < today,
  collect: () => false,
  draft: ({ concept }) => concept,
}

function listInvoices(books: Books, { query }: SandboxRequest): SandboxAnswer {
  const name = query.get('filter') ?? ''
  const filter = filters[name]
  if (name !== '' && filter === undefined) throw invalid('filter')
  const today = dayOf(books.now())
  const isWanted = editedSince(books, query)
  const found = books.invoices.filter((invoice) => {
    if (!isWanted(invoice)) return false
    if (filter !== undefined) return filter(invoice, today)
    return books.switches.draftsInDefaultList || !invoice.concept
  })
  const { shown } = pageOf(books, query, found, paging)
  return list(books, 'sales', shown, (each) => writeInvoice(books, each), 'sales invoice')
}

const one = <T extends { id: number }>(
  books: Books,
  key: string,
  item: T,
  write: (books: Books, item: T) => unknown,
): SandboxAnswer => success(books, { [key]: { [String(item.id)]: write(books, item) } })

function answerRelation(books: Books, request: SandboxRequest, id: string): SandboxAnswer {
  const { method, body } = request
  if (id === '' && method === 'POST') {
    return success(books, { id: echo(books, createRelation(books, readBody(body)).id) })
  }
  if (!/^\d+$/.test(id)) throw unknownPath('relation')
  switch (method) {
    case 'GET':
      return one(books, 'relation', relationOf(books, Number(id)), writeRelation)
    case 'PUT':
      return success(books, {
        id: echo(books, changeRelation(books, Number(id), readBody(body)).id),
      })
    case 'DELETE':
      deleteRelation(books, Number(id))
      // So misspelt (contract §6).
      return success(books, { sucess: 'Relation deleted' })
  }
  throw unknownPath('relation')
}

function answerInvoice(books: Books, request: SandboxRequest, id: string): SandboxAnswer {
  const { method, body } = request
  if (method === 'POST' && id === '') {
    const invoice = createInvoice(books, readBody(body), 'api')
    return success(books, {
      invoice_id: echo(books, invoice.id),
      invoice_url: `https://app.informer.eu/invoices/sales/view/${invoice.id}`,
    })
  }
  if (method === 'POST' && id === 'send') {
    const invoice = sendInvoice(books, readBody(body))
    return success(books, { message: `Invoice ${invoice.number} has been sent` })
  }
  if (method !== 'GET' || !/^\d+$/.test(id)) throw unknownPath('invoice/sales')
  return one(books, 'sales', invoiceOf(books, Number(id)), writeInvoice)
}

function answerSettings(books: Books, request: SandboxRequest, name: string): SandboxAnswer {
  if (request.method !== 'GET') throw unknownPath(name)
  if (name === 'administration') {
    return success(books, { administration: writeAdministration(books) })
  }
  const known = settingLists(books).get(name)
  if (known === undefined) throw unknownPath(name)
  const items = known.items(books, request.query.get('search') ?? '')
  const write = ({ members }: (typeof items)[number]) =>
    Object.fromEntries(
      Object.entries(members).map(([key, value]) => [
        key,
        typeof value === 'number' ? whole(books, value) : value,
      ]),
    )
  return list(books, known.key, items, write, name)
}

/** Version 1; `parts` of the path below the version (contract §6–8). @throws Refusal */
export function answerV1(
  books: Books,
  request: SandboxRequest,
  parts: readonly string[],
): SandboxAnswer {
  const [root = '', second = '', third = '', ...more] = parts
  if (more.length > 0) throw unknownPath(parts.join('/'))
  // One client lists with POST and an empty body, and gets data (contract §6).
  const lists = request.method === 'GET' || (request.method === 'POST' && request.body === '')
  if (root === 'relations' && second === '' && lists) return listRelations(books, request)
  if (root === 'relation' && third === '') return answerRelation(books, request, second)
  if (root === 'contact' && second === '' && request.method === 'POST') {
    return success(books, { id: echo(books, createContact(books, readBody(request.body)).id) })
  }
  if (root === 'invoices' && second === 'sales' && third === '' && lists) {
    return listInvoices(books, request)
  }
  if (root === 'invoice' && second === 'sales') return answerInvoice(books, request, third)
  if (second !== '') throw unknownPath(parts.join('/'))
  return answerSettings(books, request, root)
}
