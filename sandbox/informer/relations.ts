import {
  type Books,
  type Contact,
  contactTexts,
  freshContact,
  freshRelation,
  type Relation,
  relationTexts,
} from './books.ts'
import { type Members, readId, readText } from './members.ts'
import { invalid, missing, notFound, Refusal } from './refusal.ts'

const addressTexts = ['street', 'house_number', 'zip', 'city', 'country'] as const

/** A text that must be there, and by switch must not be '' (contract §6: "most fields are required"). */
function demand({ switches }: Books, body: Members, name: string): void {
  const isThere = name in body && body[name] !== null
  if (!isThere || (switches.emptyRequired === 'refuse' && readText(body, name).trim() === '')) {
    throw missing(name)
  }
}

/** @throws Refusal when there is none */
export function relationOf(books: Books, id: number): Relation {
  const found = books.relations.find((relation) => relation.id === id)
  if (found === undefined) throw notFound('Relation')
  return found
}

function checkReferences({ account }: Books, relation: Relation): void {
  const { sales_invoice_template_id: template, payment_condition_id: condition } = relation
  const isTemplate = account.templates.some(
    ({ id, type }) => id === template && type === 'sales_invoice',
  )
  if (template !== 0 && !isTemplate) throw invalid('sales_invoice_template_id')
  if (condition !== 0 && !account.paymentConditions.some(({ id }) => id === condition)) {
    throw invalid('payment_condition_id')
  }
}

/** The body laid over `base` (contract §6). @throws Refusal */
function readRelation(books: Books, body: Members, base: Relation): Relation {
  const relation: Relation = {
    ...base,
    relation_number: readText(body, 'relation_number') || base.relation_number,
    sales_invoice_template_id:
      readId(body, 'sales_invoice_template_id') || base.sales_invoice_template_id,
    payment_condition_id: readId(body, 'payment_condition_id') || base.payment_condition_id,
    lastEdit: books.now(),
  }
  for (const name of relationTexts) {
    if (name in body) relation[name] = readText(body, name)
  }
  const type =
    'relation_type' in body ? readText(body, 'relation_type') : String(base.relation_type)
  if (type !== '0' && type !== '1') throw invalid('relation_type')
  relation.relation_type = type === '0' ? 0 : 1
  if (!/^([A-Z]{2})?$/.test(relation.country)) throw invalid('country')
  checkReferences(books, relation)
  return relation
}

/** Puts a new relation in the books. Its e-mail address may be there already (contract §6). @throws Refusal */
export function createRelation(books: Books, body: Members): Relation {
  if (!('relation_type' in body)) throw missing('relation_type')
  const isCompany = readText(body, 'relation_type') === '0'
  const names = isCompany ? (['company_name'] as const) : (['firstname', 'surname'] as const)
  for (const name of [...names, ...addressTexts]) demand(books, body, name)
  const { account } = books
  const base = {
    ...freshRelation(books.nextRelationId, books.now()),
    sales_invoice_template_id: account.templates.find(({ isDefault }) => isDefault)?.id ?? 0,
    payment_condition_id: account.paymentConditions.find(({ isDefault }) => isDefault)?.id ?? 0,
  }
  const relation = readRelation(books, body, base)
  if (relation.relation_number === '' || relation.relation_number === '0') {
    relation.relation_number = String(books.nextRelationNumber)
    books.nextRelationNumber += 1
  } else if (
    books.switches.duplicateRelationNumber === 'refuse' &&
    books.relations.some(({ relation_number }) => relation_number === relation.relation_number)
  ) {
    throw invalid('relation_number')
  }
  books.nextRelationId += 1
  books.relations.push(relation)
  return relation
}

/** A change of some fields. @throws Refusal */
export function changeRelation(books: Books, id: number, body: Members): Relation {
  const relation = relationOf(books, id)
  return Object.assign(relation, readRelation(books, body, relation))
}

/** Refused when documents are linked (contract §6). @throws Refusal */
export function deleteRelation(books: Books, id: number): void {
  const relation = relationOf(books, id)
  if (books.invoices.some(({ relationId }) => relationId === id)) {
    throw new Refusal('invalid', 'Relation has linked documents')
  }
  books.relations = books.relations.filter((each) => each !== relation)
}

/** Adds a contact person to a relation. @throws Refusal */
export function createContact(books: Books, body: Members): Contact {
  const relation = relationOf(books, readId(body, 'relation_id'))
  const contact = freshContact(books.nextRelationId)
  for (const name of contactTexts) contact[name] = readText(body, name)
  books.nextRelationId += 1
  relation.contacts.push(contact)
  relation.lastEdit = books.now()
  return contact
}

/** The fields that `search` looks through (contract §10; in v1 a guess). */
const searched = ['company_name', 'street', 'city', 'relation_number'] as const

/** Relations that a search finds. */
export function searchRelations(
  { relations, switches }: Books,
  query: URLSearchParams,
): Relation[] {
  const wanted = query.get('search')?.trim().toLowerCase() ?? ''
  if (wanted === '') return relations
  const names = switches.searchCoversEmail
    ? ([...searched, 'email', 'email_invoice'] as const)
    : searched
  return relations.filter((relation) =>
    names.some((name) => relation[name].toLowerCase().includes(wanted)),
  )
}
