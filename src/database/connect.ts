import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { PreparingClient } from './preparing-client.ts'
import type { Tables } from './schema.ts'

export type Database = Kysely<Tables>

/** int8 as a number: our largest are cents and counters, far below 2^53. */
const int8 = 20
/** date as its text: a calendar day has no time zone, a JavaScript Date has. */
const date = 1082

type Parser = (value: string) => unknown

const parsers: Readonly<Record<number, Parser>> = { [int8]: Number, [date]: (text) => text }

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format): Parser =>
    parsers[oid] ?? (pg.types.getTypeParser(oid, format) as Parser),
}

export interface ConnectOptions {
  url: string
  /** Connections of this process to the database. */
  connectionsMax?: number
  applicationName?: string
  /** Told of connections that break: the pool replaces them, so this is news, not an error. */
  onIdleError?: (error: Error) => void
  /** How long a statement may take; Infinity for migrations and copies. Default 15 s. */
  answerMsMax?: number
}

/**
 * Longer than any statement of ours takes. A connection whose other end vanished without a word never answers:
 * it is given up after this, so that its work goes on within a minute (decision 0016).
 */
const answerMsDefault = 15_000

/** More at once only wait for each other on the database's processors, and their statements are short. */
const connectionsMaxDefault = 10

/**
 * How long a connection is kept that nobody needs. A new one has to be let in and to plan every statement anew: opened
 * again after each quiet moment, they held up the first sales after it by 40 to 90 ms.
 */
export const idleMsMax = 600_000

/** What makes a connection to the database notice that nobody is there any more. */
export const impatience = {
  query_timeout: answerMsDefault,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
}

/**
 * The same seen from the database: what a process that vanished, or was stopped, has locked is let go before
 * another's statement has waited too long for it.
 */
export const sessionLimits = (answerMs = answerMsDefault): string[] =>
  answerMs === Infinity
    ? []
    : [
        `-c statement_timeout=${answerMs}`,
        '-c idle_in_transaction_session_timeout=10s',
        '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3',
      ]

/** The address with one more start-up option of the session, after those that the operator gave there. */
export const withSessionOption = (url: string, option: string): string => {
  const address = new URL(url)
  const given = address.searchParams.get('options')
  address.searchParams.set('options', given === null ? option : `${given} ${option}`)
  return address.toString()
}

/** Opens a pool. Nothing is sent until the first query. */
export const connectPool = (options: ConnectOptions): pg.Pool => {
  const answerMs = options.answerMsMax ?? answerMsDefault
  const pool = new pg.Pool({
    // Everything we ask has its index. A plan that was kept from when a table was empty would else go on
    // reading all of it when it is full, until the table is analysed.
    connectionString: withSessionOption(
      options.url,
      ['-c enable_seqscan=off', ...sessionLimits(answerMs)].join(' '),
    ),
    max: options.connectionsMax ?? connectionsMaxDefault,
    idleTimeoutMillis: idleMsMax,
    application_name: options.applicationName ?? 'doorvoer',
    connectionTimeoutMillis: 10_000,
    ...impatience,
    // For pg, 0 is no limit.
    query_timeout: answerMs === Infinity ? 0 : answerMs,
    types,
    Client: PreparingClient,
  })
  const onBroken = options.onIdleError ?? (() => undefined)
  // What the pool says of an idle connection, the connection says itself.
  pool.on('error', () => undefined)
  // Also between two statements of a transaction: the next statement fails, the process must not.
  pool.on('connect', (client) => client.on('error', onBroken))
  return pool
}

/** The typed door to the database, over a pool that others (sign-in, SQL by hand) may share. */
export const databaseOn = (pool: pg.Pool): Database =>
  new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
