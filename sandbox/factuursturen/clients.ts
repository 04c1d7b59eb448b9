import { type Client } from './client.ts'
import { createTextIndex } from './text-index.ts'

/** The clients of the account. */
export interface Clients {
  /** The number the next client gets. */
  nextNumber(): number
  /** Puts a new client in, or another in the place of the one with its number. */
  put(client: Client): void
  get(clientnr: number): Client | undefined
  remove(clientnr: number): boolean
  /** All of them, in the order of their making. */
  all(): Client[]
  /** Those whose e-mail holds the text, in any case; by an index, for the hot path asks this. */
  withEmail(text: string): Client[]
}

/** Makes an empty set of clients. */
export function createClients(firstNumber: number): Clients {
  const byNumber = new Map<number, Client>()
  let emails = createTextIndex()
  let next = firstNumber

  return {
    nextNumber: () => next,
    put: (client) => {
      const before = byNumber.get(client.clientnr)
      if (before?.email !== client.email) emails.add(client.clientnr, client.email)
      byNumber.set(client.clientnr, client)
      next = Math.max(next, client.clientnr + 1)
    },
    get: (clientnr) => byNumber.get(clientnr),
    remove: (clientnr) => {
      const removed = byNumber.delete(clientnr)
      if (byNumber.size === 0) emails = createTextIndex()
      return removed
    },
    all: () => [...byNumber.values()],
    withEmail: (text) => {
      const piece = text.toLowerCase()
      const candidates = emails.candidates(piece)?.map((clientnr) => byNumber.get(clientnr))
      return (candidates ?? [...byNumber.values()])
        .filter((client) => client?.email.toLowerCase().includes(piece) === true)
        .filter((client) => client !== undefined)
    },
  }
}
