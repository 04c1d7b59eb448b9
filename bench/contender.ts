import type { Running } from './children.ts'
import type { Sale } from './sales.ts'
import type { Hook } from './shops-process.ts'

/** Who takes webhooks and makes invoices: (b) or (c). */
export interface Contender {
  id: 'b' | 'c'
  title: string
  /** Where its webhooks go, by integration. */
  hooks: readonly Hook[]
  /** Its service processes; the database's are counted apart. */
  pids: readonly number[]
  /** Resolves when everything about these sales is written down, not only done. */
  settled(sales: readonly Sale[]): Promise<void>
  /** What it knows of the sales it did not finish, for whoever must find out why. */
  explain(): Promise<string>
  end(): Promise<void>
}

export const endAll = async (running: readonly Running[]): Promise<void> => {
  for (const each of running) await each.end()
}
