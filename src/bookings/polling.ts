import { sql } from 'kysely'
import type { Side } from '../database/schema.ts'
import { examine, setDot } from '../merchants/connections.ts'
import { Trouble, type Reason } from '../problems/reason.ts'
import { later } from '../world/clock.ts'
import { heldBackNow, openEnds, type Engine } from './engine.ts'
import { heartbeatMs, leaseMs } from './schedule.ts'
import { ringFor } from './ring-for.ts'

/** More pages than any shop's window has; a list that never ends stops here and goes on next time. */
const pagesMax = 1_000

/** A poll that is under way; `startedAt` is its name, so that a successor is not taken for it. */
interface Poll {
  cursor: string | null
  startedAt: Date
}

/** No sign of life for a lease, or one from the future, which a clock that was ahead leaves behind. */
const isDead = (now: Date) => sql<boolean>`(alive_at is null or alive_at <= ${later(now, -leaseMs)}
  or alive_at > ${later(now, leaseMs)})`

/** What something else than the shop's interface says: nobody, a page of the host, another program, a bare shop. */
const strangers: ReadonlySet<string> = new Set([
  'REST_PATH_MISSING',
  'SHOP_EXTENSION_MISSING',
  'REMOTE_HTML',
  'REMOTE_NOT_JSON',
])

/**
 * Trouble that passes by itself when the remote has it, and never when the shop has moved: a merchant hears of
 * it at once, and the next poll heals the dot where it did pass.
 */
const addressMayBeWrong = ({ code, params }: Reason): boolean =>
  strangers.has(code) ||
  (code === 'REMOTE_SILENT' && /^(name-not-found|certificate)$/.test(String(params['cause']))) ||
  (code === 'REMOTE_TROUBLE' && Number(params['status']) === 404)

/** Marks a poll as begun, unless one is under way. */
const begin = async (engine: Engine, integrationId: string): Promise<Poll | undefined> => {
  const startedAt = engine.clock.now()
  const begun = await sql<{ cursor: string | null }>`
    update polls set started_at = ${startedAt}, alive_at = ${startedAt}, finished_at = null
    where integration_id = ${integrationId}
      and (started_at is null or finished_at is not null or ${isDead(startedAt)})
    returning cursor`.execute(engine.db)
  const [row] = begun.rows
  return row === undefined ? undefined : { cursor: row.cursor, startedAt }
}

/** Changes the row of this poll, unless a successor has taken it over. */
const updatePoll = (
  engine: Engine,
  integrationId: string,
  { startedAt }: Poll,
  change: { cursor?: string | null; aliveAt?: Date; finishedAt?: Date },
) =>
  engine.db
    .updateTable('polls')
    .set(change)
    .where('integrationId', '=', integrationId)
    .where('startedAt', '=', startedAt)
    .execute()

/** Shows that a poll is alive until `ended`. A database that fails for a moment costs one sign of life. */
const keepAlive = async (
  engine: Engine,
  integrationId: string,
  begun: Poll,
  ended: AbortSignal,
): Promise<void> => {
  for (;;) {
    await engine.clock.sleep(heartbeatMs, ended)
    if (ended.aborted) return
    const aliveAt = engine.clock.now()
    await updatePoll(engine, integrationId, begun, { aliveAt }).catch(() => undefined)
  }
}

/** Polls whose worker died: what it had not read yet would else wait for the next hour. */
export const abandonedPolls = async (engine: Engine): Promise<string[]> => {
  const found = await sql<{ integrationId: string }>`
    select p.integration_id from polls p join integrations i on i.id = p.integration_id
    where i.state = 'active' and p.started_at is not null and p.finished_at is null
      and not exists (
        select 1 from connections c where c.integration_id = p.integration_id and c.dot = 'red')
      and ${isDead(engine.clock.now())} limit 500`.execute(engine.db)
  return found.rows.map((row) => row.integrationId)
}

/** The doctor's visit; trouble on the way leaves the dot red until the next hour. */
const lookAgain = async (engine: Engine, integrationId: string, side: Side): Promise<void> => {
  try {
    await examine(engine, engine.http, integrationId, side)
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
  }
}

/** A connection that was red may have been mended at the other end: ask before giving the hour up. */
const tryToHeal = async (engine: Engine, integrationId: string): Promise<void> => {
  const red = await engine.db
    .selectFrom('connections')
    .select('side')
    .where('integrationId', '=', integrationId)
    .where('dot', '=', 'red')
    .where('system', 'not in', (eb) => eb.selectFrom('remotePauses').select('system'))
    .execute()
  for (const { side } of red) await lookAgain(engine, integrationId, side)
  if (red.length > 0) await ringFor(engine, integrationId)
}

/**
 * Asks the shop what changed, page by page. The cursor is stored after the sales of its page are durable, so
 * that a crash reads a page twice and never skips one. Nothing depends on webhooks having arrived.
 * @returns how many sales had something new
 */
export const poll = async (engine: Engine, integrationId: string): Promise<number> => {
  await tryToHeal(engine, integrationId)
  const ends = await openEnds(engine, integrationId)
  if (ends === null || ends.paused.includes(ends.webshop.connector.id)) return 0
  const begun = await begin(engine, integrationId)
  if (begun === undefined) return 0

  const { connector, session, sealed } = ends.webshop
  const ended = new AbortController()
  void keepAlive(engine, integrationId, begun, ended.signal)
  let heard = 0
  let pages = 0
  try {
    for await (const page of connector.changes(session, begun.cursor, ends.startDate)) {
      const seen = await engine.commits.see(integrationId, page.mentions, 'live')
      if (seen === 'stopped') break
      heard += seen
      await updatePoll(engine, integrationId, begun, { cursor: page.cursor })
      pages += 1
      if (pages >= pagesMax) break
    }
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
    // Passing trouble is left to the next hour; the pages that were read are kept.
    if (error.cure === 'reconnect' || addressMayBeWrong(error.reason)) {
      await setDot(engine, integrationId, 'webshop', error.reason, sealed)
    }
  } finally {
    ended.abort()
    await updatePoll(engine, integrationId, begun, { finishedAt: engine.clock.now() })
  }
  return heard
}

/** Every integration that books. */
export const activeIntegrations = async (engine: Engine): Promise<string[]> => {
  const rows = await engine.db
    .selectFrom('integrations')
    .select('id')
    .where('state', '=', 'active')
    .execute()
  return rows.map((row) => row.id)
}

/** The nightly review: everything that is open is looked at again, whatever it waits for. */
export const review = async (engine: Engine): Promise<void> => {
  for (const integrationId of await activeIntegrations(engine)) {
    // What waits for its licence would only be noted again.
    if (await heldBackNow(engine, integrationId)) continue
    // Locked in the order in which sales that are heard of are, so that neither waits for the other.
    await sql`
      with waiting as (
        select id as waiting_id from bookings
        where integration_id = ${integrationId} and state = 'open' and due_at is null
        order by kind collate "C", shop_id collate "C"
        for update
      )
      update bookings set due_at = ${engine.clock.now()}
      from waiting where integration_id = ${integrationId} and id = waiting_id`.execute(engine.db)
    await ringFor(engine, integrationId)
  }
}
