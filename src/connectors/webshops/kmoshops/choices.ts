import { reason, Trouble } from '../../../problems/reason.ts'
import type { Choices } from '../../webshop.ts'
import { system, type Api } from './api.ts'
import { statusChoice, statusIds } from './statuses.ts'
import * as wire from './wire.ts'

type Choice = Choices[string][number]

/** The one shop of these keys (contract §6.6: a multishop system returns several). */
const onlyShop = async (api: Api): Promise<string> => {
  const shops = await api.all('webshops', wire.webshop)
  const [shop] = shops
  if (shop !== undefined && shops.length === 1) return shop.id
  throw shops.length > 1
    ? new Trouble('reconnect', reason('SHOP_AMBIGUOUS', { count: shops.length }))
    : new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'webshops' }))
}

/** The platform's fourteen with the merchant's own names, and whatever he has besides. */
const statusesOf = async (api: Api, shop: string): Promise<Choice[]> => {
  const { order_status: named } = await api.get(`webshops/${shop}/settings`, wire.webshopSettings)
  const labels = new Map(statusIds.map((id) => [id, statusChoice(id)]))
  for (const { id, status, status_name: name } of named) {
    // Which of the two an order refers to is not documented: the number, where `status` is one.
    const key = /^\d+$/.test(status) ? status : id
    if (key !== '' && name !== '') labels.set(key, name)
  }
  return [...labels].map(([value, label]) => ({ value, label }))
}

const paymentMethodsOf = async (api: Api): Promise<Choice[]> => {
  const { items } = await api.get('paymethods', wire.paymentMethods)
  return items.map(({ id, label, combined_name: name }) => ({
    value: id,
    label: label || name || id,
  }))
}

/** Countries with their rates. Only a help on a screen: a key without that right has none, and may do without. */
const countriesOf = async (api: Api, shop: string) => {
  try {
    return (await api.get(`webshops/${shop}/geozonecountries`, wire.countries)).items
  } catch (error) {
    const code = error instanceof Trouble ? error.reason.code : null
    if (code === 'RIGHT_MISSING' || code === 'REMOTE_REFUSES') return []
    throw error
  }
}

/** Every percentage the shop sells with, lowest first, with the countries it is for. */
const vatRatesOf = async (api: Api, shop: string): Promise<Choice[]> => {
  const items = await countriesOf(api, shop)
  const rates = items.flatMap(({ code, tariffs }) =>
    tariffs.flatMap(({ percentage }) => (percentage === null ? [] : [{ code, percentage }])),
  )
  const codes = new Map<string, Set<string>>()
  for (const { code, percentage } of rates.sort((a, b) => a.percentage.cmp(b.percentage))) {
    const key = percentage.toString()
    codes.set(key, (codes.get(key) ?? new Set()).add(code))
  }
  return [...codes].map(([value, countries]) => ({
    value,
    label: `${value} % (${[...countries].join(', ')})`,
  }))
}

/** The lists of the configuration screen: `statuses`, `paymentMethods` and `vatRates`. */
export const readChoices = async (api: Api): Promise<Choices> => {
  const shop = await onlyShop(api)
  const [statuses, paymentMethods, vatRates] = await Promise.all([
    statusesOf(api, shop),
    paymentMethodsOf(api),
    vatRatesOf(api, shop),
  ])
  return { statuses, paymentMethods, vatRates }
}
