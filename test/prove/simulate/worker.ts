import { drain } from '../../../src/bookings/drain.ts'
import { abandonedPolls, poll } from '../../../src/bookings/polling.ts'
import { sweepMs } from '../../../src/bookings/schedule.ts'
import { sweep } from '../../../src/bookings/sweep.ts'
import { startProcess, type Process, type Site } from './process.ts'
import type { JobKind, Queue } from './queue.ts'

/** A worker process: takes jobs, and sweeps. */
export interface Worker {
  process: Process
  /** Something becomes due after this while: it sweeps then, not before. */
  expectDue: (inMs: number) => void
}

/**
 * As `commands/worker.ts` starts it. A sweep that can find nothing is left out, so that months may pass in a
 * moment: it happens within `sweepMs` of whatever becomes due.
 */
export const startWorker = (
  site: Site,
  queue: Queue,
  name: string,
  nextDueMs: () => number,
): Worker => {
  const process = startProcess(site, name, true)
  const { life, engine } = process
  const { world } = site
  let sweepAtMs = Infinity
  let callOff: () => void = () => undefined

  const plan = (inMs: number) => {
    const atMs = world.nowMs() + inMs
    if (atMs >= sweepAtMs) return
    callOff()
    sweepAtMs = atMs
    callOff = life.deliver(inMs, () => {
      sweepAtMs = Infinity
      void sweepOnce()
    })
  }
  const expectDue = (inMs: number) => {
    if (Number.isFinite(inMs)) plan(Math.max(0, inMs) + world.chance.between(0, sweepMs))
  }
  const sweepOnce = async () => {
    await process.follow('a sweep', sweep(engine))
    await process.follow(
      'a look for polls',
      abandonedPolls(engine).then((ids) => {
        for (const id of ids) queue.send('poll', id)
      }),
    )
    const due = nextDueMs() - world.nowMs()
    if (Number.isFinite(due)) plan(Math.max(sweepMs, due))
  }

  const inHand: Record<JobKind, number> = { drain: 0, poll: 0 }
  queue.join({
    isAlive: () => life.isAlive(),
    inHand,
    take(kind, integrationId) {
      inHand[kind] += 1
      const work = kind === 'drain' ? drain(engine, integrationId) : poll(engine, integrationId)
      void process.follow(kind, work).then(() => {
        inHand[kind] -= 1
      })
    },
  })
  expectDue(nextDueMs() - world.nowMs())
  return { process, expectDue }
}
