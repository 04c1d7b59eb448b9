import { mkdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { pino, type Logger } from 'pino'
import { announcerOn } from '../bookings/announcements.ts'
import type { Ring } from '../bookings/commits-room.ts'
import { commitsOn } from '../bookings/commits.ts'
import { dueBookingsOn } from '../bookings/due-bookings.ts'
import { takenReferencesOn } from '../bookings/taken-references.ts'
import { carryOn, dieAt, withCrashPoints, type AtCrashPoint } from '../bookings/crash-points.ts'
import type { Engine } from '../bookings/engine.ts'
import { ConfigError, type Config } from '../config.ts'
import { createHttpClient } from '../connectors/http.ts'
import { createVies } from '../connectors/vies/vies.ts'
import { connectPool, databaseOn, impatience } from '../database/connect.ts'
import { databaseClock } from '../database/database-clock.ts'
import { startEmbedded, type EmbeddedDatabase } from '../database/embedded.ts'
import { expectMigrated, migrate } from '../database/migrate.ts'
import { mayChangeTables } from '../database/roles.ts'
import { startJobs, type Jobs } from '../jobs/jobs.ts'
import { readOrMakeKeyRing } from '../merchants/key-ring.ts'
import type { SignIn, SignInOptions } from '../merchants/sign-in.ts'
import { vaultOf } from '../merchants/vault.ts'
import { invoicePdf } from '../support/billing/own-invoices.ts'
import type { BillingRoom } from '../support/billing/billing-room.ts'
import { mollieOn } from '../support/billing/mollie.ts'
import { folderTransport, smtpTransport } from '../support/mail/mail-transport.ts'
import type { MailRoom } from '../support/mail/send-mails.ts'
import { addHouseFigures, remoteMeter } from '../server/house-figures.ts'
import { createMeters } from '../server/meters.ts'
import { wallClock } from '../world/clock.ts'
import { errorInLog } from '../world/error-in-log.ts'
import { readOrMake } from '../world/kept-file.ts'
import { systemRandom } from '../world/random.ts'

/** How long a process that ends waits for the work in its hands. */
export const graceMs = 25_000

const newSecret = () => Buffer.from(systemRandom.bytes(32)).toString('base64url')

const loadSignIn = () => import('../merchants/sign-in.ts')

/** Everything one process runs on, opened in order; `close` closes it in the reverse order. */
export interface Runtime {
  config: Config
  log: Logger
  pool: pg.Pool
  engine: Engine
  jobs: Jobs
  /** The one of this process, loaded when asked for: a worker signs nobody in, and starts in half the time without. */
  openSignIn(): Promise<SignIn>
  /** Sends what is in the outbox. */
  mails: MailRoom
  /** null: nobody sells licences here. */
  billing: BillingRoom | null
  databaseUrl: string
  /** What is counted, for /metrics: one registry for all that runs in this process. */
  measures: ReturnType<typeof createMeters>
  /** Lets this process begin nothing more. */
  letGo(): void
  close(): Promise<void>
}

/** The database of the configuration: a server of the operator's, or the embedded one, started when needed. */
export const openDatabase = async (
  config: Config,
): Promise<Pick<EmbeddedDatabase, 'url' | 'stop'>> => {
  if (config.databaseUrl !== undefined) {
    return { url: config.databaseUrl, stop: () => Promise.resolve() }
  }
  return startEmbedded({
    folder: path.join(config.home, 'postgres'),
    ...(config.databasePort !== undefined && { port: config.databasePort }),
  })
}

const crashing = (config: Config): AtCrashPoint => {
  const { crashAt } = config
  if (crashAt === undefined) return carryOn
  return dieAt(crashAt.point, crashAt.nth, () => {
    process.kill(process.pid, 'SIGKILL')
  })
}

export interface RuntimeOptions {
  role: 'sender' | 'worker'
  /** What happens at a crash point, where it is not the configuration that says so. */
  at?: AtCrashPoint
  /** Database connections of this process, besides those of the job queue. */
  connectionsMax?: number
}

/** Makes the folder of the configuration where it is missing. @throws ConfigError where it can't be made */
export const makeHome = async ({ home }: Pick<Config, 'home'>): Promise<void> => {
  await mkdir(home, { recursive: true }).catch((error: unknown) => {
    // On a disk that is read-only the folder is said to be missing, and not that it can't be made.
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new ConfigError([`DOORVOER_HOME: the folder ${home} can not be made (${code})`])
  })
}

/** What is open so far, each with how to close it. */
type Opened = (() => Promise<void> | void)[]

const closeAll = async (opened: Opened): Promise<void> => {
  for (const close of opened.toReversed()) await close()
}

/**
 * Opens everything: database (with its migrations), keys, queue and engine. Where that fails half-way, as with a
 * database that falls at this moment, what was open is closed: a process that can't begin must end.
 */
export const openRuntime = async (config: Config, options: RuntimeOptions): Promise<Runtime> => {
  const opened: Opened = []
  try {
    const runtime = await open(config, options, opened)
    return { ...runtime, close: () => closeAll(opened) }
  } catch (error) {
    await closeAll(opened).catch(() => undefined)
    throw error
  }
}

const open = async (
  config: Config,
  options: RuntimeOptions,
  opened: Opened,
): Promise<Omit<Runtime, 'close'>> => {
  const log = pino({ level: config.logLevel, serializers: { err: errorInLog } })
  await makeHome(config)
  const database = await openDatabase(config)
  opened.push(() => database.stop())
  const pool = connectPool({
    url: database.url,
    applicationName: `doorvoer-${options.role}`,
    ...(options.connectionsMax !== undefined && { connectionsMax: options.connectionsMax }),
    onIdleError: (error) => log.warn({ err: error }, 'a database connection broke'),
  })
  // Not through Kysely: it leaves a pool alone that it never asked anything.
  opened.push(() => pool.end())
  const db = databaseOn(pool)
  const keyRing =
    config.keyRing ?? (await readOrMakeKeyRing(path.join(config.home, 'keys'), systemRandom))
  const secret = config.secret ?? (await readOrMake(path.join(config.home, 'secret'), newSecret))
  const signInOptions = {
    pool,
    publicUrl: config.publicUrl,
    secret,
    onTrouble: (message: string, detail: unknown) => log.warn({ err: detail }, message),
  }
  let signIn: Promise<SignIn> | undefined
  const ownsTables = await mayChangeTables(db as never)
  await (ownsTables ? migrateFirst(database.url, signInOptions) : expectMigrated(db as never))
  const http = createHttpClient({ privateAllowed: config.privateAllowed })
  opened.push(() => http.close())
  const ended = new AbortController()
  opened.push(() => ended.abort())
  const clock = await databaseClock(pool, wallClock, ended.signal)

  const jobs = await startJobs({
    url: database.url,
    role: options.role,
    ownsTables,
    onError: (error) => log.warn({ err: error }, 'the job queue had trouble'),
  })
  const at = options.at ?? crashing(config)
  const measures = createMeters()
  addHouseFigures(measures.registry, pool)
  const random = systemRandom
  const ring: Ring = (trx, integrationId) =>
    jobs.send('drain', { integrationId }, integrationId, trx.getExecutor())
  const ending = new AbortController()
  const engine: Engine = {
    db,
    vault: vaultOf(keyRing, random),
    clock,
    random,
    workerName: `${hostname()} ${process.pid}`,
    ending: ending.signal,
    http,
    vies: createVies({
      http,
      clock,
      random,
      ...(config.viesUrl !== undefined && { baseUrl: config.viesUrl }),
    }),
    apps: config.storeApps,
    commits: withCrashPoints(commitsOn({ db, clock, random, ring }), at),
    dueBookings: dueBookingsOn(db, clock),
    takenReferences: takenReferencesOn(db),
    ring,
    ringSurvey: (integrationId) => jobs.send('survey', { integrationId }, integrationId),
    announce: announcerOn(pool, clock),
    observe: remoteMeter(measures.registry),
    at,
    onFault: (error, booking) =>
      log.error({ err: error, integration: booking.integrationId, booking: booking.id }, 'a bug'),
    sellsLicences: config.seller !== undefined,
    concurrency: config.concurrency,
    paces: config.paces,
    lateEffectMs: config.lateEffectMs,
    pacers: new Map(),
    doorbells: new Map(),
    renewals: new Map(),
  }
  const mails = mailRoomOf(config, engine, log)
  opened.push(
    () => mails.transport.close(),
    () => jobs.stop(graceMs),
  )
  return {
    config,
    log,
    pool,
    engine,
    jobs,
    openSignIn: () => (signIn ??= loadSignIn().then(({ signInOn }) => signInOn(signInOptions))),
    mails,
    billing: billingRoomOf(config, engine),
    databaseUrl: database.url,
    measures,
    letGo: () => ending.abort(),
  }
}

/** The mail room: over SMTP, or into files where there is no mail server. */
const mailRoomOf = (
  config: Config,
  { db, vault, clock, random }: Engine,
  log: Logger,
): MailRoom => ({
  db,
  vault,
  clock,
  random,
  transport:
    config.smtpUrl === undefined
      ? folderTransport(path.join(config.home, 'mails'))
      : smtpTransport(config.smtpUrl),
  from: config.mailFrom,
  publicUrl: config.publicUrl,
  async attach(invoiceId) {
    const found = await invoicePdf(db, invoiceId)
    if (found === null) throw new Error(`there is no invoice ${invoiceId}`)
    const { number, pdf } = found
    return { filename: `${number}.pdf`, contentType: 'application/pdf', content: pdf }
  },
  onFault: (error, mail) => log.error({ err: error, mail }, 'a mail could not be written'),
})

const billingRoomOf = (config: Config, engine: Engine): BillingRoom | null => {
  const { seller, mollie, publicUrl } = config
  if (seller === undefined) return null
  const { db, vault, clock, random, ring, vies, http } = engine
  return {
    ...{ db, vault, clock, random, ring, vies, publicUrl, seller },
    mollie: mollie === undefined ? null : mollieOn(http, mollie.key, mollie.url),
  }
}

/** The migrations, on connections of their own: they wait for each other, and take as long as they like. */
const migrateFirst = async (url: string, signIn: SignInOptions): Promise<void> => {
  const pool = connectPool({ url, applicationName: 'doorvoer-migrations', answerMsMax: Infinity })
  try {
    await migrateAll(pool, { ...signIn, pool })
  } finally {
    await pool.end()
  }
}

/** Our tables and those of sign-in; the queue makes its own. One process at a time. */
export const migrateAll = async (pool: pg.Pool, signIn: SignInOptions): Promise<string[]> => {
  const lock = await pool.connect()
  try {
    await lock.query(`select pg_advisory_lock(hashtext('doorvoer migrations'))`)
    const ran = await migrate(databaseOn(pool) as never)
    await (await loadSignIn()).migrateSignIn(signIn)
    return ran
  } finally {
    await lock
      .query(`select pg_advisory_unlock(hashtext('doorvoer migrations'))`)
      .catch(() => undefined)
    lock.release()
  }
}

/** A connection of its own for listening, outside the pool. */
export const listenerOn = (runtime: Runtime) => (): pg.Client =>
  new pg.Client({
    connectionString: runtime.databaseUrl,
    application_name: 'doorvoer-listener',
    // A database that accepts and never answers must not keep a process from ending.
    connectionTimeoutMillis: 5_000,
    ...impatience,
  })
