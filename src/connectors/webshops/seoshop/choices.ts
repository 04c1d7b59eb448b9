import { z } from 'zod'
import { Trouble } from '../../../problems/reason.ts'
import type { Choices } from '../../webshop.ts'
import type { Api } from './api.ts'
import { percentOf } from './map.ts'
import { statusChoice, statusIds } from './statuses.ts'
import * as wire from './wire.ts'

type Choice = Choices[string][number]

/** The shop's rates, lowest first. Only a help on a screen: a key without that right may do without. */
const vatRatesOf = async (api: Api): Promise<Choice[]> => {
  try {
    const taxes = await api.get('taxes', z.array(wire.tax))
    const titles = new Map<string, string>()
    for (const { rate, title } of taxes) {
      const percent = percentOf(rate)
      if (percent !== null) titles.set(percent.toString(), title)
    }
    return [...titles]
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([value, title]) => ({ value, label: `${value} % (${title})` }))
  } catch (error) {
    if (error instanceof Trouble && error.reason.code === 'RIGHT_MISSING') return []
    throw error
  }
}

/** The lists of the configuration screen: `statuses`, `paymentMethods` and `vatRates`. */
export const readChoices = async (api: Api): Promise<Choices> => {
  const [methods, vatRates] = await Promise.all([
    api.get('paymentmethods', z.array(wire.paymentMethod)),
    vatRatesOf(api),
  ])
  return {
    statuses: statusIds.map((value) => ({ value, label: statusChoice(value) })),
    // An order's `paymentId` is the key of its method (contract §6.5).
    paymentMethods: methods.map(({ key, title }) => ({ value: key, label: title || key })),
    vatRates,
  }
}
