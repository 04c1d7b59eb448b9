import { found, wrote, type Statement } from './statement.ts'
import type { Rows, Tabled } from './tables.ts'

/** A debtor or a product, by the name it is found by. */
interface Entry {
  remoteId: string | null
  heldUntil: Date | null
}

interface Shelf {
  get(integrationId: string, name: unknown): Entry | undefined
  put(integrationId: string, name: unknown, entry: Entry): void
}

const debtors = (db: Tabled): Shelf => ({
  get: (id, hash) => db.table('debtors').get(`${id} ${(hash as Buffer).toString('hex')}`),
  put: (integrationId, hash, entry) =>
    db.table('debtors').put({ integrationId, emailHash: hash as Buffer, ...entry }),
})

const products = (db: Tabled): Shelf => ({
  get: (id, code) => db.table('products').get(`${id} ${code as string}`),
  put: (integrationId, code, entry) =>
    db.table('products').put({ integrationId, code: code as string, ...entry }),
})

const holdsLease = (db: Tabled, integrationId: string, fence: number): boolean =>
  db.table('mailboxes').get(integrationId)?.fence === fence

/** Holding and remembering are the same for debtors and products. */
const shelfStatements = (
  table: 'debtors' | 'products',
  open: (db: Tabled) => Shelf,
): readonly Statement[] => [
  {
    name: `hold one of the ${table}`,
    like: [`insert into ${table} as `, ', null, $2 from mailboxes'],
    run(db, params) {
      const [name, until, id, fence, , now] = params as [unknown, Date, string, number, Date, Date]
      if (!holdsLease(db, id, fence)) return wrote(0)
      const known = open(db).get(id, name)
      if (known?.heldUntil != null && known.heldUntil > now) return wrote(0)
      open(db).put(id, name, { remoteId: null, heldUntil: until })
      return wrote(1)
    },
  },
  {
    name: `remember one of the ${table}`,
    like: [`insert into ${table} (integration_id`, ', null from mailboxes'],
    run(db, params) {
      const [name, remoteId, id, fence] = params as [unknown, string | null, string, number]
      if (!holdsLease(db, id, fence)) return wrote(0)
      open(db).put(id, name, { remoteId, heldUntil: null })
      return wrote(1)
    },
  },
]

interface FoundDebtor {
  id: string
  hash: string
}

const byAge = (one: string, other: string): number =>
  one.length - other.length || (one < other ? -1 : 1)

const putScan = (db: Tabled, change: Partial<Rows['debtorScans']> & { integrationId: string }) => {
  const known = db.table('debtorScans').get(change.integrationId)
  db.table('debtorScans').put({ cursor: null, scannedAt: null, ...known, ...change })
  return wrote(1)
}

export const indexStatements: readonly Statement[] = [
  ...shelfStatements('debtors', debtors),
  ...shelfStatements('products', products),
  {
    name: 'a debtor of the index',
    like: ['select "remote_id", "held_until" from "debtors"'],
    run(db, params) {
      const [id, hash] = params as [string, Buffer]
      const known = debtors(db).get(id, hash)
      return found(
        known === undefined ? [] : [{ remoteId: known.remoteId, heldUntil: known.heldUntil }],
      )
    },
  },
  {
    name: 'products of the index',
    like: ['select "code", "remote_id", "held_until" from "products"'],
    run(db, params) {
      const [id, ...codes] = params as string[]
      return found(
        codes.flatMap((code) => {
          const known = products(db).get(id ?? '', code)
          return known === undefined
            ? []
            : [{ code, remoteId: known.remoteId, heldUntil: known.heldUntil }]
        }),
      )
    },
  },
  {
    name: 'the last scan',
    like: ['select * from "debtor_scans"'],
    run: (db, params) => found([db.table('debtorScans').get(params[0] as string) ?? []].flat()),
  },
  {
    name: 'forget old addresses',
    like: ['delete from debtors d where d.integration_id = $1'],
    run(db, params) {
      const [integrationId, ids, json] = params as [string, string[], string]
      const told = JSON.parse(json) as FoundDebtor[]
      const gone = db
        .table('debtors')
        .of(integrationId)
        .filter(
          ({ remoteId, emailHash }) =>
            remoteId !== null &&
            ids.includes(remoteId) &&
            !told.some(({ id, hash }) => id === remoteId && hash === emailHash.toString('hex')),
        )
      for (const row of gone) db.table('debtors').remove(row)
      return wrote(gone.length)
    },
  },
  {
    name: 'index what was listed',
    like: ['insert into debtors as d (integration_id, email_hash, remote_id) select'],
    run(db, params) {
      const [integrationId, json] = params as [string, string]
      const byHash = Map.groupBy(JSON.parse(json) as FoundDebtor[], ({ hash }) => hash)
      let written = 0
      for (const [hash, rows] of byHash) {
        const [oldest] = rows.map(({ id }) => id).sort(byAge)
        const known = debtors(db).get(integrationId, Buffer.from(hash, 'hex'))
        if (known !== undefined && known.remoteId !== null) continue
        debtors(db).put(integrationId, Buffer.from(hash, 'hex'), {
          remoteId: oldest ?? null,
          heldUntil: null,
        })
        written += 1
      }
      return wrote(written)
    },
  },
  {
    name: 'how far the list was read',
    like: ['insert into "debtor_scans"', 'do update set "cursor" ='],
    run(db, params) {
      const [integrationId, cursor] = params as [string, string | null]
      return putScan(db, { integrationId, cursor })
    },
  },
  {
    name: 'the list was read',
    like: ['insert into "debtor_scans"', 'do update set "scanned_at" ='],
    run(db, params) {
      const [integrationId, cursor, scannedAt] = params as [string, string | null, Date]
      const known = db.table('debtorScans').get(integrationId)
      return putScan(db, { integrationId, scannedAt, ...(known === undefined && { cursor }) })
    },
  },
]
