import { findWebshop } from '../../connectors/registry.ts'
import type { SaleRef } from '../../sale/sale.ts'
import { mix, namedOrder, streamedOrder, type MixOrder } from './mix.ts'
import type { DemoShop, ShopEnd } from './remotes.ts'
import { startKmoshopsEnd } from './shops/kmoshops.ts'
import { startMagento1End } from './shops/magento1.ts'
import { startMagento2End } from './shops/magento2.ts'
import { startSeoshopEnd } from './shops/seoshop.ts'

/** Every webshop system's end of the demo. A new one is a file and a line here. */
export const shopEnds: Readonly<Record<string, () => Promise<ShopEnd>>> = {
  kmoshops: startKmoshopsEnd,
  seoshop: startSeoshopEnd,
  magento2: startMagento2End,
  magento1: startMagento1End,
}

/** The sandbox of a webshop system as the demo's shop. */
export const startShop = async (system: string): Promise<DemoShop> => {
  const end = await shopEnds[system]?.()
  if (end === undefined) throw new Error(`the demo has no shop of ${system}`)
  const later: SaleRef[] = []
  let streamedCount = 0
  const place = (order: MixOrder) => {
    const placed = end.place(order)
    if (placed === null) throw new Error(`${system} has no way to say this order`)
    return placed
  }
  return {
    ...end,
    system,
    calls: findWebshop(system).capabilities.webhooks,
    placeMix() {
      let webhooksLost = 0
      const sales = mix().flatMap(({ order, expectation, paidLater }) => {
        const placed = end.place(order)
        if (placed === null) return []
        if (paidLater) later.push(placed.ref)
        if (order.webhook === 'lost') webhooksLost += 1
        return [{ ...placed, expectation: placed.expectation ?? expectation }]
      })
      return { sales: [...sales, ...(end.placeOwn?.() ?? [])], webhooksLost }
    },
    changeMix() {
      for (const ref of later) end.pay(ref)
      return end.placeCredits?.() ?? []
    },
    placeNamed: (name) => place(namedOrder(name)).number,
    placeOne() {
      end.place(streamedOrder(streamedCount))
      streamedCount += 1
    },
  }
}
