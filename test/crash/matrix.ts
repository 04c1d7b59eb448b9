import type { CrashCase } from './cases.ts'
import { fall, TookOver, type Fallen } from './fall.ts'
import { openGround, type Ground } from './ground.ts'
import { makeHome, until } from './processes.ts'
import { audit, failed, rescue, type Outcome } from './rescue.ts'

/** Processes that are starting, working or dying at once; those that only wait for a lease are not counted. */
const lanes = 3
/**
 * How long after its first death the last one on a ground has to be over: well within a lease, or who is still
 * to die would take over from the dead.
 */
const fallingMsMax = 20_000
/** A machine that others use may start a process in half the time of the last one, or twice. */
const caution = 1.5
const triesMax = 3
const warmUpMsMax = 60_000

/** A ground where deaths are over, kept for the last look. */
interface Field {
  ground: Ground
  fallen: Fallen[]
  rescued: Promise<void>
}

/** What waits longest comes first. */
const bySlowness = (one: CrashCase, other: CrashCase): number =>
  waitMsOf(other) - waitMsOf(one) || Number(takesLong(other)) - Number(takesLong(one))

const takesLong = ({ remote }: CrashCase) => remote === 'does nothing and stays silent'

/** What a case waits for by the clock, besides the time its process needs: the clerk's looks. */
const waitMsOf = ({ passage }: CrashCase): number =>
  passage === 1 ? 0 : passage === 2 ? 3_000 : 26_000

/**
 * Runs all cases: on each ground a few processes die one after the other, then one worker takes over from all
 * of them, while on the next ground others are dying already.
 */
export const runMatrix = async (cases: readonly CrashCase[]): Promise<Outcome[]> => {
  const home = await makeHome()
  const queue = [...cases].sort(bySlowness)
  const tries = new Map<CrashCase, number>()
  const grounds: Ground[] = []
  const fields: Field[] = []
  const failures: Outcome[] = []

  const tryAgain = (crashCase: CrashCase, error: unknown) => {
    const before = tries.get(crashCase) ?? 0
    tries.set(crashCase, before + 1)
    if (error instanceof TookOver && before + 1 < triesMax) queue.push(crashCase)
    else failures.push(failed(crashCase, error))
  }

  const fillGround = async (ground: Ground): Promise<Fallen[]> => {
    const fallen: Fallen[] = []
    let workMs = 0
    const hasRoom = (next: CrashCase) => {
      if (fallen[0] === undefined) return true
      const passedMs = Date.now() - fallen[0].at.getTime()
      return passedMs + caution * workMs + waitMsOf(next) < fallingMsMax
    }
    for (let next = queue[0]; next !== undefined && hasRoom(next); next = queue[0]) {
      queue.shift()
      const startedMs = performance.now()
      try {
        fallen.push(await fall(ground, next))
      } catch (error) {
        tryAgain(next, error)
        // Its integration is in nobody's hands now: whoever came next here would take it over.
        break
      }
      workMs = performance.now() - startedMs - waitMsOf(next)
    }
    return fallen
  }

  const lane = async () => {
    while (queue.length > 0) {
      const ground = await openGround(home.folder)
      grounds.push(ground)
      const fallen = await fillGround(ground)
      fields.push({ ground, fallen, rescued: rescue(ground, fallen) })
    }
  }

  try {
    await warmUp(home.folder)
    await Promise.all(Array.from({ length: lanes }, lane))
    await Promise.all(fields.map(({ rescued }) => rescued))
    const outcomes: Outcome[] = []
    for (const { ground, fallen } of fields) {
      const bookings = await ground.bookings()
      const takings = await ground.takings()
      outcomes.push(...fallen.map((each) => audit(each, bookings, takings)))
    }
    return [...failures, ...outcomes]
  } finally {
    for (const ground of grounds) await ground.close()
    await home.remove()
  }
}

/** One process that ends in order leaves its compiled code behind for all the others. */
const warmUp = async (home: string): Promise<void> => {
  const ground = await openGround(home)
  const worker = ground.start('worker')
  // Asked any sooner, it would end before it knows how to end in order.
  await until('a worker that runs', warmUpMsMax, () =>
    worker.lastWords().includes('Doorvoer is running') ? true : null,
  )
  await worker.stop()
  await ground.close()
}
