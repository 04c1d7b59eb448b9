import { useState } from 'react'

/**
 * Keeps things where they were first seen, and puts new ones at the end. A live list sorted by how many would
 * move under somebody's hand just when they click; so it is sorted once, when it is opened.
 */
export const useStableOrder = <T>(things: readonly T[], keyOf: (thing: T) => string): T[] => {
  const [order, setOrder] = useState<readonly string[]>([])
  const unseen = things.map(keyOf).filter((key) => !order.includes(key))
  if (unseen.length > 0) setOrder([...order, ...unseen])
  return things.toSorted((one, other) => placeOf(order, keyOf(one)) - placeOf(order, keyOf(other)))
}

const placeOf = (order: readonly string[], key: string): number =>
  order.includes(key) ? order.indexOf(key) : order.length
