import type pg from 'pg'
import type { Registry } from 'prom-client'
import type { Engine } from '../bookings/engine.ts'
import type { StoreApp } from '../connectors/webshop.ts'
import type { BillingRoom } from '../support/billing/billing-room.ts'
import type { SignIn } from '../merchants/sign-in.ts'
import type { Meters } from './meters.ts'
import type { Watchers } from './watchers.ts'

/** Everything the routes stand on. */
export interface House {
  engine: Engine
  pool: pg.Pool
  signIn: SignIn
  publicUrl: string
  trustProxy: boolean
  storeApps: Readonly<Record<string, StoreApp>>
  /** What a migration costs per thousand sales that are begun, in euro cents excl. VAT; may be 0. */
  migrationCents: number
  registry: Registry
  meters: Meters
  watchers: Watchers
  /** null: nobody sells licences here. */
  billing: BillingRoom | null
  /** Absolute folder of the built dashboard; null: none is served. */
  dashboard: string | null
  logLevel: string
}
