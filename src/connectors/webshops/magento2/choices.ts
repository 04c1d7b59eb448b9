import type { Choices } from '../../webshop.ts'
import type { Api } from './api.ts'
import { defaultTimeZone } from '../magento/days.ts'
import { methodNames } from '../magento/payment-method.ts'
import * as wire from './wire.ts'

/** Recent orders that are looked at for the payment methods in use. */
const recentOrders = 100

const choice = (value: string) => ({ value, label: value })

/**
 * The zones of the shop's stores, and the codes of the payment methods that recent orders used: no call
 * lists the methods of a shop (contract §6.7).
 */
export const readChoices = async (api: Api): Promise<Choices> => {
  const stores = await api.get('store/storeConfigs', wire.storeConfigs)
  const zones = new Set(stores.map(({ timezone }) => timezone).filter((zone) => zone !== ''))
  const { items } = await api.list(
    'orders',
    {
      sort: { field: 'entity_id', direction: 'DESC' },
      pageSize: recentOrders,
      page: 1,
      fields: 'items[payment[method]],total_count',
    },
    wire.orderPayment,
  )
  const codes = items.map(({ payment }) => payment?.method ?? '').filter((code) => code !== '')
  return {
    timeZones: [...new Set([...zones, defaultTimeZone])].map(choice),
    paymentMethods: [...new Set([...codes, ...methodNames])].map(choice),
  }
}
