import type { CrashCase } from './cases.ts'
import { fall, type Fallen } from './fall.ts'
import { openGround, type Ground } from './ground.ts'
import { makeHome, until } from './processes.ts'
import { audit, failed, rescue, type Outcome } from './rescue.ts'

/** Processes that are starting, working or dying at once; those that only wait for a lease are not counted. */
const lanes = 3
/** From the first death on a ground until nobody new may die there: its rescuer has to come in time. */
const fallingMsMax = 15_000
const warmUpMsMax = 60_000

/** A ground where deaths are over, kept for the last look. */
interface Field {
  ground: Ground
  fallen: Fallen[]
  rescued: Promise<void>
}

/** What takes longest comes first: the clerk's later looks, and then what is not believed to be missing. */
const bySlowness = (one: CrashCase, other: CrashCase): number => slowness(other) - slowness(one)

const slowness = ({ passage, remote }: CrashCase): number =>
  2 * passage + (remote === 'does nothing and stays silent' ? 1 : 0)

/**
 * Runs all cases: on each ground a few processes die one after the other, then one worker takes over from all
 * of them, while on the next ground others are dying already.
 */
export const runMatrix = async (cases: readonly CrashCase[]): Promise<Outcome[]> => {
  const home = await makeHome()
  const queue = [...cases].sort(bySlowness)
  const grounds: Ground[] = []
  const fields: Field[] = []
  const failures: Outcome[] = []

  const fillGround = async (ground: Ground): Promise<Fallen[]> => {
    const fallen: Fallen[] = []
    const firstDeathMs = () => fallen[0]?.at.getTime() ?? Date.now()
    while (Date.now() - firstDeathMs() < fallingMsMax) {
      const crashCase = queue.shift()
      if (crashCase === undefined) break
      try {
        fallen.push(await fall(ground, crashCase))
      } catch (error) {
        failures.push(failed(crashCase, error))
      }
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
