import { reason, Trouble } from '../../../problems/reason.ts'
import type { Debtor, DebtorMatch, DebtorPage } from '../../accounting.ts'
import type { Cursor } from '../../webshop.ts'
import { readOne, scan, type Books } from './api.ts'
import { dayOf, daysBefore } from './dates.ts'
import { clean, system } from './fields.ts'
import { lists } from './lists.ts'
import type { WireRelation } from './wire.ts'

/** Nothing of a relation changes how an invoice must be written: each states itself what its prices are. */
export const debtorOf = (id: string): Debtor => ({ id, traits: {} })

/** Every address of a relation, lower case, each once (contract §11). */
const emailsOf = ({ email, email_invoice: invoices, contacts }: WireRelation): string[] => {
  const all = [invoices, email, ...contacts.map((contact) => contact.email)]
  return [...new Set(all.map((each) => clean(each).toLowerCase()).filter((each) => each !== ''))]
}

/**
 * Relations that were edited since a day, or all: oldest first, so that of several with one address the
 * lowest id comes first. @throws Trouble also when the list does not end: then nothing may be concluded
 */
const readRelations = async (books: Books, since: string | null): Promise<WireRelation[]> => {
  const { items, complete } = await scan(books, {
    ...lists.relations,
    query: since === null ? {} : { last_edit: since },
    // The largest that a client was seen to ask for (contract §6).
    records: 500,
    pagesMax: 400,
  })
  if (!complete) throw new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'page' }))
  return items.sort((one, other) => Number(one.id) - Number(other.id))
}

/**
 * There is no search by e-mail address, and an empty answer of the free search proves nothing (contract §0
 * point 2), so all relations are read. Of several the one with the lowest id, always.
 */
export const findDebtor = async (books: Books, email: string): Promise<DebtorMatch> => {
  const wanted = clean(email).toLowerCase()
  if (wanted === '') return { is: 'none' }
  const relations = await readRelations(books, null)
  const found = relations.find((relation) => emailsOf(relation).includes(wanted))
  return found === undefined ? { is: 'none' } : { is: 'found', debtor: debtorOf(found.id) }
}

/**
 * What was edited since the cursor, the day of the last scan. From a day earlier, for whether `last_edit`
 * includes its day is not known (contract §6), and so that no time zone hides a relation. In one page: the
 * order of the list is not documented, so a part of it is no place to go on from.
 */
export async function* changedDebtors(books: Books, since: Cursor): AsyncGenerator<DebtorPage> {
  const cursor = dayOf(books.clock.now())
  const relations = await readRelations(books, since === null ? null : daysBefore(since, 1))
  yield { debtors: relations.map((each) => ({ id: each.id, emails: emailsOf(each) })), cursor }
}

/** The relation with this id; none when it was deleted. */
export const readDebtor = async (books: Books, id: string): Promise<DebtorMatch> => {
  const asked = id.trim()
  if (!/^\d{1,15}$/.test(asked)) return { is: 'none' }
  const relation = await readOne(
    books,
    { ...lists.relations, path: `/v1/relation/${asked}/` },
    asked,
  )
  return relation === null ? { is: 'none' } : { is: 'found', debtor: debtorOf(relation.id) }
}
