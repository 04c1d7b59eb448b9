import { isDeepStrictEqual } from 'node:util'
import type pg from 'pg'
import type { Mirror } from './server.ts'
import type { Result } from './statement.ts'
import type { Tabled, TableName } from './tables.ts'

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (big) => `_${big.toLowerCase()}`)
const camel = (name: string): string =>
  name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

const tableNames: readonly TableName[] = [
  'integrations',
  'connections',
  'mailboxes',
  'polls',
  'bookings',
  'debtors',
  'products',
  'debtorScans',
]

/** Kept by the database itself: by its own clock, and made of other columns. */
const keptByDatabase: ReadonlySet<string> = new Set(['redSince', 'foundBy'])

/** A value as both sides can be compared by. */
const comparable = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString()
  if (Buffer.isBuffer(value)) return value.toString('hex')
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, each]) => [camel(key), comparable(each)] as const)
      .filter(([key]) => !keptByDatabase.has(key))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

const byText = (one: unknown, other: unknown): number =>
  JSON.stringify(one) < JSON.stringify(other) ? -1 : 1

/** Rows in an order that does not depend on who gave them. */
const rowsOf = (rows: readonly object[]): unknown => rows.map(comparable).sort(byText)

/** What a statement that writes nothing says of the rows it wrote means nothing. */
const affectedOf = ({ command, rowCount }: pg.QueryResult): number =>
  command === 'SELECT' ? 0 : (rowCount ?? 0)

/** Rows with only the columns that the statement asked for. */
const asAsked = (mine: readonly object[], fields: readonly { name: string }[]): object[] => {
  const asked = new Set(fields.map(({ name }) => camel(name)))
  return mine.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([key]) => asked.has(key))),
  )
}

/** Which rows a limit cuts off is nobody's promise; neither is which of several that are due comes first. */
export const mirrorOn = (client: pg.ClientBase): Mirror => ({
  async ask(name, sql, parameters, { rows, affected }: Result) {
    const answer = await client.query<object>(sql, [...parameters])
    const mine = rowsOf(asAsked(rows, answer.fields))
    const theirs = rowsOf(answer.rows)
    const isSelect = answer.command === 'SELECT' || /^\s*with mentioned/.test(sql)
    const wrote = isSelect ? affected : affectedOf(answer)
    // A statement that returns nothing has no rows to compare.
    const isSame = answer.fields.length === 0 || isDeepStrictEqual(mine, theirs)
    if (wrote === affected && isSame) return
    throw new Error(
      `${name}: PostgreSQL and the simulation differ\n${sql}\n${JSON.stringify(parameters)}\n` +
        `PostgreSQL: ${wrote} ${JSON.stringify(theirs)}\nsimulation: ${affected} ${JSON.stringify(mine)}`,
    )
  },
})

const inSnake = (row: object): object =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [snake(key), value as unknown]))

/** Puts the rows a run begins with into the mirror. */
export const mirrorRows =
  (client: pg.ClientBase) =>
  async (db: Tabled): Promise<void> => {
    for (const name of tableNames) {
      const rows = [...db.table(name).all()].map(inSnake)
      const [first] = rows
      if (first === undefined) continue
      const table = snake(name)
      const columns = Object.keys(first).join(', ')
      await client.query(
        `insert into ${table} (${columns})
         select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
        [JSON.stringify(rows)],
      )
    }
  }

/** Every row of both sides, for a last comparison. */
export const wholeOf = async (
  client: pg.ClientBase,
  db: Tabled,
): Promise<Readonly<Record<string, { postgres: unknown; simulation: unknown }>>> => {
  const whole: Record<string, { postgres: unknown; simulation: unknown }> = {}
  for (const name of tableNames) {
    const { rows } = await client.query<object>(`select * from ${snake(name)}`)
    whole[name] = { postgres: rowsOf(rows), simulation: rowsOf([...db.table(name).all()]) }
  }
  return whole
}
