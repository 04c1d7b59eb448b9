import type { AccountingConnector } from './accounting.ts'
import type { WebshopConnector } from './webshop.ts'
import { eenvoudigfactureren } from './accounting/eenvoudigfactureren/index.ts'
import { factuursturen } from './accounting/factuursturen/index.ts'
import { informer } from './accounting/informer/index.ts'
import { rompslomp } from './accounting/rompslomp/index.ts'
import { kmoshops } from './webshops/kmoshops/index.ts'
import { magento1 } from './webshops/magento1/index.ts'
import { magento2 } from './webshops/magento2/index.ts'
import { seoshop } from './webshops/seoshop/index.ts'

/** Every webshop system. A new one is a folder and a line here. */
export const webshops: readonly WebshopConnector[] = [kmoshops, seoshop, magento2, magento1]

/** Every accounting system. A new one is a folder and a line here. */
export const accountings: readonly AccountingConnector[] = [
  factuursturen,
  eenvoudigfactureren,
  informer,
  rompslomp,
]

const find = <T extends { id: string }>(list: readonly T[], id: string): T => {
  const found = list.find((each) => each.id === id)
  if (found === undefined) throw new Error(`no connector is called ${id}`)
  return found
}

/** @throws Error for an unknown id: ids come from our own table, so that is a bug */
export const findWebshop = (id: string): WebshopConnector => find(webshops, id)

/** @throws Error for an unknown id: ids come from our own table, so that is a bug */
export const findAccounting = (id: string): AccountingConnector => find(accountings, id)

/** The name of a system as people know it; of one that is no more, its id. */
export const titleOf = (id: string): string =>
  [...webshops, ...accountings].find((each) => each.id === id)?.title ?? id
