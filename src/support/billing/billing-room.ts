import type { Kysely } from 'kysely'
import type { Ring } from '../../bookings/commits-room.ts'
import type { Vies } from '../../connectors/vies/vies.ts'
import type { Tables } from '../../database/schema.ts'
import type { Vault } from '../../merchants/vault.ts'
import type { Clock } from '../../world/clock.ts'
import type { Random } from '../../world/random.ts'
import type { Mollie } from './mollie.ts'
import type { Seller } from './seller.ts'

/** Everything that selling licences needs from outside. */
export interface BillingRoom {
  db: Kysely<Tables>
  vault: Vault
  clock: Clock
  random: Random
  ring: Ring
  vies: Vies
  publicUrl: string
  seller: Seller
  /** null: offers are paid by bank transfer, and the operator says that they were. */
  mollie: Mollie | null
}

/** Where an offer is seen and paid. */
export const payUrl = (publicUrl: string, token: string): string => `${publicUrl}/pay/${token}`

export const profileUrl = (publicUrl: string, integrationId: string): string =>
  `${publicUrl}/i/${integrationId}/profile`
