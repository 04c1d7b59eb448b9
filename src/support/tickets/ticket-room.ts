import type { Database } from '../../database/connect.ts'
import type { Vault } from '../../merchants/vault.ts'
import type { Clock } from '../../world/clock.ts'
import type { Random } from '../../world/random.ts'

/** What every function about tickets needs from outside. */
export interface TicketRoom {
  db: Database
  vault: Vault
  clock: Clock
  random: Random
  /** Tells whoever watches an integration, or the console, that something changed. */
  announce(topic: string): void
}

/** What the console watches, besides the integrations. */
export const consoleTopic = 'operator'
