import { type Books } from './books.ts'
import { dateAndTime, isDate } from './calendar.ts'
import { type Invoice } from './invoice.ts'
import { Refusal } from './refusal.ts'
import { type Switches } from './switches.ts'

const countDefault = 100

/** The states of `filter` (contract 1.5). What each means exactly is a guess. */
const filters: Record<string, (invoice: Invoice, today: string) => boolean> = {
  open: ({ openCents }) => openCents > 0,
  overdue: ({ openCents, dueDate }, today) => openCents > 0 && dueDate < today,
  sent: () => true,
  partly: ({ openCents, totals }) => openCents > 0 && openCents < totals.totalCents,
  toomuch: ({ openCents }) => openCents < 0,
  paid: ({ openCents }) => openCents <= 0,
  uncollectible: ({ uncollectible }) => uncollectible !== '',
}

/**
 * The invoices that GET /invoices shows (contract 1.5), in the order of their making. Unknown
 * parameters and filters are ignored.
 * @throws Refusal when since, until, client or count is not what it must be (guess).
 */
export function listInvoices(books: Books, query: URLSearchParams): Invoice[] {
  const since = readDay(query, 'since')
  const until = readDay(query, 'until')
  const filter = filters[query.get('filter') ?? '']
  const today = dateAndTime(books.now()).date
  const found = preselect(books, query.get('client') ?? '', since, until).filter(
    (invoice) => filter === undefined || filter(invoice, today),
  )
  return page(found, query, books.switches)
}

/** Takes the page that `count` and `start` or `offset` ask for. */
export function page<Item>(
  items: Item[],
  query: URLSearchParams,
  { paging }: Pick<Switches, 'paging'>,
): Item[] {
  const count = readCount(query, 'count', countDefault)
  const names = paging === 'both' ? ['start', 'offset'] : [paging]
  const skip = Math.max(...names.map((name) => readCount(query, name, 0)), 0)
  return items.slice(skip, count === -1 ? undefined : skip + Math.max(count, 0))
}

// By the narrowest index there is, so that a search for one order never walks over all invoices.
function preselect(books: Books, client: string, since: string, until: string): Invoice[] {
  const { invoices } = books
  if (client !== '') {
    if (!/^\d{1,15}$/.test(client)) throw new Refusal('client is not a client number')
    return invoices
      .ofClient(Number(client))
      .filter(({ date }) => date >= since && (until === '' || date <= until))
  }
  return since === '' && until === '' ? invoices.all() : invoices.between(since, until)
}

function readDay(query: URLSearchParams, name: string): string {
  const day = query.get(name) ?? ''
  if (day === '' || isDate(day)) return day
  throw new Refusal(`${name} must be a date as YYYY-MM-DD`)
}

function readCount(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name) ?? ''
  if (text === '') return otherwise
  if (/^-?\d{1,9}$/.test(text)) return Number(text)
  throw new Refusal(`${name} is not a whole number`)
}
