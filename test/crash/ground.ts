import { sql } from 'kysely'
import type { Booking } from '../../src/bookings/booking.ts'
import { startJobs, type Jobs } from '../../src/jobs/jobs.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { openTestEngine, type TestEngine } from '../support/engine.ts'
import { asWorker } from '../support/least-rights.ts'
import type { Pair } from '../prove/pairs.ts'
import { standardPair } from './cases.ts'
import { startProcess, type ProcessPlan, type Running } from './processes.ts'
import { startRemotes, type Remotes } from './remotes.ts'
import { stopsVariable, type Stop } from './stops.ts'

/** A lease as it was taken. */
export interface Taking {
  integrationId: string
  /** Process id of the worker. */
  pid: number
  at: Date
}

/** A database of its own in which processes die and others take over, seen from outside. */
export interface Ground {
  database: TestDatabase
  bench: TestEngine
  jobs: Jobs
  /** Both ends of one more integration; they live as long as the ground. */
  startRemotes(pair?: Pair): Promise<Remotes>
  start(program: ProcessPlan['program'], env?: ProcessPlan['env']): Running
  /**
   * Starts a worker that stops at given places of given integrations, and gets the leases of these and of no
   * other, however free it is. It says on its output where it stands (stops.ts).
   */
  startStopping(
    own: readonly string[],
    stops: readonly Stop[],
    onLine: (line: string) => void,
  ): Running
  bookings(): Promise<Booking[]>
  /** Every lease that was ever taken here, oldest first. */
  takings(): Promise<Taking[]>
  /** What half a minute does to the leases of a process that is dead, and to polls that it left. */
  ageLeasesOf(pid: number): Promise<void>
  /** Ends everything that still runs here. @throws when somebody left a database connection open */
  close(): Promise<void>
}

/** A drain may be over before anybody looks at its lease, so the database writes every one down. */
const writeDownTakings = async ({ db }: TestDatabase): Promise<void> => {
  await sql`create table takings (integration_id uuid, holder text, at timestamptz)`.execute(db)
  await sql`
    create function write_down_taking() returns trigger language plpgsql security definer as $$
    begin
      insert into takings values (new.integration_id, new.holder, clock_timestamp());
      return null;
    end $$`.execute(db)
  await sql`
    create trigger takings after update on mailboxes for each row
      when (new.fence <> old.fence) execute function write_down_taking()`.execute(db)
}

/**
 * A process that is to die of its own integrations must not work on another's: the database tells it that those
 * are taken.
 */
const confineTakings = async ({ db }: TestDatabase): Promise<void> => {
  await sql`
    create function confine_taking() returns trigger language plpgsql as $$
    begin
      if coalesce(current_setting('crash.own', true), '') = ''
        or new.integration_id::text = any (string_to_array(current_setting('crash.own'), '.')) then
        return new;
      end if;
      return null;
    end $$`.execute(db)
  await sql`
    create trigger confinement before update on mailboxes for each row
      when (new.fence <> old.fence) execute function confine_taking()`.execute(db)
}

/** A database address whose sessions may only take the leases of `own`. */
const confinedTo = (url: string, own: readonly string[]): string => {
  const confined = new URL(url)
  confined.searchParams.set('options', `-c crash.own=${own.join('.')}`)
  return confined.toString()
}

const readTakings = async ({ db }: TestDatabase): Promise<Taking[]> => {
  // The holder of a lease is "<host> <process id>".
  const { rows } = await sql<Taking>`
    select integration_id, substring(holder from '[0-9]+$')::integer as pid, at
    from takings order by at`.execute(db)
  return rows
}

/** How long an installation may wait for a sandbox: a machine that is busy with other things is no fault. */
const patientMs = 120_000

/** @param home the folder its processes live in */
export const openGround = async (home: string): Promise<Ground> => {
  const database = await createTestDatabase()
  await writeDownTakings(database)
  await confineTakings(database)
  const bench = openTestEngine(database, { budgetMs: patientMs })
  const jobs = await startJobs({ url: database.url, role: 'sender', onError: () => undefined })
  const processes: Running[] = []
  const remotes: Remotes[] = []
  const start = (plan: Omit<ProcessPlan, 'home'>) => {
    const running = startProcess({ home, ...plan })
    processes.push(running)
    return running
  }
  return {
    database,
    bench,
    jobs,
    async startRemotes(pair = standardPair) {
      const started = await startRemotes(pair)
      remotes.push(started)
      return started
    },
    start: (program, env = {}) => {
      const databaseUrl = program === 'web' ? database.url : asWorker(database.url)
      return start({ program, databaseUrl, env })
    },
    startStopping: (own, stops, onLine) =>
      start({
        program: 'stopping worker',
        databaseUrl: confinedTo(asWorker(database.url), own),
        env: { [stopsVariable]: JSON.stringify(stops) },
        onLine,
      }),
    bookings: () => database.db.selectFrom('bookings').selectAll().execute(),
    takings: () => readTakings(database),
    async ageLeasesOf(pid) {
      await sql`
        update mailboxes set lease_until = now() where holder like ${`% ${pid}`}`.execute(
        database.db,
      )
      await sql`
        update polls set alive_at = alive_at - interval '1 minute' where finished_at is null`.execute(
        database.db,
      )
    },
    async close() {
      for (const running of processes) running.signal('SIGKILL')
      await Promise.all(processes.map(({ ended }) => ended))
      await Promise.all(remotes.map((each) => each.close()))
      await jobs.stop(1_000)
      await bench.close()
      await database.close()
    },
  }
}
