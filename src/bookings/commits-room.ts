import type { Transaction } from 'kysely'
import type { Database } from '../database/connect.ts'
import type { Tables } from '../database/schema.ts'
import type { Clock } from '../world/clock.ts'
import type { Random } from '../world/random.ts'

/** Where a sale was heard of: decides how urgent it is, and whether its age matters. */
export type Lane = 'live' | { migration: string }

/** Rings for an integration inside the transaction that made the work. */
export type Ring = (trx: Transaction<Tables>, integrationId: string) => Promise<void>

/** What commits need from outside. */
export interface CommitsRoom {
  db: Database
  clock: Clock
  random: Random
  ring: Ring
}
