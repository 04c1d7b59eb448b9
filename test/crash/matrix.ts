import { placesFor } from '../../src/world/places.ts'
import type { CrashCase } from './cases.ts'
import { fall, fallOfWebhook, isDuring, type Fallen } from './fall.ts'
import { openGround, type Ground } from './ground.ts'
import { makeHome, until } from './processes.ts'
import { audit, failed, rescue, type Outcome } from './rescue.ts'

/** Integrations that one process works on at once; what it stands still with takes up a place. */
const groupMax = 16
/** Processes that are starting, working or dying at once; those that only wait for a lease are not counted. */
const fallsAtOnce = 2
/** A machine that is busy with other things is no fault. */
const warmUpMsMax = 300_000

/** What came of all deaths. */
export interface Matrix {
  outcomes: Outcome[]
  /** Processes that were killed. */
  kills: number
}

/** The clerk's third step comes after a late-effect wait: nobody quick should wait for it. */
const isSlow = ({ passage }: CrashCase): boolean => passage > 2

const inGroups = (cases: readonly CrashCase[]): CrashCase[][] => {
  const groups: CrashCase[][] = []
  for (let at = 0; at < cases.length; at += groupMax) groups.push(cases.slice(at, at + groupMax))
  return groups
}

/** The slow ones first; each webhook by itself, for its process is the web server. */
export const groupsOf = (cases: readonly CrashCase[]): CrashCase[][] => {
  const workers = cases.filter(({ way }) => way !== 'webhook')
  return [
    ...inGroups(workers.filter(isSlow)),
    ...inGroups(workers.filter((each) => !isSlow(each) && !isDuring(each))),
    ...inGroups(workers.filter(isDuring)),
    ...cases.filter(({ way }) => way === 'webhook').map((each) => [each]),
  ]
}

const fallOfAll = async (
  ground: Ground,
  group: readonly CrashCase[],
): Promise<{ fallen: Fallen[]; failures: Outcome[] }> => {
  const [first] = group
  if (first?.way === 'webhook') {
    return { fallen: [await fallOfWebhook(ground, first)], failures: [] }
  }
  const { fallen, failures } = await fall(ground, group)
  return { fallen, failures: failures.map(({ crashCase, why }) => failed(crashCase, why)) }
}

interface MatrixPlan {
  /** Databases with a process or two each, side by side. */
  groundsAtOnce: number
  /**
   * Whether the leases of the dead run out at once, and not after their half minute. What is done at the
   * take-over is the same; how long it takes is not shown then.
   */
  agesLeases: boolean
  tell: (line: string) => void
  /** Told of each outcome as soon as it is known. */
  onOutcome?: (outcome: Outcome) => void
}

/**
 * Runs all cases: on each ground one process dies at sixteen places at once, then one worker takes over, while
 * on other grounds others are dying already.
 */
export const runMatrix = async (
  cases: readonly CrashCase[],
  { groundsAtOnce, agesLeases, tell, onOutcome = () => undefined }: MatrixPlan,
): Promise<Matrix> => {
  const home = await makeHome()
  const falls = placesFor(fallsAtOnce)
  const queue = groupsOf(cases)
  const outcomes: Outcome[] = []
  let kills = 0

  const add = (more: readonly Outcome[]): void => {
    outcomes.push(...more)
    for (const each of more) onOutcome(each)
    tell(`${outcomes.length} of ${cases.length}`)
  }

  const run = async (group: readonly CrashCase[]): Promise<void> => {
    const ground = await openGround(home.folder)
    try {
      const leave = await falls.enter()
      const { fallen, failures } = await fallOfAll(ground, group).finally(leave)
      if (failures.length > 0) add(failures)
      if (fallen.length > 0) kills += 1
      if (agesLeases) {
        for (const pid of new Set(fallen.map((each) => each.pid))) await ground.ageLeasesOf(pid)
      }
      await rescue(ground, fallen)
      const bookings = await ground.bookings()
      const takings = await ground.takings()
      add(fallen.map((each) => audit(each, bookings, takings)))
    } catch (error) {
      const known = new Set(outcomes.map(({ crashCase }) => crashCase))
      add(group.filter((each) => !known.has(each)).map((each) => failed(each, error)))
    } finally {
      await ground.close()
    }
  }
  const lane = async () => {
    for (let group = queue.shift(); group !== undefined; group = queue.shift()) await run(group)
  }

  try {
    await warmUp(home.folder)
    // All of them come to their end before anybody tears down what they stand on.
    const lanes = await Promise.allSettled(Array.from({ length: groundsAtOnce }, lane))
    for (const each of lanes) if (each.status === 'rejected') throw each.reason
    return { outcomes, kills }
  } finally {
    await home.remove()
  }
}

/** One process that ends in order leaves its compiled code behind for all the others. */
export const warmUp = async (home: string): Promise<void> => {
  const ground = await openGround(home)
  const worker = ground.start('worker')
  // Asked any sooner, it would end before it knows how to end in order.
  await until('a worker that runs', warmUpMsMax, () =>
    worker.lastWords().includes('Doorvoer is running') ? true : null,
  )
  await worker.stop()
  await ground.close()
}
