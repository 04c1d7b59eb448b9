import { sql } from 'kysely'
import { examine, setDot } from '../merchants/connections.ts'
import { Trouble } from '../problems/reason.ts'
import { later } from '../world/clock.ts'
import { openEnds, type Engine } from './engine.ts'
import { ringFor } from './drain.ts'

/** A poll that has not ended after this is taken for dead; the next one starts at the stored cursor. */
const pollTimeoutMs = 30 * 60_000
/** More pages than any shop's window has; a list that never ends stops here and goes on next time. */
const pagesMax = 1_000

/** Marks a poll as begun, unless one is under way. @returns where it has to go on, or undefined */
const begin = async (
  engine: Engine,
  integrationId: string,
): Promise<{ cursor: string | null } | undefined> => {
  const now = engine.clock.now()
  const begun = await sql<{ cursor: string | null }>`
    update polls set started_at = ${now}, finished_at = null
    where integration_id = ${integrationId}
      and (started_at is null or finished_at is not null or started_at <= ${later(now, -pollTimeoutMs)})
    returning cursor`.execute(engine.db)
  return begun.rows[0]
}

const finish = (engine: Engine, integrationId: string) =>
  engine.db
    .updateTable('polls')
    .set({ finishedAt: engine.clock.now() })
    .where('integrationId', '=', integrationId)
    .execute()

/** A connection that was red may have been mended at the other end: ask before giving the hour up. */
const tryToHeal = async (engine: Engine, integrationId: string): Promise<void> => {
  const red = await engine.db
    .selectFrom('connections')
    .select('side')
    .where('integrationId', '=', integrationId)
    .where('dot', '=', 'red')
    .execute()
  for (const { side } of red) await examine(engine, engine.http, integrationId, side)
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
  if (ends === null) return 0
  const begun = await begin(engine, integrationId)
  if (begun === undefined) return 0

  const { connector, session } = ends.webshop
  let heard = 0
  let pages = 0
  try {
    for await (const page of connector.changes(session, begun.cursor)) {
      heard += await engine.commits.see(integrationId, page.mentions, 'live')
      await engine.db
        .updateTable('polls')
        .set({ cursor: page.cursor })
        .where('integrationId', '=', integrationId)
        .execute()
      pages += 1
      if (pages >= pagesMax) break
    }
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
    // Passing trouble is left to the next hour; the pages that were read are kept.
    if (error.cure === 'reconnect') await setDot(engine, integrationId, 'webshop', error.reason)
  } finally {
    await finish(engine, integrationId)
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
    await sql`
      update bookings set due_at = ${engine.clock.now()}
      where integration_id = ${integrationId} and state = 'open' and due_at is null`.execute(
      engine.db,
    )
    await ringFor(engine, integrationId)
  }
}
