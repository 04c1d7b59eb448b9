import { destinationOf, type Destination } from '../vat/destination.ts'
import { forServices, placeOfSupply, type PlaceOfSupply, type Supply } from '../vat/supply.ts'
import { carriesVat, markingOf, supplyOf } from './line-class.ts'
import type { Sale } from './sale.ts'
import type { VatPosition } from './vat-position.ts'

/** Lines of a sale that one place decides about, by their places in it. */
export interface Part {
  destination: Destination
  places: number[]
}

export interface Parts {
  /** One per line of the sale. */
  supplies: readonly Supply[]
  /** The goods first. */
  parts: readonly Part[]
}

/** Where things supplied at such a place go, with what has to be said about it. */
const destinationAt = (place: PlaceOfSupply, sale: Sale, home: string): Destination => {
  const placeOf = ({ countryCode, countryName, postcode }: Sale['billing']) => ({
    country: countryCode || countryName,
    postcode,
  })
  const billing = placeOf(sale.billing)
  if (place === 'delivery') {
    const delivery = sale.delivery === null ? null : placeOf(sale.delivery)
    return destinationOf({ delivery, billing, pickedUp: sale.pickedUp === true }, home)
  }
  const found = destinationOf({ delivery: null, billing, pickedUp: place === 'home' }, home)
  if (found.is === 'refused') return found
  // The billing address is the customer's: nothing has to be said about having taken it.
  const remarks = found.remarks.filter(({ code }) => code !== 'DESTINATION_FROM_BILLING')
  return { ...found, territory: forServices(found.territory), remarks }
}

const sameTerritory = (one: Destination, other: Destination): boolean =>
  one.is === 'known' && other.is === 'known' && one.territory.code === other.territory.code

/**
 * The parts of a sale that different places decide about (contracts/vat.md §5.1 step 6): one for nearly every sale.
 * Costs, discounts, free items and marked products say nothing of their own and go with the goods, or the first part.
 */
export const partsOf = (sale: Sale, position: VatPosition): Parts => {
  const products = sale.lines.map((line) => ({
    supply: supplyOf(line, position),
    leads: line.kind === 'product' && !line.amount.isZero() && markingOf(line, position) === null,
  }))
  const leading = products.flatMap(({ leads, supply }) => (leads ? [supply] : []))
  const rest = leading.includes('goods') ? 'goods' : (leading[0] ?? products[0]?.supply ?? 'goods')
  const supplies = products.map(({ leads, supply }) => (leads ? supply : rest))

  const parts: Part[] = []
  const byPlace = new Map<PlaceOfSupply, Part>()
  const partAt = (place: PlaceOfSupply): Part => {
    const destination = destinationAt(place, sale, position.home)
    const known = parts.find((part) => sameTerritory(part.destination, destination))
    const part = known ?? { destination, places: [] }
    if (known === undefined) parts.push(part)
    byPlace.set(place, part)
    return part
  }
  const placeOf = (nth: number): PlaceOfSupply => {
    const line = sale.lines[nth]
    return placeOfSupply(supplies[nth] ?? 'goods', line !== undefined && carriesVat(line))
  }
  const first = Math.max(
    supplies.findIndex((supply, nth) => supply === rest && products[nth]?.leads === true),
    0,
  )
  const lead = partAt(placeOf(first))
  products.forEach(({ leads }, nth) => {
    const place = placeOf(nth)
    const part = leads ? (byPlace.get(place) ?? partAt(place)) : lead
    part.places.push(nth)
  })
  return { supplies, parts }
}
