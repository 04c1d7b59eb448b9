import { type Invoice } from './invoice.ts'

/** The finalised invoices of the account. */
export interface Invoices {
  /** Puts a new invoice in, or another in the place of the one with its sequence. */
  put(invoice: Invoice): void
  /** By number, number without layout, or id (contract 3.1). */
  find(key: string): Invoice | undefined
  remove(invoice: Invoice): void
  nextSequence(): number
  /** All of them, in the order of their making. */
  all(): Invoice[]
  ofClient(clientnr: number): Invoice[]
  /** With an invoice date from `since` to `until`; '' is open. In the order of their making. */
  between(since: string, until: string): Invoice[]
}

/** Makes an empty set of invoices. */
export function createInvoices(): Invoices {
  // One slot per invoice ever made; the indexes hold places in it, for a record is replaced when
  // something is paid. A removed invoice leaves an empty slot.
  const slots: (Invoice | undefined)[] = []
  const byKey = new Map<string, number>()
  const byClient = new Map<number, number[]>()
  const byDate = new Map<string, number[]>()

  function at(sequences: readonly number[]): Invoice[] {
    return sequences.map((sequence) => slots[sequence]).filter((invoice) => invoice !== undefined)
  }

  return {
    put: (invoice) => {
      const { sequence } = invoice
      const isNew = sequence === slots.length
      slots[sequence] = invoice
      if (!isNew) return
      // An id may be another invoice's number on an old account: the number is then meant.
      if (!byKey.has(invoice.id)) byKey.set(invoice.id, sequence)
      byKey.set(invoice.digits, sequence)
      byKey.set(invoice.number, sequence)
      pushTo(byClient, invoice.client.clientnr, sequence)
      pushTo(byDate, invoice.date, sequence)
    },
    find: (key) => {
      const sequence = byKey.get(key)
      return sequence === undefined ? undefined : slots[sequence]
    },
    remove: (invoice) => {
      slots[invoice.sequence] = undefined
    },
    nextSequence: () => slots.length,
    all: () => slots.filter((invoice) => invoice !== undefined),
    ofClient: (clientnr) => at(byClient.get(clientnr) ?? []),
    between: (since, until) => {
      const dates = [...byDate.keys()].filter(
        (date) => date >= since && (until === '' || date <= until),
      )
      const sequences = dates.flatMap((date) => byDate.get(date) ?? [])
      return at(sequences.sort((one, other) => one - other))
    },
  }
}

function pushTo<Key>(index: Map<Key, number[]>, key: Key, sequence: number): void {
  const sequences = index.get(key)
  if (sequences === undefined) index.set(key, [sequence])
  else sequences.push(sequence)
}
