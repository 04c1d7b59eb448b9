import { sql } from 'kysely'
import { startMollie, type MollieSandbox } from '../../sandbox/mollie/index.ts'
import type { Engine } from '../../src/bookings/engine.ts'
import type { BillingRoom } from '../../src/support/billing/billing-room.ts'
import { saveBillingDetails, type GivenDetails } from '../../src/support/billing/billing-details.ts'
import { mollieOn } from '../../src/support/billing/mollie.ts'
import type { Seller } from '../../src/support/billing/seller.ts'
import type { Database } from '../../src/database/connect.ts'

export const seller: Seller = {
  name: 'Doorvoer Voorbeeld BV',
  address: ['Dorpsstraat 1', '1234 AB Utrecht'],
  country: 'NL',
  vatNumber: 'NL123456782B01',
  chamberNumber: '12345678',
  iban: 'NL91ABNA0417164300',
  email: 'administratie@doorvoer.example',
}

/** What selling needs on a test engine, with a sandbox for Mollie or without. */
export const billingOn = (
  { db, vault, clock, random, ring, vies, http }: Engine,
  publicUrl: string,
  mollie: MollieSandbox | null,
): BillingRoom => ({
  ...{ db, vault, clock, random, ring, vies, publicUrl, seller },
  mollie: mollie === null ? null : mollieOn(http, mollie.apiKey, mollie.apiUrl),
})

export const dutchBuyer: GivenDetails = {
  company: 'Koffiehuis De Proef',
  attention: '',
  street: 'Kerkstraat 2',
  postcode: '3511 AA',
  city: 'Utrecht',
  country: 'NL',
  vatNumber: '',
  email: '',
}

/** Fills in what a merchant's invoices say. */
export const fillIn = async (
  room: BillingRoom,
  merchantId: string,
  change: Partial<GivenDetails> = {},
): Promise<void> => {
  const saved = await saveBillingDetails(room, merchantId, { ...dutchBuyer, ...change })
  if (typeof saved === 'string') throw new Error(saved)
}

/** A merchant with an owner, as sign-in keeps them, without a password. */
export const addMerchant = async (
  db: Database,
  wanted: { id: string; name: string; email: string; language: 'nl' | 'en' },
): Promise<void> => {
  const { id, name, email, language } = wanted
  await sql`insert into merchant (id, name, slug, "createdAt") values (${id}, ${name}, ${id}, now())`.execute(
    db,
  )
  await sql`insert into "user" (id, name, email, "emailVerified", "createdAt", "updatedAt", language)
    values (${`u-${id}`}, ${name}, ${email}, true, now(), now(), ${language})`.execute(db)
  await sql`insert into seat (id, "organizationId", "userId", role, "createdAt")
    values (${`s-${id}`}, ${id}, ${`u-${id}`}, 'owner', now())`.execute(db)
}

let seed = 0
/** A Mollie of its own: two of them never give the same id. */
export const openMollie = (now: () => Date): Promise<MollieSandbox> => {
  seed += 1
  return startMollie({ now, seed })
}
