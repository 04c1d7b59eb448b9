import type { Clock } from '../../../src/world/clock.ts'
import type { CallOff, World } from './world.ts'

/** One process from its start to its end: it may die at any moment, or be stopped for a while. */
export interface Life {
  name: string
  isAlive(): boolean
  clock: Clock
  /** Hands something to the process after a while: never when it is dead by then, later when it is stopped. */
  deliver(delayMs: number, act: () => void): CallOff
  /** Something it began that goes on outside; told when it dies. */
  begin(onDeath: () => void): CallOff
  /** The power fails: nothing it does has any effect from now on. */
  die(): void
  /** As SIGSTOP does; time goes on for everybody. */
  freeze(durationMs: number): void
  /** As a hypervisor does with the machine below it: time goes on for everybody else, and none of its clocks. */
  suspend(durationMs: number): void
  /** Its clock goes wrong by so much. */
  jump(byMs: number): void
  /** Sets its clock right, as the next answer of the database does. */
  setRight(): void
}

export const lifeOf = (world: World, name: string, skewMs: number): Life => {
  let isAlive = true
  let aheadMs = skewMs
  let frozenUntilMs = 0
  let missedMs = 0
  const underWay = new Set<() => void>()

  const deliver: Life['deliver'] = (delayMs, act) => {
    let callOff: CallOff = () => undefined
    const arrive = () => {
      if (!isAlive) return
      const waitMs = frozenUntilMs - world.nowMs()
      if (waitMs > 0) callOff = world.after(waitMs, arrive)
      else act()
    }
    callOff = world.after(delayMs, arrive)
    return () => callOff()
  }

  const freeze = (durationMs: number) => {
    frozenUntilMs = Math.max(frozenUntilMs, world.nowMs() + durationMs)
  }

  return {
    name,
    isAlive: () => isAlive,
    clock: {
      now: () => new Date(world.now().getTime() + aheadMs),
      monotonicMs: () => world.nowMs() - missedMs,
      sleep: (durationMs, signal) =>
        new Promise((resolve) => {
          if (signal?.aborted === true) {
            resolve()
            return
          }
          const callOff = deliver(durationMs, () => {
            signal?.removeEventListener('abort', wake)
            resolve()
          })
          const wake = () => {
            callOff()
            resolve()
          }
          signal?.addEventListener('abort', wake, { once: true })
        }),
    },
    deliver,
    begin(onDeath) {
      underWay.add(onDeath)
      return () => {
        underWay.delete(onDeath)
      }
    },
    die() {
      isAlive = false
      for (const onDeath of underWay) onDeath()
      underWay.clear()
    },
    freeze,
    suspend(durationMs) {
      freeze(durationMs)
      missedMs += durationMs
      aheadMs -= durationMs
    },
    jump(byMs) {
      aheadMs += byMs
    },
    setRight() {
      aheadMs = 0
    },
  }
}
