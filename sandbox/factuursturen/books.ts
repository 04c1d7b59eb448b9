import { mulberry32, type Random } from '../kit/random.ts'
import { type Account } from './account.ts'
import { type Clients, createClients } from './clients.ts'
import { createDrafts, type Drafts } from './drafts.ts'
import { createInvoices, type Invoices } from './invoices.ts'
import { type Switches } from './switches.ts'

/** Everything the fake remote knows. */
export interface Books {
  account: Account
  switches: Switches
  now(): Date
  clients: Clients
  invoices: Invoices
  drafts: Drafts
  /** The counter the next invoice gets. */
  counter: number
  /** Numbers of invoices that were deleted. */
  deleted: string[]
  requests: { total: number; unauthorized: number; limited: number; byCall: Record<string, number> }
  random: Random
}

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

function emptyState(account: Account, seed: number): Omit<Books, 'account' | 'switches' | 'now'> {
  return {
    clients: createClients(account.firstClientNumber),
    invoices: createInvoices(),
    drafts: createDrafts(),
    counter: account.firstCounter,
    deleted: [],
    requests: { total: 0, unauthorized: 0, limited: 0, byCall: {} },
    random: mulberry32(seed),
  }
}
