import type { CrashCase } from './cases.ts'
import { bringThere, startOther, type Doomed, type Fallen } from './fall.ts'
import { openGround } from './ground.ts'
import { groupsOf, warmUp } from './matrix.ts'
import { isStopped, makeHome, until } from './processes.ts'
import { audit, failed, rescue, type Outcome } from './rescue.ts'
import { goOn } from './stops.ts'

const stopMsMax = 10_000
/** A call that was under way may go on for its budget. */
const wakeMsMax = 60_000

/** Where a worker may be stopped so that it wakes up with something in its hands. */
export const isPause = ({ point, remote, way }: CrashCase): boolean =>
  !point.startsWith('during:') && remote === 'answers' && way !== 'webhook'

/**
 * One worker is stopped (SIGSTOP) at the places of all these cases at once, and sleeps until another has taken
 * over and booked everything. Then it goes on where it stood.
 */
const sleepThrough = async (home: string, group: readonly CrashCase[]): Promise<Outcome[]> => {
  const ground = await openGround(home)
  try {
    const { running, there, astray, isThrough } = await bringThere(ground, group)
    const other = await startOther(ground)
    running.signal('SIGSTOP')
    await until('the stop', stopMsMax, async () => ((await isStopped(running.pid)) ? true : null))
    const at = new Date()
    const before = await ground.bookings()
    const stateOf = (bookings: typeof before, { integrationId }: Doomed) =>
      bookings.find((each) => each.integrationId === integrationId)?.state ?? ('no row' as const)
    const asleep = there.map((each): Fallen => {
      const atDeath = { state: stateOf(before, each), ...each.remotes.count() }
      return { ...each, pid: running.pid, at, atDeath }
    })
    await rescue(ground, asleep)
    running.tell(goOn)
    running.signal('SIGCONT')
    await until('the end of what it had in its hands', wakeMsMax, () =>
      there.every(isThrough) ? true : null,
    )
    await other.stop()
    const bookings = await ground.bookings()
    const takings = await ground.takings()
    return [
      ...asleep.map((each) => audit(each, bookings, takings)),
      ...astray.map(({ crashCase }) =>
        failed(crashCase, `it never came there:\n${running.lastWords()}`),
      ),
    ]
  } catch (error) {
    return group.map((each) => failed(each, error))
  } finally {
    await ground.close()
  }
}

/** All of them, on a few grounds side by side: most of the time everybody waits for a lease to run out. */
export const runPauses = async (
  cases: readonly CrashCase[],
  groundsAtOnce: number,
): Promise<Outcome[]> => {
  const home = await makeHome()
  const queue = groupsOf(cases)
  const outcomes: Outcome[] = []
  const lane = async () => {
    for (let group = queue.shift(); group !== undefined; group = queue.shift()) {
      outcomes.push(...(await sleepThrough(home.folder, group)))
    }
  }
  try {
    await warmUp(home.folder)
    await Promise.all(Array.from({ length: groundsAtOnce }, lane))
    return outcomes
  } finally {
    await home.remove()
  }
}
