import { mulberry32, type Random } from '../kit/random.ts'
import { type Account } from './account.ts'
import { type Client } from './client.ts'
import { type Invoice } from './invoice.ts'
import { type Switches } from './switches.ts'

/** Something that left for a customer: what must not happen twice. */
export interface Sending {
  invoiceId: number
  by: 'email' | 'peppol' | 'post' | 'accountant'
  recipients: string
}

/** Everything the fake remote knows. */
export interface Books {
  account: Account
  switches: Switches
  now: () => Date
  clients: Map<number, Client>
  invoices: Map<number, Invoice>
  sendings: Sending[]
  /** The counter the next invoice gets. */
  counter: number
  /** Ids of invoices that were deleted. */
  deleted: number[]
  requests: { total: number; unauthorized: number; blocked: number; byCall: Record<string, number> }
  random: Random
  lastId: number
}

// In the range of recorded ids of 2017 (contract 3.3).
const firstId = 145_000
const idStepMax = 40

/** Makes empty books. The account and the switches are shared with the caller. */
export function createBooks(
  settings: Pick<Books, 'account' | 'switches' | 'now'> & { seed: number },
): Books {
  const { account, switches, now, seed } = settings
  return { account, switches, now, ...emptyState(account, seed) }
}

/** Forgets everything that was booked. */
export function emptyBooks(books: Books, seed: number): void {
  Object.assign(books, emptyState(books.account, seed))
}

/** The next id: unique over everything, with gaps, for the whole platform shares them (contract 7.10). */
export function nextId(books: Books): number {
  books.lastId += 1 + Math.floor(books.random() * idStepMax)
  return books.lastId
}

const brussels = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Brussels' })

/** Today, YYYY-MM-DD, in Brussels. */
export function today(books: Books): string {
  return brussels.format(books.now())
}

function emptyState(account: Account, seed: number): Omit<Books, 'account' | 'switches' | 'now'> {
  return {
    clients: new Map(),
    invoices: new Map(),
    sendings: [],
    counter: account.firstCounter,
    deleted: [],
    requests: { total: 0, unauthorized: 0, blocked: 0, byCall: {} },
    random: mulberry32(seed),
    lastId: firstId,
  }
}
