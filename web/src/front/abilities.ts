import type { System } from '../api/queries.ts'
import type { Words } from '../i18n/nl/words.ts'

type Name = Exclude<keyof Words['front']['abilities'], 'title'>

interface Ability {
  name: Name
  /** `limit`: something to know beforehand. */
  is: 'yes' | 'limit'
}

const has = (value: string | boolean | string[] | undefined, item: string): boolean =>
  Array.isArray(value) ? value.includes(item) : value === item

const yes = (name: Name): Ability => ({ name, is: 'yes' })
const limit = (name: Name): Ability => ({ name, is: 'limit' })

/** What a pair can express, from what both connectors say of themselves. Pure. */
export const abilitiesOf = (webshop: System, accounting: System): Ability[] => {
  const shop = webshop.capabilities
  const books = accounting.capabilities
  const documents = shop['documents']
  const currencies = books['currencies']
  return [
    yes(has(documents, 'invoice') ? 'invoices' : 'orders'),
    shop['webhooks'] === true ? yes('atOnce') : limit('hourly'),
    !has(documents, 'credit')
      ? limit('noCreditsFromShop')
      : books['creditInvoices'] === true
        ? yes('credits')
        : limit('noCreditsInBooks'),
    books['vatCodes'] === true ? yes('vatCodes') : yes('percentages'),
    ...(books['products'] === true ? [yes('products')] : []),
    currencies === 'any'
      ? yes('anyCurrency')
      : currencies === 'account'
        ? limit('accountCurrency')
        : limit('euroOnly'),
    books['referenceSearch'] === 'unique' ? yes('onceByBooks') : yes('onceByUs'),
    ...(webshop.connecting.includes('store') ? [yes('store')] : []),
    limit('noStock'),
  ]
}
