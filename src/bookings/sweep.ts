import type { Engine } from './engine.ts'
import { forgottenMailboxes } from './mailbox.ts'
import { sweepMs } from './schedule.ts'

const sweepMax = 500

/**
 * Rings for every mailbox that has due work and nobody at it. With this under them, bells may get lost:
 * a killed worker's work is taken up within the lease and one sweep.
 * @returns how many it rang for
 */
export const sweep = async (engine: Engine): Promise<number> => {
  const forgotten = await forgottenMailboxes(engine.db, engine.clock.now(), sweepMax)
  for (const integrationId of forgotten) {
    await engine.db.transaction().execute(async (trx) => {
      await trx
        .updateTable('mailboxes')
        .set({ bell: true })
        .where('integrationId', '=', integrationId)
        .execute()
      await engine.ring(trx, integrationId)
    })
  }
  return forgotten.length
}

/**
 * Sweeps, and resumes what else was left behind, until `signal` aborts. A sweep that fails is told and tried
 * again at its next time.
 */
export const keepSweeping = async (
  engine: Engine,
  resume: () => Promise<void>,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): Promise<void> => {
  // In a house that is closing the queue may be shut already: that is no trouble, the next worker sweeps.
  const tell = (error: unknown) => {
    if (!signal.aborted) onError(error)
  }
  while (!signal.aborted) {
    await sweep(engine).catch(tell)
    await resume().catch(tell)
    await engine.clock.sleep(sweepMs, signal)
  }
}
