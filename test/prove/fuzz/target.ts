import type { Chance } from '../simulate/world.ts'

/** One way into a parser. @throws Trouble, which is how nonsense from outside is told; any other error is a fault */
export interface Way {
  name: string
  run(chance: Chance): unknown
}

/** One parser, or what reads one kind of thing from outside. */
export interface Target {
  name: string
  open(): Promise<Opened>
}

interface Opened {
  ways: readonly Way[]
  /** How many inputs were read so far, where one way reads several; else each way reads one. */
  inputs?: () => number
  close(): Promise<void>
}

/** A target that needs nothing of its own. */
export const targetOf = (name: string, ways: readonly Way[]): Target => ({
  name,
  open: () => Promise.resolve({ ways, close: () => Promise.resolve() }),
})
