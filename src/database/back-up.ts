import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { once } from 'node:events'
import { createGunzip, createGzip } from 'node:zlib'
import type pg from 'pg'
import { z } from 'zod'

/**
 * A backup is a gzipped text of JSON lines: a head, for every table a line that names it and one line per row,
 * and an end with the counts and a hash of everything before it. Without its end it is no backup. Bells and
 * schedules of the queue are not in it: rows are the truth, and the sweep rings again.
 */
export interface BackupHead {
  doorvoer: 'backup'
  version: 1
  at: string
  /** The migrations of the database it was made of, in order. */
  migrations: string[]
  /** What DOORVOER_HOME/keys and DOORVOER_HOME/secret held, when they were asked for. */
  keys: { keys: string; secret: string } | null
}

const headShape = z.object({
  doorvoer: z.literal('backup'),
  version: z.literal(1),
  at: z.string(),
  migrations: z.array(z.string()),
  keys: z.object({ keys: z.string(), secret: z.string() }).nullable(),
})
const tableShape = z.object({ table: z.string().regex(/^[\w]{1,63}$/) })
const endShape = z.object({ rows: z.number().int(), sha256: z.string() })

/** The file is no whole backup, or does not fit; the message says what to do. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
  readonly lines: readonly string[]
  constructor(message: string) {
    super(message)
    this.lines = [message]
  }
}

/** Tables of ours and of sign-in, those that others refer to first. */
const tablesOf = async (client: pg.ClientBase): Promise<string[]> => {
  const found = await client.query<{ name: string; needs: string[] }>(`
    select c.relname as name, coalesce(array_agg(distinct r.relname::text)
      filter (where r.relname is not null and r.oid <> c.oid), '{}') as needs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      left join pg_constraint k on k.conrelid = c.oid and k.contype = 'f'
      left join pg_class r on r.oid = k.confrelid
    where n.nspname = 'public' and c.relkind = 'r' and c.relname not like 'kysely_migration%'
    group by c.relname order by c.relname`)
  const waiting = new Map(found.rows.map(({ name, needs }) => [name, needs]))
  const sorted: string[] = []
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, needs]) => needs.every((each) => !waiting.has(each)))
    if (ready.length === 0) throw new Error('tables that refer to each other in a circle')
    for (const [name] of ready) {
      sorted.push(name)
      waiting.delete(name)
    }
  }
  return sorted
}

const migrationsOf = async (client: pg.ClientBase): Promise<string[]> => {
  const found = await client.query<{ name: string }>(
    'select name from kysely_migration order by name',
  )
  return found.rows.map(({ name }) => name)
}

const rowsAtOnce = 1_000

/**
 * Writes everything of the database into `file`, as it was at one moment, while all goes on.
 * @returns how many rows
 */
export const backUp = async (
  pool: pg.Pool,
  file: string,
  head: Pick<BackupHead, 'at' | 'keys'>,
): Promise<number> => {
  const part = `${file}.part`
  const out = await open(part, 'w', 0o600)
  const client = await pool.connect()
  try {
    const gzip = createGzip()
    const target = gzip.pipe(out.createWriteStream())
    const hash = createHash('sha256')
    const write = async (value: string) => {
      const line = `${value}\n`
      hash.update(line)
      if (!gzip.write(line)) await once(gzip, 'drain')
    }
    await client.query('begin isolation level repeatable read read only')
    const migrations = await migrationsOf(client)
    await write(JSON.stringify({ doorvoer: 'backup', version: 1, migrations, ...head }))
    let rows = 0
    for (const table of await tablesOf(client)) {
      await write(JSON.stringify({ table }))
      await client.query(
        `declare reading cursor for select to_jsonb(t)::text as row from "${table}" t`,
      )
      for (;;) {
        const page = await client.query<{ row: string }>(`fetch ${rowsAtOnce} from reading`)
        for (const { row } of page.rows) await write(row)
        rows += page.rows.length
        if (page.rows.length < rowsAtOnce) break
      }
      await client.query('close reading')
    }
    await client.query('commit')
    gzip.end(`${JSON.stringify({ rows, sha256: hash.digest('hex') })}\n`)
    await once(target, 'close')
    await rename(part, file)
    return rows
  } catch (error) {
    await rm(part, { force: true })
    throw error
  } finally {
    // A transaction that broke off must not go back into the pool.
    client.release(true)
    await out.close().catch(() => undefined)
  }
}

const isTruncation = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  error.code.startsWith('Z_')

/** The lines of a backup. @throws BackupError when it is cut off or no backup at all */
const linesOf = async function* (file: string): AsyncGenerator<string> {
  const source = createReadStream(file)
  const gunzip = createGunzip()
  source.on('error', (error) => gunzip.destroy(error))
  source.pipe(gunzip)
  try {
    for await (const line of createInterface({ input: gunzip, crlfDelay: Infinity })) yield line
  } catch (error) {
    if (!isTruncation(error)) throw error
    throw new BackupError(
      `${file} is cut off or damaged: it is no whole backup. Nothing was changed.`,
    )
  } finally {
    source.destroy()
  }
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** Reads a backup to its end before anything is done with it. @throws BackupError */
export const readHead = async (file: string): Promise<BackupHead> => {
  const hash = createHash('sha256')
  let head: BackupHead | null = null
  let last: string | null = null
  for await (const line of linesOf(file)) {
    if (last !== null) hash.update(`${last}\n`)
    if (head === null) {
      const read = headShape.safeParse(parsed(line))
      if (!read.success)
        throw new BackupError(`${file} is no backup of Doorvoer. Nothing was changed.`)
      head = read.data
    }
    last = line
  }
  const end = endShape.safeParse(parsed(last ?? ''))
  if (head === null || !end.success || end.data.sha256 !== hash.digest('hex')) {
    throw new BackupError(
      `${file} is cut off or damaged: it is no whole backup. Nothing was changed.`,
    )
  }
  return head
}

/** Loads the rows of a backup whose head was read; into empty tables, in one transaction. */
export const loadRows = async (client: pg.ClientBase, file: string): Promise<number> => {
  let table: string | null = null
  let batch: string[] = []
  let rows = 0
  let previous: string | null = null
  const flush = async () => {
    if (table === null || batch.length === 0) return
    const kept = await client.query<{ name: string }>(
      `select column_name as name from information_schema.columns
       where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`,
      [table],
    )
    const known = new Set(kept.rows.map(({ name }) => name))
    const columns = Object.keys(JSON.parse(batch[0] ?? '{}') as object).filter((each) =>
      known.has(each),
    )
    const names = columns.map((each) => `"${each}"`).join(', ')
    await client.query(
      `insert into "${table}" (${names}) select ${names} from jsonb_populate_recordset(null::"${table}", $1)`,
      [`[${batch.join(',')}]`],
    )
    rows += batch.length
    batch = []
  }
  const take = async (line: string) => {
    const named = tableShape.safeParse(parsed(line))
    if (named.success && Object.keys(parsed(line) as object).length === 1) {
      await flush()
      table = named.data.table
      return
    }
    batch.push(line)
    if (batch.length >= rowsAtOnce) await flush()
  }
  let isFirst = true
  for await (const line of linesOf(file)) {
    // The first line is the head, the last one the end.
    if (previous !== null && !isFirst) await take(previous)
    if (previous !== null) isFirst = false
    previous = line
  }
  await flush()
  return rows
}
