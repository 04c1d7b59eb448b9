import { type SandboxRequest } from '../kit/server.ts'
import { type Company } from './account.ts'
import { type Books, type Ledgers } from './books.ts'

/** One call within an administration. `id` is '' for the collection. */
export interface Call {
  books: Books
  request: SandboxRequest
  company: Company
  ledgers: Ledgers
  id: string
  /** The rights of the token. */
  scopes: readonly string[]
}

export const takeId = (books: Books): number => {
  books.nextId += 1
  return books.nextId
}
