import type pg from 'pg'
import type { Clock } from '../world/clock.ts'

const channel = 'doorvoer_changed'
/** Watchers reload what they show; more often than this helps nobody. */
const quietMs = 400

/**
 * Tells every web process that bookings of an integration changed. Sent beside the commits and not in them:
 * a notification in a transaction makes all commits of the database wait for each other.
 */
export const announcerOn = (pool: pg.Pool, clock: Clock): ((integrationId: string) => void) => {
  const pending = new Set<string>()
  let sending = false
  const flush = async () => {
    while (pending.size > 0) {
      const all = [...pending]
      pending.clear()
      // Watchers that miss one see the truth at their next reload.
      await pool
        .query(`select pg_notify($1, id) from unnest($2::text[]) as id`, [channel, all])
        .catch(() => undefined)
      await clock.sleep(quietMs)
    }
    sending = false
  }
  return (integrationId) => {
    pending.add(integrationId)
    if (sending) return
    sending = true
    void flush()
  }
}

/** A connection whose other end vanished without a word says nothing, like one on which nothing happens. */
const askAgainMs = 20_000

/** Resolves when the connection answers no more, or `over` aborts. */
const untilSilent = async (client: pg.Client, clock: Clock, over: AbortSignal): Promise<void> => {
  for (;;) {
    await clock.sleep(askAgainMs, over)
    if (over.aborted) return
    const answers = await client.query('select 1').then(
      () => true,
      () => false,
    )
    if (!answers) return
  }
}

/**
 * Hears the announcements of all processes; reconnects by itself.
 * @returns how to stop
 */
export const listenForChanges = (
  connect: () => pg.Client,
  clock: Clock,
  onChange: (integrationId: string) => void,
): (() => Promise<void>) => {
  const stopped = new AbortController()
  let current: pg.Client | null = null
  const isStopped = () => stopped.signal.aborted
  const run = async () => {
    while (!isStopped()) {
      const client = connect()
      const ended = new Promise<void>((resolve) => {
        client.on('end', resolve)
        client.on('error', () => resolve())
      })
      try {
        await client.connect()
        // Asked to stop while it was connecting: nobody else knows of this connection.
        if (isStopped()) {
          await client.end()
          return
        }
        current = client
        client.on('notification', ({ payload }) => onChange(payload ?? ''))
        await client.query(`listen ${channel}`)
        const over = new AbortController()
        await Promise.race([ended, untilSilent(client, clock, over.signal)])
        over.abort()
        await client.end()
      } catch {
        await clock.sleep(1_000, stopped.signal)
      }
    }
  }
  const running = run()
  return async () => {
    stopped.abort()
    await current?.end().catch(() => undefined)
    await running
  }
}
