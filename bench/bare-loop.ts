import { answerDeeds } from './children.ts'
import { monotonicMs } from './moment.ts'
import { sellerOf, type Roles } from './sale-calls.ts'
import type { Sale } from './sales.ts'

/*
 * (a) A bare loop in memory: the same remote calls for every sale, a fixed number of sales at a time, on
 * connections that are kept. Nothing is written down, so it forgets everything when it dies: the ceiling.
 */

let sell: (sale: Sale) => Promise<void> = () => Promise.reject(new Error('not opened'))

const deeds = {
  open: (roles: Roles): Promise<void> => {
    sell = sellerOf(roles)
    return Promise.resolve()
  },
  /** @returns when the first call was made */
  run: async ({ sales, atOnce }: { sales: readonly Sale[]; atOnce: number }): Promise<number> => {
    const startMs = monotonicMs()
    const waiting = [...sales].reverse()
    const lane = async () => {
      for (let sale = waiting.pop(); sale !== undefined; sale = waiting.pop()) await sell(sale)
    }
    await Promise.all(Array.from({ length: atOnce }, lane))
    return startMs
  },
}

export type BareLoopDeeds = typeof deeds

answerDeeds(deeds)
