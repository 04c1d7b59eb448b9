import { territoryByCode, type Territory } from './territory.ts'

/** What is supplied; `digital`: downloads, streams and licences, which follow the buyer like goods do. */
export const supplies = ['goods', 'service', 'digital'] as const
export type Supply = (typeof supplies)[number]

/** By which place a supply is judged: where it is delivered, where the customer is, or where the merchant is. */
export type PlaceOfSupply = 'delivery' | 'customer' | 'home'

/**
 * The place of supply (Directive 2006/112/EC; contracts/vat.md §5.1 step 6): goods where they arrive (art. 33),
 * digital goods where the customer is (art. 44, 58), other services at home when they carry VAT (art. 45) and where
 * the customer is when they do not (art. 44, 59). A service without VAT says by itself that somebody else owes it.
 */
export const placeOfSupply = (supply: Supply, carriesVat: boolean): PlaceOfSupply => {
  switch (supply) {
    case 'goods':
      return 'delivery'
    case 'digital':
      return 'customer'
    case 'service':
      return carriesVat ? 'home' : 'customer'
  }
}

/** The same place for services: Northern Ireland is inside the EU for goods only (contracts/vat.md §4). */
export const forServices = (territory: Territory): Territory =>
  territory.code === 'XI' ? (territoryByCode('GB') ?? territory) : territory
