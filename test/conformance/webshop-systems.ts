import type { WebshopSystem } from './webshop-system.ts'
import { kmoshopsSystem } from './webshop-kmoshops.ts'
import { seoshopSystem } from './webshop-seoshop.ts'
import { magento1System } from './webshop-magento1.ts'
import { magento2System } from './webshop-magento2.ts'

/** Every webshop the suite knows how to start, by the id of its connector. */
export const webshopSystems: Readonly<Record<string, WebshopSystem>> = {
  kmoshops: kmoshopsSystem,
  seoshop: seoshopSystem,
  magento1: magento1System,
  magento2: magento2System,
}
