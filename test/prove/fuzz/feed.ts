import { Trouble } from '../../../src/problems/reason.ts'
import { chanceOf } from '../simulate/world.ts'
import type { Target } from './target.ts'

const faultsMax = 20

/** What came of one target's inputs. */
export interface Fed {
  name: string
  inputs: number
  /** Turns that were told as trouble. */
  told: number
  /** Seconds of processor time. */
  cpu: number
  /** What went wrong, each once, with how to see it again. */
  faults: string[]
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}

const faultOf = (error: unknown): { where: string; message: string } => {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  const where = stack.split('\n').find((line) => line.includes('/src/')) ?? ''
  return { where: where.trim().replace(/file:.*\/src\//, 'src/'), message }
}

/** Feeds one target, turn by turn, each of a seed of its own: in a turn a remote may answer several times. */
export const feed = async (
  target: Target,
  { seed, inputs }: { seed: number; inputs: number },
): Promise<Fed> => {
  const opened = await target.open()
  const faults = new Map<string, string>()
  const before = cpuSeconds()
  let told = 0
  let turns = 0
  const fed = () => opened.inputs?.() ?? turns
  for (; fed() < inputs && faults.size < faultsMax; turns += 1) {
    const chance = chanceOf(seed + turns)
    const way = chance.pick(opened.ways)
    try {
      // What is no promise needs no turn of the event loop: that would be most of its time.
      const result = way.run(chance)
      if (result instanceof Promise) await result
    } catch (error) {
      if (error instanceof Trouble) {
        told += 1
        continue
      }
      const { where, message } = faultOf(error)
      const key = `${way.name} ${where === '' ? message : where}`
      if (faults.has(key)) continue
      const again = `npm run prove -- fuzz --seed ${seed + turns} --inputs 1`
      faults.set(key, `${target.name}, ${way.name}: ${message} ${where}\n    again: ${again}`)
    }
  }
  const cpu = cpuSeconds() - before
  await opened.close()
  return { name: target.name, inputs: fed(), told, cpu, faults: [...faults.values()] }
}
