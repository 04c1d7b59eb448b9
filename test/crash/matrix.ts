import type { CrashCase } from './cases.ts'
import { fall, type Fallen } from './fall.ts'
import { openGround, type Ground } from './ground.ts'
import { makeHome } from './processes.ts'
import { audit, failed, rescue, type Outcome } from './rescue.ts'

/** Processes that are starting, working or dying at once; those that only wait for a lease are not counted. */
const lanes = 3
/**
 * No more deaths on a ground this long after its first one: the leases of the dead must outlive the last who
 * is to die there, or that one would take over from them.
 */
const fallingMsMax = 12_000

/** A ground on which deaths and rescue are over, kept for the last look. */
interface Field {
  ground: Ground
  fallen: Fallen[]
  rescued: Promise<void>
}

/** What takes longest comes first. */
const bySlowness = (one: CrashCase, other: CrashCase): number => weight(other) - weight(one)

const weight = ({ passage, remote }: CrashCase): number =>
  passage * 10 + (remote === 'does nothing and stays silent' ? 1 : 0)

/**
 * Runs all cases: on each ground a few processes die one after the other, then one worker takes over from all
 * of them, while on the next ground others are dying already.
 */
export const runMatrix = async (cases: readonly CrashCase[]): Promise<Outcome[]> => {
  const home = await makeHome()
  const queue = [...cases].sort(bySlowness)
  const fields: Field[] = []
  const failures: Outcome[] = []

  const fillGround = async (ground: Ground): Promise<Fallen[]> => {
    const fallen: Fallen[] = []
    const isOpen = () => Date.now() - (fallen[0]?.at.getTime() ?? Date.now()) < fallingMsMax
    while (isOpen()) {
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
      const fallen = await fillGround(ground)
      fields.push({ ground, fallen, rescued: rescue(ground, fallen) })
    }
  }

  await warmUp(home.folder)
  await Promise.all(Array.from({ length: lanes }, lane))
  const outcomes: Outcome[] = []
  await Promise.all(fields.map(({ rescued }) => rescued))
  for (const { ground, fallen } of fields) {
    const bookings = await ground.bookings()
    const takings = await ground.takings()
    outcomes.push(...fallen.map((each) => audit(each, bookings, takings)))
    await ground.close()
  }
  await home.remove()
  return [...failures, ...outcomes]
}

/** One process that ends in order leaves its compiled code behind for all the others. */
const warmUp = async (home: string): Promise<void> => {
  const ground = await openGround(home)
  await ground.start('worker').stop()
  await ground.close()
}
