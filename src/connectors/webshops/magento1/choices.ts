import type { Choices } from '../../webshop.ts'
import { defaultTimeZone } from '../magento/days.ts'
import { methodNames } from '../magento/payment-method.ts'
import type { Api } from './api.ts'
import * as wire from './wire.ts'

/** The zones of the shop's stores, and the payment methods it has switched on (contract §5.1, §5.4). */
export const readChoices = async (api: Api): Promise<Choices> => {
  const info = await api.get('info', wire.info)
  const methods = await api.get('paymentmethods', wire.paymentMethods)
  const zones = info.stores.map(({ timezone }) => timezone).filter((zone) => zone !== '')
  const titles = new Map(methods.map(({ code, title }) => [code, title]))
  const codes = new Set([...titles.keys(), ...methodNames])
  return {
    timeZones: [...new Set([...zones, defaultTimeZone])].map((zone) => ({
      value: zone,
      label: zone,
    })),
    // A method of a removed module is missing here, and known by a word of its name (contract §5.4).
    paymentMethods: [...codes]
      .filter((code) => code !== '')
      .map((code) => ({ value: code, label: titles.get(code) || code })),
  }
}
