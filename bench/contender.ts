import type { Hook } from './shops-process.ts'

/** Who takes webhooks and makes invoices: (b) or (c). */
export interface Contender {
  id: 'b' | 'c'
  title: string
  /** Where its webhooks go, by integration. */
  hooks: readonly Hook[]
  /** Its service processes by name; the database's are counted apart. */
  pids: Readonly<Record<string, number>>
  /** Resolves when everything it was given is written down, not only done. */
  settled(): Promise<void>
  /** What it knows of the sales it did not finish, for whoever must find out why. */
  explain(): Promise<string>
  end(): Promise<void>
}
