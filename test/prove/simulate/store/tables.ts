import type { Selectable } from 'kysely'
import type { Tables } from '../../../../src/database/schema.ts'

export type Rows = {
  [
    T in
      | 'integrations'
      | 'connections'
      | 'mailboxes'
      | 'bookings'
      | 'debtors'
      | 'products'
      | 'debtorScans'
      | 'polls'
  ]: Selectable<Tables[T]>
}
export type TableName = keyof Rows

/** One table: rows by their primary key. A row is never changed, only replaced. */
export interface Table<Row> {
  get(key: string): Row | undefined
  /** Of one integration, in the order in which they came. */
  of(integrationId: string): Row[]
  all(): Iterable<Row>
  put(row: Row): void
  remove(row: Row): void
}

/** Told of every row that is written, before anybody can read it. */
export type Watch = (change: { [T in TableName]: Written<T> }[TableName]) => void
interface Written<T extends TableName> {
  table: T
  before: Rows[T] | undefined
  after: Rows[T] | undefined
}

/** What PostgreSQL holds, in memory, with transactions that come one after the other. */
export interface Tabled {
  table<T extends TableName>(name: T): Table<Rows[T]>
  begin(): void
  commit(): void
  rollBack(): void
  /** The booking of a sale. */
  booking(integrationId: string, kind: string, shopId: string): Rows['bookings'] | undefined
}

const keys: { [T in TableName]: (row: Rows[T]) => string } = {
  integrations: (row) => row.id,
  connections: (row) => `${row.integrationId} ${row.side}`,
  mailboxes: (row) => row.integrationId,
  bookings: (row) => `${row.integrationId} ${row.id}`,
  debtors: (row) => `${row.integrationId} ${row.emailHash.toString('hex')}`,
  products: (row) => `${row.integrationId} ${row.code}`,
  debtorScans: (row) => row.integrationId,
  polls: (row) => row.integrationId,
}

const homeOf = (row: Rows[TableName]): string =>
  'integrationId' in row ? row.integrationId : row.id

const saleKey = (row: Pick<Rows['bookings'], 'integrationId' | 'kind' | 'shopId'>): string =>
  `${row.integrationId} ${row.kind} ${row.shopId}`

export const tabled = (watch: Watch): Tabled => {
  /** How to undo what the open transaction did; null when none is open. */
  let journal: (() => void)[] | null = null
  const sales = new Map<string, string>()

  const make = <T extends TableName>(name: T): Table<Rows[T]> => {
    const byHome = new Map<string, Map<string, Rows[T]>>()
    const keyOf = keys[name]
    const homes = (id: string) => {
      const home = byHome.get(id) ?? new Map<string, Rows[T]>()
      byHome.set(id, home)
      return home
    }
    const set = (home: string, key: string, row: Rows[T] | undefined) => {
      if (row === undefined) homes(home).delete(key)
      else homes(home).set(key, row)
    }
    const write = (like: Rows[T], after: Rows[T] | undefined) => {
      const home = homeOf(like)
      const key = keyOf(like)
      const before = homes(home).get(key)
      watch({ table: name, before, after } as Parameters<Watch>[0])
      journal?.push(() => set(home, key, before))
      set(home, key, after)
      if (name === 'bookings' && before === undefined && after !== undefined) {
        const sale = saleKey(after as Rows['bookings'])
        sales.set(sale, key)
        journal?.push(() => sales.delete(sale))
      }
    }
    return {
      get: (key) => homes(key.split(' ', 1)[0] ?? '').get(key),
      of: (integrationId) => [...homes(integrationId).values()],
      *all() {
        for (const home of byHome.values()) yield* home.values()
      },
      put: (row) => write(row, row),
      remove: (row) => write(row, undefined),
    }
  }

  const tables: { [T in TableName]: Table<Rows[T]> } = {
    integrations: make('integrations'),
    connections: make('connections'),
    mailboxes: make('mailboxes'),
    bookings: make('bookings'),
    debtors: make('debtors'),
    products: make('products'),
    debtorScans: make('debtorScans'),
    polls: make('polls'),
  }
  return {
    table: (name) => tables[name],
    begin() {
      journal = []
    },
    commit() {
      journal = null
    },
    rollBack() {
      const undo = journal ?? []
      journal = null
      for (const step of undo.reverse()) step()
    },
    booking: (integrationId, kind, shopId) => {
      const key = sales.get(saleKey({ integrationId, kind: kind as 'order', shopId }))
      return key === undefined ? undefined : tables.bookings.get(key)
    },
  }
}
